"""What the tests of merging share: the rows of a register, and merges in one line."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations

from chungtay.acts.rows import fields_of, row_to_json
from chungtay.households.models import (
    AnswerSheet,
    Household,
    LifeEvent,
    Membership,
    Person,
    Residence,
    StatusSpell,
)
from chungtay.households.services.merging import (
    merge_households,
    merge_persons,
)
from chungtay.households.services.uniting import overlap
from chungtay.households.services.uniting_households import HouseholdUniting
from chungtay.plans.models import PlanHousehold

STANDARD = "nd-07-2021"
ALL = (Household, Person, Membership, AnswerSheet, StatusSpell, Residence, PlanHousehold, LifeEvent)
DAYS = [date(2022, 1, 1) + timedelta(days=90 * number) for number in range(8)]


def rows() -> dict[str, dict[str, dict]]:
    """Every standing row of the register; versions only ever step on."""
    return {
        model.__name__: {
            str(row.pk): row_to_json(row, [n for n in fields_of(model) if n != "version"])
            for row in model.objects.all()
            if not row.withdrawn or model is not AnswerSheet
        }
        for model in ALL
    }


def member(household: Household, name: str) -> Membership:
    return Membership.objects.select_related(
        "person", "household__commune", "household__village"
    ).get(household=household, person__full_name=name, withdrawn=False)


def merge_two(actor, kept, lost, values=None, home=None, versions=None, **more):
    seen = {one.household_id: one.household.version for one in (kept, lost)}
    return merge_persons(
        actor=actor,
        kept=kept,
        lost=lost,
        values=values or {},
        home=home,
        versions=seen if versions is None else versions,
        **more,
    )


def unite_two(actor, kept, lost, versions=None, key="", **more):
    return merge_households(
        actor=actor,
        given=HouseholdUniting(kept, lost, **more),
        versions={kept.pk: kept.version, lost.pk: lost.version} if versions is None else versions,
        key=key,
    )


def spell(household, household_class, begin, end=None):
    return StatusSpell.objects.create(
        household=household,
        standard=STANDARD,
        household_class=household_class,
        valid_from=begin,
        valid_to=end,
        source=StatusSpell.Source.DECISION,
    )


def nobody_is_in_two_households() -> None:
    standing = Membership.objects.filter(withdrawn=False)
    for person in set(standing.values_list("person", flat=True)):
        held = list(standing.filter(person=person))
        assert not [pair for pair in combinations(held, 2) if overlap(*pair)]
    assert not standing.filter(person__withdrawn=True).exists()
    assert not standing.filter(household__withdrawn=True).exists()
    for household in Household.objects.filter(withdrawn=False):
        for spells in (household.residences, household.statuses.filter(standard=STANDARD)):
            held = list(spells.filter(withdrawn=False))
            assert not [pair for pair in combinations(held, 2) if overlap(*pair)]
        here = household.residences.get(valid_to=None, withdrawn=False)
        assert (here.village_id, here.commune_id) == (household.village_id, household.commune_id)
        heads = list(household.memberships.filter(relation="00", withdrawn=False))
        assert not [pair for pair in combinations(heads, 2) if overlap(*pair)]
