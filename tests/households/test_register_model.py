"""Random years of a small register against a plain model: the same is known, and once."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chungtay.acts.checking import check_chains
from chungtay.acts.models import JournalLine
from chungtay.acts.refusing import Refused
from chungtay.households.models import Decision, Household, Membership, StatusSpell
from chungtay.households.models.people import HEAD
from chungtay.households.queries.answers import answers_of_many
from chungtay.households.queries.people import members_on
from chungtay.households.queries.statuses import standard_id_on, statuses_of_many
from chungtay.households.services import (
    add_household,
    correct_person,
    decide_status,
    record_answers,
)
from chungtay.households.writing import HouseholdInput, PersonInput

pytestmark = [pytest.mark.django_db, pytest.mark.database]

START = date(2023, 1, 1)
LATRINES = ["septic", "none", None]
CLASSES = ["poor", "near_poor", "not_poor"]
ANY_DAY = st.integers(0, 20).map(lambda days: START + timedelta(days=days))
ANY_HOUSEHOLD = st.integers(0, 2)
STEPS = st.one_of(
    st.tuples(st.just("add"), st.integers(1, 3)),
    st.tuples(st.just("answer"), ANY_HOUSEHOLD, ANY_DAY, st.sampled_from(LATRINES)),
    st.tuples(st.just("decide"), ANY_HOUSEHOLD, ANY_DAY, st.sampled_from(CLASSES)),
    st.tuples(st.just("name"), ANY_HOUSEHOLD, st.sampled_from(["Lê An", "Đỗ Ước", "Vũ Ấn"])),
)


class _Rolled(Exception):
    """Ends an example: nothing it wrote stays."""


class Register:
    """The acts, and beside them what plain lists say should be known."""

    def __init__(self, actor, commune):
        self.actor, self.commune = actor, commune
        self.ids, self.heads, self.sheets, self.spells, self.acts = [], [], [], [], 0
        self.decision = Decision.objects.create(
            commune=commune, number="1/QĐ", issued_on=START, issuer="UBND xã"
        )

    def add(self, size):
        if len(self.ids) == 3:
            return
        members = [PersonInput(f"Người {at}", HEAD if at == 0 else "08") for at in range(size)]
        pk = self.twice(
            add_household, commune=self.commune, given=HouseholdInput(None, members), on=START
        )
        self.ids.append(pk)
        self.heads.append("Người 0")
        self.sheets.append([])
        self.spells.append([])

    def answer(self, at, day, latrine):
        known = self.known_latrine(at, day)
        act = {"answers": {"latrine": latrine}, "members": {}, "expected_version": None, "on": day}
        if known == latrine:
            with pytest.raises(Refused):
                record_answers(actor=self.actor, household=self.household(at), **act)
        else:
            self.twice(record_answers, household=self.household(at), **act)
            self.sheets[at].append((day, latrine))

    def decide(self, at, day, name):
        act = {
            "household": self.household(at),
            "standard": standard_id_on(START),
            "household_class": name,
            "valid_from": day,
            "decision": self.decision,
        }
        if any(begun >= day for begun, _ in self.spells[at]):
            with pytest.raises(Refused):
                decide_status(actor=self.actor, **act)
        else:
            self.twice(decide_status, **act)
            self.spells[at].append((day, name))

    def name(self, at, name):
        household = self.household(at)
        head = members_on(household.id, None)[0].person
        self.twice(
            correct_person,
            household=household,
            person=head,
            changes={"full_name": name},
            expected_version=household.version,
            reason="",
        )
        self.heads[at] = name

    def twice(self, act, **arguments):
        """Every act is sent twice with one key: it must act once."""
        self.acts += 1
        first, second = (act(actor=self.actor, key=f"k{self.acts}", **arguments) for _ in "ab")
        assert first == second
        return first

    def household(self, at):
        return Household.objects.select_related("commune").get(pk=self.ids[at])

    def known_latrine(self, at, day):
        until = [(on, number) for number, (on, _) in enumerate(self.sheets[at]) if on <= day]
        return self.sheets[at][max(until)[1]][1] if until else None

    def known_class(self, at, day):
        begun = [spell for spell in self.spells[at] if spell[0] <= day]
        return max(begun)[1] if begun else None


def check(register, lines_before):
    for day in (START + timedelta(days=days) for days in range(0, 21, 4)):
        households = [register.household(at) for at in range(len(register.ids))]
        answers = answers_of_many([one.id for one in households], day)
        statuses = statuses_of_many([one.id for one in households], day)
        for at, one in enumerate(households):
            latrine = answers[one.id].household.get("latrine") if one.id in answers else None
            assert latrine == register.known_latrine(at, day)
            spell = statuses.get(one.id)
            assert (spell and spell.household_class) == register.known_class(at, day)
            assert one.head_name == register.heads[at]
    open_ones = Membership.objects.filter(valid_to=None, withdrawn=False)
    for pk in register.ids:
        assert open_ones.filter(household=pk, relation=HEAD).count() == 1
        assert StatusSpell.objects.filter(household=pk, valid_to=None).count() <= 1
    assert open_ones.values("person").distinct().count() == open_ones.count()
    assert JournalLine.objects.exclude(chain="days").count() == lines_before + register.acts
    assert check_chains().problems == []


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(STEPS, min_size=3, max_size=14))
def test_a_random_year_is_known_as_the_plain_model_knows_it(system, quang_trung, steps):
    with suppress(_Rolled), transaction.atomic():
        lines_before = JournalLine.objects.exclude(chain="days").count()
        register = Register(system, quang_trung)
        register.add(2)
        for name, *arguments in steps:
            if name == "add":
                register.add(*arguments)
            elif arguments[0] < len(register.ids):
                getattr(register, name)(*arguments)
        check(register, lines_before)
        raise _Rolled
