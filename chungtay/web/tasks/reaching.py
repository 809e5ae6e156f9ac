"""The gates of the desk, and which tasks a list of it holds."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from chungtay.tasks.models import Progress, Task, TaskFile, TaskPart
from chungtay.tasks.queries import (
    SEE_ALL,
    office_of,
    open_tasks,
    own_posts,
    tasks_of_posts,
    tasks_seen_by,
    without_holder,
)
from chungtay.web.here import Here

MINE, OFFICE, ALL, ORPHANED = "toi", "co-quan", "tat-ca", "khong-nguoi"


def seen_task(here: Here, task_id: int) -> Task:
    """A task the actor may see; Http404 otherwise."""
    return get_object_or_404(tasks_seen_by(here.actor), pk=task_id)


def seen_file(here: Here, task_id: int, file_id: int) -> TaskFile:
    """A file of a task the actor may see; Http404 otherwise."""
    task = seen_task(here, task_id)
    files = TaskFile.objects.select_related("task__unit__parent")
    return get_object_or_404(files, pk=file_id, task=task)


def standing_part(here: Here, task_id: int, part_id: int) -> TaskPart:
    """A part of a task the actor may see, not given on; Http404 otherwise."""
    task = seen_task(here, task_id)
    parts = TaskPart.objects.select_related("task__unit__parent", "post__unit")
    return get_object_or_404(parts, pk=part_id, task=task, passed_on=False)


def views_of(here: Here) -> list[str]:
    """The lists an actor may choose from here."""
    if here.actor.may(SEE_ALL, here.place):
        return [MINE, OFFICE, ALL, ORPHANED]
    return [MINE, OFFICE]


def view_of(request: HttpRequest, here: Here) -> str:
    """The list asked for; without a choice the widest of one's own, or all by right."""
    offered = views_of(here)
    asked = request.GET.get("xem", "")
    default = ALL if ALL in offered else OFFICE
    return asked if asked in offered else default


def tasks_in(here: Here, view: str) -> QuerySet[Task]:
    """The tasks of a list, of every year."""
    if view == MINE:
        return tasks_of_posts(here.actor, own_posts(here.actor))
    if view == OFFICE:
        return tasks_of_posts(here.actor, office_of(here.actor))
    whole = tasks_of_place(here)
    return without_holder(whole, here.actor.today) if view == ORPHANED else whole


def tasks_of_place(here: Here) -> QuerySet[Task]:
    """What the actor sees of the tasks that the place looked at gives or is given."""
    inside = Q(pk__in=())
    for unit in here.units:
        inside |= Q(unit__path__startswith=unit.path)
        given = TaskPart.objects.filter(post__unit__path__startswith=unit.path, passed_on=False)
        inside |= Q(pk__in=given.values("task"))
    return tasks_seen_by(here.actor).filter(inside)


def of_year(tasks: QuerySet[Task], here: Here) -> QuerySet[Task]:
    """Those due in the viewing year, and those open from before it."""
    left = ~Q(progress=Progress.DONE) & Q(withdrawn=False, last_day__lt=here.first_day)
    return tasks.filter(Q(last_day__year=here.year) | left)


def office_tasks(here: Here) -> QuerySet[Task]:
    """The open tasks of the actor's own office."""
    return open_tasks(tasks_in(here, OFFICE))
