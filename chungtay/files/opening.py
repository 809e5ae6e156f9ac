"""Opening a file someone handed in: a child process reads it, this process only receives cells."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import msgspec

import chungtay
from chungtay.environment import child_environment
from chungtay.files.cells import MEBIBYTE, Limits, Reply, Workbook
from chungtay.files.refusals import refusal

DEFAULT_LIMITS = Limits()
PACKAGE_HOME = str(Path(chungtay.__file__).resolve().parent.parent)


def open_sheets(source: Path | str | bytes, *, limits: Limits = DEFAULT_LIMITS) -> Workbook:
    """Open a workbook or .csv given by path or bytes; UnfriendlyFile says why one is not read."""
    content = source if isinstance(source, bytes) else _bytes_of(Path(source), limits)
    if len(content) > limits.file_bytes:
        raise refusal("too_many_bytes", limit=str(limits.file_bytes // MEBIBYTE))
    reply = _ask_child(content, limits)
    if reply.refused is not None:
        raise refusal(reply.refused.code, **reply.refused.values)
    if reply.workbook is None:
        raise refusal("damaged")
    return reply.workbook


def _bytes_of(path: Path, limits: Limits) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(limits.file_bytes + 1)
    except OSError as error:
        raise refusal("unreadable") from error


def _ask_child(content: bytes, limits: Limits) -> Reply:
    search_path = os.pathsep.join(filter(None, [PACKAGE_HOME, os.environ.get("PYTHONPATH")]))
    command = [
        sys.executable,
        "-m",
        "chungtay.files.child",
        msgspec.json.encode(limits).decode(),
    ]
    try:
        done = subprocess.run(  # noqa: S603 (our own module, fixed arguments)
            command,
            input=content,
            capture_output=True,
            timeout=limits.seconds + 2,
            check=False,
            env=child_environment(PYTHONPATH=search_path),
        )
    except subprocess.TimeoutExpired as error:
        raise refusal("too_slow", seconds=str(limits.seconds)) from error
    if done.returncode < 0:
        raise refusal("too_slow", seconds=str(limits.seconds))
    if done.returncode > 0:
        raise refusal("too_heavy" if b"MemoryError" in done.stderr else "damaged")
    try:
        return msgspec.msgpack.decode(done.stdout, type=Reply)
    except msgspec.MsgspecError as error:
        raise refusal("damaged") from error
