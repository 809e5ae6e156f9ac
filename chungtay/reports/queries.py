"""Questions about reports owed: which an actor sees, what is late, who stays silent."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from chungtay.places.models import Level, Unit
from chungtay.reports.models import OwedReport, ReportStatement
from chungtay.staff.policy import PostActor

FOLLOW, OPEN, SUBMIT, REVIEW = (
    "reports.follow",
    "reports.open",
    "reports.submit",
    "reports.review",
)
State = OwedReport.State
TO_SEND = (State.OWED, State.RETURNED)


def owed_seen_by(actor: PostActor) -> QuerySet[OwedReport]:
    """The one gate: reports owed by the actor's places, those below them, and their offices."""
    condition = Q(pk__in=())
    for unit in actor.units_for(FOLLOW):
        condition |= Q(unit__path__startswith=unit.path)
        condition |= Q(unit=None, to__path__startswith=unit.path)
    return OwedReport.objects.filter(condition).select_related(
        "unit__parent__parent", "to__parent__parent", "deadline__plan"
    )


def calendar_rows(actor: PostActor, place: Unit, year: int) -> QuerySet[OwedReport]:
    """The reports owed by a place and to it, about periods that end in a year."""
    near = Q(unit=place.pk) | Q(to=place.pk)
    rows = owed_seen_by(actor).filter(near, closing__year=year)
    return rows.order_by("last_day", "unit__folded", "office", "pk")


def stands_at(actor: PostActor, right: str, place: Unit) -> bool:
    """Whether the actor has a right at this very place, a commune at its villages too.

    Who reaches a place from above sees its reports, but sends none and accepts none for it.
    """
    own = {unit.pk for unit in actor.units_for(right)}
    return place.pk in own or (place.level == Level.VILLAGE and place.parent_id in own)


def sender_of(owed: OwedReport) -> Unit:
    """Where a report is sent from; what an office hands in on paper is noted where it is owed."""
    return owed.unit if owed.unit is not None else owed.to


def late_of(rows: Iterable[OwedReport], on: date) -> set[int]:
    """Which reports were not sent in time, or are not sent though their last day is over."""
    listed = [one for one in rows if not one.withdrawn]
    first = ReportStatement.objects.filter(owed__in=[one.pk for one in listed], number=1)
    sent = dict(first.values_list("owed", "submitted_on"))
    return {one.pk for one in listed if sent.get(one.pk, on) > one.last_day}


def is_late(owed: OwedReport, on: date) -> bool:
    """Whether one report is late."""
    return owed.pk in late_of([owed], on)
