"""A commune that inspects: its officer, the head of Thôn 1, the head of Thôn 2."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from chungtay.acts.services import System
from chungtay.places.models import Unit
from chungtay.places.queries import villages_of
from chungtay.plans.cells import Cells
from chungtay.plans.models import Plan
from chungtay.plans.services import open_plan
from chungtay.staff.models import Post, User
from chungtay.staff.policy import PostActor
from chungtay.supervision.models import Inspection
from chungtay.supervision.services.inspections import InspectionInput, record_inspection

ON, DUE, TODAY = date(2023, 5, 10), date(2023, 6, 20), date(2023, 7, 1)


def post_of(user: User) -> Post:
    """The one post a person holds."""
    return Post.objects.select_related("unit__parent").get(holdings__user=user)


@pytest.fixture
def village(quang_trung: Unit) -> Unit:
    return next(one for one in villages_of(quang_trung, ON) if one.name == "Thôn 1")


@pytest.fixture
def other_village(quang_trung: Unit) -> Unit:
    return next(one for one in villages_of(quang_trung, ON) if one.name == "Thôn 2")


@pytest.fixture
def head(village: Unit, hire: Callable[..., User]) -> User:
    return hire("village_head", village)


@pytest.fixture
def other_head(other_village: Unit, hire: Callable[..., User]) -> User:
    return hire("village_head", other_village)


@pytest.fixture
def district_officer(quang_trung: Unit, hire: Callable[..., User]) -> User:
    assert quang_trung.parent is not None
    return hire("district_officer", quang_trung.parent)


@pytest.fixture
def recorded(
    quang_trung: Unit, village: Unit, officer: User, acting: Callable[[User], PostActor]
) -> Callable[..., Inspection]:
    """Record an inspection of Thôn 1 by the officer, unless something else is said."""

    def record(**given: Any) -> Inspection:
        words = {
            "place": village,
            "kind": "by_authority",
            "on": ON,
            "by": post_of(officer),
            "about": "Việc bình xét hộ nghèo",
        } | given
        made = record_inspection(
            actor=acting(officer), unit=quang_trung, given=InspectionInput(**words), today=TODAY
        )
        return Inspection.objects.select_related("unit", "place").get(pk=made)

    return record


@pytest.fixture
def front(quang_trung: Unit, hire: Callable[..., User]) -> User:
    return hire("front", quang_trung)


@pytest.fixture
def plan(system: System, quang_trung: Unit) -> Plan:
    """A plan of the commune of which only the head matters here."""
    made = open_plan(
        actor=system,
        unit=quang_trung,
        year=2023,
        subject="Giảm nghèo bền vững",
        content={},
        cells=Cells(100, ()),
    )
    return Plan.objects.select_related("unit").get(pk=made)
