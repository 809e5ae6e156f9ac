"""The page shown while a large place is counted: a second at a time, going on by itself."""

from __future__ import annotations

import time
from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse

from chungtay.households.queries.measured import Asked, count_ahead
from chungtay.web.pages import show

SECONDS = 1.0


def still_counting(request: HttpRequest, asked: Iterable[Asked]) -> HttpResponse | None:
    """The page that says how much is left to be counted; None as soon as nothing is."""
    until = time.monotonic() + SECONDS
    left = count_ahead(asked, lambda: time.monotonic() > until)
    if not any(left):
        return None
    answer = show(request, "measures/counting.html", {"left": left})
    answer["Refresh"] = "0"
    return answer
