"""Getting at a unit: one beyond the actor's reach answers exactly like a missing one."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from chungtay.places.models import Level, Unit
from chungtay.rulebook.folding import tidy
from chungtay.web.here import Here, viewing_day
from chungtay.web.register.dates import TypedDate, read_date, whole_day

SEE, CHANGE = "places.see", "places.change"
LONGEST = 300


def seen_unit(here: Here, unit_id: int, right: str = SEE, level: str = "") -> Unit:
    """A unit (of one level) at which the actor has a right; Http404 otherwise."""
    units = Unit.objects.filter(withdrawn=False).select_related("parent__parent")
    unit = get_object_or_404(units.filter(level=level) if level else units, pk=unit_id)
    if not here.actor.may(right, unit):
        raise Http404
    return unit


def commune_to_change(here: Here, commune_id: int) -> Unit:
    """A commune whose villages the actor may change; Http404 otherwise."""
    return seen_unit(here, commune_id, CHANGE, Level.COMMUNE)


def village_to_change(here: Here, village_id: int) -> Unit:
    """A village the actor may change; Http404 otherwise."""
    village = seen_unit(here, village_id, CHANGE, Level.VILLAGE)
    if village.parent is None or not here.actor.may(CHANGE, village.parent):
        raise Http404
    return village


def day_shown(here: Here, unit: Unit) -> date:
    """The day a unit is shown as of: that of the viewing year, not after the unit's end."""
    return viewing_day(unit, here.year)


def typed(request: HttpRequest, name: str) -> str:
    """A line of a form: composed, single spaces, of a sensible length."""
    return tidy(request.POST.get(name, ""))[:LONGEST]


def typed_day(request: HttpRequest, name: str, label: str) -> tuple[TypedDate, date | None, str]:
    """A day of three boxes: as typed, the day, and the sentence that says what is wanting."""
    boxes = read_date(request.POST, name, label, whole=True)
    day, error = whole_day(boxes, label)
    return boxes, day, error
