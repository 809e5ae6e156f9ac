"""When what a plan asks for is due: its deadline as the due day of a task."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from chungtay.plans.models import PlanDeadline
from chungtay.rulebook.dues import MONTHS_OF, due_days, months_later
from chungtay.tasks.models import Recurrence, Rule

KEPT = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
DECEMBER = 12


@dataclass(frozen=True)
class Due:
    """The due day, how it is counted, how it comes again; ``stated`` where the plan says a day."""

    on: date
    rule: str = Rule.ON_OR_BEFORE
    recurrence: str = Recurrence.ONCE
    until: date | None = None
    stated: bool = False


def end_of_year(year: int) -> Due:
    """What is proposed where a plan says no day."""
    return Due(date(year, DECEMBER, 31))


def due_of(deadline: PlanDeadline, year: int, on: date, *, alone: bool = True) -> Due:
    """When a deadline is due, seen from a day; turns that have passed are left out.

    Without ``alone`` the plan says the next turn by a day of its own, so that this one is due once.
    """
    first, last = _ends(deadline.due)
    if first is None or last is None or deadline.comparator == PlanDeadline.Due.FROM:
        return _of_period(deadline.recurrence, year, on)
    if deadline.comparator == PlanDeadline.Due.BEFORE:
        due = Due(first, Rule.BEFORE, stated=True)
    else:
        due = Due(last, stated=True)
    return _recurring(due, deadline.recurrence, year, on) if alone else due


def _ends(due: str) -> tuple[date | None, date | None]:
    """The first and the last day of a day, a month, a year or a span of them, as it is kept."""
    first, _slash, last = due.partition("/")
    return _end(first, last=False), _end(last or first, last=True)


def _end(text: str, *, last: bool) -> date | None:
    found = KEPT.fullmatch(text)
    if found is None:
        return None
    year, month, day = (int(part) if part else 0 for part in found.groups())
    month = month or (DECEMBER if last else 1)
    try:
        return date(year, month, day or (monthrange(year, month)[1] if last else 1))
    except ValueError:
        return None


def _of_period(recurrence: str, year: int, on: date) -> Due:
    """What recurs without a day is due at the end of each period, anything else with the year."""
    step = MONTHS_OF.get(recurrence, DECEMBER)
    first = date(year, step, monthrange(year, step)[1])
    return _recurring(Due(first), recurrence, year, on)


def _recurring(due: Due, recurrence: str, year: int, on: date) -> Due:
    until = date(year, DECEMBER, 31)
    turns = [due.on]
    if recurrence in MONTHS_OF:
        turns = list(due_days(due.on, recurrence, until)) or turns
    left = [day for day in turns if day >= on] if on < until else turns
    first = left[0] if left else turns[0]
    if recurrence not in MONTHS_OF or months_later(first, MONTHS_OF[recurrence]) > until:
        return Due(first, due.rule, stated=due.stated)
    return Due(first, due.rule, recurrence, until, due.stated)
