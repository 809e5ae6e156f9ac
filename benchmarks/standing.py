"""What a commune's own computer notices: start, memory, one paper, one table.

``python -m benchmarks.standing`` loads the demonstration for start, memory and a plan's paper,
and a commune of 110,000 people for the summary of its hundred villages.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.server import ask, serving
from benchmarks.world import new_folder, start_django

PORT = 8472
TIMES = 5
PLACE, YEAR = "14824", "2023"


def main() -> None:
    """Measure and print a table."""
    folder, large = new_folder(), new_folder()
    try:
        _run(folder, "demo", "--no-serve")
        print("| what | measured |")
        print("|---|---|")
        _say("one plan document (the command, start included), s", _paper(folder))
        with serving(folder, port=PORT) as server:
            _say("first answer after start, s", server.first_answer_seconds)
            for _ in range(20):
                ask(PORT, "GET", "/dang-nhap")
            _say("memory of the service, two workers, MB", server.memory_mb())
        start_django(large)
        summary, first, again, tables = _large()
        _say("summary of 100 villages, 110,000 people, ms", summary * 1000)
        _say("cube of that commune, first question of a day, s", first)
        _say("its cube asked again after an act, ms", again * 1000)
        _say("all tables of the commune from its cube, ms", tables * 1000)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.rmtree(large, ignore_errors=True)


def _say(what: str, number: float) -> None:
    print(f"| {what} | {number:.2f} |", flush=True)


def _run(folder: Path, *words: str) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CHUNGTAY_")}
    subprocess.run(
        [sys.executable, "-m", "chungtay", *words],
        env={**kept, "CHUNGTAY_DATA": str(folder), "CHUNGTAY_DEMO": "1"},
        stdout=subprocess.DEVNULL,
        check=True,
    )


def _paper(folder: Path) -> float:
    words = ("plan", "write", "--place", PLACE, "--year", YEAR)
    return _best(lambda: _run(folder, *words, "--out", str(folder / "ke-hoach.docx")))


def _large() -> tuple[float, float, float, float]:
    """The table of a commune's villages as the first page makes it, nothing remembered; its cube
    found first, checked again, and read into every table."""
    from benchmarks.large_commune import (  # noqa: PLC0415 needs Django's settings
        checked,
        fill,
        found,
        summary,
        tables,
    )

    commune = fill(27_500, 100)
    begun = time.perf_counter()
    cube = found(commune)
    first = time.perf_counter() - begun
    return (
        _best(lambda: summary(commune)),
        first,
        _best(lambda: checked(commune)),
        _best(lambda: tables(cube)),
    )


def _best(do: Callable[[], object]) -> float:
    seconds = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        do()
        seconds.append(time.perf_counter() - begun)
    return sorted(seconds)[TIMES // 2]


if __name__ == "__main__":
    main()
