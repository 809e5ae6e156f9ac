"""What would be found of a household if it answered otherwise; nothing is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from chungtay.households.models import Household
from chungtay.households.queries.findings import facts_of_many, standards_of
from chungtay.rulebook.classifying import Finding, find
from chungtay.rulebook.findings import Contradiction
from chungtay.rulebook.household import HouseholdFacts
from chungtay.rulebook.lawbook import Standard
from chungtay.rulebook.loading import law


def findings_if(
    household: Household,
    on: date,
    answers: Mapping[str, Any],
    members: Mapping[str, Mapping[str, Any]],
) -> dict[str, Finding | Contradiction]:
    """What every standard of the place would find with some answers replaced, by its id.

    AnswerError on an answer that is not allowed.
    """
    facts = replaced(facts_of_many([household], on)[household.id], answers, members)
    return {one.id: _found(one, facts) for one in standards_of(household, on)}


def _found(standard: Standard, facts: HouseholdFacts) -> Finding | Contradiction:
    try:
        return find(law(), standard, facts)
    except Contradiction as contradiction:
        return contradiction


def replaced(
    facts: HouseholdFacts, answers: Mapping[str, Any], members: Mapping[str, Mapping[str, Any]]
) -> HouseholdFacts:
    """The facts of a household with some answers replaced; members by their key."""
    return replace(
        facts,
        answers={**facts.answers, **answers},
        members=tuple(
            replace(member, answers={**member.answers, **members.get(member.key, {})})
            for member in facts.members
        ),
    )
