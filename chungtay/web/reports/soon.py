"""What Hôm nay says of reports: those the place still owes, and those that wait for its look."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from chungtay.reports.queries import FOLLOW, REVIEW, TO_SEND, State, calendar_rows, stands_at
from chungtay.web.here import Here
from chungtay.web.reports.words import rows_of

AHEAD = timedelta(days=30)
SHOWN = 6


def reports_soon(here: Here) -> dict[str, Any]:
    """The reports of the place that are late, returned or due within thirty days."""
    if not here.actor.units_for(FOLLOW):
        return {"reports_due": [], "reports_waiting": 0, "reports_any": False}
    rows = [one for one in calendar_rows(here.actor, here.place, here.year) if not one.withdrawn]
    own = [one for one in rows if one.unit_id == here.place.pk and one.state in TO_SEND]
    coming = [one for one in own if one.last_day <= here.on + AHEAD]
    sent = [one for one in rows if one.to_id == here.place.pk and one.state == State.SUBMITTED]
    looks = stands_at(here.actor, REVIEW, here.place)
    return {
        "reports_due": [_item(row) for row in rows_of(coming[:SHOWN], here.on)] if coming else [],
        "reports_waiting": len(sent) if looks else 0,
        "reports_any": bool(rows),
    }


def _item(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": row["title"],
        "when": row["due"],
        "about": row["state"],
        "late": row["overdue"],
        "href": row["href"],
    }
