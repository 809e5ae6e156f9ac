"""The one door to measuring files: question and files in, plain rows out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chungtay.measures.question import Question
from chungtay.measures.tables.engines import Engine, open_engine
from chungtay.measures.tables.files import sources
from chungtay.measures.tables.running import Tables, all_rows
from chungtay.measures.tables.writing import refuse_other_endings, write
from chungtay.rulebook.lawbook import Law
from chungtay.rulebook.measuring import Cube, as_row, figures_of
from chungtay.rulebook.wording import Sentence

__all__ = ["Measured", "measure", "refuse_other_endings", "write"]


@dataclass(frozen=True)
class Measured:
    """One plain row a group, and what a person should know of how it came about."""

    rows: list[dict[str, Any]]
    notes: tuple[Sentence, ...] = ()


def measure(
    question: Question,
    law: Law,
    paths: Sequence[Path],
    names: Mapping[str, str],
    engine: str = "duckdb",
    watch: Callable[[Engine], None] = lambda _: None,
) -> Measured:
    """Measure files; NotMeasurable names the file, the row, the column and the mend."""
    tables = Tables(question, law, sources(paths), names)
    working = open_engine(engine)
    try:
        watch(working)
        return Measured(all_rows(tables.cubes(working), lambda cube: _rows(question, cube)))
    finally:
        working.close()


def _rows(question: Question, cube: Cube) -> list[dict[str, Any]]:
    return [as_row(one) for one in figures_of(cube, question.measure)]
