"""Loading the demonstration: what stands afterwards, and that a second call changes nothing."""

from __future__ import annotations

import re
from datetime import date

import pytest

from chungtay.acts.checking import check_chains
from chungtay.acts.models import JournalLine
from chungtay.acts.services import System
from chungtay.demo.accounts import fresh_passwords, new_password
from chungtay.demo.loading import load_demo
from chungtay.households.models import (
    AnswerSheet,
    Decision,
    Household,
    Membership,
    Person,
    StatusSpell,
)
from chungtay.households.queries.people import households_seen_by
from chungtay.households.queries.statuses import count_by_class, count_by_village
from chungtay.places.models import PopulationCount, Unit
from chungtay.places.queries import population_on, unit_by_code, villages_of
from chungtay.staff.models import Holding, User
from chungtay.staff.policy import actor_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]

OPENING = date(2023, 1, 1)
YEAR_END = date(2023, 12, 31)
TABLES = (
    *(Unit, PopulationCount, Household, Person, Membership, AnswerSheet, Decision, StatusSpell),
    *(User, Holding, JournalLine),
)


def commune(code: str = "14824") -> Unit:
    return unit_by_code(code, OPENING)


def test_a_second_call_changes_nothing(system: System) -> None:
    first = load_demo(actor=system)
    counts = [table._default_manager.count() for table in TABLES]
    second = load_demo(actor=system)
    assert (first.communes, first.households) == (("14824", "14823"), 42)
    assert not second.changed_anything
    assert [table._default_manager.count() for table in TABLES] == counts


def test_the_register_says_where_the_commune_stands(system: System) -> None:
    load_demo(actor=system)
    listed = Household.objects.filter(commune=commune())
    assert count_by_class(listed, OPENING) == {"poor": 21, "near_poor": 14}
    assert count_by_class(listed, YEAR_END) == {
        "poor": 19,
        "near_poor": 14,
        "not_poor": 1,
        "average_living": 1,
    }
    counts = count_by_village(listed, OPENING)
    by_village = {
        village.name: (counts[village.id]["poor"], counts[village.id]["near_poor"])
        for village in villages_of(commune(), OPENING)
    }
    assert by_village == {
        "Thôn 1": (5, 3),
        "Thôn 2": (3, 2),
        "Thôn 3": (3, 2),
        "Thôn 4": (5, 3),
        "Thôn 5": (3, 2),
        "Thôn 6": (2, 2),
    }


def test_the_denominators_of_commune_and_villages_agree(system: System) -> None:
    load_demo(actor=system)
    whole = population_on(commune(), YEAR_END)
    parts = [population_on(one, YEAR_END) for one in villages_of(commune(), OPENING)]
    assert whole is not None
    assert whole.households == 1411
    assert whole.households == sum(part.households for part in parts if part)
    assert whole.persons == sum(part.persons or 0 for part in parts if part)


def test_the_journal_stands_and_names_the_papers(system: System) -> None:
    load_demo(actor=system)
    assert check_chains().problems == []
    papers = JournalLine.objects.exclude(paper="").values_list("paper", flat=True)
    assert any("97/QĐ-UBND" in paper for paper in papers)


def test_every_password_works_and_only_the_newest(system: System) -> None:
    first = {one.username: one.password for one in load_demo(actor=system).accounts}
    assert set(first) == {
        "canbo.quangtrung",
        "chutich.quangtrung",
        "ketoan.quangtrung",
        "truongthon1.quangtrung",
        "canbo.phuson",
    }
    for user in User.objects.filter(username__in=first):
        assert user.check_password(first[user.username])
    renewed = {one.username: one.password for one in fresh_passwords(actor=system)}
    assert set(renewed) == set(first)
    for user in User.objects.filter(username__in=first):
        assert user.check_password(renewed[user.username])
        assert not user.check_password(first[user.username])


def test_no_password_reaches_the_journal_or_a_printed_report(system: System) -> None:
    report = load_demo(actor=system)
    written = " ".join(line.details + line.reason for line in JournalLine.objects.all())
    for account in report.accounts:
        assert account.password not in written
        assert account.password not in repr(report)


def test_each_account_sees_its_own_place_only(system: System) -> None:
    load_demo(actor=system)
    seen = {
        user.username: households_seen_by(actor_of(user, YEAR_END)).count()
        for user in User.objects.filter(username__contains=".")
    }
    assert seen == {
        "canbo.quangtrung": 39,
        "chutich.quangtrung": 39,
        "ketoan.quangtrung": 39,
        "truongthon1.quangtrung": 9,
        "canbo.phuson": 3,
    }


def test_a_commune_that_has_households_is_left_alone(system: System) -> None:
    neighbour = commune("14823")
    Household.objects.create(commune=neighbour, head_name="Lưu Văn Đợi", head_sort_key="doi")
    report = load_demo(actor=system)
    assert report.communes == ("14824",)
    assert Household.objects.filter(commune=neighbour).count() == 1
    assert Decision.objects.filter(commune=neighbour).count() == 0


def test_passwords_are_readable_and_never_alike() -> None:
    made = {new_password() for _ in range(200)}
    assert len(made) == 200
    shape = re.compile(r"[a-hjkmnp-z2-9]{4}(-[a-hjkmnp-z2-9]{4}){2}")
    assert all(shape.fullmatch(password) for password in made)
    assert all(re.search(r"\d", group) for one in made for group in one.split("-"))
