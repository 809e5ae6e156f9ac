"""Building and writing rows of the register inside an act that is already open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from chungtay.acts.inserting import Rows, insert, ready
from chungtay.households.citizen_ids import set_citizen_id
from chungtay.households.models import AnswerSheet, Household, Membership, Person, Residence
from chungtay.households.models.people import HEAD
from chungtay.households.moving import follow_successors
from chungtay.places.models import Unit
from chungtay.rulebook.dates import PartialDate
from chungtay.rulebook.folding import fold, sort_key

BATCH = 500
LONGEST_NAME, LONGEST_KEY = 120, 250


@dataclass(frozen=True)
class PersonInput:
    """What is known of a person who enters the register."""

    full_name: str
    relation: str = ""
    sex: str = ""
    birth: PartialDate | None = None
    citizen_id: str | None = field(default=None, repr=False)
    ethnicity: str = ""
    answers: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class HouseholdInput:
    """What is known of a household that enters the register; the head is among the members."""

    village: Unit | None
    members: Sequence[PersonInput]
    code: str = ""
    address: str = ""
    answers: Mapping[str, Any] = field(default_factory=dict)

    @property
    def head(self) -> PersonInput:
        """The member whose relation is head."""
        return next(member for member in self.members if member.relation == HEAD)


@dataclass
class Built:
    """The rows of one new household, not written yet."""

    household: Household
    residence: Residence
    people: list[Person]
    memberships: list[Membership]
    sheet: AnswerSheet | None


@dataclass(frozen=True)
class Keys:
    """Keys for new households and people, taken one after another."""

    households: Iterator[UUID]
    people: Iterator[UUID]


def build_household(
    commune: Unit,
    given: HouseholdInput,
    on: date,
    source: str = AnswerSheet.Source.OFFICER,
    keys: Keys | None = None,
) -> Built:
    """The rows of a new household as known on a day; ``keys`` where they are drawn already."""
    drawn = keys or Keys(iter(uuid4, None), iter(uuid4, None))
    household = Household(
        id=next(drawn.households),
        commune=commune,
        village=given.village,
        code=given.code,
        address=given.address,
        valid_from=on,
    )
    people = [build_person(member, next(drawn.people)) for member in given.members]
    memberships = [
        Membership(
            household=household,
            person=person,
            relation=member.relation,
            position=position,
            valid_from=on,
        )
        for position, (person, member) in enumerate(zip(people, given.members, strict=True))
    ]
    describe(household, given.head.full_name, people)
    sheet = build_sheet(household, on, given.answers, _answers_by_person(people, given), source)
    residence = Residence(
        household=household, commune=commune, village=given.village, valid_from=on
    )
    return Built(household, residence, people, memberships, sheet)


def _answers_by_person(people: list[Person], given: HouseholdInput) -> dict[str, dict[str, Any]]:
    pairs = zip(people, given.members, strict=True)
    return {str(person.id): dict(member.answers) for person, member in pairs if member.answers}


def build_person(given: PersonInput, pk: UUID | None = None) -> Person:
    """The row of a new person."""
    person = Person(
        id=pk or uuid4(),
        full_name=given.full_name,
        folded_name=fold(given.full_name)[:LONGEST_NAME],
        sex=given.sex or "",
        ethnicity=given.ethnicity or "",
    )
    person.birth = given.birth
    set_citizen_id(person, given.citizen_id)
    return person


def describe(household: Household, head_name: str, people: Iterable[Person]) -> None:
    """Write the head's name, its sort key and the folded search text into a household."""
    household.head_name = head_name
    household.head_sort_key = sort_key(head_name)[:LONGEST_KEY]
    names = [fold(person.full_name) for person in people]
    household.search_text = " | ".join([*names, fold(household.code), fold(household.address)])


def describe_again(household: Household) -> None:
    """Describe a household by the people who belong to it now; one that ended stays as it was."""
    rows = list(
        Membership.objects.filter(household=household, valid_to=None, withdrawn=False)
        .select_related("person")
        .order_by("position", "id")
    )
    if rows or household.valid_to is None:
        heads = (row.person.full_name for row in rows if row.relation == HEAD)
        describe(household, next(heads, household.head_name), [row.person for row in rows])


def build_sheet(
    household: Household,
    on: date,
    answers: Mapping[str, Any],
    members: Mapping[str, Mapping[str, Any]],
    source: str,
) -> AnswerSheet | None:
    """A sheet of answers on a day; None if there is nothing to write."""
    kept = {person: dict(values) for person, values in members.items() if values}
    if not answers and not kept:
        return None
    content = {"household": dict(answers), "members": kept}
    return AnswerSheet(household=household, on=on, answers=content, source=source)


def ready_places(built: Sequence[Built]) -> list[Rows | None]:
    """The rows of new households and of where they live, to be written first."""
    return [ready([one.household for one in built]), ready([one.residence for one in built])]


def ready_people(built: Sequence[Built]) -> list[Rows | None]:
    """The rows of the people in new households, table by table in the order to be written."""
    return [
        ready([person for one in built for person in one.people]),
        ready([membership for one in built for membership in one.memberships]),
        ready([one.sheet for one in built if one.sheet is not None]),
    ]


def write_built(built: Sequence[Built]) -> None:
    """Write the rows of new households, one statement a table whatever their number."""
    for rows in (*ready_places(built), *ready_people(built)):
        insert(rows)
    follow_villages(one.household for one in built)


def follow_villages(households: Iterable[Household]) -> None:
    """Of households just written from a list older than a merger: where they live today."""
    ended = [
        one for one in households if one.village is not None and one.village.valid_to is not None
    ]
    if not ended:
        return
    ids = [household.pk for household in ended]
    rows = Residence.objects.filter(household__in=ids).select_related("village", "commune")
    follow_successors(rows)
    fresh = Household.objects.select_related("commune", "village").in_bulk(ids)
    for household in ended:
        now = fresh[household.pk]
        household.commune, household.village = now.commune, now.village


def correct_residences(households: Iterable[Household]) -> None:
    """Let the open residence of some households say the place they were corrected to.

    A village that has ended since, as an older list names it, stands for the one that took it over.
    """
    villages: dict[int | None, list[UUID]] = defaultdict(list)
    for household in households:
        villages[household.village_id].append(household.pk)
    for village, ids in villages.items():
        Residence.objects.filter(household__in=ids, valid_to=None, withdrawn=False).update(
            village=village
        )
    known = [village for village in villages if village is not None]
    for ended in Unit.objects.filter(pk__in=known).exclude(valid_to=None):
        rows = Residence.objects.filter(household__in=villages[ended.pk], village=ended)
        follow_successors(rows.filter(valid_to=None, withdrawn=False).select_related("village"))


def personal_values(person: Person) -> dict[str, Any]:
    """The personal fields of a person as the journal's sealed trace keeps them."""
    return {
        "full_name": person.full_name,
        "sex": person.sex,
        "birth": str(person.birth) if person.birth else None,
        "ethnicity": person.ethnicity,
        "id_index": bytes(person.id_index).hex() if person.id_index else None,
    }


def household_values(household: Household) -> dict[str, Any]:
    """The fields of a household as the journal's sealed trace keeps them."""
    return {
        "head_name": household.head_name,
        "village": household.village_id,
        "code": household.code,
        "address": household.address,
    }
