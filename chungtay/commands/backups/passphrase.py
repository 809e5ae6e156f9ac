"""The keys of an installation, sealed with a passphrase only a person knows."""

from __future__ import annotations

import base64
import getpass
import json
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from chungtay.commands.outcome import CommandFailed
from chungtay.commands.speaking import _

SHORTEST = 12
LARGEST_FILE_BYTES = 4096
# 64 MB and a good part of a second for every guess; a file that asks for more is not ours.
COST, BLOCK_SIZE, PARALLEL = 2**16, 8, 1
SALT_BYTES, NONCE_BYTES, KEY_BYTES = 16, 12, 32


def new_passphrase(file: Path | None) -> str:
    """A passphrase to seal with: the first line of a file, or typed twice; long enough."""
    text = _from_file(file) if file else _asked(_("Cụm mật khẩu để khóa khóa giải mã: "))
    if len(text) < SHORTEST:
        raise CommandFailed(
            _(
                "cụm mật khẩu cần ít nhất {shortest} ký tự; vài từ không liên quan "
                "nhau là tốt nhất."
            ).format(shortest=SHORTEST)
        )
    if file is None and _asked(_("Nhập lại cụm mật khẩu: ")) != text:
        raise CommandFailed(_("hai lần nhập cụm mật khẩu không giống nhau; chưa sao lưu gì."))
    return text


def known_passphrase(file: Path | None) -> str:
    """The passphrase a backup was sealed with: the first line of a file, or typed."""
    return _from_file(file) if file else _asked(_("Cụm mật khẩu của bản sao lưu: "))


def _asked(question: str) -> str:
    try:
        return getpass.getpass(question)
    except EOFError as error:
        raise CommandFailed(
            _("không hỏi được cụm mật khẩu ở đây; ghi nó vào một tệp rồi dùng --passphrase-file.")
        ) from error


def _from_file(path: Path) -> str:
    try:
        with path.open("rb") as file:
            text = file.read(LARGEST_FILE_BYTES).decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandFailed(
            _("không đọc được cụm mật khẩu trong tệp {path}.").format(path=path)
        ) from error
    return text.splitlines()[0].strip() if text.strip() else ""


def seal_keys(keys: dict[str, str], passphrase: str, *, bound_to: str) -> bytes:
    """The keys by name, sealed; bound to the backup's identity."""
    salt, nonce = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(NONCE_BYTES)
    cipher = AESGCM(_derive(passphrase, salt))
    sealed = cipher.encrypt(nonce, json.dumps(keys).encode(), bound_to.encode())
    kept = {"salt": salt, "nonce": nonce, "sealed": sealed}
    texts = {name: base64.b64encode(value).decode("ascii") for name, value in kept.items()}
    return json.dumps({"method": _method(), **texts}, indent=2).encode()


def open_keys(sealed: bytes, passphrase: str, *, bound_to: str) -> dict[str, str]:
    """The keys of ``seal_keys``; CommandFailed if the passphrase is another."""
    try:
        kept = json.loads(sealed)
        if kept["method"] != _method():
            raise CommandFailed(
                _(
                    "khóa trong bản sao lưu được khóa theo cách mà bản Chung Tay này không "
                    "biết. Hãy cập nhật chương trình rồi khôi phục lại."
                )
            )
        salt, nonce, text = (base64.b64decode(kept[name]) for name in ("salt", "nonce", "sealed"))
        plain = AESGCM(_derive(passphrase, salt)).decrypt(nonce, text, bound_to.encode())
    except InvalidTag as error:
        raise CommandFailed(
            _(
                "cụm mật khẩu không đúng, hoặc phần khóa của bản sao lưu đã bị sửa. "
                "Chưa khôi phục gì."
            )
        ) from error
    except (ValueError, KeyError, TypeError) as error:
        raise CommandFailed(_("phần khóa của bản sao lưu bị hỏng. Chưa khôi phục gì.")) from error
    opened: dict[str, str] = json.loads(plain)
    return opened


def _derive(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=KEY_BYTES, n=COST, r=BLOCK_SIZE, p=PARALLEL).derive(
        passphrase.encode()
    )


def _method() -> str:
    return f"scrypt n={COST} r={BLOCK_SIZE} p={PARALLEL}, AES-256-GCM"
