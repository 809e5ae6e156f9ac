"""The households of a place under two standards: what is remembered is what finding anew gives."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test as run_machine

from chungtay.acts.remembering import forget_all
from chungtay.households.models import Household
from chungtay.households.queries import what_if
from chungtay.households.queries.findings import findings_of_many
from chungtay.households.queries.people import standing_on
from chungtay.households.queries.residences import residences_of_many
from chungtay.households.queries.what_if import (
    Unfinished,
    households_where,
    side_by_side_of,
)
from chungtay.households.services import record_answers
from chungtay.places.queries import villages_of
from chungtay.rulebook.side_by_side import ENTERS, Cell, Heads, Wanted, side_of
from tests.households.life.test_any_life import QUICK, START, SYSTEM
from tests.households.test_measured import MeasuredLives
from tests.rulebook.test_side_by_side import swapped

pytestmark = [pytest.mark.django_db, pytest.mark.database]

OLD, NEW = "nd-07-2021", "nd-351-2025"


def counted_anew(communes, on):
    """As slow and plain code counts it: two findings of every household, one by one."""
    households = list(standing_on(Household.objects.filter(withdrawn=False), on))
    ids = [one.pk for one in households]
    lived = residences_of_many(ids, on)
    old, new = (findings_of_many(households, on, one) for one in (OLD, NEW))
    counted = Counter()
    for pk in ids:
        if pk in lived and lived[pk].commune in communes:
            place = (lived[pk].commune_id, lived[pk].village_id)
            counted[Cell(place, side_of(old[pk]), side_of(new[pk]))] += 1
    return counted


def households_by_cell(found):
    return {cell: heads.households for cell, heads in found.cells.items()}


class TwoStandards(MeasuredLives):
    """Two communes; whatever is written, what was asked before goes on saying what is true."""

    def check(self):
        for on in (START + timedelta(days=1), self.last):
            found = side_by_side_of(self.communes, on, OLD, NEW)
            assert households_by_cell(found) == counted_anew(self.communes, on)


def test_after_any_history_of_acts_it_is_what_finding_anew_gives(quang_trung, phu_son):
    quick = settings(QUICK, max_examples=6)
    run_machine(lambda: TwoStandards([quang_trung, phu_son]), settings=quick)


@pytest.fixture
def home(add):
    return add(answers={"latrine": "none", "income_per_person_vnd": 1_800_000})


def test_who_enters_is_opened_with_the_households_behind(home, add_head, quang_trung):
    add_head("Lê Văn Bốn")
    found = side_by_side_of([quang_trung], START, OLD, NEW)
    assert found.moves()[ENTERS] == Heads(1, 3)
    wanted = Wanted(move=ENTERS)
    opened = households_where(
        [quang_trung], START, (OLD, NEW), lambda cell: wanted.holds(cell.first, cell.second)
    )
    assert opened == {home.pk}


def test_swapped_standards_find_nothing_anew(home, quang_trung, monkeypatch):
    forget_all()
    found = side_by_side_of([quang_trung], START, OLD, NEW)
    monkeypatch.setattr(what_if, "nameless_of_many", None)
    assert side_by_side_of([quang_trung], START, NEW, OLD) == swapped(found)


def test_only_the_household_that_was_changed_is_found_again(
    home, add_head, quang_trung, monkeypatch
):
    forget_all()
    other = add_head("Lê Văn Bốn")
    side_by_side_of([quang_trung], START, OLD, NEW)
    record_answers(
        actor=SYSTEM,
        household=other,
        on=START,
        answers={"income_per_person_vnd": 900_000},
        members={},
        expected_version=None,
    )
    asked = []
    known = what_if.nameless_of_many
    monkeypatch.setattr(
        what_if, "nameless_of_many", lambda areas, on: known(asked.append(list(areas)) or areas, on)
    )
    found = side_by_side_of([quang_trung], START, OLD, NEW)
    assert asked == [[other.pk]]
    assert households_by_cell(found) == counted_anew([quang_trung], START)


def test_a_village_has_its_own_households_alone(home, add_head, quang_trung):
    first, second = list(villages_of(quang_trung, START))[:2]
    there = add_head("Lê Văn Bốn", at=second)
    assert side_by_side_of([first], START, OLD, NEW).total == Heads(1, 3)
    assert households_where([second], START, (OLD, NEW), lambda cell: True) == {there.pk}
    assert side_by_side_of([quang_trung], START, OLD, NEW).total == Heads(2, 4)


def test_a_large_place_is_found_in_several_goes(home, add_head, quang_trung, phu_son, monkeypatch):
    forget_all()
    monkeypatch.setattr(what_if, "batches", lambda ids: ([pk] for pk in ids))
    add_head("Lê Văn Bốn")
    add_head("Lê Văn Năm", commune=phu_son, at=None)
    asked = ([quang_trung, phu_son], START, OLD, NEW)
    said = []
    while len(said) < 9:
        try:
            found = side_by_side_of(*asked, lambda: True)
            break
        except Unfinished as far:
            said.append(tuple(far.left))
    assert sorted(said, reverse=True) in ([(1, 1), (0, 1)], [(1, 0), (0, 1)])
    assert found == side_by_side_of(*asked)
    assert found.total.households == 3


def test_the_neighbour_is_not_counted(home, quang_trung, phu_son):
    assert side_by_side_of([phu_son], START, OLD, NEW).total == Heads()
    assert not households_where([phu_son], START, (OLD, NEW), lambda cell: True)
