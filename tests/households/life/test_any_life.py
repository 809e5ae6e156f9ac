"""Any sequence of life events: nobody in two households, every household whole and in one place."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from hypothesis.stateful import run_state_machine_as_test as run_machine

from chungtay.acts.refusing import Refused
from chungtay.acts.services import System
from chungtay.households.models import Household, LifeEvent, Membership, Residence
from chungtay.households.models.people import HEAD
from chungtay.households.services import add_household, life
from chungtay.households.services.life import Occasion
from chungtay.households.services.life.wholeness import holds
from chungtay.households.writing import HouseholdInput, PersonInput
from chungtay.places.queries import villages_of

START = date(2023, 1, 1)
SYSTEM = System(system_user="tests")
QUICK = settings(
    max_examples=12,
    stateful_step_count=25,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],  # a failing life is told as it was found: making it short takes long
    suppress_health_check=list(HealthCheck),
)

# Mostly a little later than what was written before, now and then a little earlier.
steps = st.sampled_from([-3, 0, 1, 1, 2, 4])
pick = st.integers(0, 999)
relation = st.sampled_from(["", "01", "08", "99"])


class Lives(RuleBasedStateMachine):
    """Two communes, three households each, and whatever their officers write down."""

    def __init__(self, communes):
        super().__init__()
        self.communes = communes
        self.villages = {one.pk: list(villages_of(one, START)) for one in communes}
        self.names, self.last = 0, START
        self.point = transaction.atomic()
        self.point.__enter__()

    def teardown(self):
        transaction.set_rollback(True)
        self.point.__exit__(None, None, None)

    @initialize()
    def families(self):
        for commune in self.communes:
            for size in (1, 2, 4):
                self._family(commune, size)

    def _family(self, commune, size):
        members = [self._person("00"), *(self._person("08") for _ in range(size - 1))]
        given = HouseholdInput(self.villages[commune.pk][0], members)
        add_household(actor=SYSTEM, commune=commune, given=given, on=START)

    def _person(self, code=""):
        self.names += 1
        return PersonInput(f"Người Số {self.names}", code)

    def _try(self, act, step, household, **given):
        """Do an act as a user would: refused or done, and then everything is looked at."""
        occasion = Occasion(self._day(step))
        try:
            with transaction.atomic():
                act(
                    actor=SYSTEM,
                    household=household,
                    occasion=occasion,
                    expected_version=None,
                    **given,
                )
        except Refused:
            return
        self.check()

    def _day(self, step):
        day = max(START, self.last + timedelta(days=step))
        self.last = max(self.last, day)
        return day

    def _household(self, at):
        """One of the households, in the order in which they came (ids are drawn anew each run)."""
        places = Residence.objects.filter(withdrawn=False).order_by("id")
        ids = list(dict.fromkeys(places.values_list("household", flat=True)))
        known = Household.objects.select_related("commune", "village")
        return known.get(pk=ids[at % len(ids)])

    def _people(self, household):
        rows = Membership.objects.filter(household=household, valid_to=None, withdrawn=False)
        return [row.person_id for row in rows.order_by("id")] or [None]

    def _someone(self, household, at):
        people = self._people(household)
        return people[at % len(people)]

    def _village(self, household, at):
        known = self.villages.get(household.commune_id) or [None]
        return known[at % len(known)]

    @rule(at=pick, step=steps, code=relation)
    def birth(self, at, step, code):
        self._try(life.record_birth, step, self._household(at), child=self._person(code))

    @rule(at=pick, step=steps, who=pick, heir=pick, code=relation)
    def death(self, at, step, who, heir, code):
        home = self._household(at)
        person, other = self._someone(home, who), self._someone(home, heir)
        given = {"person": person, "new_head": other, "relations": {person: code}}
        self._try(life.record_death, step, home, **given)

    @rule(at=pick, step=steps, who=pick, heir=pick)
    def leave(self, at, step, who, heir):
        home = self._household(at)
        given = {"person": self._someone(home, who), "new_head": self._someone(home, heir)}
        self._try(life.leave_household, step, home, **given)

    @rule(at=pick, other=pick, step=steps, who=pick, code=relation)
    def marriage(self, at, other, step, who, code):
        newcomer = self._someone(self._household(other), who) or self._person()
        self._try(life.marry_in, step, self._household(at), newcomer=newcomer, relation=code)

    @rule(at=pick, step=steps, who=pick, code=relation)
    def head(self, at, step, who, code):
        home = self._household(at)
        relations = dict.fromkeys(self._people(home), code)
        self._try(
            life.change_head, step, home, new_head=self._someone(home, who), relations=relations
        )

    @rule(at=pick, step=steps, who=pick, code=relation)
    def relate(self, at, step, who, code):
        home = self._household(at)
        self._try(life.change_relation, step, home, person=self._someone(home, who), relation=code)

    @rule(at=pick, step=steps, chosen=st.sets(pick, min_size=1, max_size=3), village=pick)
    def split(self, at, step, chosen, village):
        home = self._household(at)
        people = list(dict.fromkeys(self._someone(home, one) for one in sorted(chosen)))
        given = {"people": people, "new_head": people[0], "relations": {}}
        self._try(life.split_household, step, home, village=self._village(home, village), **given)

    @rule(at=pick, other=pick, step=steps)
    def merge(self, at, other, step):
        into = self._household(other)
        self._try(life.merge_household, step, self._household(at), into=into, relations={})

    @rule(at=pick, step=steps, village=pick)
    def move_within(self, at, step, village):
        home = self._household(at)
        village = self._village(home, village)
        self._try(life.move_within, step, home, village=village, address="")

    @rule(at=pick, step=steps, abroad=st.integers(0, 4))
    def move_out(self, at, step, abroad):
        home = self._household(at)
        to_code = next(one.code for one in self.communes if one.pk != home.commune_id)
        given = {"gone_to": "abroad"} if not abroad else {"to_code": to_code}
        self._try(life.move_out, step, home, **given)

    def _moves(self):
        rows = LifeEvent.objects.filter(kind="move_out", withdrawn=False, to_commune__isnull=False)
        return list(rows.select_related("to_commune", "household").order_by("pk"))

    @rule(at=pick, step=steps, back=st.booleans())
    def take_in(self, at, step, back):
        if not (moves := self._moves()):
            return
        move = moves[at % len(moves)]
        given = {"actor": SYSTEM, "move": move, "commune": move.to_commune}
        try:
            with transaction.atomic():
                if back:
                    life.return_move(**given, reason="không về đây")
                else:
                    life.accept_move(**given, village=None, occasion=Occasion(self._day(step)))
        except Refused:
            return
        self.check()

    @rule(at=pick)
    def undo(self, at):
        if not (events := list(LifeEvent.objects.order_by("-pk"))):
            return
        try:
            with transaction.atomic():
                life.undo_event(actor=SYSTEM, event=events[at % len(events)])
        except Refused:
            return
        self.check()

    def check(self):
        """On every day: one household a person, one head and one place a household."""
        rows = list(Membership.objects.filter(withdrawn=False))
        homes = list(Household.objects.filter(withdrawn=False))
        places = list(Residence.objects.filter(withdrawn=False))
        assert sum(1 for row in places if row.valid_to is None) <= len(homes)
        days = (self.last - START).days + 3
        for day in (START + timedelta(days=number) for number in range(-1, days)):
            present = [row for row in rows if holds(row, day)]
            people = Counter(row.person_id for row in present)
            assert set(people.values()) <= {1}
            members = Counter(row.household_id for row in present)
            heads = Counter(row.household_id for row in present if row.relation == HEAD)
            standing = {one.pk for one in homes if holds(one, day)}
            assert set(members) == standing == set(heads)
            assert set(heads.values()) <= {1}
            lived = Counter(row.household_id for row in places if holds(row, day))
            assert set(lived.values()) <= {1}
            on_their_way = {one.pk for one in homes if one.away_from and one.away_from <= day}
            assert set(lived) <= standing
            assert not set(lived) & on_their_way


def any_life(communes):
    run_machine(lambda: Lives(communes), settings=QUICK)


@pytest.mark.database
@pytest.mark.django_db
def test_any_life_leaves_everyone_in_one_household(quang_trung, phu_son):
    any_life([quang_trung, phu_son])
