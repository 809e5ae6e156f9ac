"""A plan's file read apart from this process: opened by one child, understood by another."""

from __future__ import annotations

import subprocess
import sys

import msgspec

from chungtay.environment import child_environment
from chungtay.files.cells import FileNote
from chungtay.files.opening import DOCUMENT_LIMITS, open_document
from chungtay.files.refusals import refusal
from chungtay.plans.reading.offers import Offered

LIMITS = DOCUMENT_LIMITS


def read_file(content: bytes) -> tuple[Offered, tuple[FileNote, ...]]:
    """What a plan's file offers, and notes on the file; UnfriendlyFile says why it is not read."""
    document = open_document(content)
    return read_text(document.text), document.notes


def read_text(text: str) -> Offered:
    """What a plan's text offers; UnfriendlyFile where it takes too long or too much."""
    limits = [str(LIMITS.seconds), str(LIMITS.memory_bytes)]
    try:
        done = subprocess.run(  # noqa: S603 (our own module, fixed arguments)
            [sys.executable, "-m", "chungtay.plans.reading.child", *limits],
            input=text.encode(),
            capture_output=True,
            timeout=LIMITS.seconds + 2,
            check=False,
            env=child_environment(),
        )
    except subprocess.TimeoutExpired as error:
        raise refusal("too_slow_document", seconds=str(LIMITS.seconds)) from error
    if done.returncode < 0:
        raise refusal("too_slow_document", seconds=str(LIMITS.seconds))
    if done.returncode > 0:
        raise refusal("too_heavy_document")
    return msgspec.json.decode(done.stdout, type=Offered)
