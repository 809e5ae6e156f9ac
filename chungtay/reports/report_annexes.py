"""The tables of a report as annexes of its paper, on pages laid across."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import chain

from chungtay.reports.plan_document import Annex, Column
from chungtay.reports.statements import Frozen, FrozenResults, FrozenRow, FrozenTable
from chungtay.rulebook.loading import law
from chungtay.rulebook.wording import vi_int, vi_percent

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
NAME_SHARE, FIGURE_SHARE = 20, 8
UNKNOWN = "–"
DASH_NOTE = "Dấu “–”: chưa rõ."
UNVERIFIED = "Số cột theo biểu của một tỉnh đang dùng, chưa đối chiếu với phụ lục của thông tư."


def annexes_of(frozen: Frozen, issuer: str) -> tuple[Annex, ...]:
    """One annex a table, of every standard."""
    tables = list(chain.from_iterable(map(_tables, frozen.results)))
    several = len(frozen.results) > 1
    return tuple(
        _annex(number, results if several else None, table, issuer)
        for number, (results, table) in zip(ROMAN, tables, strict=False)
    )


def _tables(results: FrozenResults) -> Iterator[tuple[FrozenResults, FrozenTable]]:
    return ((results, one) for one in results.tables)


def _annex(number: str, results: FrozenResults | None, filled: FrozenTable, issuer: str) -> Annex:
    table = filled.table
    standard = f" theo {law().standard(results.standard).name}" if results is not None else ""
    rows = tuple(_row(row, filled) for row in filled.rows)
    total = _row(filled.total, filled)
    dashed = any(UNKNOWN in row for row in (*rows, total))
    return Annex(
        label=f"PHỤ LỤC {number}",
        title=f"{table.title}{standard}",
        issuer=issuer,
        columns=(
            Column("Địa bàn", "text", NAME_SHARE),
            *(
                Column(f"({one.number}) {one.title}", "number", FIGURE_SHARE)
                for one in table.columns
            ),
        ),
        rows=rows,
        total=total,
        note=f"{DASH_NOTE} {UNVERIFIED}" if dashed else UNVERIFIED,
        across=True,
    )


def _row(row: FrozenRow, filled: FrozenTable) -> tuple[str, ...]:
    columns = filled.table.columns
    return (row.name, *(_figure(row.figures.get(one.figure)) for one in columns))


def _figure(value: int | str | None) -> str:
    if value is None:
        return UNKNOWN
    return vi_percent(Decimal(value)) if isinstance(value, str) else vi_int(value)
