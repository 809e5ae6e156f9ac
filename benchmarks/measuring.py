"""Classify and tabulate a nation: Chung Tay beside DuckDB by hand, pandas and Polars.

Every contestant runs in a process of its own, reads the same Parquet file and gives the same
integers by province and area (checked here); seconds and the highest memory are its own. The floor
is merely decoding the columns they all need.

    python -m benchmarks.measuring 100000 1000000
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.national import INDICATORS, LINE, write

PEAK = re.compile(r"VmHWM:\s+(\d+) kB")
TIMES = 3  # the best of so many: the machine may be doing something else
KEYS = ("province", "area")
Answer = dict[str, list[int]]


def floor(path: Path) -> Answer:
    """Decode the columns and do nothing with them but a sum or the longest word."""
    import duckdb  # noqa: PLC0415 each alone in its process

    numbers = ", ".join(f"sum({one})" for one in (*INDICATORS, "persons", "income_per_person"))
    words = ", ".join(f"max(strlen({one}))" for one in KEYS)
    duckdb.connect().execute(f"select {numbers}, {words} from read_parquet('{path}')").fetchall()  # noqa: S608 our own names
    return {}


def ours(path: Path, engine: str = "duckdb") -> Answer:
    """The program's own command, as a person runs it, without the printing."""
    from chungtay.measures.asking import Words, question_of  # noqa: PLC0415 each alone in its process
    from chungtay.measures.tables.measuring import measure  # noqa: PLC0415 each alone in its process
    from chungtay.rulebook.loading import law  # noqa: PLC0415 each alone in its process

    words = Words(on=date(2024, 12, 31), by=",".join(KEYS))
    question, _ = question_of(words, law(), date(2024, 12, 31))
    rows = measure(question, law(), [path], {}, engine).rows
    return {"|".join(map(str, row["by"].values())): _answer(row) for row in rows}


def ours_on_spark(path: Path) -> Answer:
    """The same on Spark in local mode; the memory of its Java process is not counted here."""
    _java()
    return ours(path, "spark")


@cache
def _java() -> object:
    """Spark's process, kept from one question to the next."""
    from chungtay.measures.tables.engines import Spark  # noqa: PLC0415 each alone in its process

    return Spark()


def our_cells(path: Path) -> Answer:
    """Only the first half of ours: every row classified, checked and counted to its cell."""
    from chungtay.measures.asking import Words, question_of  # noqa: PLC0415 each alone in its process
    from chungtay.measures.tables.engines import DuckDB  # noqa: PLC0415 each alone in its process
    from chungtay.measures.tables.files import sources  # noqa: PLC0415 each alone in its process
    from chungtay.measures.tables.running import Tables  # noqa: PLC0415 each alone in its process
    from chungtay.rulebook.loading import law  # noqa: PLC0415 each alone in its process

    words = Words(on=date(2024, 12, 31), by=",".join(KEYS))
    question, _ = question_of(words, law(), date(2024, 12, 31))
    engine = DuckDB()
    for _ in Tables(question, law(), sources([path]), {}).cells(engine):
        pass
    engine.close()
    return {}


def _answer(row: dict[str, Any]) -> list[int]:
    persons = row["persons"]
    censored = [round(row["censored"][one] * persons) for one in INDICATORS]
    uncensored = [round(row["uncensored"][one] * persons) for one in INDICATORS]
    plain = [row[one] for one in ("households", "persons", "poor", "near_poor", "poor_persons")]
    return [*plain, *uncensored, *censored]


def duckdb_by_hand(path: Path) -> Answer:
    """What an analyst would write in SQL."""
    import duckdb  # noqa: PLC0415 each alone in its process

    count = " + ".join(INDICATORS)
    poor = "(low and lacking >= 3)"
    sums = ["count(*)", "sum(persons)", f"count(*) filter ({poor})"]
    sums += [f"count(*) filter (low and not {poor})", f"sum(persons) filter ({poor})"]
    sums += [f"sum(persons * {one})" for one in INDICATORS]
    sums += [f"sum(persons * {one}) filter ({poor})" for one in INDICATORS]
    query = f"""
        with judged as (
            select *, {count} as lacking, income_per_person <=
                case area when 'rural' then {LINE["rural"]} else {LINE["urban"]} end as low
            from read_parquet('{path}'))
        select province, area, {", ".join(sums)} from judged group by all
    """  # noqa: S608 our own names
    return {
        f"{place}|{area}": [int(one or 0) for one in rest]
        for place, area, *rest in duckdb.connect().execute(query).fetchall()
    }


