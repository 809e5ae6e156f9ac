"""The desk of tasks: opened for an office, worked on there, seen by nobody else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from chungtay.acts.services import System
from chungtay.places.models import Unit
from chungtay.places.queries import villages_of
from chungtay.staff.models import Post, User
from chungtay.staff.services import end_post
from chungtay.tasks.models import Task
from chungtay.tasks.services import TaskInput, open_task

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40


def post_of(user: User) -> Post:
    return Post.objects.select_related("unit__parent").get(holdings__user=user)


@pytest.fixture
def head(quang_trung: Unit, hire: Callable[..., User]) -> User:
    village = next(
        one for one in villages_of(quang_trung, date(2023, 1, 1)) if one.name == "Thôn 1"
    )
    return hire("village_head", village)


@pytest.fixture
def front(quang_trung: Unit, hire: Callable[..., User]) -> User:
    return hire("front", quang_trung)


@pytest.fixture
def opened(system: System, quang_trung: Unit, head: User) -> Callable[..., Task]:
    def open_one(**given: Any) -> Task:
        words = {"title": "Gửi số liệu", "due_on": date(2023, 6, 20), "lead": post_of(head)}
        made = open_task(actor=system, unit=quang_trung, given=TaskInput(**words | given))
        return Task.objects.get(pk=made[0])

    return open_one


def text_of(client: Client, name: str, *args: Any, query: str = "") -> str:
    answer = client.get(reverse(name, args=args) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def form_of(lead: Post, **changed: Any) -> dict[str, Any]:
    return {
        "title": "Báo cáo 6 tháng",
        "lead": str(lead.pk),
        "due_day": "20",
        "due_month": "6",
        "due_year": "2023",
        "rule": "before",
        "recurrence": "once",
        "key": "mot-khoa",
    } | changed


def test_the_officer_orders_the_village_and_asks_the_front(
    client_of: Callable[..., Client], officer: User, head: User, front: User
) -> None:
    client = client_of(officer)
    form = form_of(post_of(head), cooperating=[str(post_of(front).pk)], offices="Bưu điện xã\n\n")
    answer = client.post(reverse("tasks_open"), form)
    assert client.post(reverse("tasks_open"), form).url == answer.url
    task = Task.objects.get()
    assert task.last_day == date(2023, 6, 19)
    shown = text_of(client, "tasks_page", task.pk)
    assert "<b>Giao</b> Trưởng thôn" in shown
    assert "<b>Đề nghị</b> Ủy ban Mặt trận" in shown
    assert "<b>Đề nghị</b> Bưu điện xã" in shown
    assert "trước ngày 20/06/2023" in shown


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"title": " "}, "Hãy ghi ngắn gọn"),
        ({"lead": "999999"}, "Hãy chọn chức danh chủ trì"),
        ({"due_day": "31"}, "không có thật"),
        ({"due_day": "", "due_month": "", "due_year": ""}, "cần đủ ngày, tháng, năm"),
        ({"rule": "x"}, "Hãy chọn cách tính hạn"),
        ({"recurrence": "monthly"}, "Lặp lại đến ngày cần đủ"),
        ({"recurrence": "daily"}, "cách lặp lại trong danh sách"),
        (
            {
                "recurrence": "monthly",
                "until_day": "1",
                "until_month": "1",
                "until_year": "2023",
            },
            "trước hạn đầu tiên",
        ),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    client_of: Callable[..., Client],
    officer: User,
    head: User,
    changed: dict[str, str],
    said: str,
) -> None:
    form = form_of(post_of(head)) | {"asked": "Nội dung đã gõ"} | changed
    answer = client_of(officer).post(reverse("tasks_open"), form)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "Nội dung đã gõ" in answer.content.decode()
    assert not Task.objects.exists()


def test_a_due_day_off_is_said_and_not_moved(
    client_of: Callable[..., Client], officer: User, head: User
) -> None:
    form = form_of(post_of(head), due_day="30", due_month="4", rule="on_or_before")
    answer = client_of(officer).post(reverse("tasks_open"), form, follow=True)
    shown = answer.content.decode()
    assert Task.objects.get().last_day == date(2023, 4, 30)
    assert "Ngày 30/04/2023 là ngày nghỉ" in shown


def test_the_village_head_sees_works_and_proves(
    client_of: Callable[..., Client], opened: Callable[..., Task], head: User
) -> None:
    task, client = opened(), client_of(head)
    assert "Gửi số liệu" in text_of(client, "tasks")
    assert "quá hạn 194 ngày" in text_of(client, "tasks_page", task.pk)
    assert "Việc hôm nay" in text_of(client, "today")
    said = {"text": "Còn thiếu hai hộ", "key": "a"}
    client.post(reverse("tasks_comment", args=[task.pk]), said)
    file = SimpleUploadedFile("ảnh.png", PNG, content_type="text/html")
    client.post(reverse("tasks_evidence", args=[task.pk]), {"file": file, "key": "b"})
    form = {"progress": "done", "version": "1", "key": "c"}
    answer = client.post(reverse("tasks_progress", args=[task.pk]), form, follow=True)
    shown = answer.content.decode()
    assert "Còn thiếu hai hộ" in shown
    assert "ảnh.png" in shown
    assert "muộn" in shown
    kept = client.get(reverse("tasks_file", args=[task.pk, task.files.get().pk]))
    assert kept.content == PNG
    assert kept["Content-Type"] == "image/png"
    assert kept["Content-Disposition"].startswith("attachment")
    assert kept["X-Content-Type-Options"] == "nosniff"


def test_a_wrong_file_and_an_empty_comment_are_told(
    client_of: Callable[..., Client], opened: Callable[..., Task], head: User
) -> None:
    task, client = opened(), client_of(head)
    file = SimpleUploadedFile("a.pdf", b"MZ\x90\x00")
    answer = client.post(reverse("tasks_evidence", args=[task.pk]), {"file": file})
    assert answer.status_code == 422
    assert "Minh chứng phải là tệp PDF" in answer.content.decode()
    answer = client.post(reverse("tasks_comment", args=[task.pk]), {"text": " "})
    assert answer.status_code == 422
    assert not task.files.exists()
    assert not task.comments.exists()


def test_who_came_too_late_is_told_and_nothing_is_overwritten(
    client_of: Callable[..., Client], opened: Callable[..., Task], head: User
) -> None:
    task, client = opened(), client_of(head)
    path = reverse("tasks_progress", args=[task.pk])
    client.post(path, {"progress": "doing", "version": "1", "key": "a"})
    answer = client.post(path, {"progress": "done", "version": "1", "key": "b"})
    assert answer.status_code == 409
    task.refresh_from_db()
    assert task.progress == "doing"


def test_others_find_neither_the_task_nor_its_title_anywhere(
    client_of: Callable[..., Client],
    opened: Callable[..., Task],
    front: User,
    outsider: User,
) -> None:
    task = opened(title="Việc riêng của thôn")
    for user in (front, outsider):
        client = client_of(user)
        assert client.get(reverse("tasks_page", args=[task.pk])).status_code == 404
        for name in ("tasks", "tasks_calendar", "tasks_ics", "today"):
            for query in ("", "?xem=tat-ca&thang=2023-06"):
                assert "Việc riêng của thôn" not in text_of(client, name, query=query)
    sheets = text_of(client_of(outsider), "tasks_sheets")
    assert "Việc riêng của thôn" not in sheets


def test_the_overdue_come_first_and_filters_hold(
    client_of: Callable[..., Client], opened: Callable[..., Task], officer: User
) -> None:
    opened(title="Việc sau", due_on=date(2023, 12, 31))
    opened(title="Việc trước")
    opened(title="Năm khác", due_on=date(2025, 6, 20))
    client = client_of(officer)
    shown = text_of(client, "tasks")
    assert shown.index("Việc trước") < shown.index("Việc sau")
    assert "Năm khác" not in shown
    late = text_of(client, "tasks", query="?tien-do=qua-han")
    assert "Việc trước" in late
    assert "Việc sau" not in late
    assert "Việc trước" not in text_of(client, "tasks", query="?xem=toi")


def test_the_month_shows_days_off_and_tasks_on_their_last_day(
    client_of: Callable[..., Client], opened: Callable[..., Task], officer: User
) -> None:
    opened(title="Trước ngày mồng hai", due_on=date(2023, 5, 2), rule="before")
    shown = text_of(client_of(officer), "tasks_calendar", query="?thang=2023-05")
    assert "Ngày Quốc tế Lao động" in shown
    assert "thứ Hai, 01/05/2023" in shown
    assert "Trước ngày mồng hai" in shown
    for wrong in ("2023-13", "9999-01", "x"):
        text_of(client_of(officer), "tasks_calendar", query=f"?thang={wrong}")


def test_the_calendar_file_holds_what_is_open(
    client_of: Callable[..., Client], opened: Callable[..., Task], head: User
) -> None:
    task = opened()
    answer = client_of(head).get(reverse("tasks_ics"))
    assert answer["Content-Type"].startswith("text/calendar")
    text = answer.content.decode()
    assert f"UID:viec-{task.pk}@chungtay" in text
    assert "DTSTART;VALUE=DATE:20230620" in text


def test_a_sheet_for_each_village_and_office_with_a_message(
    client_of: Callable[..., Client], opened: Callable[..., Task], officer: User, front: User
) -> None:
    opened(cooperating=[post_of(front)])
    shown = text_of(client_of(officer), "tasks_sheets")
    assert "<h2>Thôn 1</h2>" in shown
    assert "- Giao: Gửi số liệu, chậm nhất ngày 20/06/2023." in shown
    assert "- Đề nghị: Gửi số liệu, chậm nhất ngày 20/06/2023." in shown


def test_a_task_nobody_holds_is_listed_and_given_on(
    client_of: Callable[..., Client],
    opened: Callable[..., Task],
    system: System,
    officer: User,
    head: User,
    front: User,
) -> None:
    task = opened()
    end_post(actor=system, post=post_of(head), on=date(2023, 5, 31))
    client = client_of(officer)
    assert "Gửi số liệu" in text_of(client, "tasks", query="?xem=khong-nguoi")
    assert "chưa có ai giữ chức danh này" in text_of(client, "tasks_page", task.pk)
    path = reverse("tasks_give", args=[task.pk, task.parts.get().pk])
    client.post(path, {"post": "999999", "key": "a"})
    assert task.parts.count() == 1
    client.post(path, {"post": str(post_of(front).pk), "key": "b"})
    assert "Gửi số liệu" not in text_of(client, "tasks", query="?xem=khong-nguoi")
    assert "Gửi số liệu" in text_of(client_of(front), "tasks")


def test_a_withdrawn_task_leaves_the_lists_and_comes_back(
    client_of: Callable[..., Client], opened: Callable[..., Task], officer: User, head: User
) -> None:
    task, client = opened(), client_of(officer)
    path = reverse("tasks_withdraw", args=[task.pk])
    assert client.post(path, {"reason": "", "version": "1"}).status_code == 422
    client.post(path, {"reason": "Đã gộp việc", "version": "1", "key": "a"})
    assert "Gửi số liệu" not in text_of(client_of(head), "tasks")
    assert "Việc đã được rút: Đã gộp việc" in text_of(client_of(head), "tasks_page", task.pk)
    client.post(reverse("tasks_restore", args=[task.pk]), {"key": "b"})
    assert "Gửi số liệu" in text_of(client_of(head), "tasks")


def test_the_link_of_the_caller_leads_nowhere_else(
    client_of: Callable[..., Client], opened: Callable[..., Task], officer: User
) -> None:
    own = opened(link="/ke-hoach")
    foreign = opened(link="//elsewhere.example/x")
    assert 'href="/ke-hoach"' in text_of(client_of(officer), "tasks_page", own.pk)
    assert "elsewhere" not in text_of(client_of(officer), "tasks_page", foreign.pk)
