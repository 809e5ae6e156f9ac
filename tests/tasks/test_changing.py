"""A task changed after it was opened: what it asks and when, with the reason."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date

import pytest

from chungtay.acts.models import JournalLine
from chungtay.acts.refusing import NotAllowed, Refused, Stale
from chungtay.acts.services import System
from chungtay.staff.models import User
from chungtay.staff.policy import PostActor
from chungtay.tasks.models import Task
from chungtay.tasks.services import TaskChange, change_task, set_progress, withdraw_task

pytestmark = pytest.mark.database
LATER = TaskChange("Gửi số liệu hộ nghèo, hộ cận nghèo", "Theo mẫu mới.", date(2024, 7, 15))


def change(
    actor: PostActor | System, task: Task, to: TaskChange = LATER, reason: str = "Lùi hạn"
) -> int:
    return change_task(
        actor=actor, task=task, change=to, reason=reason, expected_version=task.version
    )


def test_what_a_task_asks_and_its_day_are_changed_with_the_reason(
    opened: Callable[..., Task], officer: User, acting: Callable[[User], PostActor]
) -> None:
    task = opened(rule="before")
    change(acting(officer), task)
    task.refresh_from_db()
    assert (task.title, task.asked) == (LATER.title, LATER.asked)
    assert (task.due_on, task.last_day, task.version) == (LATER.due_on, date(2024, 7, 14), 2)
    line = JournalLine.objects.get(act="tasks.change")
    assert line.reason == "Lùi hạn"
    told = json.loads(line.details)
    assert (told["due_before"], told["due_after"]) == ("2024-06-30", "2024-07-15")


def test_of_a_recurring_task_only_this_turn_changes(
    opened: Callable[..., Task], system: System
) -> None:
    task = opened(recurrence="quarterly", until=date(2024, 12, 31), subject_key="duty:1")
    change(system, task)
    days = (
        Task.objects.filter(subject_key="duty:1").order_by("turn").values_list("due_on", flat=True)
    )
    assert list(days) == [date(2024, 7, 15), date(2024, 9, 30), date(2024, 12, 30)]


def test_a_task_done_or_withdrawn_is_not_changed(
    opened: Callable[..., Task], officer: User, acting: Callable[[User], PostActor]
) -> None:
    done, gone = opened(), opened()
    actor = acting(officer)
    set_progress(actor=actor, task=done, progress="done", on=date(2024, 6, 1), expected_version=1)
    withdraw_task(actor=actor, task=gone, reason="Thôi", expected_version=1)
    for task in (done, gone):
        task.refresh_from_db()
        with pytest.raises(Refused, match="Việc này đã"):
            change(actor, task)


def test_without_reason_title_or_change_it_is_refused(
    opened: Callable[..., Task], system: System
) -> None:
    task = opened()
    with pytest.raises(Refused, match="Chưa ghi lý do"):
        change(system, task, reason=" ")
    with pytest.raises(Refused, match="chưa có tên"):
        change(system, task, TaskChange(" ", "", LATER.due_on))
    with pytest.raises(Refused, match="Chưa có gì thay đổi"):
        change(system, task, TaskChange(task.title, task.asked, task.due_on))


def test_two_who_change_it_at_once_are_told(opened: Callable[..., Task], system: System) -> None:
    task = opened()
    change(system, task)
    with pytest.raises(Stale):
        change(system, task)


def test_who_does_a_task_does_not_change_it(
    opened: Callable[..., Task],
    head: User,
    outsider: User,
    acting: Callable[[User], PostActor],
) -> None:
    task = opened()
    for user in (head, outsider):
        with pytest.raises(NotAllowed):
            change(acting(user), task)
