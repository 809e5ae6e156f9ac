"""What Hôm nay says of reports: those the place still owes, and those that wait for its look."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from chungtay.reports.models import OwedReport
from chungtay.reports.queries import FOLLOW, REVIEW, calendar_rows, stands_at, to_send
from chungtay.web.here import Here
from chungtay.web.reports.words import rows_of

AHEAD = timedelta(days=30)
SHOWN = 6


def reports_soon(here: Here) -> dict[str, Any]:
    """The reports of the place that are late, returned or due within thirty days."""
    if not here.actor.units_for(FOLLOW):
        return {"reports_due": [], "reports_waiting": 0, "reports_any": False}
    year = calendar_rows(here.actor, here.place, here.year)
    coming = to_send(here.actor, here.place).filter(
        closing__year=here.year, last_day__lte=here.on + AHEAD
    )
    waiting = year.filter(to=here.place.pk, state=OwedReport.State.SUBMITTED, withdrawn=False)
    looks = stands_at(here.actor, REVIEW, here.place)
    return {
        "reports_due": [_item(row) for row in rows_of(coming[:SHOWN], here.on)],
        "reports_waiting": waiting.count() if looks else 0,
        "reports_any": year.exists(),
    }


def _item(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": row["title"],
        "when": row["due"],
        "about": row["state"],
        "late": row["overdue"],
        "href": row["href"],
    }
