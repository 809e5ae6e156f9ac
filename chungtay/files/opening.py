"""Opening a file someone handed in: a child process reads it, this process only receives cells."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import msgspec

from chungtay.environment import child_environment
from chungtay.files.cells import MEBIBYTE, Document, Limits, Reply, Workbook
from chungtay.files.refusals import REFUSALS, UnfriendlyFile, refusal

DEFAULT_LIMITS = Limits()
DOCUMENT_LIMITS = Limits(characters=8_000_000)


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


def open_document(source: Path | str | bytes, *, limits: Limits = DOCUMENT_LIMITS) -> Document:
    """Open a paper (.docx, .txt, .md) given by path or bytes; UnfriendlyFile says why not."""
    try:
        content = source if isinstance(source, bytes) else _bytes_of(Path(source), limits)
        if len(content) > limits.file_bytes:
            raise refusal("too_many_bytes", limit=str(limits.file_bytes // MEBIBYTE))
        reply = _ask_child(content, limits, "document")
        if reply.refused is not None:
            raise refusal(reply.refused.code, **reply.refused.values)
        if reply.document is None:
            raise refusal("damaged")
    except UnfriendlyFile as refused:
        raise _of_a_paper(refused) from refused
    return reply.document


def _of_a_paper(refused: UnfriendlyFile) -> UnfriendlyFile:
    """The refusal in the words for a paper, where those for a list would mislead."""
    code = f"{refused.code}_document"
    return refusal(code, **refused.sentence.values) if code in REFUSALS else refused


def _bytes_of(path: Path, limits: Limits) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(limits.file_bytes + 1)
    except OSError as error:
        raise refusal("unreadable") from error


def _ask_child(content: bytes, limits: Limits, wanted: str = "sheets") -> Reply:
    command = [
        sys.executable,
        "-m",
        "chungtay.files.child",
        msgspec.json.encode(limits).decode(),
        wanted,
    ]
    try:
        done = subprocess.run(  # noqa: S603 (our own module, fixed arguments)
            command,
            input=content,
            capture_output=True,
            timeout=limits.seconds + 2,
            check=False,
            env=child_environment(),
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
