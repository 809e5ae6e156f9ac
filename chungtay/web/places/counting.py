"""Typing how many households and persons a commune and its villages have: the denominators."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.acts.refusing import Refused
from chungtay.places.models import Level, Unit
from chungtay.places.queries import all_as_on, counts_of, populations_on, villages_of
from chungtay.places.services import Counted, count_populations
from chungtay.web.here import Here
from chungtay.web.pages import fresh_key, one_time_key, page, show, tell
from chungtay.web.places.asking import crumbs
from chungtay.web.places.reaching import CHANGE, commune_to_change, day_shown, typed, typed_day
from chungtay.web.register.dates import boxes_of
from chungtay.web.templating import said

HISTORY_SHOWN = 40
MOST_DIGITS = 7


@page(CHANGE, "GET", "HEAD", "POST")
def places_count(request: HttpRequest, here: Here, commune_id: int) -> HttpResponse:
    """A row for the commune and each village; blank ones are left as they are."""
    commune = commune_to_change(here, commune_id)
    on = day_shown(here, commune)
    units = [commune, *all_as_on(villages_of(commune, on), on)]
    if request.method != "POST":
        return _form_page(request, here, units, [])
    _boxes, day, wrong = typed_day(request, "on", _("Ngày của số liệu"))
    errors = [{"field": "on_day", "text": wrong}] if day is None else []
    counts = _read(request, units, errors)
    if errors or day is None:
        return _form_page(request, here, units, errors)
    try:
        written = count_populations(
            actor=here.actor,
            commune=commune,
            on=day,
            counts=counts,
            source=typed(request, "source"),
            key=one_time_key(request),
        )
    except Refused as refusal:
        field = "source" if counts and not typed(request, "source") else "h_0"
        errors = [{"field": field, "text": said(refusal.sentence)}]
        return _form_page(request, here, units, errors)
    tell(request, _("Đã ghi số hộ, số khẩu của %(count)d đơn vị.") % {"count": written})
    return redirect("places_unit", unit_id=commune.pk)


def _read(request: HttpRequest, units: list[Unit], errors: list[dict[str, str]]) -> list[Counted]:
    counts = []
    for unit in units:
        field = _field(unit)
        households = _number(request, f"h_{field}", unit, errors)
        persons = _number(request, f"p_{field}", unit, errors)
        if households is not None:
            counts.append(Counted(unit, households, persons))
        elif persons is not None:
            text = _("%(unit)s có số khẩu mà chưa có số hộ.") % {"unit": unit.name}
            errors.append({"field": f"h_{field}", "text": text})
    return counts


def _field(unit: Unit) -> str:
    """How a form calls a row: the commune's own is the first, 0."""
    return "0" if unit.level == Level.COMMUNE else str(unit.pk)


def _number(
    request: HttpRequest, name: str, unit: Unit, errors: list[dict[str, str]]
) -> int | None:
    """A whole number, with or without the thousands point; None for an empty box."""
    text = typed(request, name).replace(".", "").replace(" ", "")
    if not text:
        return None
    if text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS:
        return int(text)
    said_so = _("%(unit)s: “%(typed)s” không phải số đếm. Chỉ ghi chữ số, ví dụ 1.411.")
    errors.append(
        {"field": name, "text": said_so % {"unit": unit.name, "typed": typed(request, name)}}
    )
    return None


def _form_page(
    request: HttpRequest, here: Here, units: list[Unit], errors: list[dict[str, str]]
) -> HttpResponse:
    commune = units[0]
    posted = request.method == "POST"
    known = populations_on(units, day_shown(here, commune))
    boxes, _day, _wrong = typed_day(request, "on", _("Ngày của số liệu"))
    href = reverse("places_unit", args=[commune.pk])
    context: dict[str, Any] = {
        "commune": commune,
        "rows": [
            {
                "name": unit.name,
                "h": f"h_{_field(unit)}",
                "p": f"p_{_field(unit)}",
                "households": typed(request, f"h_{_field(unit)}"),
                "persons": typed(request, f"p_{_field(unit)}"),
                "known": known.get(unit.pk),
            }
            for unit in units
        ],
        "boxes": boxes.boxes if posted else boxes_of(None),
        "source": typed(request, "source"),
        "history": counts_of(units)[:HISTORY_SHOWN],
        "crumbs": crumbs((_("Địa bàn"), reverse("places")), (commune.name, href), (_("Số hộ"), "")),
        "back_href": href,
        "errors": errors,
        "wrong": {error["field"]: error["text"] for error in errors},
        "key": fresh_key(),
    }
    return show(request, "places/count.html", context, 422 if errors else 200)
