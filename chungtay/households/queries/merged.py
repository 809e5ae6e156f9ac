"""Following a record that was merged to the one it went into, and back."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from chungtay.households.models import Household, Person

LONGEST = 20


def standing_for(household_ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """For each of several households that was merged, the one it went into in the end.

    One query for each step of the longest chain; the others are left out.
    """
    steps = {one: one for one in household_ids}
    for _ in range(LONGEST):
        merged = Household.objects.filter(pk__in=set(steps.values()), merged_into__isnull=False)
        went = {pk: into for pk, into in merged.values_list("pk", "merged_into") if into}
        if not went:
            break
        steps = {one: went.get(step, step) for one, step in steps.items()}
    return {one: step for one, step in steps.items() if one != step}


def standing_person(person_id: UUID) -> UUID:
    """The person a merged one went into in the end; the person herself if she was not merged."""
    step = person_id
    for _ in range(LONGEST):
        merged = Person.objects.filter(pk=step).values_list("merged_into", flat=True).first()
        if merged is None:
            break
        step = merged
    return step


def identities_of(household_id: UUID) -> list[UUID]:
    """A household's own id and those of the records that went into it."""
    known, found = [household_id], [household_id]
    for _ in range(LONGEST):
        found = list(Household.objects.filter(merged_into__in=found).values_list("pk", flat=True))
        if not found:
            break
        known += found
    return known
