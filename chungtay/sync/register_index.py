"""One commune's register held in memory, to be compared with a list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from chungtay.households.citizen_ids import index_of
from chungtay.households.models import Household, Membership, Person, StatusSpell
from chungtay.households.queries.answers import Answers, answers_of_many
from chungtay.households.queries.statuses import statuses_of_many
from chungtay.places.models import Unit
from chungtay.rulebook.dates import PartialDate
from chungtay.rulebook.folding import fold
from chungtay.sync.reading.drafts import MemberDraft


@dataclass
class Known:
    """A registered household as a list is compared with it."""

    household: Household
    members: list[Membership]
    answers: Answers
    status: StatusSpell | None

    @property
    def head(self) -> Person | None:
        """The head; None only where an older record has none."""
        return next((row.person for row in self.members if row.relation == "00"), None)


@dataclass
class RegisterIndex:
    """The standing households of a commune, found by code, by a member's ID, by the head's name."""

    known: dict[UUID, Known]
    by_code: dict[str, Known] = field(default_factory=dict)
    by_id: dict[bytes, Known] = field(default_factory=dict)
    by_head: dict[str, list[Known]] = field(default_factory=lambda: defaultdict(list))
    elsewhere: frozenset[bytes] = frozenset()

    def __post_init__(self) -> None:
        for one in self.known.values():
            if one.household.code:
                self.by_code[one.household.code] = one
            self.by_head[fold(one.household.head_name)].append(one)
            for row in one.members:
                if row.person.id_index is not None:
                    self.by_id[bytes(row.person.id_index)] = one


def index_register(commune: Unit, on: date, drafts: Iterable[MemberDraft]) -> RegisterIndex:
    """Read a commune's register as of a day, and which IDs of a list stand in other communes."""
    households = {
        household.id: household
        for household in Household.objects.filter(commune=commune, valid_to=None, withdrawn=False)
    }
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
    answers = answers_of_many(households, on)
    statuses = statuses_of_many(households, on)
    known = {
        key: Known(household, members[key], answers[key], statuses.get(key))
        for key, household in households.items()
    }
    return RegisterIndex(known=known, elsewhere=_elsewhere(commune, drafts))


def _elsewhere(commune: Unit, drafts: Iterable[MemberDraft]) -> frozenset[bytes]:
    wanted = [index_of(one.citizen_id) for one in drafts if one.citizen_id]
    found: set[bytes] = set()
    for start in range(0, len(wanted), 500):
        rows = (
            Membership.objects.filter(
                person__id_index__in=wanted[start : start + 500], valid_to=None, withdrawn=False
            )
            .exclude(household__commune=commune)
            .values_list("person__id_index", flat=True)
        )
        found.update(bytes(value) for value in rows if value is not None)
    return frozenset(found)


def births_agree(one: PartialDate | None, other: PartialDate | None) -> bool:
    """Whether two birth dates may be the same day: one unknown, or one less exact than the other."""
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
