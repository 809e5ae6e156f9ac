"""The reports a plan asks for: its deadlines that speak of reporting, made into dates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from chungtay.places.models import Level, Unit
from chungtay.plans.models import Plan, PlanDeadline, PlanDuty
from chungtay.reports.models import OwedReport
from chungtay.rulebook.dues import BEFORE, ON_OR_BEFORE
from chungtay.rulebook.folding import fold
from chungtay.rulebook.spans import Span, span_due, spans_of

Kind = OwedReport.Kind
Direction = Literal["up", "villages", "communes", "offices"]
REPORTING = "bao cao"
KINDS = {
    "monthly": Kind.MONTHLY,
    "quarterly": Kind.QUARTERLY,
    "six_monthly": Kind.SIX_MONTH,
    "yearly": Kind.YEAR,
    "": Kind.ON_DEMAND,
}
UNDATED = frozenset({Kind.MONTHLY, Kind.QUARTERLY})
# Words of a receiver that stands above the plan's own place.
ABOVE = {
    Level.COMMUNE: ("huyen", "thi xa", "thanh pho", "tinh", "so "),
    Level.DISTRICT: ("tinh", "so "),
}
VILLAGE_WORDS = ("thon", "to dan pho", "khu pho", "to truong", "cac ap", "cac ban")
COMMUNE_WORDS = ("phuong, xa", "xa, phuong", "cac xa", "cac phuong")
OFFICE_WORDS = ("co quan", "don vi", "ban nganh", "doan the")


@dataclass(frozen=True)
class Planned:
    """What one deadline asks: which way, about which span, by which day; who, where named."""

    deadline: PlanDeadline
    directions: frozenset[Direction]
    kind: Kind
    span: Span
    due_on: date
    rule: str
    office: str = ""
    subject: str = ""


def planned_reports(plan: Plan) -> list[Planned]:
    """Every report a plan's deadlines ask for; a date the plan does not give is not made up."""
    rows = plan.deadlines.filter(withdrawn=False).order_by("position")
    return [one for row in rows if REPORTING in fold(row.what) for one in _planned(plan, row)]


def offices_of(plan: Plan | None) -> list[str]:
    """The offices a plan gives duties to, each once; villages report for themselves."""
    if plan is None:
        return []
    rows = PlanDuty.objects.filter(plan=plan, withdrawn=False).order_by("position")
    named = [name for row in rows for name in row.offices]
    apart = (*VILLAGE_WORDS, *COMMUNE_WORDS)
    return [one for one in dict.fromkeys(named) if not _any(fold(one), apart)]


def _planned(plan: Plan, row: PlanDeadline) -> Iterator[Planned]:
    kind = KINDS[row.recurrence]
    directions, office = _who(plan.unit, row)
    rule = BEFORE if row.comparator == PlanDeadline.Due.BEFORE else ON_OR_BEFORE
    due = _day(row.due)
    if due is None:
        if kind in UNDATED:
            for span in spans_of(plan.year, kind):
                yield Planned(row, directions, kind, span, span[1], ON_OR_BEFORE, office)
        return
    if kind == Kind.ON_DEMAND:
        span = (min(date(plan.year, 1, 1), due), due)
        yield Planned(row, directions, kind, span, due, rule, office, row.what[:300])
        return
    yield Planned(row, directions, kind, span_due(plan.year, kind, due), due, rule, office)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _who(unit: Unit, row: PlanDeadline) -> tuple[frozenset[Direction], str]:
    """Which way a report goes: upwards where a receiver stands above, else from those below."""
    receivers = [fold(one) for one in row.receivers]
    if any(_any(one, ABOVE.get(Level(unit.level), ())) for one in receivers):
        return frozenset({"up"}), ""
    who = fold(row.who)
    found: set[Direction] = set()
    if unit.level == Level.COMMUNE and _any(who, VILLAGE_WORDS):
        found.add("villages")
    if unit.level != Level.COMMUNE and _any(who, COMMUNE_WORDS):
        found.add("communes")
    if _any(who, OFFICE_WORDS):
        found.add("offices")
    return frozenset(found), "" if found else row.who[:200]


def _any(text: str, words: tuple[str, ...]) -> bool:
    return any(word in text for word in words)