def pandas_(path: Path) -> Answer:
    """The same with pandas."""
    import pandas as pd  # noqa: PLC0415 each alone in its process

    table = pd.read_parquet(path)
    line = table["area"].astype(str).map(LINE)
    low = table["income_per_person"] <= line
    poor = low & (table[list(INDICATORS)].sum(axis=1) >= 3)
    persons = table["persons"].astype("int64")
    found = pd.DataFrame(
        {"province": table["province"].astype(str), "area": table["area"].astype(str)}
    )
    found["households"], found["persons"], found["poor"] = 1, persons, poor.astype("int64")
    found["near"], found["poor_persons"] = (low & ~poor).astype("int64"), persons * poor
    for one in INDICATORS:
        found[f"u{one}"] = persons * table[one]
    for one in INDICATORS:
        found[f"c{one}"] = persons * table[one] * poor
    sums = found.groupby(list(KEYS)).sum()
    return {
        "|".join(key): [int(one) for one in row]
        for key, row in zip(sums.index, sums.to_numpy(), strict=True)
    }


def polars(path: Path) -> Answer:
    """The same with Polars, lazily."""
    import polars as pl  # noqa: PLC0415 each alone in its process

    line = pl.when(pl.col("area") == "rural").then(LINE["rural"]).otherwise(LINE["urban"])
    low = pl.col("income_per_person") <= line
    poor = low & (pl.sum_horizontal(pl.col(one).cast(pl.Int32) for one in INDICATORS) >= 3)
    persons = pl.col("persons").cast(pl.Int64)
    judged = pl.scan_parquet(path).with_columns(low=low, poor=poor, persons=persons)
    sums = [
        pl.len().alias("households"),
        pl.col("persons").sum().alias("all"),
        pl.col("poor").sum().alias("p"),
    ]
    sums += [(pl.col("low") & ~pl.col("poor")).sum().alias("near")]
    sums += [(pl.col("persons") * pl.col("poor")).sum().alias("poor_persons")]
    sums += [(pl.col("persons") * pl.col(one)).sum().alias(f"u{one}") for one in INDICATORS]
    sums += [
        (pl.col("persons") * pl.col(one) * pl.col("poor")).sum().alias(f"c{one}")
        for one in INDICATORS
    ]
    found = judged.group_by(KEYS).agg(sums).collect(engine="streaming")
    return {f"{row[0]}|{row[1]}": [int(one) for one in row[2:]] for row in found.rows()}


CONTESTANTS: dict[str, Callable[[Path], Answer]] = {
    "floor": floor,
    "chungtay, classify": our_cells,
    "chungtay": ours,
    "chungtay, spark": ours_on_spark,
    "duckdb": duckdb_by_hand,
    "polars": polars,
    "pandas": pandas_,
}


def run_alone(name: str, path: Path) -> None:
    """One contestant in this process: its seconds, its memory, its answer."""
    CONTESTANTS[name](
        path.with_name("small.parquet")
    )  # imports and caches are not what is measured
    seconds = float("inf")
    for _ in range(TIMES):
        before = time.perf_counter()
        answer = CONTESTANTS[name](path)
        seconds = min(seconds, time.perf_counter() - before)
    memory = int(PEAK.findall(Path("/proc/self/status").read_text("utf-8"))[0]) / 1024
    print(json.dumps({"seconds": seconds, "memory": memory, "answer": answer}))


def compare(path: Path, names: list[str]) -> list[tuple[str, float, float]]:
    """Every contestant in a process of its own; SystemExit if two answers differ."""
    found, answers = [], {}
    for name in names:
        words = [sys.executable, "-m", "benchmarks.measuring", "--alone", name, str(path)]
        done = subprocess.run(words, capture_output=True, text=True, check=True)
        said = json.loads(done.stdout)
        found.append((name, said["seconds"], said["memory"]))
        if said["answer"]:
            answers[name] = said["answer"]
    first = next(iter(answers.values()))
    for name, answer in answers.items():
        if answer != first:
            raise SystemExit(f"{name} counts otherwise than {next(iter(answers))}")
    return found


def main() -> None:
    """The table for some sizes, as it stands in the README."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[100_000])
    parser.add_argument("--only", nargs="+", choices=CONTESTANTS, default=list(CONTESTANTS))
    parser.add_argument("--alone", nargs=2, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.alone:
        run_alone(arguments.alone[0], Path(arguments.alone[1]))
        return
    print("| households | who | seconds | times the floor | memory, MB |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        write(1000, Path(folder) / "small.parquet")
        for size in arguments.sizes:
            path = Path(folder) / "national.parquet"
            write(size, path)
            rows = compare(path, arguments.only)
            least = next((seconds for name, seconds, _ in rows if name == "floor"), rows[0][1])
            for name, seconds, memory in rows:
                print(
                    f"| {size:,} | {name} | {seconds:.2f} | {seconds / least:.1f} | {memory:.0f} |",
                    flush=True,
                )


if __name__ == "__main__":
    main()
