"""The page shown while a large place is counted: a second at a time, going on by itself."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from django.http import HttpRequest, HttpResponse

from chungtay.households.queries.measured import Asked, Left, count_ahead
from chungtay.web.pages import show

SECONDS = 1.0


def still_counting(request: HttpRequest, asked: Iterable[Asked]) -> HttpResponse | None:
    """The page that says how much is left to be counted; None as soon as nothing is."""
    left = count_ahead(asked, a_second())
    return counting(request, left) if any(left) else None


def a_second() -> Callable[[], bool]:
    """Whether a second has gone by since now: enough for one request."""
    until = time.monotonic() + SECONDS
    return lambda: time.monotonic() > until


def counting(request: HttpRequest, left: Left) -> HttpResponse:
    """The page that says how much is left, and asks again by itself."""
    answer = show(request, "measures/counting.html", {"left": left})
    answer["Refresh"] = "0"
    return answer
