"""The months, quarters, halves of a year, as reports are about them."""

from __future__ import annotations

from datetime import date, timedelta

from chungtay.rulebook.dues import months_later

MONTHS_IN = {"monthly": 1, "quarterly": 3, "six_month": 6, "year": 12}
Span = tuple[date, date]


def spans_of(year: int, kind: str) -> list[Span]:
    """The first and last days of every month, quarter, half of a year, or of the year."""
    months = MONTHS_IN[kind]
    firsts = [date(year, month, 1) for month in range(1, 13, months)]
    return [(first, months_later(first, months) - timedelta(days=1)) for first in firsts]


def span_due(year: int, kind: str, due: date) -> Span:
    """The span a due day asks about: the last one that is half over by then.

    So a report due on 20/6 is about the first half of the year, one due on 5/2 about January.
    """
    spans = spans_of(year, kind)
    over = [one for one in spans if one[0] + (one[1] - one[0]) / 2 <= due]
    return over[-1] if over else spans[0]
