"""The process that fills the Word file of an ordinary paper and ends: JSON in, the file out."""

from __future__ import annotations

import sys

import msgspec

from chungtay.reports.letters.rendering import LetterRequest
from chungtay.reports.letters.word import write_letter


def main() -> int:
    """Read one request on standard input, write the .docx to standard output."""
    request = msgspec.json.decode(sys.stdin.buffer.read(), type=LetterRequest)
    sys.stdout.buffer.write(write_letter(request.document, properties=request.properties))
    return 0


if __name__ == "__main__":
    sys.exit(main())
