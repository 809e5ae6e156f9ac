"""A question asked of files: read, grouped to cells by an engine, measured group by group."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import ibis
import pyarrow.compute as pc

from chungtay.measures.question import Question
from chungtay.measures.refusing import NotMeasurable
from chungtay.measures.tables.cells import (
    PLACES,
    PSU,
    STRATUM,
    WEIGHT,
    Prepared,
    counted,
    prepare,
)
from chungtay.measures.tables.columns import HOUSEHOLD, Columns
from chungtay.measures.tables.engines import Engine, reading
from chungtay.measures.tables.files import Source
from chungtay.measures.tables.locating import first_wrong
from chungtay.measures.tables.matching import Side, refuse_unmatched
from chungtay.measures.tables.members import (
    ID,
    Listed,
    beside,
    by_household,
    listed,
    told_by,
)
from chungtay.measures.tables.tallies import figures_of_tally, tallied
from chungtay.rulebook.lawbook import Law
from chungtay.rulebook.measuring import Count, Cube, Figures, Key

MOST_GROUPS = 200_000
UNITS = ("·stratum", "·psu")  # names in the cube of a sample that no column of a file bears


class Tables:
    """Files that a question is asked of, on one engine."""

    def __init__(
        self,
        question: Question,
        law: Law,
        sources: Sequence[Source],
        names: Mapping[str, str],
        members: Sequence[Source] = (),
    ) -> None:
        """`names` says what the files call a column, where they call it otherwise; `members` are
        files with a line for each member of a household."""
        self.question, self.law, self.sources, self.names = question, law, sources, names
        self.members = members
        self.told: frozenset[str] = frozenset()

    def figures(self, engine: Engine) -> Iterator[Figures]:
        """The figures of every group, in order.

        NotMeasurable where a row is wrong or there is none; nothing is to be believed before the
        last of them has come.
        """
        question, rows = self.question, 0
        keys = [f"{PLACES}{place}" for place in range(len(question.names))]
        tallies = tallied(question.measure, keys, self.cells(engine))
        for groups, tally in enumerate(tallies):
            _refuse_too_many(groups)
            rows += tally.rows
            yield figures_of_tally(question.measure, question.names, tally)
        self._refuse_none(rows)

    def cells(self, engine: Engine) -> Iterator[Any]:
        """The cells in batches, the groups in order; NotMeasurable where a row is wrong."""
        with reading([*self.sources, *self.members]):
            for batch in engine.batches(self._expression(engine)):
                if batch.num_rows and pc.max(batch.column("bad")).as_py():
                    raise self.wrong()
                yield batch

    def cube(self, engine: Engine) -> Cube:
        """All cells as one cube; of a sample by stratum and PSU too, with weighted counts."""
        names = [*self.question.names, *UNITS]
        expression = self._expression(engine, sampled=True)
        with reading([*self.sources, *self.members]):
            return Cube.counted(names, self._cells(engine.rows(expression), len(names)))

    def _refuse_none(self, rows: int) -> None:
        if not rows:
            raise NotMeasurable(
                "tệp {name} chỉ có dòng tiêu đề, chưa có hộ nào; hãy xuất lại tệp ấy.",
                name=self.sources[0].paths[0].name,
            )

    def _cells(self, found: Iterator[tuple[Any, ...]], places: int) -> Iterator[tuple[Key, Count]]:
        rows = 0
        for cell in found:
            by = tuple(cell[:places])
            low, mask, unknown, some, households, persons, bad, *weighted = cell[places:]
            if bad:
                raise self.wrong()
            rows += some
            yield Key(by, low, mask, unknown), Count(*(weighted or (households, persons)))
        self._refuse_none(rows)

    def _expression(self, engine: Engine, *, sampled: bool = False) -> Any:
        prepared = self.prepared(engine)
        names = prepared.keys[: len(self.question.names)]
        cells = counted(prepared)
        if sampled:
            cells = counted(prepared, (STRATUM, PSU), **self._weighted(prepared.rows))
        return cells.order_by([cells[name] for name in names]) if names else cells

    def _weighted(self, rows: Any) -> dict[str, Any]:
        if not (self.question.survey and self.question.survey.weight):
            return {}
        weight = rows[WEIGHT].cast("float64")
        return {
            "weighted_households": (rows.households * weight).sum(),
            "weighted_persons": (rows.persons * weight).sum(),
        }

    def prepared(self, engine: Engine) -> Prepared:
        """All sources as one table of classified rows."""
        tables = [self._columns(engine.table(source)) for source in self.sources]
        if self.members:
            parts = self._with_members(tables, engine)
        else:
            parts = [prepare(self.question, self.law, one) for one in tables]
        found = parts[0] if len(parts) == 1 else _together(parts)
        survey = self.question.survey
        if survey and not survey.psu:
            own = found.rows.mutate(**{PSU: ibis.row_number()})
            return Prepared(own, found.checks, found.keys)
        return found

    def wrong(self) -> NotMeasurable:
        """Which row is wrong, for a file in which an engine has met one."""
        found = first_wrong(self.sources, self._alone)
        found = found or first_wrong(self.members, self._listed)
        return found or NotMeasurable("có dòng không dùng được; hãy xem lại tệp rồi đo lại.")

    def _columns(self, table: Any) -> Columns:
        return Columns(table, self.names)

    def _with_members(self, tables: Sequence[Columns], engine: Engine) -> list[Prepared]:
        """The tables with what is counted of the members of each household."""
        lists = [self._columns(engine.table(source)) for source in self.members]
        self.told = frozenset.intersection(*(told_by(self.question, one) for one in lists))
        counts = by_household([listed(self.question, self.law, one) for one in lists])
        refuse_unmatched(
            engine,
            Side(self.sources, tables, self._columns),
            Side(self.members, lists, self._columns),
        )
        found = []
        for one in tables:
            joined = one.table.left_join(counts, one.identifier(HOUSEHOLD) == counts[ID])
            columns = self._columns(joined)
            members = beside(self.question, self.told, joined)
            found.append(prepare(self.question, self.law, columns, members))
        return found

    def _alone(self, table: Any) -> Prepared:
        """A table of households without its members, to look for a wrong row of its own."""
        columns = self._columns(table)
        if not self.members:
            return prepare(self.question, self.law, columns)
        return prepare(self.question, self.law, columns, beside(self.question, self.told))

    def _listed(self, table: Any) -> Listed:
        return listed(self.question, self.law, self._columns(table))


def _together(parts: Sequence[Prepared]) -> Prepared:
    """Tables of several kinds below one another; what they group by is text where they differ."""
    first = parts[0]
    for name in first.rows.columns:
        text = name.startswith(PLACES) or name in (STRATUM, PSU)
        if text and len({part.rows[name].type() for part in parts}) > 1:
            parts = [_cast(part, name, "string") for part in parts]
    numbers = {"persons": "int64", "households": "int64", WEIGHT: "float64"}
    for name, kind in numbers.items():
        if name in first.rows.columns:
            parts = [_cast(part, name, kind) for part in parts]
    checks = tuple(check for part in parts for check in part.checks)
    return Prepared(ibis.union(*(part.rows for part in parts)), checks, first.keys)


def _cast(part: Prepared, name: str, kind: str) -> Prepared:
    return Prepared(part.rows.cast({name: kind}), part.checks, part.keys)


def _refuse_too_many(groups: int) -> None:
    if groups > MOST_GROUPS:
        raise NotMeasurable(
            "--by chia ra hơn {most} nhóm; hãy chọn cột ít giá trị hơn, ví dụ tỉnh hoặc xã.",
            most=MOST_GROUPS,
        )
