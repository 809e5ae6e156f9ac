"""Names that were handed in, and files that are written whole or not at all."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable
from pathlib import Path

UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f]")
NAME_CHARACTERS = 120


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
