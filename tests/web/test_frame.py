"""The frame of every page: at most seven rooms, each desk within one of them, the rest by name."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from chungtay.staff.models import User
from chungtay.web.chrome import ROOMS

pytestmark = pytest.mark.django_db


def frame_of(client: Client, name: str) -> tuple[list[str], list[str], str]:
    """The rooms of a page, the entries behind the person's name, and the room it stands in."""
    page = client.get(reverse(name)).content.decode()
    rooms = page.partition('<ul class="rooms">')[2].partition("</ul>")[0]
    menu = page.partition('class="chrome-person"')[2].partition("</header>")[0]
    links = re.compile(r'<a href="([^"]+)"')
    current = re.findall(r'<a href="([^"]+)" aria-current="page"', rooms)
    return links.findall(rooms), links.findall(menu), "".join(current)


def test_seven_rooms_at_the_most() -> None:
    assert len(ROOMS) <= 7


def test_lists_come_in_through_the_register(
    officer: User, client_of: Callable[..., Client]
) -> None:
    client = client_of(officer)
    rooms, menu, current = frame_of(client, "imports")
    assert current == reverse("register")
    assert reverse("imports") not in rooms
    assert reverse("imports") in client.get(reverse("register")).content.decode()
    assert reverse("journal") in menu


def test_the_journal_stands_behind_the_name_of_who_may_read_it(
    hire: Callable[..., User], quang_trung: object, client_of: Callable[..., Client]
) -> None:
    _rooms, menu, _current = frame_of(client_of(hire("finance_officer", quang_trung)), "today")
    assert reverse("law") in menu
    assert reverse("journal") not in menu


@pytest.mark.parametrize("name", ["sheets", "nominations", "supervision"])
def test_what_is_rated_stands_with_the_tasks(
    name: str, officer: User, client_of: Callable[..., Client]
) -> None:
    assert frame_of(client_of(officer), name)[2] == reverse("tasks")
