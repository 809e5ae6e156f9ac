"""One commune's register held in memory, to be compared with a list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from rapidfuzz import fuzz, process

from chungtay.households.citizen_ids import index_of
from chungtay.households.models import Household, Membership, Person, StatusSpell
from chungtay.households.queries.answers import Answers, answers_of_many
from chungtay.households.queries.residences import placed_on
from chungtay.households.queries.statuses import standard_id_on
from chungtay.places.models import Unit
from chungtay.rulebook.dates import PartialDate
from chungtay.rulebook.folding import fold
from chungtay.sync.reading.drafts import MemberDraft

LIKENESS = 88


@dataclass
class Known:
    """A registered household as a list is compared with it."""

    household: Household
    members: list[Membership]
    answers: Answers
    spells: list[StatusSpell]

    @property
    def head(self) -> Person | None:
        """The head; None only where an older record has none."""
        return next((row.person for row in self.members if row.relation == "00"), None)

    @property
    def last_begin(self) -> date | None:
        """The first day of the latest decided class."""
        return max((spell.valid_from for spell in self.spells), default=None)

    def spell_on(self, day: date) -> StatusSpell | None:
        """The spell that holds on a day."""
        for spell in self.spells:
            if spell.valid_from <= day and (spell.valid_to is None or day <= spell.valid_to):
                return spell
        return None

    def class_on(self, day: date) -> str | None:
        """The decided class on a day."""
        spell = self.spell_on(day)
        return spell.household_class if spell else None

    def paper_on(self, day: date) -> str | None:
        """The number of the decision behind the class of a day; None for one taken from a list."""
        spell = self.spell_on(day)
        if spell is None or spell.source != StatusSpell.Source.DECISION or spell.decision is None:
            return None
        return spell.decision.number


@dataclass
class RegisterIndex:
    """The standing households of a commune, found by code, by a member's ID, by the head's name."""

    known: dict[UUID, Known]
    by_code: dict[str, Known] = field(default_factory=dict)
    by_id: dict[bytes, list[Known]] = field(default_factory=lambda: defaultdict(list))
    by_head: dict[str, list[Known]] = field(default_factory=lambda: defaultdict(list))
    names: dict[int | None, set[str]] = field(default_factory=lambda: defaultdict(set))
    dead: dict[bytes, Person] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for one in self.known.values():
            if one.household.code:
                self.by_code[fold(one.household.code)] = one
            name = fold(one.household.head_name)
            self.by_head[name].append(one)
            self.names[one.household.village_id].add(name)
            for row in one.members:
                if row.person.id_index is not None:
                    self.by_id[bytes(row.person.id_index)].append(one)

    def of_head_id(self, number: str | None) -> Known | None:
        """The one household in which a number stands, the head's own before a member's."""
        key = index_of(number) if number else b""
        holders = self.by_id.get(key, [])
        own = [one for one in holders if one.head and bytes(one.head.id_index or b"") == key]
        found = own or holders
        return found[0] if len(found) == 1 else None

    def of_head(self, name: str, village: Unit | None) -> list[Known]:
        """The households whose head has this name in a village; an unknown one agrees with all."""
        return [one for one in self.by_head.get(fold(name), ()) if _agrees(one, village)]

    def like_head(self, name: str, village: Unit | None) -> Iterator[Known]:
        """The households of a village whose head's name is spelled nearly like this one."""
        folded = fold(name)
        places = self.names if village is None else [village.id, None]
        near: set[str] = set()
        for place in list(places):
            names = self.names.get(place, set())
            found = process.extract(
                folded, names, scorer=fuzz.ratio, score_cutoff=LIKENESS, limit=None
            )
            near |= {found_name for found_name, _, _ in found}
        for found_name in sorted(near):
            yield from self.of_head(found_name, village)


def _agrees(known: Known, village: Unit | None) -> bool:
    kept = known.household.village_id
    return village is None or kept is None or kept == village.id


