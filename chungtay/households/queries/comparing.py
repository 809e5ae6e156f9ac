"""Two records side by side: what differs, which value would hold, who is probably whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db.models import Max

from chungtay.households.models import AnswerSheet, Household, Membership, Person
from chungtay.households.models.people import HEAD
from chungtay.households.queries.likeness import POINTS, Known, likeness

PERSON_FIELDS = ("full_name", "sex", "birth", "died_on", "ethnicity", "citizen_id")
HOUSEHOLD_FIELDS = ("village", "code", "address")
FIRST, SECOND = "first", "second"
NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Difference:
    """A field whose value is not the same in two records, and the side that would hold."""

    name: str
    first: Any
    second: Any
    holds: str


def newer_of(first: Household, second: Household) -> str:
    """The record that was answered for last; the first where neither was, or both at once."""
    rows = AnswerSheet.objects.filter(household__in=(first.pk, second.pk), withdrawn=False)
    written = dict(
        rows.order_by()
        .values_list("household")
        .annotate(last=Max("written_at"))
        .values_list("household", "last")
    )
    return SECOND if written.get(second.pk, NEVER) > written.get(first.pk, NEVER) else FIRST


def differing_people(first: Person, second: Person, newer: str) -> list[Difference]:
    """The fields in which two records of a person differ; a death only one knows of holds."""
    return [
        Difference(name, own, other, _holds(name, own, other, newer))
        for name in PERSON_FIELDS
        if (own := _value(first, name)) != (other := _value(second, name))
        and not (name == "died_on" and None in (own, other))
    ]


def differing_households(first: Household, second: Household, newer: str) -> list[Difference]:
    """The fields in which two records of a household differ."""
    return [
        Difference(name, own, other, _holds(name, own, other, newer))
        for name in HOUSEHOLD_FIELDS
        if (own := getattr(first, name)) != (other := getattr(second, name))
    ]


def _value(person: Person, name: str) -> Any:
    """What is compared; of a number its index, which says only whether two are the same."""
    if name != "citizen_id":
        return getattr(person, name)
    if person.id_sealed is None:
        return None
    return bytes(person.id_index) if person.id_index is not None else person.pk.bytes


def _holds(name: str, first: Any, second: Any, newer: str) -> str:
    """The newer value that is not blank; of two birth dates that agree the more exact one."""
    if not first or not second:
        return FIRST if first else SECOND
    if name == "birth" and first.is_whole != second.is_whole:
        return FIRST if first.is_whole else SECOND
    return newer


def known_of(row: Membership) -> Known:
    """A member as likeness is asked of her."""
    person = row.person
    return Known(
        person=person.pk,
        household=row.household_id,
        village=None,
        name=person.full_name,
        folded=person.folded_name,
        sex=person.sex,
        birth=(person.birth_year, person.birth_month, person.birth_day),
        id_index=bytes(person.id_index) if person.id_index is not None else None,
        head=row.relation == HEAD,
    )


def probable_pairs(first: Sequence[Membership], second: Iterable[Membership]) -> dict[UUID, UUID]:
    """Who of the second household is probably who of the first: the most alike first, each once."""
    likely = sorted(
        (
            (-found.score, number, one.person_id, other.person_id)
            for other in second
            for number, one in enumerate(first)
            if (found := likeness(known_of(one), known_of(other))).score >= POINTS["same_name"]
        ),
    )
    pairs: dict[UUID, UUID] = {}
    taken: set[UUID] = set()
    for _score, _number, one, other in likely:
        if other not in pairs and one not in taken:
            pairs[other] = one
            taken.add(one)
    return pairs
