"""Keeping what was handed in: by the digest of its content, readable by this program alone."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Callable
from pathlib import Path

from chungtay.files.cells import MEBIBYTE
from chungtay.files.opening import DEFAULT_LIMITS
from chungtay.files.refusals import refusal

DIGEST = re.compile(r"[0-9a-f]{64}")
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f]")
NAME_CHARACTERS = 120


def store_upload(
    content: bytes, *, folder: Path, limit_bytes: int = DEFAULT_LIMITS.file_bytes
) -> str:
    """Keep bytes under a folder with mode 600 and return their SHA-256; the same bytes once."""
    if len(content) > limit_bytes:
        raise refusal("too_many_bytes", limit=str(limit_bytes // MEBIBYTE))
    digest = hashlib.sha256(content).hexdigest()
    path = stored_path(digest, folder=folder)
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(path, lambda beside: beside.write_bytes(content))
    return digest


def stored_path(digest: str, *, folder: Path) -> Path:
    """Where the content of a digest is kept; UnfriendlyFile for anything that is no digest."""
    if not DIGEST.fullmatch(digest):
        raise refusal("unreadable")
    return folder / digest[:2] / digest


def read_stored(digest: str, *, folder: Path) -> bytes:
    """The content kept under a digest; UnfriendlyFile if it is missing or has been changed."""
    try:
        content = stored_path(digest, folder=folder).read_bytes()
    except OSError as error:
        raise refusal("unreadable") from error
    if hashlib.sha256(content).hexdigest() != digest:
        raise refusal("damaged")
    return content


def display_name(name: str) -> str:
    """The last part of a file name someone sent, fit to be shown and never used as a path."""
    last = re.split(r"[/\\]", UNPRINTABLE.sub("", name))[-1].strip()
    return last[-NAME_CHARACTERS:] if last.strip(".") else "không tên"


def write_whole(target: Path, fill: Callable[[Path], int]) -> int:
    """Let ``fill`` write a file beside the target and put it in place only when it is whole."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=target.suffix)
    os.close(handle)
    beside = Path(name)
    try:
        result = fill(beside)
        with beside.open("rb") as file:
            os.fsync(file.fileno())
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
    return result
