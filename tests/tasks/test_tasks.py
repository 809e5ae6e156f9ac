"""Tasks: opened once, worked on by whom they are given to, seen by nobody else, never lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from chungtay.acts.models import JournalLine
from chungtay.acts.refusing import NotAllowed, Refused, Stale
from chungtay.acts.services import System
from chungtay.files.refusals import UnfriendlyFile
from chungtay.places.models import Unit
from chungtay.staff.models import Holding, User
from chungtay.staff.policy import PostActor
from chungtay.staff.services import end_post, hand_over
from chungtay.tasks.models import Progress, Task, TaskPart
from chungtay.tasks.queries import open_tasks, own_posts, tasks_of_posts, without_holder
from chungtay.tasks.services import (
    TaskInput,
    add_evidence,
    comment_on,
    content_of,
    give_task,
    open_task,
    restore_task,
    set_progress,
    withdraw_evidence,
    withdraw_task,
)
from tests.tasks.conftest import DUE, post_of

pytestmark = pytest.mark.database
Acting = Callable[[User], PostActor]
Opened = Callable[..., Task]
ON = date(2024, 6, 20)
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40


def test_a_task_is_ordered_of_its_own_office_and_asked_of_an_association(
    opened: Opened, front: User
) -> None:
    task = opened(cooperating=[post_of(front), "Bưu điện xã"])
    rows = {row.office or row.post.role: row for row in task.parts.all()}
    assert {key: row.ordered for key, row in rows.items()} == {
        "village_head": True,
        "front": False,
        "Bưu điện xã": False,
    }
    assert rows["village_head"].leads


def test_before_a_day_is_due_the_day_before(opened: Opened) -> None:
    assert opened(rule="before").last_day == date(2024, 6, 29)
    assert opened().last_day == DUE


def test_a_recurring_task_has_one_task_a_turn(opened: Opened, quang_trung: Unit) -> None:
    opened(recurrence="quarterly", due_on=date(2024, 3, 31), until=date(2024, 12, 31))
    days = list(Task.objects.filter(unit=quang_trung).values_list("due_on", "turn", "turns"))
    assert days == [
        (date(2024, 3, 31), 1, 4),
        (date(2024, 6, 30), 2, 4),
        (date(2024, 9, 30), 3, 4),
        (date(2024, 12, 31), 4, 4),
    ]


def test_the_same_subject_opens_once(opened: Opened, quang_trung: Unit) -> None:
    first = opened(subject_key="duty:7")
    lines = JournalLine.objects.count()
    assert opened(subject_key="duty:7", title="Tên khác").pk == first.pk
    assert Task.objects.count() == 1
    assert JournalLine.objects.count() == lines
    with pytest.raises(IntegrityError), transaction.atomic():
        Task.objects.create(
            unit=quang_trung,
            title="Lần nữa",
            subject_key="duty:7",
            due_on=DUE,
            rule="on_or_before",
            last_day=DUE,
            opened_by="ai đó",
        )


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"title": "  "}, "chưa có tên"),
        ({"recurrence": "monthly", "until": date(2024, 6, 1)}, "trước hạn đầu tiên"),
        ({"recurrence": "monthly", "until": date(2034, 6, 1)}, "quá 60 kỳ"),
    ],
)
def test_what_cannot_be_a_task_is_refused(opened: Opened, given: dict[str, Any], said: str) -> None:
    with pytest.raises(Refused, match=said):
        opened(**given)
    assert not Task.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [{"last_day": date(2024, 7, 1)}, {"progress": "done"}, {"withdrawn": True}, {"turn": 2}],
)
def test_the_database_keeps_a_task_whole(opened: Opened, wrong: dict[str, Any]) -> None:
    task = opened()
    with pytest.raises(IntegrityError), transaction.atomic():
        Task.objects.filter(pk=task.pk).update(**wrong)


def test_a_task_has_one_lead(opened: Opened, front: User) -> None:
    task = opened()
    with pytest.raises(IntegrityError), transaction.atomic():
        TaskPart.objects.create(task=task, post=post_of(front), leads=True, ordered=False)


# Who sees what


def test_tasks_are_seen_by_those_concerned_and_by_nobody_else(
    opened: Opened,
    seen_by: Callable[[User], set[int]],
    hire: Callable[..., User],
    quang_trung: Unit,
    officer: User,
    outsider: User,
    head: User,
    front: User,
    finance: User,
) -> None:
    village, association = opened(), opened(lead=post_of(front))
    district = hire("district_officer", quang_trung.parent)
    neighbour = hire("village_head", quang_trung.children.get(name="Thôn 2"))
    assert seen_by(officer) == seen_by(district) == {village.pk, association.pk}
    assert seen_by(head) == {village.pk}
    assert seen_by(front) == {association.pk}
    assert seen_by(finance) == seen_by(outsider) == seen_by(neighbour) == set()


def test_a_post_of_elsewhere_that_is_asked_sees_the_task(
    opened: Opened, seen_by: Callable[[User], set[int]], hire: Callable[..., User], outsider: User
) -> None:
    task = opened(lead=post_of(outsider))
    assert seen_by(outsider) == {task.pk}
    assert not task.parts.get().ordered


def test_only_who_may_open_opens(quang_trung: Unit, acting: Acting, front: User) -> None:
    given = TaskInput(title="Tự giao", due_on=DUE, lead=post_of(front))
    with pytest.raises(NotAllowed):
        open_task(actor=acting(front), unit=quang_trung, given=given)


# Working on it


def test_the_village_head_says_how_far_it_is(opened: Opened, acting: Acting, head: User) -> None:
    task = opened()
    done = set_progress(
        actor=acting(head), task=task, progress=Progress.DONE, on=ON, expected_version=1, key="k"
    )
    again = set_progress(
        actor=acting(head), task=task, progress=Progress.DONE, on=ON, expected_version=1, key="k"
    )
    task.refresh_from_db()
    assert done == again == task.version == 2
    assert task.done_on == ON
    assert not open_tasks(Task.objects.all()).exists()
    set_progress(actor=acting(head), task=task, progress=Progress.DOING, on=ON, expected_version=2)
    task.refresh_from_db()
    assert (task.progress, task.done_on) == (Progress.DOING, None)
    acts = JournalLine.objects.filter(subject=f"task:{task.pk}").order_by("pk")
    assert [line.act for line in acts] == [
        "tasks.open_task",
        "tasks.set_progress",
        "tasks.set_progress",
    ]


def test_two_at_once_are_told(opened: Opened, acting: Acting, head: User, officer: User) -> None:
    task = opened()
    set_progress(actor=acting(head), task=task, progress="doing", on=ON, expected_version=1)
    with pytest.raises(Stale):
        set_progress(actor=acting(officer), task=task, progress="done", on=ON, expected_version=1)


def test_another_office_does_not_work_on_it(
    opened: Opened, acting: Acting, front: User, outsider: User
) -> None:
    task = opened()
    for user in (front, outsider):
        with pytest.raises(NotAllowed):
            comment_on(actor=acting(user), task=task, text="Chen vào")
        with pytest.raises(NotAllowed):
            add_evidence(actor=acting(user), task=task, file_name="a.png", content=PNG)
    assert not task.comments.exists()


def test_evidence_is_sealed_and_comes_back_as_it_was(
    opened: Opened, acting: Acting, head: User
) -> None:
    task = opened()
    number = add_evidence(
        actor=acting(head), task=task, file_name="C:\\ảnh\\biên bản.exe", content=PNG
    )
    file = task.files.select_related("task__unit").get(pk=number)
    assert (file.name, file.kind, file.size) == ("biên bản.exe", "png", len(PNG))
    assert PNG not in bytes(file.sealed)
    assert content_of(file) == PNG
    withdraw_evidence(actor=acting(head), file=file, withdrawn=True)
    file.refresh_from_db()
    assert file.withdrawn


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"MZ\x90\x00", "no_evidence"),
        (b"PK\x03\x04 something else", "no_evidence"),
        (
            b"PK\x03\x04 [Content_Types].xml word/document.xml word/vbaProject.bin",
            "evidence_macros",
        ),
        (b"%PDF-" + b"0" * (10 * 2**20), "too_large_evidence"),
    ],
)
def test_what_is_no_evidence_is_refused(
    opened: Opened, acting: Acting, head: User, content: bytes, code: str
) -> None:
    task = opened()
    with pytest.raises(UnfriendlyFile) as refused:
        add_evidence(actor=acting(head), task=task, file_name="a.pdf", content=content)
    assert refused.value.code == code
    assert not task.files.exists()


def test_a_withdrawn_task_says_why_and_rests(
    opened: Opened, acting: Acting, officer: User, head: User
) -> None:
    task = opened()
    with pytest.raises(Refused, match="lý do"):
        withdraw_task(actor=acting(officer), task=task, reason=" ", expected_version=1)
    with pytest.raises(NotAllowed):
        withdraw_task(actor=acting(head), task=task, reason="Thôi", expected_version=1)
    withdraw_task(actor=acting(officer), task=task, reason="Đã làm chung", expected_version=1)
    with pytest.raises(Refused, match="đã được rút"):
        set_progress(actor=acting(head), task=task, progress="done", on=ON, expected_version=2)
    restore_task(actor=acting(officer), task=task)
    assert open_tasks(Task.objects.all()).get().pk == task.pk


# When people go


def test_a_handed_over_post_takes_its_tasks_along(
    opened: Opened, system: System, acting: Acting, hire: Callable[..., User], head: User
) -> None:
    task = opened()
    other = hire("front", task.unit, "nguoi.moi")
    holding = Holding.objects.select_related("post__unit", "user").get(user=head)
    hand_over(actor=system, holding=holding, user=other, on=date(2024, 1, 1))
    actor = acting(other)
    assert tasks_of_posts(actor, own_posts(actor)).get().pk == task.pk
    assert not tasks_of_posts(acting(head), own_posts(acting(head))).exists()
    assert not without_holder(Task.objects.all(), ON).exists()


def test_tasks_of_an_ended_post_are_listed_and_given_to_another(
    opened: Opened, system: System, acting: Acting, officer: User, head: User, finance: User
) -> None:
    task = opened()
    end_post(actor=system, post=post_of(head), on=date(2024, 5, 31))
    assert without_holder(Task.objects.all(), ON).get().pk == task.pk
    row = task.parts.get()
    give_task(actor=acting(officer), task=task, part=row, post=post_of(finance))
    assert not without_holder(Task.objects.all(), ON).exists()
    assert tasks_of_posts(acting(finance), own_posts(acting(finance))).get().pk == task.pk
    assert task.parts.count() == 2
    with pytest.raises(Refused, match="đã được chuyển"):
        give_task(actor=acting(officer), task=task, part=row, post=post_of(officer))


def test_the_outsider_gives_nothing_on(
    opened: Opened, acting: Acting, outsider: User, finance: User
) -> None:
    task = opened()
    row = task.parts.get()
    with pytest.raises(NotAllowed):
        give_task(actor=acting(outsider), task=task, part=row, post=post_of(finance))
