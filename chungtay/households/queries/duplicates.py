"""Records that are probably the same, found block by block: never every pair, no query a row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from uuid import UUID

from django.db.models import QuerySet
from rapidfuzz import fuzz, process

from chungtay.households.models import Household, KeptApart, Membership, PairKind
from chungtay.households.models.people import HEAD
from chungtay.households.queries.likeness import ENOUGH, NEAR, Known, Likeness, likeness
from chungtay.households.queries.spells import spell_holds
from chungtay.rulebook.folding import fold

CHUNK = 5000
# More people under one key than this say nothing about any two of them.
LARGEST_BLOCK = 60
LARGEST_NEAR_BLOCK = 600
SAME_HOUSEHOLD_FROM = 2

Pair = tuple[UUID, UUID]


@dataclass(frozen=True)
class Likely:
    """Two records that are probably one, with what speaks for and against it."""

    kind: str
    first: UUID
    second: UUID
    likeness: Likeness
    households: tuple[UUID, UUID]

    @property
    def score(self) -> int:
        """The sum of the named parts."""
        return self.likeness.score


@dataclass
class Found:
    """The pairs, the likeliest first, and how much was looked at."""

    pairs: list[Likely] = field(default_factory=list)
    people: int = 0
    too_common: int = 0


def likely_duplicates_in(households: QuerySet[Household], on: date | None) -> Found:
    """The persons and households among some households that are probably written twice.

    ``households`` are those the actor may see; nothing outside them is read or compared. Three
    queries, whatever their number.
    """
    people = list(_people(households, on))
    found = Found(people=len({one.person for one in people}))
    apart = {
        (kind, first, second)
        for kind, first, second in KeptApart.objects.filter(
            withdrawn=False, household__in=households.order_by().values("pk")
        ).values_list("kind", "first", "second")
    }
    alike = dict(_alike(people, found))
    same_households = _households(alike, households)
    for pair, likely in same_households.items():
        if (PairKind.HOUSEHOLD.value, *pair) not in apart:
            found.pairs.append(Likely(PairKind.HOUSEHOLD, *pair, likely, pair))
    for (one, other), likely in alike.items():
        if _told_by_households(one, other, likely, same_households, apart):
            continue
        first, second = sorted((one, other), key=lambda known: known.person)
        if (PairKind.PERSON.value, first.person, second.person) not in apart:
            homes = (first.household, second.household)
            found.pairs.append(Likely(PairKind.PERSON, first.person, second.person, likely, homes))
    found.pairs.sort(key=lambda one: (-one.score, one.kind, str(one.first), str(one.second)))
    return found


def _told_by_households(
    one: Known,
    other: Known,
    likely: Likeness,
    same_households: dict[Pair, Likeness],
    apart: set[tuple[str, UUID, UUID]],
) -> bool:
    """Whether the pair of their households speaks for two persons, or has been answered for them.

    Of two families that were found to be two, only a shared ID number is asked about again.
    """
    places = _ordered(one.household, other.household)
    if (PairKind.HOUSEHOLD.value, *places) in apart:
        return "same_id" not in likely.parts
    return places in same_households


def _people(households: QuerySet[Household], on: date | None) -> Iterator[Known]:
    rows = Membership.objects.filter(
        spell_holds(on),
        household__in=households.order_by().values("pk"),
        withdrawn=False,
        person__withdrawn=False,
    ).values_list(
        "person_id",
        "household_id",
        "household__village_id",
        "person__full_name",
        "person__folded_name",
        "person__sex",
        "person__birth_year",
        "person__birth_month",
        "person__birth_day",
        "person__id_index",
        "relation",
    )
    for (
        person,
        home,
        village,
        name,
        folded,
        sex,
        year,
        month,
        day,
        index,
        relation,
    ) in rows.iterator(chunk_size=CHUNK):
        id_index = bytes(index) if index is not None else None
        birth = (year, month, day)
        yield Known(person, home, village, name, folded, sex, birth, id_index, relation == HEAD)


def _alike(people: list[Known], found: Found) -> Iterator[tuple[tuple[Known, Known], Likeness]]:
    """Every pair that some block brings together and that is alike enough, once."""
    seen: set[Pair] = set()
    for one, other in _compared(people, found):
        pair = _ordered(one.person, other.person)
        if one.person == other.person or pair in seen:
            continue
        likely = likeness(one, other)
        if likely.score >= ENOUGH:
            seen.add(pair)
            yield (one, other), likely


def _compared(people: list[Known], found: Found) -> Iterator[tuple[Known, Known]]:
    """Those who share an ID number, a name and a year, a name and a village; and near names."""
    for key in (_id_key, _year_key, _village_key):
        for block in _blocks(people, key):
            if len(block) > LARGEST_BLOCK:
                found.too_common += 1
            else:
                yield from combinations(block, 2)
    for block in _blocks(people, _near_key):
        if len(block) > LARGEST_NEAR_BLOCK:
            found.too_common += 1
        else:
            yield from _near(block)


def _near(block: list[Known]) -> Iterator[tuple[Known, Known]]:
    """The pairs of one village and one year whose names are nearly the same."""
    names = [one.folded for one in block]
    for number, one in enumerate(block[:-1]):
        rest = process.extract(
            one.folded, names[number + 1 :], scorer=fuzz.ratio, score_cutoff=NEAR, limit=None
        )
        yield from ((one, block[number + 1 + at]) for _, _, at in rest)


def _blocks(people: list[Known], key: Callable[[Known], Hashable]) -> Iterator[list[Known]]:
    """The people who share a key that is known, where there are at least two."""
    by_key: dict[Hashable, list[Known]] = defaultdict(list)
    for one in people:
        if (shared := key(one)) is not None:
            by_key[shared].append(one)
    return (block for block in by_key.values() if len(block) > 1)


def _id_key(one: Known) -> Hashable:
    return one.id_index


def _year_key(one: Known) -> Hashable:
    return (one.folded, one.birth[0]) if one.birth[0] is not None else None


def _village_key(one: Known) -> Hashable:
    return (one.folded, one.village) if one.village is not None else None


def _near_key(one: Known) -> Hashable:
    return (one.village, one.birth[0]) if one.birth[0] is not None else None


def _households(
    alike: dict[tuple[Known, Known], Likeness], households: QuerySet[Household]
) -> dict[Pair, Likeness]:
    """Pairs of households whose heads, or several members, are probably the same."""
    members: dict[Pair, list[tuple[Known, Known]]] = defaultdict(list)
    for one, other in alike:
        if one.household != other.household:
            members[_ordered(one.household, other.household)].append((one, other))
    likely = {
        pair: found
        for pair, found in members.items()
        if len(found) >= SAME_HOUSEHOLD_FROM or any(a.head and b.head for a, b in found)
    }
    about = _about(households, {one for pair in likely for one in pair})
    return {
        pair: Likeness(tuple(_parts(found, about[pair[0]], about[pair[1]])))
        for pair, found in likely.items()
    }


def _parts(
    found: list[tuple[Known, Known]], one: tuple[int | None, str], other: tuple[int | None, str]
) -> Iterator[str]:
    for first, second in found:
        yield "same_head" if first.head and second.head else "same_member"
        if first.id_index is not None and first.id_index == second.id_index:
            yield "same_id"
    if one[0] is not None and one[0] == other[0]:
        yield "same_village"
    if one[1] and one[1] == other[1]:
        yield "same_address"


def _about(households: QuerySet[Household], ids: set[UUID]) -> dict[UUID, tuple[int | None, str]]:
    if not ids:
        return {}
    rows = households.order_by().values_list("pk", "village_id", "address")
    return {pk: (village, fold(address)) for pk, village, address in rows if pk in ids}


def _ordered(one: UUID, other: UUID) -> Pair:
    return (one, other) if one < other else (other, one)
