"""Questions about petitions: who sees one, who may send or answer it, where it goes next."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet

from chungtay.places.models import Level, Unit
from chungtay.staff.policy import PostActor
from chungtay.supervision.models import Petition, PetitionState, PetitionStep
from chungtay.supervision.queries.inspections import NOBODY, SEE

PROPOSE, ANSWER = "supervision.propose", "supervision.answer"
UNSENT = Q(state=PetitionState.WRITTEN)


def petitions_seen_by(actor: PostActor) -> QuerySet[Petition]:
    """The one gate: those of the actor's own units, and what was sent up within reach.

    The line above reads what has left its unit; who answers nothing reads her own unit's alone.
    """
    sent = NOBODY
    for unit in actor.units_for(ANSWER):
        if unit.path:
            sent |= Q(unit__path__startswith=unit.path)
    own = Q(unit__in=[unit.pk for unit in actor.units_for(SEE)])
    found = Petition.objects.filter(own | (sent & ~UNSENT))
    return found.select_related("unit__parent", "at__parent")


def petitions_of(actor: PostActor, units: Iterable[Unit], year: int) -> QuerySet[Petition]:
    """Those of some places or lying there: written in a year, or not answered yet, of any year."""
    inside = NOBODY
    for unit in units:
        inside |= Q(unit__path__startswith=unit.path) | Q(at=unit)
    left = ~Q(state=PetitionState.ANSWERED)
    found = petitions_seen_by(actor).filter(inside, Q(on__year=year) | left, withdrawn=False)
    return found.order_by("-on", "-pk")


def waiting_at(found: QuerySet[Petition], units: Iterable[Unit]) -> QuerySet[Petition]:
    """Of some petitions those that lie with a place and wait for its answer."""
    return found.filter(state=PetitionState.PASSED_UP, at__in=[unit.pk for unit in units])


def counts_of(found: QuerySet[Petition]) -> dict[str, int]:
    """How many of some petitions are in each state."""
    rows = found.order_by().values_list("state").annotate(count=Count("pk"))
    return dict.fromkeys(PetitionState.values, 0) | dict(rows)


def steps_of(petition: Petition) -> list[PetitionStep]:
    """The way a petition has come, the first step first."""
    rows = PetitionStep.objects.filter(petition=petition).select_related("unit", "to")
    return list(rows.order_by("at", "pk"))


def stands_at(actor: PostActor, right: str, unit: Unit) -> bool:
    """Whether an actor speaks for a unit: from a post of its own.

    Only where a unit has ended, and may have nobody left, does the line above speak for it.
    """
    if any(one.pk == unit.pk for one in actor.units_for(right)):
        return True
    return unit.ended_before(actor.today) and actor.may(right, unit)


def goes_next(actor: PostActor, petition: Petition) -> Unit | None:
    """Where an actor may send a petition: an office to its own committee, a committee upwards."""
    answers = stands_at(actor, ANSWER, petition.at)
    if petition.state == PetitionState.WRITTEN:
        if not stands_at(actor, PROPOSE, petition.unit):
            return None
        if not answers and petition.unit.level != Level.VILLAGE:
            return petition.unit
    elif petition.state == PetitionState.ANSWERED or not answers:
        return None
    return above(petition.at)


def above(unit: Unit) -> Unit | None:
    """The unit above that may answer; nobody above a province does."""
    return None if unit.level == Level.PROVINCE else unit.parent
