"""Small made-up tables, and one Spark for the whole run."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from chungtay.measures.asking import Words, question_of
from chungtay.measures.refusing import NotMeasurable
from chungtay.measures.tables.engines import DuckDB, Engine, Spark
from chungtay.measures.tables.files import sources
from chungtay.measures.tables.measuring import measure
from chungtay.measures.tables.running import Tables
from chungtay.rulebook.loading import law
from chungtay.rulebook.measuring import MeasureError

TODAY = date(2024, 6, 1)
INDICATORS = tuple(f"d{number:02d}" for number in range(1, 13))
INCOMES = (0, 1_499_999, 1_500_000, 1_500_001, 2_000_000)
Row = dict[str, Any]


@pytest.fixture(scope="session")
def spark() -> Iterator[Engine]:
    engine = Spark()
    yield engine
    engine.close()


@pytest.fixture
def duck() -> Iterator[Engine]:
    engine = DuckDB()
    yield engine
    engine.close()


def households(count: int, seed: int, blank: float = 0.0) -> list[Row]:
    """Made-up households: incomes about the lines, deprivations often enough to be poor."""
    made = random.Random(seed)

    def maybe(value: Any) -> Any:
        return None if made.random() < blank else value

    return [
        {
            "province": made.choice(["01", "75", None]),
            "area": maybe(made.choice(["rural", "urban"])),
            "year": made.choice(["2022", "2023"]),
            "persons": made.randint(0, 7),
            "households": made.randint(1, 3),
            "income_per_person": maybe(made.choice(INCOMES)),
            **{name: maybe(int(made.random() < 0.3)) for name in INDICATORS},
        }
        for _ in range(count)
    ]


def as_csv(path: Path, rows: Sequence[Row]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def as_parquet(path: Path, rows: Sequence[Row]) -> Path:
    pq.write_table(pa.Table.from_pylist(list(rows)), path)
    return path


def asked(
    *paths: Path,
    engine: str = "duckdb",
    names: Any = None,
    members: Sequence[Path] = (),
    **words: Any,
) -> list[Row]:
    """The rows of a question in the words of the command."""
    question, _ = question_of(Words(**words), law(), TODAY)
    return measure(question, law(), paths, names or {}, engine, members=members).rows


def cells(engine: Engine, *paths: Path, members: Sequence[Path] = (), **words: Any) -> list[Any]:
    """Every cell an engine counts, in any order."""
    question, _ = question_of(Words(**words), law(), TODAY)
    tables = Tables(question, law(), sources(paths), {}, sources(members))
    return sorted(
        (str((key.by[: len(question.names)], *key[1:])), tuple(count))
        for key, count in tables.cube(engine).cells.items()
    )


@pytest.fixture
def refused() -> Callable[..., str]:
    """A question that must be refused: the sentence it is met with."""

    def refuse(*paths: Path, **words: Any) -> str:
        with pytest.raises((NotMeasurable, MeasureError)) as found:
            asked(*paths, **words)
        return str(found.value)

    return refuse
