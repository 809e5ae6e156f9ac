"""Acts on what an inspection found: each opens a task, and is closed with what was done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from chungtay.acts.refusing import Refused
from chungtay.acts.services import Actor, Deed, OpenLine, perform
from chungtay.rulebook.wording import Sentence, vi_date
from chungtay.staff.models import Post
from chungtay.staff.policy import PostActor
from chungtay.supervision.models import Inspection, InspectionFinding
from chungtay.supervision.queries.inspections import INSPECT, task_of
from chungtay.supervision.services import rows
from chungtay.tasks.models import Progress, Task
from chungtay.tasks.services import (
    TaskInput,
    open_task,
    restore_task,
    set_progress,
    withdraw_task,
)


@dataclass(frozen=True)
class FindingInput:
    """What was found, how grave it is, and which post mends it by when."""

    text: str
    severity: str
    due_on: date
    post: Post


def add_finding(
    *, actor: Actor, inspection: Inspection, given: FindingInput, link: str = "", key: str = ""
) -> int:
    """Write down a finding and open the task of mending it, both or neither.

    Refused without words, or with a due day before the inspection.
    """
    _check(inspection, given)

    def write(line: OpenLine) -> int:
        _standing(inspection)
        made = InspectionFinding.objects.create(
            inspection=inspection,
            text=given.text,
            severity=given.severity,
            due_on=given.due_on,
            post=given.post,
            recorded_by=actor.name,
        )
        line.details = {
            "finding": made.pk,
            "severity": made.severity,
            "due_on": made.due_on.isoformat(),
            "post": made.post_id,
        }
        return made.pk

    with transaction.atomic():
        deed = _deed("supervision.add_finding", inspection, key)
        finding = InspectionFinding.objects.get(pk=perform(actor, deed, write))
        open_task(actor=actor, unit=inspection.unit, given=_task(inspection, finding, link))
    return finding.pk


def close_finding(
    *,
    actor: PostActor,
    finding: InspectionFinding,
    done: str,
    on: date,
    expected_version: int,
    key: str = "",
) -> int:
    """Close a finding with what was done to mend it; its task is done too. Its new version."""
    if not done.strip():
        raise Refused(Sentence("Chưa ghi việc đã làm. Hãy ghi đã khắc phục như thế nào."))

    def write(line: OpenLine) -> int:
        _standing(finding.inspection)
        fresh = rows.standing(finding, expected_version)
        if fresh.closed_on is not None:
            raise Refused(Sentence("Điều này đã được khép lại. Hãy mở lại trang để xem."))
        fresh.done, fresh.closed_on, fresh.closed_by = done, on, actor.name
        line.details = {"finding": fresh.pk, "on": on.isoformat()}
        return rows.saved(fresh)

    with transaction.atomic():
        deed = _deed("supervision.close_finding", finding.inspection, key)
        version = perform(actor, deed, write)
        _bring(actor, task_of(finding), Progress.DONE, on)
    return version


def reopen_finding(
    *,
    actor: PostActor,
    finding: InspectionFinding,
    reason: str,
    on: date,
    expected_version: int,
    key: str = "",
) -> int:
    """Open a finding again that is not mended after all; what was written of it stays."""
    rows.need_reason(reason)

    def write(line: OpenLine) -> int:
        fresh = rows.standing(finding, expected_version)
        fresh.closed_on, fresh.closed_by = None, ""
        line.details = {"finding": fresh.pk}
        return rows.saved(fresh)

    with transaction.atomic():
        deed = _deed("supervision.reopen_finding", finding.inspection, key, reason)
        version = perform(actor, deed, write)
        _bring(actor, task_of(finding), Progress.DOING, on)
    return version


def withdraw_finding(
    *,
    actor: Actor,
    finding: InspectionFinding,
    reason: str,
    expected_version: int,
    key: str = "",
) -> int:
    """Withdraw a finding that does not hold, and its task with it; its new version."""
    rows.need_reason(reason)

    def write(line: OpenLine) -> int:
        line.details = {"finding": finding.pk}
        return rows.withdraw(finding, reason, expected_version)

    with transaction.atomic():
        deed = _deed("supervision.withdraw_finding", finding.inspection, key, reason)
        version = perform(actor, deed, write)
        task = task_of(finding)
        if task is not None and not task.withdrawn:
            withdraw_task(actor=actor, task=task, reason=reason, expected_version=task.version)
    return version


def restore_finding(
    *, actor: Actor, finding: InspectionFinding, expected_version: int, key: str = ""
) -> int:
    """Use a withdrawn finding again, and its task with it; its new version."""

    def write(line: OpenLine) -> int:
        _standing(finding.inspection)
        line.details = {"finding": finding.pk}
        return rows.restore(finding, expected_version)

    with transaction.atomic():
        deed = _deed("supervision.restore_finding", finding.inspection, key)
        version = perform(actor, deed, write)
        task = task_of(finding)
        if task is not None and task.withdrawn:
            restore_task(actor=actor, task=task)
    return version


def _deed(act: str, inspection: Inspection, key: str, reason: str = "") -> Deed:
    subject = f"inspection:{inspection.pk}"
    return Deed(act, INSPECT, inspection.unit, subject, key, reason)


def _check(inspection: Inspection, given: FindingInput) -> None:
    if not given.text.strip():
        raise Refused(Sentence("Chưa ghi điều đã kết luận."))
    if given.due_on < inspection.on:
        raise Refused(
            Sentence(
                "Hạn khắc phục {due} trước ngày kiểm tra {on}. Hãy xem lại hạn.",
                due=vi_date(given.due_on),
                on=vi_date(inspection.on),
            )
        )


def _standing(inspection: Inspection) -> None:
    fresh = Inspection.objects.select_for_update(of=("self",)).get(pk=inspection.pk)
    if fresh.withdrawn:
        raise Refused(Sentence("Cuộc kiểm tra này đã được rút. Hãy dùng lại trước khi sửa."))


def _task(inspection: Inspection, finding: InspectionFinding, link: str) -> TaskInput:
    title = Sentence(
        "Khắc phục sau kiểm tra, giám sát ngày {on} tại {place}",
        on=vi_date(inspection.on),
        place=inspection.place.name_on(inspection.on),
    )
    return TaskInput(
        title=str(title),
        asked=finding.text,
        due_on=finding.due_on,
        lead=finding.post,
        subject_key=finding.subject_key,
        link=link,
    )


def _bring(actor: PostActor, task: Task | None, progress: str, on: date) -> None:
    """Say of a task what the finding says, unless it does already."""
    if task is None or task.withdrawn or task.progress == progress:
        return
    set_progress(actor=actor, task=task, progress=progress, on=on, expected_version=task.version)
