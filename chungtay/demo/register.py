"""Loading one demo commune: villages, denominators, families, decisions, the year's changes."""

from __future__ import annotations

from collections.abc import Sequence

from chungtay.acts.services import Actor, Deed, OpenLine, perform
from chungtay.demo.families import DemoCommune, DemoDecision, DemoHousehold
from chungtay.households.models import Decision, Household, Membership, StatusSpell
from chungtay.households.queries.statuses import standard_id_on
from chungtay.households.services import decide_status, record_answers
from chungtay.households.services.statuses import open_spell
from chungtay.households.writing import Built, build_household, personal_values, write_built
from chungtay.places.models import Unit
from chungtay.places.queries import unit_by_code, villages_of
from chungtay.places.services import add_villages, count_population


def load_commune(demo: DemoCommune, *, actor: Actor) -> bool:
    """Load a commune's demo register; False, and nothing changed, where it has households."""
    commune = unit_by_code(demo.code, demo.on)
    if Household.objects.filter(commune=commune).exists():
        return False
    _load_villages(demo, commune, actor)
    _load_families(demo, commune, actor)
    _load_changes(demo, commune, actor)
    _load_movements(demo, commune, actor)
    return True


def _load_villages(demo: DemoCommune, commune: Unit, actor: Actor) -> None:
    standing = set(villages_of(commune, demo.on).values_list("name", flat=True))
    missing = [village.name for village in demo.villages if village.name not in standing]
    if missing:
        add_villages(actor=actor, commune=commune, names=missing, valid_from=None)
    units = {unit.name: unit for unit in villages_of(commune, demo.on)}
    counts = [(units[one.name], one.households, one.persons) for one in demo.villages]
    whole = (
        commune,
        sum(one.households for one in demo.villages),
        sum(one.persons for one in demo.villages),
    )
    for unit, households, persons in [whole, *counts]:
        count_population(
            actor=actor,
            unit=unit,
            on=demo.counted_on,
            households=households,
            persons=persons,
            source=demo.count_source,
        )


def _load_families(demo: DemoCommune, commune: Unit, actor: Actor) -> None:
    """Write all families with the opening decision in one act, one journal line."""
    opening = demo.opening_decision
    villages = {unit.name: unit for unit in villages_of(commune, demo.on)}

    def write(line: OpenLine) -> int:
        built = [
            build_household(commune, one.given(villages[one.village]), one.on)
            for one in demo.households
        ]
        write_built(built)
        decision = _record(commune, opening)
        _write_classes(demo.households, built, opening, decision)
        _trace(line, built)
        line.details = {"households": len(built), "people": sum(len(one.people) for one in built)}
        return len(built)

    deed = Deed("demo.load_families", "households.change", commune, paper=opening.number)
    perform(actor, deed, write)


def _write_classes(
    households: Sequence[DemoHousehold],
    built: Sequence[Built],
    opening: DemoDecision,
    decision: Decision,
) -> None:
    standard = standard_id_on(opening.valid_from)
    for demo, one in zip(households, built, strict=True):
        if demo.household_class is not None:
            open_spell(
                one.household,
                standard,
                demo.household_class,
                opening.valid_from,
                StatusSpell.Source.DECISION,
                decision,
            )


def _trace(line: OpenLine, built: Sequence[Built]) -> None:
    for one in built:
        for person in one.people:
            line.trace(
                person.id, bytes(person.trace_salt), before=None, after=personal_values(person)
            )


def _record(commune: Unit, given: DemoDecision) -> Decision:
    return Decision.objects.create(
        commune=commune, number=given.number, issued_on=given.issued_on, issuer=given.issuer
    )


def _load_changes(demo: DemoCommune, commune: Unit, actor: Actor) -> None:
    for change in demo.changes:
        household = _household(commune, change.household)
        ids = {
            row.person.full_name: str(row.person_id)
            for row in Membership.objects.filter(household=household).select_related("person")
        }
        record_answers(
            actor=actor,
            household=household,
            on=change.on,
            answers=change.answers,
            members={ids[name]: values for name, values in change.members.items()},
            expected_version=None,
            reason=change.reason,
        )


def _load_movements(demo: DemoCommune, commune: Unit, actor: Actor) -> None:
    given = demo.in_year_decision
    if given is None:
        return

    def write(line: OpenLine) -> int:
        line.details = {"number": given.number}
        return _record(commune, given).pk

    deed = Deed("demo.record_decision", "households.change", commune, paper=given.number)
    decision = Decision.objects.get(pk=perform(actor, deed, write))
    for code, household_class in demo.movements.items():
        decide_status(
            actor=actor,
            household=_household(commune, code),
            standard=standard_id_on(given.valid_from),
            household_class=household_class,
            valid_from=given.valid_from,
            decision=decision,
        )


def _household(commune: Unit, code: str) -> Household:
    return Household.objects.select_related("commune", "village").get(commune=commune, code=code)