def index_register(commune: Unit, on: date) -> RegisterIndex:
    """Read a commune's register as of a day; what other communes hold is never asked.

    A household stands in the village of that day: a list names those of its own day too.
    """
    rows = Household.objects.filter(commune=commune, valid_to=None, withdrawn=False)
    own = list(rows.select_related("village"))
    for household in own:
        household.commune = commune
    listed = placed_on(own, on)
    households = {household.id: household for household in listed}
    members = _members_of(commune)
    spells = _spells_of(commune, on)
    answers = answers_of_many(households, on)
    known = {
        key: Known(household, members[key], answers[key], spells[key])
        for key, household in households.items()
    }
    return RegisterIndex(known=known, dead=_dead_of(commune))


def _dead_of(commune: Unit) -> dict[bytes, Person]:
    """Those who have died in a commune's households, by their numbers."""
    rows = Membership.objects.filter(
        household__commune=commune, person__died_on__isnull=False, withdrawn=False
    ).select_related("person")
    people = (row.person for row in rows if not row.person.withdrawn)
    return {bytes(one.id_index): one for one in people if one.id_index is not None}


def index_past(communes: Iterable[Unit], standard: str, on: date) -> RegisterIndex:
    """Read the registers of communes as a list of a past day is compared with them.

    Households and members that have ended since are there too, those who still belong first.
    """
    rows = Household.objects.filter(commune__in=list(communes), withdrawn=False)
    stood = rows.exclude(valid_to__lt=on).select_related("village", "commune")
    households = {household.id: household for household in stood}
    members: dict[UUID, list[Membership]] = defaultdict(list)
    belonged = Membership.objects.filter(household__in=stood.values("pk"), withdrawn=False)
    for row in belonged.select_related("person").order_by("position", "id"):
        members[row.household_id].append(row)
    spells: dict[UUID, list[StatusSpell]] = defaultdict(list)
    decided = StatusSpell.objects.filter(
        household__in=stood.values("pk"), standard=standard, withdrawn=False
    )
    for spell in decided.select_related("decision").order_by("valid_from"):
        spells[spell.household_id].append(spell)
    return RegisterIndex(
        known={
            key: Known(
                household,
                sorted(members[key], key=lambda row: row.valid_to is not None),
                Answers(),
                spells[key],
            )
            for key, household in households.items()
        }
    )


def _members_of(commune: Unit) -> dict[UUID, list[Membership]]:
    members: dict[UUID, list[Membership]] = defaultdict(list)
    rows = (
        Membership.objects.filter(
            household__commune=commune,
            household__valid_to=None,
            household__withdrawn=False,
            valid_to=None,
            withdrawn=False,
        )
        .select_related("person")
        .order_by("position", "id")
    )
    for row in rows:
        members[row.household_id].append(row)
    return members


def _spells_of(commune: Unit, on: date) -> dict[UUID, list[StatusSpell]]:
    spells: dict[UUID, list[StatusSpell]] = defaultdict(list)
    rows = StatusSpell.objects.filter(
        household__commune=commune, standard=standard_id_on(on), withdrawn=False
    ).select_related("decision")
    for spell in rows:
        spells[spell.household_id].append(spell)
    return spells


def ids_differ(draft: MemberDraft, person: Person | None) -> bool:
    """Whether both ID numbers are known and they are not the same."""
    if not draft.citizen_id or person is None or person.id_index is None:
        return False
    return bytes(person.id_index) != index_of(draft.citizen_id)


def births_agree(one: PartialDate | None, other: PartialDate | None) -> bool:
    """Whether two birth dates may be one day: one is unknown or less exact than the other."""
    if one is None or other is None:
        return True
    return one.earliest() <= other.latest() and other.earliest() <= one.latest()


def more_exact(given: PartialDate | None, kept: PartialDate | None) -> bool:
    """Whether a given birth date says something the kept one does not."""
    if given is None or given == kept:
        return False
    return kept is None or not (
        given.earliest() <= kept.earliest() and kept.latest() <= given.latest()
    )
