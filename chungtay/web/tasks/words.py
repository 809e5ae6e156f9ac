"""Tasks as a reader sees them: due, how far, whose."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.places.models import Level
from chungtay.rulebook.loading import law
from chungtay.rulebook.wording import vi_date
from chungtay.staff.models import Post
from chungtay.tasks.models import Progress, Recurrence, Rule, Task, TaskPart
from chungtay.web.templating import said


def rows_of(tasks: Iterable[Task], on: date) -> list[dict[str, Any]]:
    """Tasks as rows of a list, seen from a day."""
    return [row_of(task, on) for task in tasks]


def row_of(task: Task, on: date) -> dict[str, Any]:
    """One task as a row: title, due day, how far, who leads, what to be told."""
    parts = list(task.parts.all())
    return {
        "task": task,
        "title": task.title,
        "href": reverse("tasks_page", args=[task.pk]),
        "due": due_words(task),
        "state": state_words(task, on),
        "late": is_late(task, on),
        "done": task.progress == Progress.DONE,
        "turn": turn_words(task),
        "lead": next((part_words(part) for part in parts if part.leads), ""),
        "others": [part_words(part) for part in parts if not part.leads],
        "off": off_words(task.last_day),
    }


def is_late(task: Task, on: date) -> bool:
    """Whether a task that still stands was to be done before a day."""
    return not task.withdrawn and task.progress != Progress.DONE and task.last_day < on


def due_words(task: Task) -> str:
    """When it is due: before a day, or on it at the latest."""
    if task.rule == Rule.BEFORE:
        return _("trước ngày %(day)s") % {"day": vi_date(task.due_on)}
    return _("chậm nhất ngày %(day)s") % {"day": vi_date(task.due_on)}


def state_words(task: Task, on: date) -> str:
    """How far it is, and how late."""
    if task.withdrawn:
        return _("đã rút")
    if task.done_on is not None:
        after = (task.done_on - task.last_day).days
        if after > 0:
            return _("xong ngày %(day)s, muộn %(count)d ngày") % {
                "day": vi_date(task.done_on),
                "count": after,
            }
        return _("xong ngày %(day)s") % {"day": vi_date(task.done_on)}
    late = (on - task.last_day).days
    doing = task.progress == Progress.DOING
    if late > 0:
        text = _("đang làm, quá hạn %(count)d ngày") if doing else _("quá hạn %(count)d ngày")
        return text % {"count": late}
    return _("đang làm") if doing else _("chưa mở")


def turn_words(task: Task) -> str:
    """Which turn of a recurring task it is; empty for what is due once."""
    if task.recurrence == Recurrence.ONCE:
        return ""
    return _("%(recurrence)s, kỳ %(turn)d trên %(turns)d") % {
        "recurrence": task.get_recurrence_display(),
        "turn": task.turn,
        "turns": task.turns,
    }


def part_words(part: TaskPart) -> str:
    """The post or office of a part of a task."""
    return post_words(part.post) if part.post is not None else part.office


def post_words(post: Post) -> str:
    """A post with its place."""
    return f"{post.title}, {post.unit.name}"


def recipient_of(part: TaskPart) -> str:
    """Who a sheet is for: a whole village, or a post or office."""
    if part.post is not None and part.post.unit.level == Level.VILLAGE:
        return part.post.unit.name
    return part_words(part)


def off_words(day: date) -> str:
    """That a day is a day off, and the last working day before; empty for a working day."""
    sentence = law().calendar.said_of(day)
    return said(sentence) if sentence is not None else ""
