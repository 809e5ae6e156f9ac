"""The page of a unit, from the country to the village, and taking an act on villages back."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from chungtay.acts.refusing import Refused
from chungtay.households.services import undo_village_change
from chungtay.places.models import Level, Unit, VillageChange
from chungtay.places.queries import counts_of, named, territory_on
from chungtay.rulebook.wording import vi_date
from chungtay.web.here import Here
from chungtay.web.pages import fresh_key, one_time_key, page, show, tell, warn
from chungtay.web.places.reaching import CHANGE, SEE, commune_to_change, day_shown, seen_unit
from chungtay.web.places.tables import area_word, below, changes_of, kin, years_of
from chungtay.web.templating import said

COUNTS_SHOWN = 12


@page(SEE)
def places(request: HttpRequest, here: Here) -> HttpResponse:
    """The unit of the chosen place."""
    return _unit_page(request, here, seen_unit(here, here.place.pk))


@page(SEE)
def places_unit(request: HttpRequest, here: Here, unit_id: int) -> HttpResponse:
    """Any unit the actor may see: her own, those below, those it was made of."""
    return _unit_page(request, here, seen_unit(here, unit_id))


@page(CHANGE, "POST")
def places_undo(request: HttpRequest, here: Here, change_id: int) -> HttpResponse:
    """Take an act on villages back, while nothing was built on it since."""
    rows = VillageChange.objects.select_related("commune")
    change = get_object_or_404(rows, pk=change_id)
    commune = commune_to_change(here, change.commune_id)
    try:
        undo_village_change(actor=here.actor, change=change, key=one_time_key(request))
    except Refused as refusal:
        warn(request, said(refusal.sentence))
    else:
        tell(request, _("Đã hoàn tác: thôn, tổ và các hộ trở lại như trước."))
    return redirect("places_unit", unit_id=commune.pk)


def _unit_page(request: HttpRequest, here: Here, unit: Unit) -> HttpResponse:
    on = day_shown(here, unit)
    near = unit.level in (Level.COMMUNE, Level.VILLAGE)
    standing = unit.stands_on(on)
    context = {
        "unit": unit,
        "on": on,
        "level": unit.level,
        "name": unit.name_on(on),
        "facts": _facts(unit, here),
        "naming": unit.naming_on(on),
        "standing": standing,
        "then": [] if standing else _then(here, unit),
        "below": below(here, unit, on) if unit.level != Level.VILLAGE and standing else None,
        "kin": kin(here, unit),
        "years": years_of(here, unit) if near else [],
        "changes": changes_of(here, unit) if near else [],
        "counts": counts_of([unit])[:COUNTS_SHOWN] if near else [],
        "may_change": near and standing and _may_change(here, unit),
        "key": fresh_key(),
    }
    return show(request, "places/unit.html", context)


def _may_change(here: Here, unit: Unit) -> bool:
    """Villages stand in their commune: the right is asked there."""
    if unit.level == Level.COMMUNE:
        return here.actor.may(CHANGE, unit)
    return unit.parent is not None and unit.valid_to is None and here.actor.may(CHANGE, unit.parent)


def _then(here: Here, unit: Unit) -> list[dict[str, Any]]:
    """Of a unit that did not stand on the viewing day: who held its territory."""
    found = territory_on(unit, here.on)
    return [
        {"name": said(named(one, here.on)), "pk": one.pk, "seen": here.actor.may(SEE, one)}
        for one in found.units
    ]


def _facts(unit: Unit, here: Here) -> list[dict[str, Any]]:
    """What is known of a unit as a list of words; what is not known says so."""
    on = day_shown(here, unit)
    naming = unit.naming_on(on)
    rows: list[dict[str, Any]] = [{"label": _("Loại"), "value": naming.kind}]
    if unit.level in (Level.COMMUNE, Level.VILLAGE):
        rows.append({"label": _("Khu vực"), "value": area_word(unit, on)})
    if unit.code:
        rows.append({"label": _("Mã"), "value": unit.code})
    if unit.parent is not None:
        rows.append({"label": _("Thuộc"), "value": unit.parent.name_on(on)})
    begin, end = unit.valid_from, unit.valid_to
    rows += [
        {"label": _("Có từ ngày"), "value": vi_date(begin) if begin else None},
        {"label": _("Đến hết ngày"), "value": vi_date(end) if end else _("nay vẫn còn")},
    ]
    return rows
