"""Where the decided class and the computed finding do not say the same."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from chungtay.households.models import Household, HouseholdClass
from chungtay.households.queries.findings import findings_of_many
from chungtay.households.queries.statuses import statuses_of_many
from chungtay.rulebook.classifying import Finding
from chungtay.rulebook.findings import Contradiction

POOR_CLASSES = frozenset({HouseholdClass.POOR.value, HouseholdClass.NEAR_POOR.value})


def disagrees(decided: str | None, finding: Finding | Contradiction) -> bool:
    """Whether a decided class (None: none) and a finding call for a second look.

    A finding that is not known yet disagrees only with a class that carries help.
    """
    if isinstance(finding, Contradiction):
        return True
    return calls_for_a_look(decided, finding.household_class)


def calls_for_a_look(decided: str | None, found: str) -> bool:
    """The same of the class found; whatever is no class, like a contradiction, calls for a look."""
    if decided in POOR_CLASSES:
        return found != decided
    if found == "unknown":
        return False
    if decided is None and found in HouseholdClass.values:
        return found in POOR_CLASSES
    return found != decided


def differing(households: QuerySet[Household], on: date, standard: str | None = None) -> list[UUID]:
    """The ids of those of some households whose class and finding by a standard disagree."""
    listed = list(households)
    decided = statuses_of_many([household.id for household in listed], on, standard)
    return [
        household_id
        for household_id, finding in findings_of_many(listed, on, standard).items()
        if disagrees(
            decided[household_id].household_class if household_id in decided else None, finding
        )
    ]
