"""Writing what an import proposes, inside an act that is already open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from chungtay.acts.services import OpenLine
from chungtay.households.models import StatusSpell
from chungtay.households.writing import BATCH, Built, personal_values, write_built
from chungtay.places.models import Unit
from chungtay.places.services import create_village
from chungtay.sync.building import Decisions, Written, build
from chungtay.sync.differences import class_day
from chungtay.sync.proposals import Proposal
from chungtay.sync.updating import Updating


def write_proposals(
    commune: Unit, on: date, standard: str, proposals: Sequence[Proposal], line: OpenLine
) -> Written:
    """Write the chosen proposals as of a day; traces of every person go to the journal line."""
    written = Written()
    villages = _make_villages(commune, proposals, written)
    decisions = Decisions(commune)
    new = [one for one in proposals if one.adds]
    built = [build(commune, on, one, villages) for one in new]
    write_built(built)
    for rows in built:
        written.added.append(str(rows.household.id))
        written.versions[str(rows.household.id)] = rows.household.version
        written.persons += len(rows.people)
        for person in rows.people:
            line.trace(person.id, person.trace_salt, before=None, after=personal_values(person))
    _open_new_spells(on, standard, decisions, zip(new, built, strict=True))
    known = [one for one in proposals if not one.adds]
    Updating(on, standard, decisions, written, line).write(known)
    return written


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
    StatusSpell.objects.bulk_create(
        (
            StatusSpell(
                household=built.household,
                standard=standard,
                household_class=proposal.new_class,
                valid_from=class_day(proposal.draft, on),
                source=StatusSpell.Source.IMPORTED_LIST,
                decision=decisions.of(proposal),
            )
            for proposal, built in pairs
            if proposal.new_class
        ),
        batch_size=BATCH,
    )
