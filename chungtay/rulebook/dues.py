"""Due days: before a day or on it at the latest, once or again and again."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date, timedelta

BEFORE, ON_OR_BEFORE = "before", "on_or_before"
MONTHS_OF = {"monthly": 1, "quarterly": 3, "six_monthly": 6, "yearly": 12}


def last_day_of(due_on: date, rule: str) -> date:
    """The last day that is in time: "trước ngày" is the day before, "chậm nhất ngày" the day."""
    return due_on - timedelta(days=1) if rule == BEFORE else due_on


def months_later(day: date, months: int) -> date:
    """The same day of the month some months later; the month's last day where there is none."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def due_days(first: date, recurrence: str, until: date) -> Iterator[date]:
    """The due days from the first to the last that is not after ``until``; once without one."""
    step = MONTHS_OF.get(recurrence)
    turn, due = 0, first
    while due <= until:
        yield due
        if step is None:
            return
        turn += 1
        due = months_later(first, turn * step)
