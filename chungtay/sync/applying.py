"""Writing what an import proposes, inside an act that is already open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import uuid4

from chungtay.acts.inserting import Rows, insert, joined, ready
from chungtay.acts.services import OpenLine, SealedTrace, Trace, seal_traces
from chungtay.households.models import Household, StatusSpell
from chungtay.households.writing import (
    Built,
    Keys,
    follow_villages,
    personal_values,
    ready_people,
    ready_places,
)
from chungtay.places.models import Unit
from chungtay.places.services import create_village
from chungtay.sync.building import Decisions, Written, build
from chungtay.sync.differences import class_day
from chungtay.sync.moving import let_leave
from chungtay.sync.proposals import Proposal
from chungtay.sync.updating import Updating

# Of a person there are four objects while she is made ready, of her rows only the values.
CHUNK = 1000


@dataclass
class ReadyHouseholds:
    """New households made ready before the lock: their rows, and the sealed traces of people.

    Only the numbers of villages and decisions that the list brings are filled in under it.
    """

    proposals: list[Proposal] = field(default_factory=list)
    households: list[Household] = field(default_factory=list)
    persons: int = 0
    places: list[Rows | None] = field(default_factory=list)
    people: list[Rows | None] = field(default_factory=list)
    spells: Rows | None = None
    traces: list[SealedTrace] = field(default_factory=list)


def make_ready(
    commune: Unit,
    on: date,
    standard: str,
    proposals: Iterable[Proposal],
    villages: Mapping[str, Unit],
) -> ReadyHouseholds:
    """The new households of some proposals, not written yet."""
    adding = [one for one in proposals if one.adds]
    keys = _ascending(adding)
    parts = [
        _some_ready(commune, on, standard, adding[first : first + CHUNK], villages, keys)
        for first in range(0, len(adding), CHUNK)
    ]
    return ReadyHouseholds(
        proposals=adding,
        households=[one for part in parts for one in part.households],
        persons=sum(part.persons for part in parts),
        places=[joined(rows) for rows in zip(*(part.places for part in parts), strict=True)],
        people=[joined(rows) for rows in zip(*(part.people for part in parts), strict=True)],
        spells=joined(part.spells for part in parts),
        traces=[trace for part in parts for trace in part.traces],
    )


def _ascending(adding: list[Proposal]) -> Keys:
    """Keys in the order the rows are written: the database lays them and their indexes in a row."""
    people = sum(len(one.draft.members) for one in adding)
    return Keys(iter(sorted(uuid4() for _ in adding)), iter(sorted(uuid4() for _ in range(people))))


def _some_ready(
    commune: Unit,
    on: date,
    standard: str,
    adding: list[Proposal],
    villages: Mapping[str, Unit],
    keys: Keys,
) -> ReadyHouseholds:
    built = [build(commune, on, one, villages, keys) for one in adding]
    traces = (
        Trace(person.id, bytes(person.trace_salt), None, personal_values(person))
        for rows in built
        for person in rows.people
    )
    classed = [pair for pair in zip(adding, built, strict=True) if pair[0].new_class]
    return ReadyHouseholds(
        households=[rows.household for rows in built],
        persons=sum(len(rows.people) for rows in built),
        places=ready_places(built),
        people=ready_people(built),
        spells=ready([_spell(one, rows, on, standard) for one, rows in classed]),
        traces=seal_traces(traces),
    )


def _spell(proposal: Proposal, built: Built, on: date, standard: str) -> StatusSpell:
    """The class a list gives a new household; its decision gets its number under the lock."""
    return StatusSpell(
        household=built.household,
        standard=standard,
        household_class=proposal.new_class or "",
        subclass=proposal.new_subclass,
        valid_from=class_day(proposal.draft, on),
        source=StatusSpell.Source.IMPORTED_LIST,
    )


def ready_before(
    commune: Unit, on: date, standard: str, proposals: Iterable[Proposal]
) -> ReadyHouseholds:
    """All that can be made ready before the lock; villages to be made stand in without a number."""
    listed = list(proposals)
    names = {one.new_village for one in listed if one.new_village}
    stand_ins = {name: Unit(name=name, parent=commune) for name in names}
    return make_ready(commune, on, standard, listed, stand_ins)


def write_proposals(
    commune: Unit,
    on: date,
    standard: str,
    proposals: Sequence[Proposal],
    line: OpenLine,
    before: ReadyHouseholds | None = None,
) -> Written:
    """Write the chosen proposals as of a day; traces of every person go to the journal line.

    ``before`` holds those of them that were made ready before the lock was taken.
    """
    written = Written()
    villages = _make_villages(commune, proposals, written)
    decisions = Decisions(commune)
    let_leave(proposals, on, written, line)
    known = before or ReadyHouseholds()
    made = {id(one) for one in known.proposals}
    left = [one for one in proposals if id(one) not in made]
    for some in (known, make_ready(commune, on, standard, left, villages)):
        _write_ready(some, villages, decisions)
        _note(some, written, line)
    changed = [one for one in proposals if not one.adds]
    Updating(on, standard, decisions, written, line).write(changed)
    return written


def _write_ready(some: ReadyHouseholds, villages: Mapping[str, Unit], decisions: Decisions) -> None:
    for rows in (*_placed(some, villages), *some.people):
        insert(rows)
    classed = [one for one in some.proposals if one.new_class]
    papers = [decisions.of(one) for one in classed]
    if some.spells is not None:
        insert(some.spells.filled("decision_id", [one.pk if one else None for one in papers]))
    follow_villages(some.households)


def _placed(some: ReadyHouseholds, villages: Mapping[str, Unit]) -> list[Rows | None]:
    """The rows of households and residences, those of villages just made with their numbers."""
    if not any(one.new_village for one in some.proposals):
        return some.places
    for proposal, household in zip(some.proposals, some.households, strict=True):
        if proposal.new_village:
            household.village = villages[proposal.new_village]
    numbers = [household.village_id for household in some.households]
    return [rows.filled("village_id", numbers) for rows in some.places if rows is not None]


def _note(some: ReadyHouseholds, written: Written, line: OpenLine) -> None:
    line.sealed += some.traces
    for one in some.households:
        written.added.append(str(one.id))
        written.versions[str(one.id)] = one.version
    written.persons += some.persons


def _make_villages(
    commune: Unit, proposals: Iterable[Proposal], written: Written
) -> dict[str, Unit]:
    made: dict[str, Unit] = {}
    for one in proposals:
        if one.new_village and one.new_village not in made:
            made[one.new_village] = create_village(commune, one.new_village, None)
            written.villages.append(made[one.new_village].id)
    return made
