"""Difficulties on screen: written and sent in one go, passed on, answered, counted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from chungtay.staff.models import User
from chungtay.supervision.models import Petition

FORM = {"kind": "difficulty", "about": "Đường vào thôn", "text": "Xe không vào được.", "key": "k1"}


def browser(client_of: Callable[..., Client], user: User) -> Client:
    """Petitions are of the day they are written on, so the viewing year is the present one."""
    return client_of(user, timezone.localdate().year)


def text_of(client: Client, name: str, *args: Any, query: str = "") -> str:
    answer = client.get(reverse(name, args=args) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_written_sent_passed_on_and_answered(
    client_of: Callable[..., Client],
    head: User,
    other_head: User,
    officer: User,
    district_officer: User,
    outsider: User,
) -> None:
    village = browser(client_of, head)
    first = village.post(reverse("supervision_write"), FORM | {"send": "1"})
    assert village.post(reverse("supervision_write"), FORM | {"send": "1"}).url == first.url
    petition = Petition.objects.get()
    commune = browser(client_of, officer)
    assert "1 nội dung chờ nơi này" in text_of(commune, "supervision_petitions")
    assert "Gửi Thị xã Bỉm Sơn" in text_of(commune, "supervision_petition", petition.pk)
    form = {"passing": "Vượt khả năng của xã.", "version": "2", "key": "k2"}
    commune.post(reverse("supervision_pass_up", args=[petition.pk]), form)
    assert "chờ nơi này trả lời hoặc gửi tiếp" not in text_of(commune, "supervision_petitions")
    above = browser(client_of, district_officer)
    form = {"answer": "Đã ghi vào dự toán.", "version": "3", "key": "k3"}
    above.post(reverse("supervision_answer", args=[petition.pk]), form)
    shown = text_of(village, "supervision_petition", petition.pk)
    for words in ("Vượt khả năng của xã.", "Đã ghi vào dự toán.", "đã trả lời"):
        assert words in shown
    for stranger in (other_head, outsider):
        listed = text_of(browser(client_of, stranger), "supervision_petitions")
        assert "Đường vào thôn" not in listed


def test_wrong_forms_lose_nothing_and_say_what_is_wanting(
    client_of: Callable[..., Client], head: User
) -> None:
    village = browser(client_of, head)
    answer = village.post(reverse("supervision_write"), FORM | {"about": ""})
    assert answer.status_code == 422
    assert "Xe không vào được." in answer.content.decode()
    assert not Petition.objects.exists()


def test_kept_corrected_then_sent(client_of: Callable[..., Client], head: User) -> None:
    village = browser(client_of, head)
    village.post(reverse("supervision_write"), FORM | {"send": ""})
    petition = Petition.objects.get()
    address = reverse("supervision_rewrite", args=[petition.pk])
    assert "Xe không vào được." in village.get(address).content.decode()
    village.post(address, FORM | {"text": "Xe tải không vào được.", "version": "1", "key": "k2"})
    village.post(reverse("supervision_pass_up", args=[petition.pk]), {"version": "2", "key": "k3"})
    petition.refresh_from_db()
    assert (petition.text, petition.state) == ("Xe tải không vào được.", "passed_up")
    answer = village.post(address, FORM | {"version": "3", "key": "k4"})
    assert answer.status_code == 422
    assert "đã gửi đi" in answer.content.decode()


def test_a_second_answer_from_an_old_page_is_told(
    client_of: Callable[..., Client], head: User, officer: User
) -> None:
    browser(client_of, head).post(reverse("supervision_write"), FORM | {"send": "1"})
    address = reverse("supervision_answer", args=[Petition.objects.get().pk])
    commune = browser(client_of, officer)
    commune.post(address, {"answer": "Sẽ làm.", "version": "2", "key": "k2"})
    answer = commune.post(address, {"answer": "Không làm.", "version": "2", "key": "k3"})
    assert answer.status_code == 409
    assert "Không làm." in answer.content.decode()
