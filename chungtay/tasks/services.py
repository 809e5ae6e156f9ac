"""Acts on tasks: opening, working on them, giving them on, withdrawing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from chungtay.acts import sealing
from chungtay.acts.refusing import NotAllowed, Refused, Stale
from chungtay.acts.services import Actor, Deed, OpenLine, perform
from chungtay.files.evidence import recognise_evidence
from chungtay.files.storing import display_name
from chungtay.places.models import Unit
from chungtay.rulebook.dues import due_days, last_day_of
from chungtay.rulebook.wording import Sentence, vi_date
from chungtay.staff.models import Post
from chungtay.staff.policy import PostActor
from chungtay.tasks.models import (
    Progress,
    Recurrence,
    Rule,
    Task,
    TaskComment,
    TaskFile,
    TaskPart,
)
from chungtay.tasks.queries import DO, OPEN, is_ordered, works_on

MOST_TURNS = 60
MOST_FILES = 20
PURPOSE = "task_file"


@dataclass(frozen=True)
class TaskInput:
    """What is asked of whom by when; the lead and who cooperates are posts, or offices by name."""

    title: str
    due_on: date
    lead: Post | str
    cooperating: Sequence[Post | str] = ()
    asked: str = ""
    rule: str = Rule.ON_OR_BEFORE
    recurrence: str = Recurrence.ONCE
    until: date | None = None
    subject_key: str = ""
    link: str = ""


def open_task(*, actor: Actor, unit: Unit, given: TaskInput, key: str = "") -> list[int]:
    """Open a task of a place, one for each turn; the same subject key opens once.

    Refused without a title, with a last turn before the first, or with too many turns.
    """
    standing = _opened(unit, given)
    if standing and actor.may(OPEN, unit):
        return standing
    days = _days(given)

    def write(line: OpenLine) -> list[int]:
        known = _opened(unit, given)
        if known:
            line.details = {"known": known}
            return known
        made = put_tasks(actor=actor, unit=unit, given=given)
        line.subject = f"task:{made[0]}"
        line.details = {
            "title": given.title,
            "tasks": made,
            "last_days": [last_day_of(day, given.rule).isoformat() for day in days],
            "subject_key": given.subject_key,
        }
        return made

    return perform(actor, Deed("tasks.open_task", OPEN, unit, key=key), write)


def put_tasks(*, actor: Actor, unit: Unit, given: TaskInput) -> list[int]:
    """Write a task, one row for each turn, or find it standing; only ever inside an open act."""
    known = _opened(unit, given)
    if known:
        return known
    days = _days(given)
    return [_open_turn(actor, unit, given, days, turn) for turn in range(1, len(days) + 1)]


def _opened(unit: Unit, given: TaskInput) -> list[int]:
    if not given.subject_key:
        return []
    rows = Task.objects.filter(unit=unit, subject_key=given.subject_key).order_by("turn")
    return list(rows.values_list("pk", flat=True))


def _days(given: TaskInput) -> list[date]:
    if not given.title.strip():
        raise Refused(Sentence("Việc chưa có tên. Hãy ghi ngắn gọn việc phải làm."))
    until = given.until or given.due_on
    if until < given.due_on:
        raise Refused(
            Sentence(
                "Việc lặp lại đến ngày {until}, trước hạn đầu tiên {first}. Hãy xem lại hai ngày.",
                until=vi_date(until),
                first=vi_date(given.due_on),
            )
        )
    days: list[date] = []
    for day in due_days(given.due_on, given.recurrence, until):
        if len(days) == MOST_TURNS:
            raise Refused(
                Sentence("Việc lặp lại quá {most} kỳ. Hãy chọn ngày cuối gần hơn.", most=MOST_TURNS)
            )
        days.append(day)
    return days


def _open_turn(actor: Actor, unit: Unit, given: TaskInput, days: list[date], turn: int) -> int:
    due = days[turn - 1]
    task = Task.objects.create(
        unit=unit,
        title=given.title,
        asked=given.asked,
        subject_key=given.subject_key,
        link=given.link,
        due_on=due,
        rule=given.rule,
        last_day=last_day_of(due, given.rule),
        recurrence=given.recurrence,
        turn=turn,
        turns=len(days),
        opened_by=actor.name,
    )
    rows = [_part(task, given.lead, leads=True)]
    others = dict.fromkeys(one for one in given.cooperating if one != given.lead)
    rows += [_part(task, one, leads=False) for one in others]
    TaskPart.objects.bulk_create(rows)
    return task.pk


def _part(task: Task, to: Post | str, *, leads: bool) -> TaskPart:
    if isinstance(to, Post):
        return TaskPart(task=task, post=to, leads=leads, ordered=is_ordered(task.unit, to))
    return TaskPart(task=task, office=to, leads=leads, ordered=False)


@dataclass(frozen=True)
class TaskChange:
    """What a task is to say from now on; how its day is counted stays."""

    title: str
    asked: str
    due_on: date


def change_task(
    *,
    actor: Actor,
    task: Task,
    change: TaskChange,
    reason: str,
    expected_version: int,
    key: str = "",
) -> int:
    """Change what a task asks and when it is due, of a recurring one this turn alone; its version.

    Refused without a reason or title, where nothing changes, and for a task done or withdrawn.
    """
    if not reason.strip():
        raise Refused(Sentence("Chưa ghi lý do sửa việc. Hãy ghi lý do để người nhận biết."))
    if not change.title.strip():
        raise Refused(Sentence("Việc chưa có tên. Hãy ghi ngắn gọn việc phải làm."))

    def write(line: OpenLine) -> int:
        fresh = _lock(task, expected_version)
        if fresh.progress == Progress.DONE:
            raise Refused(
                Sentence("Việc này đã xong nên không sửa được. Nếu chưa xong, hãy ghi lại tiến độ.")
            )
        before = TaskChange(fresh.title, fresh.asked, fresh.due_on)
        if change == before:
            raise Refused(Sentence("Chưa có gì thay đổi. Hãy sửa một ô rồi lưu."))
        fresh.title, fresh.asked, fresh.due_on = change.title, change.asked, change.due_on
        fresh.last_day = last_day_of(change.due_on, fresh.rule)
        line.details = {"title": fresh.title, "asked_changed": change.asked != before.asked}
        line.details |= {"due_before": str(before.due_on), "due_after": str(change.due_on)}
        return _save(fresh)

    deed = Deed("tasks.change", OPEN, task.unit, f"task:{task.pk}", key, reason=reason)
    return perform(actor, deed, write)


def set_progress(
    *, actor: PostActor, task: Task, progress: str, on: date, expected_version: int, key: str = ""
) -> int:
    """Say how far a task is: begun, done, or not done after all; its new version.

    Stale if it changed meanwhile; Refused for a task that was withdrawn.
    """

    def write(line: OpenLine) -> int:
        fresh = _lock(task, expected_version)
        line.details = {"before": fresh.progress, "after": progress}
        fresh.progress = progress
        fresh.done_on = on if progress == Progress.DONE else None
        return _save(fresh)

    return _work(actor, "tasks.set_progress", task, write, key)


def comment_on(*, actor: PostActor, task: Task, text: str, key: str = "") -> int:
    """Say something of a task; what was said stays."""
    if not text.strip():
        raise Refused(Sentence("Chưa có lời nào. Hãy ghi điều muốn nói rồi gửi."))

    def write(line: OpenLine) -> int:
        said = TaskComment.objects.create(
            task=task, text=text, by=actor.name, post_title=actor.post_title, at=timezone.now()
        )
        line.details = {"comment": said.pk}
        return said.pk

    return _work(actor, "tasks.comment", task, write, key)


def add_evidence(
    *, actor: PostActor, task: Task, file_name: str, content: bytes, key: str = ""
) -> int:
    """Keep a file that proves a task, sealed; UnfriendlyFile if it is of no kind that is kept."""
    kind = recognise_evidence(content)
    salt = sealing.new_salt()

    def write(line: OpenLine) -> int:
        fresh = _lock(task, None)
        if fresh.files.filter(withdrawn=False).count() >= MOST_FILES:
            raise Refused(
                Sentence("Việc này đã có {most} tệp. Hãy rút bớt tệp cũ.", most=MOST_FILES)
            )
        row = TaskFile.objects.create(
            task=fresh,
            name=display_name(file_name),
            kind=kind.ending,
            size=len(content),
            salt=salt,
            sealed=sealing.seal(PURPOSE, content, bound_to=_bound_to(fresh.pk), salt=salt),
            by=actor.name,
            at=timezone.now(),
        )
        line.details = {"file": row.pk, "kind": row.kind, "size": row.size}
        return row.pk

    return _work(actor, "tasks.add_evidence", task, write, key)


def content_of(file: TaskFile) -> bytes:
    """What was handed in, as it came."""
    return sealing.unseal(
        PURPOSE, bytes(file.sealed), bound_to=_bound_to(file.task_id), salt=bytes(file.salt)
    )


def _bound_to(task_id: int) -> bytes:
    return f"task:{task_id}".encode()


def withdraw_evidence(*, actor: PostActor, file: TaskFile, withdrawn: bool, key: str = "") -> int:
    """Take a file back that was handed in by mistake, or put it back; it stays kept."""

    def write(line: OpenLine) -> int:
        TaskFile.objects.filter(pk=file.pk).update(withdrawn=withdrawn)
        line.details = {"file": file.pk, "withdrawn": withdrawn}
        return file.pk

    return _work(actor, "tasks.withdraw_evidence", file.task, write, key)


def withdraw_task(
    *, actor: Actor, task: Task, reason: str, expected_version: int, key: str = ""
) -> int:
    """Withdraw a task that is not asked any more, with its reason; its new version."""
    if not reason.strip():
        raise Refused(Sentence("Chưa ghi lý do rút việc. Hãy ghi lý do để người nhận biết."))

    def write(line: OpenLine) -> int:
        fresh = _lock(task, expected_version)
        line.details = {"progress": fresh.progress}
        fresh.withdrawn, fresh.withdrawn_why = True, reason
        return _save(fresh)

    deed = Deed("tasks.withdraw", OPEN, task.unit, f"task:{task.pk}", key, reason=reason)
    return perform(actor, deed, write)


def restore_task(*, actor: Actor, task: Task, key: str = "") -> int:
    """Ask again for a task that was withdrawn; its new version."""

    def write(line: OpenLine) -> int:
        fresh = Task.objects.select_for_update(of=("self",)).get(pk=task.pk)
        line.details = {"withdrawn_why": fresh.withdrawn_why}
        fresh.withdrawn, fresh.withdrawn_why = False, ""
        return _save(fresh)

    return perform(actor, Deed("tasks.restore", OPEN, task.unit, f"task:{task.pk}", key), write)


def give_task(*, actor: Actor, task: Task, part: TaskPart, post: Post, key: str = "") -> int:
    """Give a part of a task from one post to another; the former row stays as history."""

    def write(line: OpenLine) -> int:
        fresh = _lock(task, None)
        row = fresh.parts.filter(pk=part.pk, passed_on=False).first()
        if row is None:
            raise Refused(Sentence("Phần việc này đã được chuyển. Hãy mở lại trang để xem."))
        if fresh.parts.filter(post=post, passed_on=False).exists():
            raise Refused(Sentence("{post} đã có phần trong việc này.", post=post.title))
        row.passed_on = True
        row.save(update_fields=["passed_on"])
        _part(fresh, post, leads=row.leads).save(force_insert=True)
        line.details = {"from_post": row.post_id, "to_post": post.pk, "leads": row.leads}
        return _save(fresh)

    return perform(actor, Deed("tasks.give", OPEN, task.unit, f"task:{task.pk}", key), write)


def _work(
    actor: PostActor, act: str, task: Task, write: Callable[[OpenLine], int], key: str
) -> int:
    """An act of somebody the task is given to, or of who may open it; NotAllowed for others."""
    place = works_on(actor, task)
    if place is None:
        raise NotAllowed(Sentence("Việc này được giao cho chức danh khác."))
    return perform(actor, Deed(act, DO, place, f"task:{task.pk}", key), write)


def _lock(task: Task, expected_version: int | None) -> Task:
    fresh = Task.objects.select_for_update(of=("self",)).get(pk=task.pk)
    if expected_version is not None and fresh.version != expected_version:
        raise Stale(
            Sentence("Việc này vừa được người khác cập nhật. Hãy xem lại rồi làm lại nếu vẫn cần.")
        )
    if fresh.withdrawn:
        raise Refused(Sentence("Việc này đã được rút nên không cập nhật nữa."))
    return fresh


def _save(task: Task) -> int:
    task.version += 1
    task.save()
    return task.version
