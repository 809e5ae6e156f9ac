"""The process that opens a file: it alone meets the content, under limits, and then ends.

Run as ``python -m chungtay.files.child LIMITS [document]`` with the file on standard
input; it answers on standard output. A crash or a kill here costs the caller
nothing but a sentence.
"""

from __future__ import annotations

import sys

import msgspec

from chungtay.files.cells import Limits, Refused, Reply
from chungtay.files.documents import read_document
from chungtay.files.plain_text import read_text_table
from chungtay.files.recognising import recognise
from chungtay.files.refusals import UnfriendlyFile
from chungtay.files.xls import read_xls
from chungtay.files.xlsx import read_xlsx

if sys.platform != "win32":  # on Windows the caller's time limit alone holds
    import resource


READERS = {"zip": read_xlsx, "xls": read_xls, "text": read_text_table}


def answer(content: bytes, limits: Limits, wanted: str = "sheets") -> Reply:
    """Read a file's bytes into a workbook or a paper's text, or say by code why not."""
    try:
        if wanted == "document":
            return Reply(document=read_document(content, limits))
        return Reply(workbook=READERS[recognise(content)](content, limits))
    except UnfriendlyFile as refused:
        values = {name: str(value) for name, value in refused.sentence.values.items()}
        return Reply(refused=Refused(refused.code, values))
    except MemoryError:
        return Reply(refused=Refused("too_heavy"))


def _hold(limits: Limits) -> None:
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
        resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds + 1))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> int:
    """Read one file from standard input and answer on standard output."""
    limits = msgspec.json.decode(sys.argv[1], type=Limits)
    _hold(limits)
    reply = answer(sys.stdin.buffer.read(limits.file_bytes + 1), limits, *sys.argv[2:3])
    try:
        packed = msgspec.msgpack.encode(reply)
    except MemoryError:
        packed = msgspec.msgpack.encode(Reply(refused=Refused("too_heavy")))
    sys.stdout.buffer.write(packed)
    return 0


if __name__ == "__main__":
    sys.exit(main())
