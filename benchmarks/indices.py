"""H, A and M0 by province: Chung Tay beside Python's mpitb, which knows no income condition.

mpitb stands in an environment of its own, made beforehand; its interpreter is an option:

    python3 -m venv mpitb && mpitb/bin/pip install mpitb pyarrow
    python -m benchmarks.indices 100000 --mpitb mpitb/bin/python

Twelve equal weights, poor from three on, persons as weights. Each runs in a process of its own; the
figures of both must agree to nine decimals, or the run ends.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from benchmarks.national import INDICATORS, write

PEAK = re.compile(r"VmHWM:\s+(\d+) kB")
TIMES = 3
NEEDED, PER_CENT = 3, 25
CLOSE = 1e-9
Answer = dict[str, list[float]]


def ours(path: Path) -> Answer:
    """The program's own command without the printing."""
    from chungtay.measures.asking import Words, question_of  # noqa: PLC0415 each alone in its process
    from chungtay.measures.tables.measuring import measure  # noqa: PLC0415 each alone in its process
    from chungtay.rulebook.loading import law  # noqa: PLC0415 each alone in its process

    words = Words(indicators=",".join(INDICATORS), k=NEEDED, no_income=True, by="province")
    question, _ = question_of(words, law(), date(2024, 12, 31))
    rows = measure(question, law(), [path], {}).rows
    return {str(row["by"]["province"]): [row["H"], row["A"], row["M0"]] for row in rows}


def mpitb(path: Path) -> Answer:
    """The same with mpitb as its guide shows it, nothing asked beyond H, A and M0."""
    import pandas as pd  # noqa: PLC0415 each alone in its process
    from mpitb.core import MPIToolbox  # type: ignore[import-not-found] # noqa: PLC0415 of another environment

    toolbox = MPIToolbox()
    toolbox.svyset(weight="persons")
    toolbox.set(name="one", description="", dimensions=[(list(INDICATORS), "all")])
    toolbox.setwgts("one", "even", indw=[1 / len(INDICATORS)] * len(INDICATORS))
    toolbox.est(
        df=pd.read_parquet(path),
        name="one",
        klist=[PER_CENT],
        weights="even",
        indmeasures=[],
        aux=[],
        over=["province"],
        svy=True,
        lframe="found",
    )
    found: dict[str, dict[str, float]] = {}
    for row in pd.DataFrame(toolbox.results["found"]).to_dict("records"):
        if row["loa"] == "province":
            found.setdefault(str(row["subg"]), {})[row["measure"]] = row["b"]
    return {name: [one["H"], one["A"], one["M0"]] for name, one in found.items()}


CONTESTANTS: dict[str, Callable[[Path], Answer]] = {"chungtay": ours, "mpitb": mpitb}


def run_alone(name: str, path: Path) -> None:
    """One contestant in this process: its seconds, its memory, its answer."""
    answer, seconds = CONTESTANTS[name](path.with_name("small.parquet")), float("inf")
    for _ in range(TIMES):
        before = time.perf_counter()
        answer = CONTESTANTS[name](path)
        seconds = min(seconds, time.perf_counter() - before)
    memory = int(PEAK.findall(Path("/proc/self/status").read_text("utf-8"))[0]) / 1024
    print(json.dumps({"seconds": seconds, "memory": memory, "answer": answer}))


def compare(size: int, path: Path, interpreters: dict[str, str]) -> None:
    """Print both; SystemExit if a figure differs."""
    answers: dict[str, Answer] = {}
    for name, interpreter in interpreters.items():
        words = [interpreter, "-m", "benchmarks.indices", "--alone", name, str(path)]
        done = subprocess.run(words, capture_output=True, text=True, check=True)
        said = json.loads(done.stdout.splitlines()[-1])
        answers[name] = said["answer"]
        print(f"| {size:,} | {name} | {said['seconds']:.2f} | {said['memory']:.0f} |", flush=True)
    first, *others = answers.values()
    for other in others:
        if first.keys() != other.keys():
            raise SystemExit("they do not know the same provinces")
        for place, figures in first.items():
            pairs = zip(figures, other[place], strict=True)
            if not all(math.isclose(a, b, abs_tol=CLOSE) for a, b in pairs):
                raise SystemExit(f"province {place}: {figures} and {other[place]}")


def main() -> None:
    """The table for some sizes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[100_000])
    parser.add_argument("--mpitb", metavar="PYTHON", help="interpreter of mpitb's environment")
    parser.add_argument("--alone", nargs=2, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.alone:
        run_alone(arguments.alone[0], Path(arguments.alone[1]))
        return
    interpreters = {"chungtay": sys.executable}
    if arguments.mpitb:
        interpreters["mpitb"] = arguments.mpitb
    print("| households | who | seconds | memory, MB |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        write(10_000, Path(folder) / "small.parquet")
        for size in arguments.sizes:
            path = Path(folder) / "national.parquet"
            write(size, path)
            compare(size, path, interpreters)


if __name__ == "__main__":
    main()
