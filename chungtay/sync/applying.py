"""Writing what an import proposes, inside an act that is already open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from chungtay.acts.inserting import Rows, insert, ready
from chungtay.acts.services import OpenLine, SealedTrace, Trace, seal_traces
from chungtay.households.models import StatusSpell
from chungtay.households.writing import (
    Built,
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


@dataclass
class ReadyHouseholds:
    """New households made ready before the lock: their rows, and the sealed traces of people.

    Only the numbers of villages and decisions that the list brings are filled in under it.
    """

    proposals: list[Proposal] = field(default_factory=list)
    built: list[Built] = field(default_factory=list)
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
    pairs = [(one, build(commune, on, one, villages)) for one in proposals if one.adds]
    # In the order of their keys the database lays rows beside one another.
    pairs.sort(key=lambda pair: pair[1].household.id.hex)
    built = [rows for _, rows in pairs]
    traces = (
        Trace(person.id, bytes(person.trace_salt), None, personal_values(person))
        for rows in built
        for person in rows.people
    )
    return ReadyHouseholds(
        proposals=[one for one, _ in pairs],
        built=built,
        places=ready_places(built),
        people=ready_people(built),
        spells=ready([_spell(one, rows, on, standard) for one, rows in pairs if one.new_class]),
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
    follow_villages(some.built)


def _placed(some: ReadyHouseholds, villages: Mapping[str, Unit]) -> list[Rows | None]:
    """The rows of households and residences, those of villages just made with their numbers."""
    if not any(one.new_village for one in some.proposals):
        return some.places
    for proposal, one in zip(some.proposals, some.built, strict=True):
        if proposal.new_village:
            one.household.village = one.residence.village = villages[proposal.new_village]
    numbers = [one.household.village_id for one in some.built]
    return [rows.filled("village_id", numbers) for rows in some.places if rows is not None]


def _note(some: ReadyHouseholds, written: Written, line: OpenLine) -> None:
    line.sealed += some.traces
    for one in some.built:
        written.added.append(str(one.household.id))
        written.versions[str(one.household.id)] = one.household.version
        written.persons += len(one.people)


def _make_villages(
    commune: Unit, proposals: Iterable[Proposal], written: Written
) -> dict[str, Unit]:
    made: dict[str, Unit] = {}
    for one in proposals:
        if one.new_village and one.new_village not in made:
            made[one.new_village] = create_village(commune, one.new_village, None)
            written.villages.append(made[one.new_village].id)
    return made
