"""One task: how far it is, what was said, what proves it, whose it is."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from chungtay.acts.refusing import Refused, Stale
from chungtay.files.evidence import KINDS, MOST_BYTES
from chungtay.files.refusals import UnfriendlyFile
from chungtay.rulebook.folding import tidy
from chungtay.tasks.models import Progress, Task, TaskPart
from chungtay.tasks.queries import DO, OPEN, SEE, holders_of, posts_to_ask, works_on
from chungtay.tasks.services import (
    add_evidence,
    comment_on,
    content_of,
    give_task,
    restore_task,
    set_progress,
    withdraw_evidence,
    withdraw_task,
)
from chungtay.web.here import Here
from chungtay.web.pages import fresh_key, one_time_key, page, show, tell, warn
from chungtay.web.tasks.reaching import seen_file, seen_task, standing_part
from chungtay.web.tasks.words import part_words, post_words, row_of
from chungtay.web.templating import said

CONFLICT, WRONG = 409, 422
COMMENT_LENGTH, REASON_LENGTH = 4000, 300
VERSION_DIGITS = 9
MEBIBYTE = 2**20


@page(SEE)
def tasks_page(request: HttpRequest, here: Here, task_id: int) -> HttpResponse:
    """One task with everything said and kept of it."""
    return _show(request, here, seen_task(here, task_id))


@page(DO, "POST")
def tasks_progress(request: HttpRequest, here: Here, task_id: int) -> HttpResponse:
    """Say how far a task is."""
    task = seen_task(here, task_id)
    progress = request.POST.get("progress", "")
    if progress not in Progress.values:
        return _show(request, here, task, {"progress": _("Hãy chọn tiến độ trong danh sách.")})
    try:
        set_progress(
            actor=here.actor,
            task=task,
            progress=progress,
            on=here.actor.today,
            expected_version=version_of(request),
            key=one_time_key(request),
        )
    except Refused as refusal:
        status = CONFLICT if isinstance(refusal, Stale) else WRONG
        task = seen_task(here, task_id)
        return _show(request, here, task, {"progress": said(refusal.sentence)}, status=status)
    tell(request, _("Đã ghi tiến độ: %(progress)s.") % {"progress": Progress(progress).label})
    return redirect("tasks_page", task_id=task.pk)


@page(DO, "POST")
def tasks_comment(request: HttpRequest, here: Here, task_id: int) -> HttpResponse:
    """Say something of a task."""
    task = seen_task(here, task_id)
    text = request.POST.get("text", "").strip()[:COMMENT_LENGTH]
    try:
        comment_on(actor=here.actor, task=task, text=text, key=one_time_key(request))
    except Refused as refusal:
        return _show(request, here, task, {"text": said(refusal.sentence)})
    tell(request, _("Đã gửi lời trao đổi."))
    return redirect("tasks_page", task_id=task.pk)


@page(DO, "POST")
def tasks_evidence(request: HttpRequest, here: Here, task_id: int) -> HttpResponse:
    """Keep a file that proves a task."""
    task = seen_task(here, task_id)
    file = request.FILES.get("file")
    if file is None:
        return _show(request, here, task, {"file": _("Hãy chọn tệp minh chứng.")})
    content = file.read(MOST_BYTES + 1)
    try:
        add_evidence(
            actor=here.actor,
            task=task,
            file_name=file.name or "",
            content=content,
            key=one_time_key(request),
        )
    except (Refused, UnfriendlyFile) as refusal:
        return _show(request, here, task, {"file": said(refusal.sentence)})
    tell(request, _("Đã giữ tệp minh chứng."))
    return redirect("tasks_page", task_id=task.pk)


@page(SEE)
def tasks_file(_request: HttpRequest, here: Here, task_id: int, file_id: int) -> HttpResponse:
    """A file of evidence as it came, always to be saved and never shown within the program."""
    file = seen_file(here, task_id, file_id)
    kind = KINDS[file.kind]
    ending = f".{kind.ending}"
    name = file.name if file.name.lower().endswith(ending) else f"{file.name}{ending}"
    answer = HttpResponse(content_of(file), content_type=kind.media_type)
    header = content_disposition_header(as_attachment=True, filename=name)
    answer.headers["Content-Disposition"] = header or "attachment"
    return answer


@page(DO, "POST")
def tasks_file_withdraw(
    request: HttpRequest, here: Here, task_id: int, file_id: int
) -> HttpResponse:
    """Take a file back, or put it back."""
    file = seen_file(here, task_id, file_id)
    withdraw_evidence(
        actor=here.actor, file=file, withdrawn=not file.withdrawn, key=one_time_key(request)
    )
    tell(request, _("Đã dùng lại tệp.") if file.withdrawn else _("Đã rút tệp."))
    return redirect("tasks_page", task_id=task_id)


@page(OPEN, "POST")
def tasks_withdraw(request: HttpRequest, here: Here, task_id: int) -> HttpResponse:
    """Withdraw a task, with the reason."""
    task = seen_task(here, task_id)
    try:
        withdraw_task(
            actor=here.actor,
            task=task,
            reason=tidy(request.POST.get("reason", ""))[:REASON_LENGTH],
            expected_version=version_of(request),
            key=one_time_key(request),
        )
    except Refused as refusal:
        task = seen_task(here, task_id)
        return _show(request, here, task, {"reason": said(refusal.sentence)})
    tell(request, _("Đã rút việc. Người nhận thấy lý do ngay trên trang này."))
    return redirect("tasks_page", task_id=task.pk)


@page(OPEN, "POST")
def tasks_restore(request: HttpRequest, here: Here, task_id: int) -> HttpResponse:
    """Ask again for a task that was withdrawn."""
    task = seen_task(here, task_id)
    restore_task(actor=here.actor, task=task, key=one_time_key(request))
    tell(request, _("Việc đã được mở lại."))
    return redirect("tasks_page", task_id=task.pk)


@page(OPEN, "POST")
def tasks_give(request: HttpRequest, here: Here, task_id: int, part_id: int) -> HttpResponse:
    """Give a part of a task to another post."""
    part = standing_part(here, task_id, part_id)
    task = part.task
    posts = {str(one.pk): one for one in posts_to_ask(task.unit, here.actor.today)}
    post = posts.get(request.POST.get("post", ""))
    try:
        if post is None:
            warn(request, _("Chưa chuyển việc: hãy chọn chức danh nhận."))
        else:
            give_task(actor=here.actor, task=task, part=part, post=post, key=one_time_key(request))
            tell(request, _("Đã chuyển việc cho %(post)s.") % {"post": post_words(post)})
    except Refused as refusal:
        warn(request, said(refusal.sentence))
    return redirect("tasks_page", task_id=task.pk)


def version_of(request: HttpRequest) -> int:
    """The version a form was shown with; 0 where none can be read."""
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) <= VERSION_DIGITS else 0


def _show(
    request: HttpRequest,
    here: Here,
    task: Task,
    wrong: dict[str, str] | None = None,
    status: int = 0,
) -> HttpResponse:
    """The page of a task; with what is wrong and everything typed where an act was refused."""
    parts = list(task.parts.all())
    may_give = here.actor.may(OPEN, task.unit)
    posts = posts_to_ask(task.unit, here.actor.today) if may_give else []
    wrong = wrong or {}
    context = {
        "row": row_of(task, here.on),
        "task": task,
        "parts": _parts(here, parts),
        "former": [
            part_words(one)
            for one in TaskPart.objects.filter(task=task, passed_on=True).select_related(
                "post__unit"
            )
        ],
        "posts": [("", _("— chọn —")), *((str(one.pk), post_words(one)) for one in posts)],
        "comments": list(task.comments.order_by("at", "pk")),
        "files": list(task.files.defer("sealed").order_by("at", "pk")),
        "progresses": [(one.value, one.label) for one in Progress],
        "may_work": works_on(here.actor, task) is not None and not task.withdrawn,
        "may_give": may_give,
        "link": task.link if task.link.startswith("/") and task.link[1:2] != "/" else "",
        "most": MOST_BYTES // MEBIBYTE,
        "typed": {name: request.POST.get(name, "") for name in ("text", "reason")},
        "wrong": wrong,
        "errors": [{"field": field, "text": text} for field, text in wrong.items()],
        "key": fresh_key(),
    }
    return show(request, "tasks/task.html", context, status or (WRONG if wrong else 200))


def _parts(here: Here, parts: list[TaskPart]) -> list[dict[str, Any]]:
    posts = [part.post for part in parts if part.post is not None]
    holders = holders_of(posts, here.actor.today)
    return [
        {
            "part": part,
            "name": part_words(part),
            "holders": holders.get(part.post_id, []) if part.post_id else None,
        }
        for part in parts
    ]
