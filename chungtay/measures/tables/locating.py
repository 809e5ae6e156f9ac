"""Where a table is wrong: file, row, column and what the cell may hold; asked only of a wrong one.

Always DuckDB, whichever engine measured: it alone keeps the order of the rows of a file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Protocol

import ibis

from chungtay.measures.refusing import NotMeasurable
from chungtay.measures.tables.columns import Check
from chungtay.measures.tables.engines import DuckDB
from chungtay.measures.tables.files import Source

HEADER_ROWS = {"csv": 1, "parquet": 0}


class Judged(Protocol):
    """A table whose rows have been checked."""

    @property
    def checks(self) -> tuple[Check, ...]:
        """What may be wrong in a row."""


def first_wrong(
    sources: Iterable[Source], prepare: Callable[[Any], Judged]
) -> NotMeasurable | None:
    """The first row that a check finds wrong, in the order of files and rows, as a sentence."""
    for source in sources:
        for part in source.parts:
            engine = DuckDB(in_order=True)
            try:
                table = engine.table(part)
                checks = prepare(table).checks
                found = next(engine.rows(_wrong_rows(table, checks)), None)
            finally:
                engine.close()
            if found is not None:
                return _said(part, checks, found)
    return None


def _wrong_rows(table: Any, checks: tuple[Check, ...]) -> Any:
    """The number of the first wrong row, then for each check whether it bites and the cell."""
    fields: dict[str, Any] = {"number": ibis.row_number()}
    for at, check in enumerate(checks):
        fields[f"bad{at}"] = check.bad.fill_null(False)
        columns = [table[name].cast("string").fill_null("") for name in check.column.split(", ")]
        fields[f"cell{at}"] = columns[0] if len(columns) == 1 else columns[0] + ", " + columns[1]
    rows = table.select(**fields)
    wrong = rows[f"bad{0}"]
    for at in range(1, len(checks)):
        wrong = wrong | rows[f"bad{at}"]
    return rows.filter(wrong).order_by("number").limit(1)


def _said(source: Source, checks: tuple[Check, ...], found: tuple[Any, ...]) -> NotMeasurable:
    number, cells = found[0], found[1:]
    at = next(place for place in range(len(checks)) if cells[2 * place])
    return NotMeasurable(
        "tệp {name}, dòng {row}, cột {column} ghi “{cell}”; hãy ghi {allowed}.",
        name=source.paths[0].name,
        row=number + 1 + HEADER_ROWS[source.kind],
        column=checks[at].column,
        cell=cells[2 * at + 1],
        allowed=checks[at].allowed,
    )
