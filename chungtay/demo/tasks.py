"""The demonstration's tasks, opened once through the ordinary acts by the officer of the place."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from chungtay.demo.communes import PLACES
from chungtay.demo.families import read_data
from chungtay.places.models import Unit
from chungtay.places.queries import unit_by_code
from chungtay.staff.models import Holding, Post
from chungtay.staff.policy import actor_of
from chungtay.tasks.models import Progress, Recurrence, Task
from chungtay.tasks.services import TaskInput, comment_on, open_task, set_progress


def load_tasks(*, today: date, places: Collection[str] = PLACES) -> int:
    """Open the tasks of some places that are not there yet; how many this call opened."""
    before = Task.objects.count()
    for row in read_data("tasks.toml")["tasks"]:
        if row["place"] in places:
            _load(row, today)
    return Task.objects.count() - before


def _load(row: Mapping[str, Any], today: date) -> None:
    unit = unit_by_code(row["place_code"], date(row["year"], 1, 1))
    if Task.objects.filter(unit=unit, subject_key=row["key"]).exists():
        return
    given = TaskInput(
        title=row["title"],
        due_on=row["due_on"],
        lead=_post(unit, row["lead"], row.get("village", "")),
        cooperating=[
            *(_post(unit, role) for role in row.get("cooperating", ())),
            *row.get("offices", ()),
        ],
        asked=row.get("asked", ""),
        rule=row["rule"],
        recurrence=row.get("recurrence", Recurrence.ONCE),
        until=row.get("until"),
        subject_key=row["key"],
    )
    holding = Holding.objects.select_related("user").get(post=_post(unit, "officer"))
    officer = actor_of(holding.user, today)
    made = open_task(actor=officer, unit=unit, given=given)
    task = Task.objects.select_related("unit__parent").get(pk=made[0])
    if row["progress"] != Progress.NOT_OPEN:
        set_progress(
            actor=officer,
            task=task,
            progress=row["progress"],
            on=task.last_day,
            expected_version=task.version,
        )
    if "comment" in row:
        comment_on(actor=officer, task=task, text=row["comment"])


def _post(unit: Unit, role: str, village: str = "") -> Post:
    posts = Post.objects.select_related("unit__parent").filter(role=role)
    if village:
        return posts.get(unit__parent=unit, unit__name=village)
    return posts.get(unit=unit)
