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
    """New households made ready before the lock: rows of their people, and the sealed traces.

    Where they live is written when the villages of the list have their numbers.
    """

    proposals: list[Proposal] = field(default_factory=list)
    built: list[Built] = field(default_factory=list)
    rows: list[Rows | None] = field(default_factory=list)
    traces: list[SealedTrace] = field(default_factory=list)


def make_ready(
    commune: Unit, on: date, proposals: Iterable[Proposal], villages: Mapping[str, Unit]
) -> ReadyHouseholds:
    """The new households of some proposals, not written yet."""
    new = [one for one in proposals if one.adds]
    built = [build(commune, on, one, villages) for one in new]
    traces = (
        Trace(person.id, bytes(person.trace_salt), None, personal_values(person))
        for rows in built
        for person in rows.people
    )
    return ReadyHouseholds(new, built, ready_people(built), seal_traces(traces))


def ready_before(commune: Unit, on: date, proposals: Iterable[Proposal]) -> ReadyHouseholds:
    """All that can be made ready before the lock; villages to be made stand in without a number."""
    listed = list(proposals)
    names = dict.fromkeys(one.new_village for one in listed if one.new_village)
    return make_ready(
        commune, on, listed, {name: Unit(name=name, parent=commune) for name in names}
    )


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
    rest = make_ready(commune, on, (one for one in proposals if id(one) not in made), villages)
    for some in (known, rest):
        _settle_in(some, villages)
        _write_ready(some, written, line)
        pairs = zip(some.proposals, some.built, strict=True)
        _open_new_spells(on, standard, decisions, pairs)
    changed = [one for one in proposals if not one.adds]
    Updating(on, standard, decisions, written, line).write(changed)
    return written


def _settle_in(some: ReadyHouseholds, villages: Mapping[str, Unit]) -> None:
    """Give the households of villages just made their places."""
    for proposal, one in zip(some.proposals, some.built, strict=True):
        if proposal.new_village:
            one.household.village = one.residence.village = villages[proposal.new_village]


def _write_ready(some: ReadyHouseholds, written: Written, line: OpenLine) -> None:
    for rows in (*ready_places(some.built), *some.rows):
        insert(rows)
    follow_villages(some.built)
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


def _open_new_spells(
    on: date, standard: str, decisions: Decisions, pairs: Iterable[tuple[Proposal, Built]]
) -> None:
    spells = [
        StatusSpell(
            household=built.household,
            standard=standard,
            household_class=proposal.new_class,
            subclass=proposal.new_subclass,
            valid_from=class_day(proposal.draft, on),
            source=StatusSpell.Source.IMPORTED_LIST,
            decision=decisions.of(proposal),
        )
        for proposal, built in pairs
        if proposal.new_class
    ]
    insert(ready(spells))
