"""Two standards side by side as one flat table, which a spreadsheet can turn any way."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

from chungtay.files.writing import Table, TableColumn
from chungtay.rulebook.folding import fold
from chungtay.rulebook.foresight import Foresight, Part
from chungtay.rulebook.side_by_side import FIRST, MOVES, SECOND, STANDS, move_of


def foresight_table(shown: Foresight, who: str, source: str) -> Table:
    """Households and persons by place, class by the first and class by the second standard."""
    rows = [row for part in shown.parts for row in _rows(part)]
    return Table(
        title=f"Hai chuẩn nghèo đặt cạnh nhau: {shown.first.id} và {shown.second.id}",
        place=shown.place,
        on=shown.on,
        who=who,
        source=" ".join([f"{source}.", *_doubts(shown)]),
        columns=[
            TableColumn("Địa bàn", width=28),
            TableColumn(f"Theo {shown.first.name}", width=36),
            TableColumn(f"Theo {shown.second.name}", width=36),
            TableColumn("Kết quả", width=34),
            TableColumn("Số hộ", "number", 12),
            TableColumn("Số người", "number", 12),
        ],
        rows=rows,
        row_count=len(rows),
        sheet_name="Hai chuẩn",
    )


def _doubts(shown: Foresight) -> Iterator[str]:
    for side, standard in ((FIRST, shown.first), (SECOND, shown.second)):
        if doubts := shown.doubts(side):
            yield f"{standard.id}: {' '.join(str(one) for one in doubts)}"


def file_name(shown: Foresight) -> str:
    """A file name without diacritics."""
    place = "-".join(fold(shown.place).split())
    return f"hai-chuan-{place}-{shown.on:%Y-%m-%d}.xlsx"


def _rows(part: Part) -> Iterator[list[Any]]:
    matrix = part.found.matrix()
    for first, second in product(STANDS, STANDS):
        if heads := matrix.get((first, second)):
            move = MOVES[move_of(first, second)]
            counts = (heads.households, heads.persons or None)
            yield [part.name, STANDS[first], STANDS[second], move, *counts]
