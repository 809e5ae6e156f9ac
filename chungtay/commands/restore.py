"""``chungtay restore``: a backup back into an empty installation, on either database.

Everything that can be known of the file is known before Django reads its settings: only then is
there a folder, a key, a database.
"""

from __future__ import annotations

import argparse
import importlib
import os
from contextlib import closing
from pathlib import Path

import django
import pysqlite3

from chungtay.commands.backups.archive import Backup, reading
from chungtay.commands.backups.passphrase import known_passphrase, open_keys
from chungtay.commands.outcome import CommandFailed
from chungtay.commands.parsing import Parser
from chungtay.commands.speaking import _
from chungtay.environment import BadSetting, keep_secret

KEY_NAME, SESSION_KEY = "personal.key", "session.key"
DATABASE = "chungtay.sqlite3"
FILES = (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", f"keys/{KEY_NAME}", f"keys/{SESSION_KEY}")
NOT_OURS = ("auth_", "django_", "sqlite_")
FOLDERS = ("keys", "tmp", "static", "backups")


def parser(program: str) -> argparse.ArgumentParser:
    """The words of the command."""
    made = Parser(
        program,
        _("Khôi phục một bản sao lưu vào nơi chưa có dữ liệu, trên SQLite hoặc PostgreSQL."),
        "chungtay restore sao-luu.zip --into du-lieu-moi",
    )
    made.add_argument("file", type=Path, help=_("tệp do chungtay backup viết ra"))
    made.add_argument(
        "--into",
        type=Path,
        metavar="FOLDER",
        help=_("thư mục dữ liệu mới (mặc định CHUNGTAY_DATA)"),
    )
    made.add_argument(
        "--passphrase-file", type=Path, metavar="FILE", help=_("tệp có cụm mật khẩu, thay cho hỏi")
    )
    return made


def run(arguments: argparse.Namespace) -> int:
    """Restore the whole backup, or leave everything as it was."""
    folder = _folder(arguments.into)
    with reading(arguments.file) as backup:
        _refuse_standing(folder)
        backup.check(print)
        keys = _keys(backup, arguments.passphrase_file)
        left = _Untouched(folder)
        try:
            _place_keys(folder, keys)
            for line in _restore(backup):
                print(line)
        except BaseException:
            left.put_back()
            raise
    return 0


def _folder(into: Path | None) -> Path:
    if into is not None:
        os.environ["CHUNGTAY_DATA"] = str(into)
    return Path(os.environ.get("CHUNGTAY_DATA") or "data").expanduser().resolve()


def _refuse_standing(folder: Path) -> None:
    """A first look before a passphrase is asked for; the tables are asked again with Django.

    What a restore leaves that was killed half-way holds no row, and may be restored over.
    """
    database = folder / DATABASE
    if os.environ.get("CHUNGTAY_POSTGRESQL") or not database.exists():
        return
    try:
        with closing(pysqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as kept:
            names = kept.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            own = [name for (name,) in names if not name.startswith(NOT_OURS)]
            asked = [f'SELECT 1 FROM "{name}" LIMIT 1' for name in own]  # noqa: S608 table names
            rows = [kept.execute(one).fetchone() for one in asked]
    except pysqlite3.Error:
        rows = [(1,)]
    if any(rows):
        raise CommandFailed(
            _(
                "{folder} đã có cơ sở dữ liệu; khôi phục chỉ ghi vào nơi chưa có gì. "
                "Hãy chọn thư mục khác bằng --into."
            ).format(folder=folder)
        )


def _keys(backup: Backup, file: Path | None) -> dict[str, str]:
    if not backup.manifest.with_key:
        if file is not None:
            raise CommandFailed(
                _(
                    "bản sao lưu này không kèm khóa nên không cần --passphrase-file. Hãy "
                    "chép thư mục keys đã cất riêng vào thư mục dữ liệu mới trước khi khôi "
                    "phục."
                )
            )
        return {}
    return open_keys(backup.keys(), known_passphrase(file), bound_to=backup.manifest.key_mark)


def _place_keys(folder: Path, keys: dict[str, str]) -> None:
    for name, text in keys.items():
        if name != KEY_NAME:
            continue
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not keep_secret(folder, name, text):
            raise CommandFailed(
                _(
                    "{value} đang có một khóa khác với khóa trong bản sao lưu. Hãy chọn "
                    "thư mục khác bằng --into; chưa khôi phục gì."
                ).format(value=folder / "keys")
            )


def _restore(backup: Backup) -> list[str]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chungtay.settings")
    try:
        django.setup()
    except BadSetting as error:
        raise CommandFailed(str(error).removeprefix("chungtay: ")) from error
    restoring = importlib.import_module("chungtay.commands.backups.restoring")
    said: list[str] = restoring.restore(backup, print)
    return said


class _Untouched:
    """What of an installation's files was there before: the rest goes again when we fail."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.new_folder = folder, not folder.exists()
        self.files = [name for name in FILES if not (folder / name).exists()]
        self.folders = [name for name in FOLDERS if not (folder / name).exists()]

    def put_back(self) -> None:
        """Remove the files of ours that were not there before, and the folders they leave empty."""
        for name in self.files:
            (self.folder / name).unlink(missing_ok=True)
        empty = [self.folder / name for name in self.folders]
        for path in [*empty, *([self.folder] if self.new_folder else [])]:
            if path.is_dir() and not any(path.iterdir()):
                path.rmdir()
