"""A commune that gives tasks: its officer, its chairman, the Front, a village head."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from chungtay.acts.services import System
from chungtay.places.models import Unit
from chungtay.places.queries import villages_of
from chungtay.staff.models import Post, User
from chungtay.staff.policy import PostActor
from chungtay.tasks.models import Task
from chungtay.tasks.queries import tasks_seen_by
from chungtay.tasks.services import TaskInput, open_task

DUE = date(2024, 6, 30)


def post_of(user: User) -> Post:
    """The one post a person holds."""
    return Post.objects.select_related("unit__parent").get(holdings__user=user)


@pytest.fixture
def village(quang_trung: Unit) -> Unit:
    return next(one for one in villages_of(quang_trung, date(2023, 1, 1)) if one.name == "Thôn 1")


@pytest.fixture
def head(village: Unit, hire: Callable[..., User]) -> User:
    return hire("village_head", village)


@pytest.fixture
def front(quang_trung: Unit, hire: Callable[..., User]) -> User:
    return hire("front", quang_trung)


@pytest.fixture
def finance(quang_trung: Unit, hire: Callable[..., User]) -> User:
    return hire("finance_officer", quang_trung)


@pytest.fixture
def opened(system: System, quang_trung: Unit, head: User) -> Callable[..., Task]:
    """Open a task of the commune; the village head leads it unless another is named."""

    def open_one(**given: Any) -> Task:
        words = {"title": "Gửi số liệu hộ nghèo", "due_on": DUE, "lead": post_of(head)} | given
        made = open_task(actor=system, unit=quang_trung, given=TaskInput(**words))
        return Task.objects.select_related("unit").get(pk=made[0])

    return open_one


@pytest.fixture
def seen_by(acting: Callable[[User], PostActor]) -> Callable[[User], set[int]]:
    """The numbers of the tasks somebody sees."""
    return lambda user: set(tasks_seen_by(acting(user)).values_list("pk", flat=True))
