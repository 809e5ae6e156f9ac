"""Loading one demo commune: villages, denominators, families, decisions, the years' changes."""

from __future__ import annotations

from datetime import date

from chungtay.acts.services import Actor, Deed, OpenLine, perform
from chungtay.demo.deciding import record, write_classes, write_steps
from chungtay.demo.families import DemoCommune
from chungtay.demo.papers import TWO_TIERS
from chungtay.households.models import Decision, Household, Membership, Residence
from chungtay.households.queries.statuses import standard_id_on
from chungtay.households.services import decide_status, record_answers
from chungtay.households.writing import Built, build_household, personal_values, write_built
from chungtay.places.models import Level, Unit
from chungtay.places.queries import units_on, villages_of
from chungtay.places.services import add_villages, count_population


def load_commune(demo: DemoCommune, *, actor: Actor) -> bool:
    """Load a commune's demo register.

    False, and nothing changed, where households live or lived, or the unit is not known.
    """
    commune = units_on(demo.on, Level.COMMUNE).filter(code=demo.code).first()
    if commune is None or _inhabited(commune):
        return False
    _load_villages(demo, commune, actor)
    _load_families(demo, commune, actor)
    load_changes(demo, commune, actor, until=TWO_TIERS)
    _load_movements(demo, commune, actor)
    return True


def _inhabited(commune: Unit) -> bool:
    """Whether the register knows a household of a commune, even one that moved on since."""
    return (
        Household.objects.filter(commune=commune).exists()
        or Residence.objects.filter(commune=commune).exists()
    )


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
    """Write all families with what was decided in three tiers, in one act, one journal line."""
    opening = demo.opening_decision
    villages = {unit.name: unit for unit in villages_of(commune, demo.on)}

    def write(line: OpenLine) -> int:
        built = [
            build_household(commune, one.given(villages[one.village]), one.on)
            for one in demo.households
        ]
        write_built(built)
        write_classes(demo.households, built, record(commune, opening), opening.valid_from)
        rows = {one.household.code: one.household for one in built}
        write_steps(demo.households, rows, commune, until=TWO_TIERS, line=line)
        _trace(line, built)
        line.details = {"households": len(built), "people": sum(len(one.people) for one in built)}
        return len(built)

    deed = Deed("demo.load_families", "households.change", commune, paper=opening.number)
    perform(actor, deed, write)


def _trace(line: OpenLine, built: list[Built]) -> None:
    for one in built:
        for person in one.people:
            line.trace(
                person.id, bytes(person.trace_salt), before=None, after=personal_values(person)
            )


def load_changes(
    demo: DemoCommune,
    commune: Unit,
    actor: Actor,
    *,
    since: date = date.min,
    until: date = date.max,
) -> None:
    """Write the answers that changed in a span, after the register stands in a commune."""
    for change in demo.changes:
        if not since <= change.on < until:
            continue
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
        return record(commune, given).pk

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
