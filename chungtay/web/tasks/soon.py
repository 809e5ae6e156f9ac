"""What Hôm nay and the frame say of tasks: overdue and due today, and what comes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.acts.remembering import remembered
from chungtay.tasks.queries import SEE, SEE_ALL, open_tasks
from chungtay.web.here import Here
from chungtay.web.tasks.reaching import office_tasks, tasks_of_place
from chungtay.web.tasks.words import rows_of

AHEAD = timedelta(days=30)
SHOWN = 6


def soon_of(here: Here) -> dict[str, Any]:
    """The tasks due by the viewing day, and those of the next thirty days."""
    if not here.actor.units_for(SEE):
        return {"tasks_now": [], "tasks_coming": []}
    wide = here.actor.may(SEE_ALL, here.place)
    tasks = open_tasks(tasks_of_place(here)) if wide else office_tasks(here)
    now = tasks.filter(last_day__lte=here.on)
    coming = tasks.filter(last_day__gt=here.on, last_day__lte=here.on + AHEAD)
    return {
        "tasks_now": [_item(row) for row in rows_of(now[:SHOWN], here.on)],
        "tasks_coming": [_item(row) for row in rows_of(coming[:SHOWN], here.on)],
    }


def due_count(here: Here) -> int:
    """How many tasks of the actor's office are due by the viewing day, as the frame counts them."""
    return remembered(
        ("tasks due", here.actor.user_id, here.actor.today, here.on),
        here.version,
        lambda: office_tasks(here).filter(last_day__lte=here.on).count(),
    )


def _item(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": row["title"],
        "when": row["due"],
        "about": f"{row['lead']} · {row['state']}",
        "late": row["late"],
        "act": {"label": _("Mở"), "href": reverse("tasks_page", args=[row["task"].pk])},
    }
