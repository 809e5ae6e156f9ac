"""What the rulebook finds of registered households."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from chungtay.households.models import Household, Membership, Residence
from chungtay.households.queries.answers import Answers, answers_of_many
from chungtay.households.queries.residences import residences_of_many
from chungtay.households.queries.spells import spell_holds
from chungtay.places.queries import area_type_of
from chungtay.rulebook.classifying import find
from chungtay.rulebook.findings import Contradiction, Finding
from chungtay.rulebook.household import AnswerError, HouseholdFacts, MemberFacts
from chungtay.rulebook.loading import law


def facts_of_many(households: Iterable[Household], on: date) -> dict[UUID, HouseholdFacts]:
    """The facts of several households as known on a day, in three queries."""
    listed = list(households)
    ids = [household.id for household in listed]
    answers = answers_of_many(ids, on)
    members: dict[UUID, list[Membership]] = defaultdict(list)
    rows = (
        Membership.objects.filter(spell_holds(on), household__in=ids, withdrawn=False)
        .select_related("person")
        .order_by("position", "id")
    )
    for row in rows:
        members[row.household_id].append(row)
    lived = residences_of_many(ids, on)
    return {
        one.id: _facts(_area(lived.get(one.id, one)), members[one.id], answers[one.id], on)
        for one in listed
    }


def _facts(
    area: str | None, members: list[Membership], answers: Answers, on: date
) -> HouseholdFacts:
    return HouseholdFacts(
        on=on,
        area=area,
        answers=answers.household,
        members=tuple(
            MemberFacts(
                key=str(row.person_id),
                birth=row.person.birth,
                sex=row.person.sex or None,
                answers=answers.members.get(str(row.person_id), {}),
                name=row.person.full_name,
            )
            for row in members
        ),
    )


def _area(lived: Household | Residence) -> str | None:
    """The village's own kind of area, else the commune's; asks the database nothing more."""
    own = lived.village.area_type if lived.village is not None else ""
    return own or area_type_of(lived.commune) or None


def finding_of(household: Household, on: date) -> Finding | Contradiction:
    """What the national standard in force on a day finds of a household, or why it cannot."""
    return findings_of_many([household], on)[household.id]


def findings_of_many(
    households: Iterable[Household], on: date
) -> dict[UUID, Finding | Contradiction]:
    """The findings of several households on a day."""
    book = law()
    standard = book.standard_on(on)
    found: dict[UUID, Finding | Contradiction] = {}
    for household_id, facts in facts_of_many(households, on).items():
        try:
            found[household_id] = find(book, standard, facts)
        except Contradiction as contradiction:
            found[household_id] = contradiction
        except AnswerError as error:
            # An answer kept under an older vocabulary must not close the page of all others.
            found[household_id] = Contradiction((error.fact,), error.sentence)
    return found
