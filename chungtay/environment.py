"""Where this installation keeps its data and keys, read once from the environment."""

from __future__ import annotations

import logging
import os
import re
import secrets
import subprocess
import sys
from pathlib import Path

import pysqlite3

# Only its owner reads what this program writes: database, keys, uploads, lists.
os.umask(0o077)

# A database names the row it refuses; the row may be a person.
ROW_VALUES = re.compile(
    r"^(DETAIL|CONTEXT|HINT):.*$|Key \(.*\)=\(.*\)|Failing row .*", re.MULTILINE
)
PACKAGE_HOME = str(Path(__file__).resolve().parent.parent)
CHILD_SETTINGS = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR")


class BadSetting(SystemExit):
    """A setting that cannot be used; its message names the setting and the mend."""

    def __init__(self, message: str) -> None:
        super().__init__(f"chungtay: {message}")


def data_folder() -> Path:
    """The folder of database, uploads and keys: CHUNGTAY_DATA, else ``data`` here."""
    folder = Path(os.environ.get("CHUNGTAY_DATA") or "data").expanduser().resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise BadSetting(f"không tạo được thư mục dữ liệu {folder} ({error.strerror}).") from error
    return folder


def private_folder(folder: Path, name: str) -> Path:
    """A folder of the data folder that only its owner enters."""
    path = folder / name
    path.mkdir(mode=0o700, exist_ok=True)
    return path


def child_environment() -> dict[str, str]:
    """What a child that reads or makes files may know: where programs are, and no secret."""
    kept = {name: os.environ[name] for name in CHILD_SETTINGS if name in os.environ}
    paths = filter(None, [PACKAGE_HOME, os.environ.get("PYTHONPATH")])
    return kept | {"PYTHONPATH": os.pathsep.join(paths), "PYTHONIOENCODING": "utf-8"}


class ChildFailed(RuntimeError):
    """A child ended with an error, or was stopped because it took too long; ``detail`` for logs."""

    def __init__(self, detail: str, *, too_slow: bool) -> None:
        super().__init__(detail)
        self.detail, self.too_slow = detail, too_slow


def ask_child(module: str, asked: bytes, *, seconds: int) -> bytes:
    """What a module of ours answers on standard output, in a process that ends; ChildFailed."""
    try:
        done = subprocess.run(  # noqa: S603 our own module
            [sys.executable, "-m", module],
            input=asked,
            capture_output=True,
            check=True,
            timeout=seconds,
            env=child_environment(),
        )
    except subprocess.TimeoutExpired as error:
        raise ChildFailed(str(error), too_slow=True) from error
    except subprocess.CalledProcessError as error:
        raise ChildFailed(error.stderr.decode("utf-8", "replace"), too_slow=False) from error
    return done.stdout


def without_values(text: str) -> str:
    """An error's text without the values of database rows."""
    return ROW_VALUES.sub("…", text)


class WithoutValues(logging.Formatter):
    """Log lines and tracebacks without the values of database rows."""

    def format(self, record: logging.LogRecord) -> str:
        """The line as written."""
        return without_values(super().format(record))


def secret(folder: Path, name: str, length: int = 32) -> bytes:
    """A key of ``length`` random bytes kept in ``folder/keys``; made at first use, owner only."""
    path = folder / "keys" / name
    if not path.exists():
        path.parent.mkdir(mode=0o700, exist_ok=True)
        _write_once(path, secrets.token_bytes(length).hex())
    try:
        key = bytes.fromhex(path.read_text("ascii").strip())
    except ValueError as error:
        raise BadSetting(f"khóa {path} bị hỏng; chép lại từ bản sao lưu khóa.") from error
    if len(key) != length:
        raise BadSetting(f"khóa {path} không đủ {length} byte; chép lại từ bản sao lưu khóa.")
    return key


def keep_secret(folder: Path, name: str, text: str) -> bool:
    """Put a key from elsewhere into ``folder/keys``; False if another one stands there."""
    path = folder / "keys" / name
    path.parent.mkdir(mode=0o700, exist_ok=True)
    if not path.exists():
        _write_once(path, text)
    return path.read_text("ascii").strip() == text


def _write_once(path: Path, text: str) -> None:
    """Create the file with its whole content, or leave the one another process made first."""
    draft = path.with_suffix(f".{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    except OSError:
        draft.replace(path)
        return
    draft.unlink()


def flag(name: str, default: bool = False) -> bool:
    """A yes/no setting; anything else is refused by name."""
    text = os.environ.get(name, "").strip().lower()
    if text in ("", "0", "1", "no", "yes"):
        return default if text == "" else text in ("1", "yes")
    raise BadSetting(f"biến môi trường {name} phải là 1 hoặc 0, đang là {text!r}.")


def whole_number(name: str, default: int) -> int:
    """A positive whole number setting; anything else is refused by name."""
    text = os.environ.get(name, "").strip()
    if not text:
        return default
    if not text.isdecimal() or int(text) == 0:
        raise BadSetting(f"biến môi trường {name} phải là số nguyên dương, đang là {text!r}.")
    return int(text)


def prefer_safe_sqlite() -> None:
    """Let Django use the newer SQLite of the driver package where the system's is older.

    SQLite before 3.51.3 can corrupt a database in WAL mode; see docs/decisions.
    """
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
