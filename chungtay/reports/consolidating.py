"""The reports of the units below added up, beside what the register says now.

Nothing is typed again: the sum is made of the last statement of each unit that sent one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from chungtay.acts.remembering import remembered, version
from chungtay.places.models import Unit
from chungtay.reports.models import OwedReport, ReportStatement
from chungtay.reports.standings import Period
from chungtay.reports.statements import (
    Figures,
    Frozen,
    FrozenResults,
    FrozenRow,
    FrozenTable,
    freeze_by,
    summed,
    thaw,
)
from chungtay.rulebook.loading import result_tables
from chungtay.rulebook.schema_lists import ResultTable
from chungtay.rulebook.wording import Joined, Sentence, catalogued, vi_int

State = OwedReport.State
# What the register does not say of a unit is not known; that nobody is poor there is a number.
OF_ALL = frozenset({"households", "persons"})


@dataclass(frozen=True)
class Sent:
    """What one unit sent last."""

    owed: OwedReport
    unit: Unit
    statement: ReportStatement
    frozen: Frozen

    @property
    def name(self) -> str:
        """The unit as it was called when the report was due."""
        return self.unit.name_on(self.owed.last_day)

    @property
    def difficulties(self) -> str:
        """The difficulties and proposals it typed."""
        return self.statement.difficulties


@dataclass(frozen=True)
class Consolidated:
    """The reports of one kind and period owed to a place: what was sent, and who is silent.

    A returned report counts as not sent: its figures are to be mended.
    """

    place: Unit
    kind: str
    opening: date
    closing: date
    sent: tuple[Sent, ...]
    silent: tuple[OwedReport, ...]

    @property
    def waiting(self) -> list[Sent]:
        """Those in the sum whose reports are not accepted yet."""
        return [one for one in self.sent if one.owed.state == State.SUBMITTED]

    @property
    def standards(self) -> list[str]:
        """The standards some unit reported by, in the order they came."""
        found = [one.standard for sent in self.sent for one in sent.frozen.results]
        return list(dict.fromkeys(found))

    @property
    def counted_to(self) -> date:
        """The latest day some unit's figures speak of."""
        return max((one.frozen.closing for one in self.sent), default=self.closing)


def consolidated(place: Unit, kind: str, opening: date, closing: date) -> Consolidated:
    """The reports the units below owe a place about a period, each with what it sent last."""
    rows = OwedReport.objects.filter(
        to=place.pk, kind=kind, opening=opening, closing=closing, withdrawn=False
    ).filter(unit__isnull=False)
    owed = list(rows.select_related("unit", "to").order_by("unit__folded", "pk"))
    last = _last_statements(owed)
    sent, silent = [], []
    for one in owed:
        statement = last.get(one.pk) if one.is_settled else None
        frozen = thaw(statement.figures) if statement is not None else None
        if statement is None or frozen is None or one.unit is None:
            silent.append(one)
        else:
            sent.append(Sent(one, one.unit, statement, frozen))
    return Consolidated(place, kind, opening, closing, tuple(sent), tuple(silent))


def _last_statements(owed: Iterable[OwedReport]) -> dict[int, ReportStatement]:
    rows = ReportStatement.objects.filter(owed__in=[one.pk for one in owed])
    return {one.owed_id: one for one in rows.order_by("number")}


def sum_of(below: Consolidated, table: ResultTable, standard: str) -> FrozenTable:
    """One table with a row for each unit that sent, and their sum."""
    rows = []
    for one in below.sent:
        results = one.frozen.by(standard)
        filled = results.table(table.id) if results is not None else None
        if filled is not None:
            rows.append(FrozenRow(one.name, filled.total.figures, one.unit.pk))
    total = summed(table, [row.figures for row in rows])
    kind = FrozenRow(catalogued("Cộng các báo cáo"), total, kind="total")
    return FrozenTable(table.id, tuple(rows), kind)


def frozen_sum(below: Consolidated) -> Frozen:
    """The sum of what was sent, as the figures of the place's own report."""
    results = tuple(
        FrozenResults(
            standard, tuple(sum_of(below, one, standard) for one in result_tables().tables)
        )
        for standard in below.standards
    )
    silent = tuple(one.debtor for one in below.silent)
    return Frozen(below.opening, below.counted_to, "reports", results, silent)


@dataclass(frozen=True)
class Beside:
    """A table of the sum, and of each of its rows what the register says now."""

    table: ResultTable
    sum: FrozenTable
    register: Mapping[int | None, Figures]
    register_total: Figures
    differences: tuple[Sentence, ...]


def beside_register(below: Consolidated, standard: str, on: date) -> list[Beside]:
    """Each table of the sum beside the register's figures for the same days."""
    closing = max(below.opening, min(below.counted_to, on))
    period = Period(below.opening, closing)
    now = remembered(
        ("register beside reports", below.place.pk, period, standard),
        version(),
        lambda: freeze_by(below.place, period, standard),
    )
    found = []
    for table in result_tables().tables:
        whole = sum_of(below, table, standard)
        kept = now.table(table.id)
        rows = {row.unit: row.figures for row in kept.rows if not row.kind} if kept else {}
        found.append(
            Beside(
                table,
                whole,
                rows,
                kept.total.figures if kept else {},
                tuple(_differences(table, whole, rows)),
            )
        )
    return found


def _differences(
    table: ResultTable, whole: FrozenTable, register: Mapping[int | None, Figures]
) -> Iterator[Sentence]:
    """Where a unit's report and the register do not say the same, in words."""
    titles = {one.figure: one.title for one in table.columns}
    for row in whole.rows:
        kept = register.get(row.unit, {})
        parts = [
            Sentence(
                "{column}: báo cáo {sent}, sổ hộ {kept}",
                column=titles[name],
                sent=vi_int(sent),
                kept=vi_int(now),
            )
            for name in titles
            if isinstance(sent := row.figures.get(name), int)
            and isinstance(now := kept.get(name, None if name in OF_ALL else 0), int)
            and sent != now
        ]
        if parts:
            yield Sentence("{unit}: {parts}.", unit=row.name, parts=Joined(tuple(parts), "; "))
