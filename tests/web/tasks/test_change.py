"""The page on which a task is changed: with its reason, nothing typed lost."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from chungtay.acts.services import System
from chungtay.places.models import Unit
from chungtay.staff.models import User
from chungtay.tasks.models import Task
from chungtay.tasks.services import TaskInput, open_task, set_progress


@pytest.fixture
def task(system: System, quang_trung: Unit) -> Task:
    given = TaskInput("Gửi số liệu", date(2023, 6, 20), "Hội Nông dân xã", rule="before")
    made = open_task(actor=system, unit=quang_trung, given=given)
    return Task.objects.select_related("unit__parent").get(pk=made[0])


def form(**changed: Any) -> dict[str, Any]:
    typed = {"title": "Gửi số liệu mới", "asked": "", "reason": "Lùi hạn", "version": "1"}
    return typed | {"due_day": "30", "due_month": "6", "due_year": "2023", "key": "k"} | changed


def test_a_task_is_changed_on_its_page(client: Client, officer: User, task: Task) -> None:
    client.force_login(officer)
    path = reverse("tasks_change", args=[task.pk])
    assert path in client.get(reverse("tasks_page", args=[task.pk])).content.decode()
    page = client.get(path).content.decode()
    assert "Hiện ghi: Gửi số liệu, trước ngày 20/06/2023." in page
    done = client.post(path, form(), follow=True).content.decode()
    assert "Đã sửa việc" in done
    assert "trước ngày 30/06/2023" in done


def test_what_is_wrong_stands_at_its_field(client: Client, officer: User, task: Task) -> None:
    client.force_login(officer)
    path = reverse("tasks_change", args=[task.pk])
    for changed, said in (
        ({"due_day": "31"}, "không có thật"),
        ({"reason": ""}, "Chưa ghi lý do sửa việc"),
        ({"title": ""}, "Việc chưa có tên"),
    ):
        answer = client.post(path, form(asked="Chữ đã gõ", **changed))
        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert "Chữ đã gõ" in answer.content.decode()


def test_a_task_changed_meanwhile_is_shown_again(client: Client, officer: User, task: Task) -> None:
    client.force_login(officer)
    path = reverse("tasks_change", args=[task.pk])
    client.post(path, form())
    answer = client.post(path, form(title="Của người thứ hai", key="k2"))
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "vừa được người khác cập nhật" in page
    assert "Của người thứ hai" in page
    assert "Hiện ghi: Gửi số liệu mới" in page
    assert 'name="version" value="2"' in page


def test_a_done_task_offers_no_change(
    client: Client, officer: User, task: Task, system: System, acting: Any
) -> None:
    set_progress(
        actor=acting(officer), task=task, progress="done", on=task.last_day, expected_version=1
    )
    client.force_login(officer)
    assert "Sửa việc" not in client.get(reverse("tasks_page", args=[task.pk])).content.decode()
    assert client.get(reverse("tasks_change", args=[task.pk])).status_code == 302


def test_an_outsider_finds_no_such_page(client: Client, outsider: User, task: Task) -> None:
    client.force_login(outsider)
    path = reverse("tasks_change", args=[task.pk])
    assert client.get(path).status_code == 404
    assert client.post(path, form()).status_code == 404
