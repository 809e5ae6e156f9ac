"""Households and the members in files of their own held together by the column they share.

A household that is there twice and a member of none are refused; they are asked for before anything
is counted, and looked for in the files only then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import ibis

from chungtay.measures.refusing import NotMeasurable
from chungtay.measures.tables.columns import HOUSEHOLD, Columns
from chungtay.measures.tables.engines import DuckDB, Engine
from chungtay.measures.tables.files import Source
from chungtay.measures.tables.locating import HEADER_ROWS


@dataclass(frozen=True)
class Side:
    """Files of households or of members, opened, and how a table of them is opened again."""

    sources: Sequence[Source]
    tables: Sequence[Columns]
    open: Callable[[Any], Columns]

    @property
    def names(self) -> Any:
        """What every row says of its household, one below the other."""
        found = [one.table.select(name=one.identifier(HOUSEHOLD)) for one in self.tables]
        return found[0] if len(found) == 1 else ibis.union(*found)


@dataclass(frozen=True)
class Place:
    """A row of a file, as a person counts them."""

    file: str
    row: int
    column: str


def refuse_unmatched(engine: Engine, households: Side, members: Side) -> None:
    """Refuse households that come twice and members of no household, naming file and row."""
    names = households.names
    counts = names.filter(names.name.notnull()).group_by("name").aggregate(rows=lambda t: t.count())
    twice = next(iter(engine.rows(counts.filter(counts.rows > 1).select("name").limit(1))), None)
    if twice is not None:
        first, second, *_ = _places(households, twice[0])
        raise NotMeasurable(
            "tệp {name}, dòng {row}, cột {column} ghi “{cell}” lần thứ hai (lần đầu: tệp {other}, "
            "dòng {before}); hãy để mỗi hộ một dòng, mỗi hộ một mã.",
            name=second.file,
            row=second.row,
            column=second.column,
            cell=twice[0],
            other=first.file,
            before=first.row,
        )
    listed = members.names
    strange = listed.anti_join(names, "name").limit(1)
    lost = next(iter(engine.rows(strange)), None)
    if lost is not None:
        place = next(_places(members, lost[0]))
        if lost[0] is None:
            raise NotMeasurable(
                "tệp {name}, dòng {row}, cột {column} để trống, nên không biết người này của hộ "
                "nào; hãy ghi mã hộ.",
                name=place.file,
                row=place.row,
                column=place.column,
            )
        raise NotMeasurable(
            "tệp {name}, dòng {row}, cột {column} ghi “{cell}”, mà không hộ nào có mã ấy; hãy sửa "
            "mã hộ của người này hoặc thêm hộ ấy vào bảng hộ.",
            name=place.file,
            row=place.row,
            column=place.column,
            cell=lost[0],
        )


def _places(side: Side, name: str | None) -> Iterator[Place]:
    """The rows that name a household, in the order of files and rows."""
    for source in side.sources:
        for part in source.parts:
            engine = DuckDB(in_order=True)
            try:
                columns = side.open(engine.table(part))
                rows = columns.table.select(
                    number=ibis.row_number(), name=columns.identifier(HOUSEHOLD)
                )
                same = rows.name.isnull() if name is None else rows.name == name
                found = rows.filter(same).order_by("number")
                numbers = [number for number, _ in engine.rows(found)]
            finally:
                engine.close()
            for number in numbers:
                column = str(columns.called(HOUSEHOLD))
                row = number + 1 + HEADER_ROWS[source.kind]
                yield Place(part.paths[0].name, row, column)
