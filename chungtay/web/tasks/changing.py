"""Changing a task that was opened: what it says and when it is due, with the reason."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from chungtay.acts.refusing import Refused, Stale
from chungtay.rulebook.folding import tidy
from chungtay.tasks.models import Progress, Task
from chungtay.tasks.queries import OPEN
from chungtay.tasks.services import TaskChange, change_task
from chungtay.web.here import Here
from chungtay.web.pages import fresh_key, one_time_key, page, show, tell
from chungtay.web.register.dates import TypedDate, boxes_of, read_date, whole_day
from chungtay.web.tasks.reaching import seen_task
from chungtay.web.tasks.task import CONFLICT, REASON_LENGTH, WRONG, version_of
from chungtay.web.tasks.typed import ASKED_LENGTH, JUMPS, TITLE_LENGTH
from chungtay.web.tasks.words import row_of
from chungtay.web.templating import said


@dataclass
class TypedChange:
    """The form as it was filled, the version it was shown with, and what is wrong with it."""

    title: str
    asked: str
    due: TypedDate
    version: int
    reason: str = ""
    wrong: dict[str, str] = field(default_factory=dict)


@page(OPEN, "GET", "HEAD", "POST")
def tasks_change(request: HttpRequest, here: Here, task_id: int) -> HttpResponse:
    """Change a task of a place; a POST saves it."""
    task = seen_task(here, task_id)
    if not here.actor.may(OPEN, task.unit):
        raise Http404
    if task.withdrawn or task.progress == Progress.DONE:
        return redirect("tasks_page", task_id=task.pk)
    if request.method != "POST":
        typed = TypedChange(task.title, task.asked, TypedDate(boxes_of(task.due_on)), task.version)
        return _form(request, here, task, typed)
    typed = _read(request)
    due_on, typed.wrong["due"] = whole_day(typed.due, _("Hạn"))
    if due_on is None:
        return _form(request, here, task, typed, WRONG)
    try:
        change_task(
            actor=here.actor,
            task=task,
            change=TaskChange(typed.title, typed.asked, due_on),
            reason=typed.reason,
            expected_version=typed.version,
            key=one_time_key(request),
        )
    except Refused as refusal:
        typed.wrong = {"title" if typed.reason else "reason": said(refusal.sentence)}
        fresh = seen_task(here, task_id)
        typed.version = fresh.version
        status = CONFLICT if isinstance(refusal, Stale) else WRONG
        return _form(request, here, fresh, typed, status)
    tell(request, _("Đã sửa việc. Nhật ký giữ lý do và hạn trước khi sửa."))
    return redirect("tasks_page", task_id=task.pk)


def _read(request: HttpRequest) -> TypedChange:
    posted = request.POST
    return TypedChange(
        tidy(posted.get("title", ""))[:TITLE_LENGTH],
        posted.get("asked", "").strip()[:ASKED_LENGTH],
        read_date(posted, "due", _("Hạn"), whole=True),
        version_of(request),
        tidy(posted.get("reason", ""))[:REASON_LENGTH],
    )


def _form(
    request: HttpRequest, here: Here, task: Task, typed: TypedChange, status: int = 200
) -> HttpResponse:
    wrong = {name: text for name, text in typed.wrong.items() if text}
    context = {
        "task": task,
        "row": row_of(task, here.on),
        "typed": typed,
        "wrong": wrong,
        "errors": [{"field": JUMPS.get(name, name), "text": text} for name, text in wrong.items()],
        "key": fresh_key(),
    }
    return show(request, "tasks/change.html", context, status)
