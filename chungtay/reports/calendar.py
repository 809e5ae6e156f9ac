"""The calendar of a place and year: every report owed by it and to it, before it is opened."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from chungtay.places.models import Level, Unit
from chungtay.places.queries import units_on
from chungtay.plans.models import PlanDeadline
from chungtay.plans.queries import plan_of
from chungtay.reports.models import OwedReport
from chungtay.reports.planned import Planned, planned_reports
from chungtay.reports.rhythm import Beat, rhythm
from chungtay.rulebook.dues import last_day_of
from chungtay.rulebook.spans import Span, spans_of

Kind, Source = OwedReport.Kind, OwedReport.Source
Key = tuple[int, int | None, str, str, date, date, str]


@dataclass(frozen=True)
class Proposed:
    """A report the calendar would open, and whether it stands already."""

    to: Unit
    kind: str
    span: Span
    due_on: date
    rule: str
    source: str
    unit: Unit | None = None
    office: str = ""
    subject: str = ""
    receivers: tuple[str, ...] = ()
    via: str = ""
    deadline: PlanDeadline | None = None
    stands: bool = False

    @property
    def last_day(self) -> date:
        """The last day in time."""
        return last_day_of(self.due_on, self.rule)

    @property
    def debtor(self) -> str:
        """Who owes it."""
        return self.unit.name_on(self.last_day) if self.unit is not None else self.office

    @property
    def key(self) -> Key:
        """What tells it from every other report."""
        unit = self.unit.pk if self.unit is not None else None
        return (self.to.pk, unit, self.office, self.kind, *self.span, self.subject)

    def row(self) -> OwedReport:
        """The row it becomes."""
        return OwedReport(
            unit=self.unit,
            office=self.office,
            to=self.to,
            receivers=list(self.receivers),
            via=self.via,
            kind=self.kind,
            subject=self.subject,
            opening=self.span[0],
            closing=self.span[1],
            due_on=self.due_on,
            rule=self.rule,
            last_day=self.last_day,
            source=self.source,
            deadline=self.deadline,
        )


def calendar_of(place: Unit, year: int, offices: Sequence[str]) -> list[Proposed]:
    """Every report of a year: what the plan asks for, then the usual rhythm for the rest.

    A unit owes only where it stands on the last day in time.
    """
    plan = plan_of(place, year) if place.level != Level.VILLAGE else None
    asked = planned_reports(plan) if plan is not None else []
    found: dict[Key, Proposed] = {}
    for one in (*_from_plan(place, asked, offices), *_from_rhythm(place, year, offices)):
        found.setdefault(one.key, one)
    known = _standing(place, year)
    listed = [replace(one, stands=one.key in known) for one in found.values()]
    return sorted(listed, key=lambda one: (one.last_day, one.unit is None, one.debtor))


def _standing(place: Unit, year: int) -> set[Key]:
    rows = OwedReport.objects.filter(closing__year=year)
    rows = rows.filter(to=place.pk) | rows.filter(unit=place.pk)
    names = ("to", "unit", "office", "kind", "opening", "closing", "subject")
    return set(rows.values_list(*names))


def _from_plan(place: Unit, asked: Sequence[Planned], offices: Sequence[str]) -> Iterator[Proposed]:
    for one in asked:
        base = Proposed(
            to=place,
            kind=one.kind,
            span=one.span,
            due_on=one.due_on,
            rule=one.rule,
            source=Source.PLAN,
            subject=one.subject,
            receivers=tuple(one.deadline.receivers),
            via=one.deadline.via,
            deadline=one.deadline,
        )
        if "up" in one.directions:
            yield from _upwards(place, base)
        if one.directions & {"villages", "communes"}:
            yield from _below(place, base)
        if "offices" in one.directions:
            yield from (replace(base, office=office) for office in offices)
        if one.office:
            yield replace(base, office=one.office)


def _from_rhythm(place: Unit, year: int, offices: Sequence[str]) -> Iterator[Proposed]:
    for beat in rhythm():
        base = _base(place, year, beat)
        if beat.who == "office" and place.level == Level.COMMUNE:
            yield from (replace(base, office=office) for office in offices)
        elif beat.who == "village" and place.level == Level.COMMUNE:
            yield from _below(place, base)
        elif beat.who == "commune":
            yield from (
                _upwards(place, base) if place.level == Level.COMMUNE else _below(place, base)
            )


def _base(place: Unit, year: int, beat: Beat) -> Proposed:
    month, day = beat.month_and_day
    span = spans_of(year, beat.kind)[0]
    return Proposed(place, beat.kind, span, date(year, month, day), beat.rule, Source.RHYTHM)


def _upwards(place: Unit, base: Proposed) -> Iterator[Proposed]:
    above = place.parent
    if above is not None and place.stands_on(base.last_day) and above.level != Level.COUNTRY:
        yield replace(base, unit=place, to=above)


def _below(place: Unit, base: Proposed) -> Iterator[Proposed]:
    level = Level.VILLAGE if place.level == Level.COMMUNE else Level.COMMUNE
    for unit in units_on(base.last_day, level).filter(parent=place.pk).order_by("folded"):
        yield replace(base, unit=unit)
