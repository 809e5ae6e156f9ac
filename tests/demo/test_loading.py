"""Loading the demonstration: what stands afterwards, and that a second call changes nothing."""

from __future__ import annotations

import re
from datetime import date

import pytest

from chungtay.acts.checking import check_chains
from chungtay.acts.models import JournalLine
from chungtay.acts.services import System
from chungtay.demo.accounts import fresh_passwords, new_password
from chungtay.demo.communes import demo_communes
from chungtay.demo.families import read_data
from chungtay.demo.loading import DemoReport
from chungtay.demo.loading import load_demo as load_places
from chungtay.households.models import (
    AnswerSheet,
    Decision,
    Household,
    Membership,
    Person,
    Residence,
    StatusSpell,
)
from chungtay.households.queries.people import households_seen_by
from chungtay.households.queries.residences import lived_in
from chungtay.households.queries.statuses import (
    count_by_class,
    count_by_village,
    count_poor_by_subclass,
)
from chungtay.places.models import PopulationCount, Unit
from chungtay.places.queries import population_on, unit_by_code, villages_of
from chungtay.staff.models import Holding, User
from chungtay.staff.policy import actor_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]

OPENING = date(2023, 1, 1)
YEAR_END = date(2023, 12, 31)
YEAR_END_2024 = date(2024, 12, 31)
TABLES = (
    *(Unit, PopulationCount, Household, Person, Membership, AnswerSheet, Decision, StatusSpell),
    *(Residence, User, Holding, JournalLine),
)
QUANG_TRUNG = {
    "canbo.quangtrung",
    "chutich.quangtrung",
    "ketoan.quangtrung",
    "truongthon1.quangtrung",
    "canbo.phuson",
    "phong.bimson",
    "so.thanhhoa",
    "canbo.quangtrung26",
    "so.thanhhoa26",
}


def load_demo(*, actor: System) -> DemoReport:
    """The first place alone: what most tests look at."""
    return load_places(actor=actor, places=("quang_trung",))


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
    assert set(first) == QUANG_TRUNG
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
        user.username: households_seen_by(actor_of(user, YEAR_END), on=YEAR_END).count()
        for user in User.objects.filter(username__contains=".")
    }
    assert seen == {
        "canbo.quangtrung": 39,
        "chutich.quangtrung": 39,
        "ketoan.quangtrung": 39,
        "truongthon1.quangtrung": 9,
        "canbo.phuson": 3,
        "phong.bimson": 42,
        "so.thanhhoa": 42,
        "canbo.quangtrung26": 0,
        "so.thanhhoa26": 0,
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


def test_passwords_just_given_are_not_changed_again(system: System) -> None:
    opened = load_demo(actor=system).accounts
    assert fresh_passwords(actor=system, opened=opened) == opened


def test_a_database_with_the_first_place_alone_is_completed(system: System) -> None:
    load_demo(actor=system)
    report = load_places(actor=system)
    assert "14824" not in report.communes
    assert len(report.communes) == len(demo_communes()) - 2
    assert not set(QUANG_TRUNG) & {one.username for one in report.accounts}
    counts = [table._default_manager.count() for table in TABLES]
    again = load_places(actor=system)
    assert not again.changed_anything
    assert [table._default_manager.count() for table in TABLES] == counts
    assert check_chains().problems == []


def test_the_registers_stand_with_their_successors_since_1_july_2025(system: System) -> None:
    load_places(actor=system, places=("tu_mo_rong",))
    old, new = commune("23422"), unit_by_code("23425", date(2025, 7, 1))
    assert set(Household.objects.values_list("commune", flat=True)) == {new.pk}
    on = date(2024, 12, 31)
    then = Household.objects.filter(lived_in([old], on))
    assert count_by_class(then, on) == {"poor": 180, "near_poor": 40, "average_living": 35}
    by_village = count_by_village(then, date(2024, 1, 1))
    assert sorted(one["poor"] for one in by_village.values()) == [23, 24, 25, 26, 26, 27, 29, 30]
    now = date(2026, 1, 1)
    assert count_by_class(Household.objects.filter(lived_in([old], now)), now) == {}
    standing = Household.objects.filter(lived_in([new], now))
    assert count_by_class(standing, now) == {"poor": 145, "near_poor": 37, "average_living": 73}
    assert Decision.objects.filter(commune=new).count() == 1
    assert Decision.objects.filter(commune=old).count() == 3


def test_long_khanh_is_counted_by_both_standards(system: System) -> None:
    load_places(actor=system, places=("long_khanh",))
    on, own = date(2024, 1, 1), "dong-nai-2022"
    everyone = Household.objects.all()
    assert count_by_class(everyone, on, own) == {"poor": 156, "near_poor": 180}
    assert count_poor_by_subclass(everyone, on, own) == {"A": 96, "B": 60}
    national = count_by_class(everyone, on)
    assert 0 < national["poor"] < 96
    # The province's own standard ended with 2025; the national one goes on.
    assert count_by_class(everyone, date(2026, 1, 1), own) == {}
    assert count_by_class(everyone, date(2026, 1, 1))["poor"] > 0
    ended = date(2025, 12, 31)
    assert not StatusSpell.objects.filter(standard=own).exclude(valid_to__lte=ended).exists()
    merged = unit_by_code("26080", date(2025, 7, 1))
    count = population_on(merged, date(2026, 1, 1))
    parts = [commune(code) for code in ("26077", "26080", "26083", "26086", "26107")]
    assert count is not None
    assert count.households == sum(
        part.households for unit in parts if (part := population_on(unit, YEAR_END_2024))
    )


def test_every_holder_of_the_account_file_has_a_unit(system: System) -> None:
    opened = load_places(actor=system).accounts
    listed = [
        row["username"] for g in read_data("accounts.toml")["groups"] for row in g["accounts"]
    ]
    assert [one.username for one in opened] == listed
    assert len(listed) == len(set(listed))
