"""The process that fills a Word file and ends: a request as JSON in, the bytes of the file out."""

from __future__ import annotations

import sys

import msgspec

from chungtay.reports.plan_word import write_plan
from chungtay.reports.rendering import RenderRequest


def main() -> int:
    """Read one request on standard input, write the .docx to standard output."""
    request = msgspec.json.decode(sys.stdin.buffer.read(), type=RenderRequest)
    sys.stdout.buffer.write(
        write_plan(request.document, properties=request.properties, template=request.template)
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
