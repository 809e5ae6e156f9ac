"""The tables of results frozen as plain data: what a report said on the day it was sent.

Whole numbers stay numbers, rates are texts; a household is never named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Literal

import msgspec

from chungtay.households.queries.statuses import standards_at
from chungtay.places.models import Unit
from chungtay.reports.result_tables import FilledTable, ResultRow, Results, results_of
from chungtay.reports.standings import Period
from chungtay.rulebook.loading import result_tables
from chungtay.rulebook.schema_lists import ResultTable
from chungtay.rulebook.targets import rate

Basis = Literal["register", "reports"]
Figures = Mapping[str, int | str | None]


class FrozenRow(msgspec.Struct, frozen=True):
    """One row as it was: its name, its unit or kind, and its figures."""

    name: str
    figures: dict[str, int | str | None]
    unit: int | None = None
    kind: str = ""


class FrozenTable(msgspec.Struct, frozen=True):
    """One table as it was."""

    id: str
    rows: tuple[FrozenRow, ...]
    total: FrozenRow

    @property
    def table(self) -> ResultTable:
        """The official table it fills."""
        return next(one for one in result_tables().tables if one.id == self.id)


class FrozenResults(msgspec.Struct, frozen=True):
    """The tables of one standard, and what of them could not be said exactly."""

    standard: str
    tables: tuple[FrozenTable, ...]
    words: tuple[str, ...] = ()

    def table(self, table_id: str) -> FrozenTable | None:
        """One table by its id."""
        return next((one for one in self.tables if one.id == table_id), None)


class Frozen(msgspec.Struct, frozen=True):
    """Everything a report's figures say: by which standards, from what, between which days.

    ``silent``: the units below that had not sent when a sum of reports was made.
    """

    opening: date
    closing: date
    basis: Basis
    results: tuple[FrozenResults, ...]
    silent: tuple[str, ...] = ()

    def by(self, standard: str) -> FrozenResults | None:
        """The tables of one standard."""
        return next((one for one in self.results if one.standard == standard), None)

    def as_json(self) -> dict[str, Any]:
        """As the database keeps it."""
        kept: dict[str, Any] = msgspec.to_builtins(self)
        return kept


def thaw(kept: Mapping[str, Any]) -> Frozen | None:
    """The figures a statement keeps; None where a report has none (an office's words)."""
    return msgspec.convert(kept, type=Frozen) if kept else None


def standards_of(place: Unit, on: date) -> list[str]:
    """The standards a place is counted by, its province's own first: the order they are shown."""
    national_first = standards_at(place, on)
    return list(reversed(national_first))


def counted_on(opening: date, closing: date, on: date) -> Period:
    """A period as far as it has come by a day."""
    return Period(opening, max(opening, min(closing, on)))


def freeze_register(place: Unit, period: Period) -> Frozen:
    """What the register says of a place now, by each standard that holds there."""
    standards = standards_of(place, period.closing)
    results = tuple(freeze_by(place, period, one) for one in standards)
    return Frozen(period.opening, period.closing, "register", results)


def freeze_by(place: Unit, period: Period, standard: str) -> FrozenResults:
    """What the register says of a place now, by one standard."""
    return _results(results_of(place, period, standard))


def _results(found: Results) -> FrozenResults:
    words = tuple(str(one) for one in found.words)
    return FrozenResults(found.standard, tuple(_table(one) for one in found.tables), words)


def _table(filled: FilledTable) -> FrozenTable:
    return FrozenTable(filled.table.id, tuple(map(_row, filled.rows)), _row(filled.total))


def _row(row: ResultRow) -> FrozenRow:
    figures = {
        name: str(value) if isinstance(value, Decimal) else value
        for name, value in row.figures.items()
    }
    return FrozenRow(row.name, figures, row.unit, row.kind)


def summed(table: ResultTable, rows: Sequence[Figures]) -> dict[str, int | str | None]:
    """The figures of a whole from those of its parts: counts add up, rates follow from them.

    What one part does not know the whole does not know.
    """
    figures: dict[str, int | str | None] = {}
    for column in _counts(table, rows):
        parts = [row.get(column) for row in rows]
        known = [part for part in parts if isinstance(part, int)]
        figures[column] = sum(known) if len(known) == len(parts) else None
    if table.kind != "movement":
        figures |= _rates(figures)
    return figures


def _counts(table: ResultTable, rows: Sequence[Figures]) -> Iterable[str]:
    names = dict.fromkeys(name for row in rows for name in row)
    if not names:
        names = dict.fromkeys(column.figure for column in table.columns)
    return [name for name in names if not name.endswith("_rate")]


def _rates(figures: Mapping[str, int | str | None]) -> dict[str, int | str | None]:
    found: dict[str, int | str | None] = {}
    for name, part in figures.items():
        if name in {"households", "persons"}:
            continue
        whole = figures.get("persons" if name.endswith("_persons") else "households")
        found[f"{name}_rate"] = None
        if isinstance(part, int) and isinstance(whole, int) and whole > 0:
            found[f"{name}_rate"] = str(rate(part, whole))
    return found
