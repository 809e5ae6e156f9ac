"""Writing what was decided of made-up families, many at once, inside an act that is open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from chungtay.acts.services import OpenLine
from chungtay.demo.families import DemoDecision, DemoHousehold, DemoStep
from chungtay.households.models import AnswerSheet, Decision, Household, Membership, StatusSpell
from chungtay.households.writing import BATCH, Built, build_sheet
from chungtay.places.models import Unit
from chungtay.rulebook.loading import law

ONE_DAY = timedelta(days=1)


def record(commune: Unit, given: DemoDecision) -> Decision:
    """The row of a decision; several registers of one new commune share a paper."""
    decision, _ = Decision.objects.get_or_create(
        commune=commune,
        number=given.number,
        issued_on=given.issued_on,
        defaults={"issuer": given.issuer},
    )
    return decision


def write_classes(
    households: Sequence[DemoHousehold],
    built: Sequence[Built],
    decision: Decision,
    valid_from: date,
) -> None:
    """Write the first decided classes of households that enter the register."""
    spells = [
        _spell(one.household, standard, given.household_class, given.subclass, valid_from, decision)
        for demo, one in zip(households, built, strict=True)
        for standard, given in demo.classes.items()
    ]
    StatusSpell.objects.bulk_create(spells, batch_size=BATCH)


def write_steps(
    households: Iterable[DemoHousehold],
    rows: Mapping[str, Household],
    commune: Unit,
    *,
    line: OpenLine,
    since: date = date.min,
    until: date = date.max,
) -> int:
    """Write the later reviews decided in a span, oldest first; how many households they changed."""
    papers: dict[DemoDecision, list[tuple[Household, DemoStep]]] = {}
    for demo in households:
        for step in demo.steps:
            if since <= step.decision.issued_on < until:
                papers.setdefault(step.decision, []).append((rows[demo.code], step))
    for given in sorted(papers, key=lambda one: one.valid_from):
        _write_paper(papers[given], given, record(commune, given), line)
    return sum(len(decided) for decided in papers.values())


def _write_paper(
    decided: Sequence[tuple[Household, DemoStep]],
    given: DemoDecision,
    decision: Decision,
    line: OpenLine,
) -> None:
    """Write one decision: the answers asked before it, the spells it ends and those it opens."""
    day = given.valid_from
    people = _people_of(household for household, _ in decided)
    sheets = (
        build_sheet(
            household,
            step.on,
            step.answers,
            {people[household.pk][place]: new for place, new in step.members.items()},
            AnswerSheet.Source.OFFICER,
        )
        for household, step in decided
    )
    AnswerSheet.objects.bulk_create([one for one in sheets if one], batch_size=BATCH)
    for standard in {standard for _, step in decided for standard in step.classes}:
        again = [household.pk for household, step in decided if standard in step.classes]
        before = StatusSpell.objects.filter(
            household__in=again, standard=standard, valid_from__lt=day, withdrawn=False
        ).exclude(valid_to__lt=day)
        before.update(valid_to=day - ONE_DAY)
    spells = [
        _spell(household, standard, one.household_class, one.subclass, day, decision)
        for household, step in decided
        for standard, one in step.classes.items()
    ]
    StatusSpell.objects.bulk_create(spells, batch_size=BATCH)
    for household, step in decided:
        classes = {name: one.household_class for name, one in step.classes.items()}
        line.trace(household.pk, household.trace_salt, before=None, after=classes)


def _people_of(households: Iterable[Household]) -> dict[object, list[str]]:
    """The ids of the members of some households, in the order of the household."""
    people: dict[object, list[str]] = {}
    rows = Membership.objects.filter(household__in=list(households), withdrawn=False)
    for household, person in rows.order_by("position").values_list("household", "person"):
        people.setdefault(household, []).append(str(person))
    return people


def _spell(
    household: Household,
    standard: str,
    household_class: str,
    subclass: str,
    valid_from: date,
    decision: Decision,
) -> StatusSpell:
    return StatusSpell(
        household=household,
        standard=standard,
        household_class=household_class,
        subclass=subclass,
        valid_from=valid_from,
        valid_to=_last_day(standard),
        source=StatusSpell.Source.DECISION,
        decision=decision,
    )


def _last_day(standard: str) -> date | None:
    """The last day a spell may hold: that of a province's own standard; open by the national."""
    known = law().standards.get(standard)
    return known.valid_to if known is not None and known.scope != "national" else None
