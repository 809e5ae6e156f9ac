"""What the rulebook finds of registered households."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chungtay.households.models import Household, Membership, Residence
from chungtay.households.queries.answers import Answers, answers_of_many
from chungtay.households.queries.residences import left_since
from chungtay.households.queries.spells import spell_holds
from chungtay.households.queries.statuses import standards_at
from chungtay.places.queries import area_type_on
from chungtay.rulebook.classifying import Finding, find
from chungtay.rulebook.findings import Contradiction
from chungtay.rulebook.household import AnswerError, HouseholdFacts, MemberFacts
from chungtay.rulebook.lawbook import Law, Standard
from chungtay.rulebook.loading import law


@dataclass(frozen=True)
class Known:
    """What is known of a household on a day: people, answers, place, and the facts made of them."""

    facts: HouseholdFacts
    members: list[Membership]
    answers: Answers
    lived: Household | Residence


def facts_of_many(households: Iterable[Household], on: date) -> dict[UUID, HouseholdFacts]:
    """The facts of several households as known on a day, in three queries."""
    return {pk: known.facts for pk, known in known_of_many(households, on).items()}


def known_of_many(households: Iterable[Household], on: date) -> dict[UUID, Known]:
    """All that is known of several households on a day, in three queries."""
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
    lived = left_since(ids, on)
    return {
        one.id: _known(lived.get(one.id, one), members[one.id], answers[one.id], on)
        for one in listed
    }


def _known(
    lived: Household | Residence, members: list[Membership], answers: Answers, on: date
) -> Known:
    return Known(_facts(area_of(lived, on), members, answers, on), members, answers, lived)


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


def area_of(lived: Household | Residence, on: date) -> str | None:
    """The village's own kind of area on a day, else the commune's; asks the database no more."""
    own = lived.village.naming_on(on).area_type if lived.village is not None else ""
    return own or area_type_on(lived.commune, on) or None


def finding_of(household: Household, on: date) -> Finding | Contradiction:
    """What the national standard in force on a day finds of a household, or why it cannot."""
    return findings_of_many([household], on)[household.id]


def findings_of_many(
    households: Iterable[Household], on: date, standard: str | None = None
) -> dict[UUID, Finding | Contradiction]:
    """The findings of several households on a day by one standard (the national one of the day)."""
    book = law()
    chosen = book.standard(standard) if standard else book.standard_on(on)
    return {
        household_id: found_by(book, chosen, facts)
        for household_id, facts in facts_of_many(households, on).items()
    }


def standards_of(household: Household, on: date) -> list[Standard]:
    """The standards that count where a household lived on a day, the national one first."""
    lived = left_since([household.id], on).get(household.id, household)
    return _standards_where(lived, on)


def findings_by_standard(
    household: Household,
    on: date,
    written: Callable[[HouseholdFacts], HouseholdFacts] = lambda facts: facts,
    known: Known | None = None,
) -> dict[str, Finding | Contradiction]:
    """What every standard finds that counts where a household lived on a day, by its id.

    ``written`` may set back what was corrected later, for the place that a household left;
    ``known`` saves asking again what has been read.
    """
    known = known or known_of_many([household], on)[household.id]
    facts = written(known.facts)
    return {one.id: found_by(law(), one, facts) for one in _standards_where(known.lived, on)}


def _standards_where(lived: Household | Residence, on: date) -> list[Standard]:
    return [law().standard(name) for name in standards_at(lived.village or lived.commune, on)]


def found_by(book: Law, standard: Standard, facts: HouseholdFacts) -> Finding | Contradiction:
    """What a standard finds of some facts, or why it cannot."""
    try:
        return find(book, standard, facts)
    except Contradiction as contradiction:
        return contradiction
    except AnswerError as error:
        # An answer kept under an older vocabulary must not close the page of all others.
        return Contradiction((error.fact,), error.sentence)
