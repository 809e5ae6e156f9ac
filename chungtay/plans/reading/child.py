"""The process that reads a plan's text: long or odd text costs the caller a sentence at most.

Run as ``python -m chungtay.plans.reading.child SECONDS BYTES`` with the text on standard input; it
answers on standard output and ends.
"""

from __future__ import annotations

import sys

import msgspec

from chungtay.plans.reading.offers import offered
from chungtay.plans.reading.whole import read_plan

if sys.platform != "win32":  # on Windows the caller's time limit alone holds
    import resource


def main() -> int:
    """Read one plan from standard input and answer on standard output."""
    seconds, most_bytes = (int(one) for one in sys.argv[1:3])
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_AS, (most_bytes, most_bytes))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    text = sys.stdin.buffer.read().decode()
    sys.stdout.buffer.write(msgspec.json.encode(offered(read_plan(text))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
