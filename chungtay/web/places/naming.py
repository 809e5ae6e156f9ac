"""Adding villages, giving one another name, correcting what was written wrongly."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.acts.refusing import Refused, Stale
from chungtay.places.models import AreaType, Naming, Unit
from chungtay.places.services import add_villages, correct_village, rename_village
from chungtay.places.services.villages import VILLAGE_KINDS
from chungtay.rulebook.folding import tidy
from chungtay.web.here import Here
from chungtay.web.pages import fresh_key, one_time_key, page, show, tell
from chungtay.web.places.asking import crumbs
from chungtay.web.places.reaching import (
    CHANGE,
    commune_to_change,
    typed,
    typed_day,
    village_to_change,
)
from chungtay.web.register.dates import boxes_of, read_date, whole_day
from chungtay.web.templating import said

MOST_ADDED = 60
CONFLICT = 409
Errors = list[dict[str, str]]


@page(CHANGE, "GET", "HEAD", "POST")
def places_add(request: HttpRequest, here: Here, commune_id: int) -> HttpResponse:
    """New villages, a name a line."""
    commune = commune_to_change(here, commune_id)
    names, errors = _names(request), list[dict[str, str]]()
    boxes = read_date(request.POST, "on", _("Ngày"), whole=True)
    if request.method == "POST":
        on, wrong = whole_day(boxes, _("Ngày")) if any(boxes.boxes.values()) else (None, "")
        if wrong:
            errors.append({"field": "on_day", "text": wrong})
        elif not 0 < len(names) <= MOST_ADDED:
            text = _("Ghi từ 1 đến %(most)d tên thôn, tổ, mỗi tên một dòng.") % {"most": MOST_ADDED}
            errors.append({"field": "names", "text": text})
        else:
            try:
                add_villages(
                    actor=here.actor,
                    commune=commune,
                    names=names,
                    valid_from=on,
                    paper=typed(request, "paper"),
                    key=one_time_key(request),
                )
            except Refused as refusal:
                errors.append({"field": "names", "text": said(refusal.sentence)})
            else:
                tell(request, _("Đã thêm %(count)d thôn, tổ.") % {"count": len(names)})
                return redirect("places_unit", unit_id=commune.pk)
    context = {
        "commune": commune,
        "names": request.POST.get("names", "") if request.method == "POST" else "",
        "boxes": boxes.boxes,
        "paper": typed(request, "paper"),
        **_form(commune, _("Thêm thôn, tổ"), errors),
    }
    return show(request, "places/add.html", context, 422 if errors else 200)


def _names(request: HttpRequest) -> list[str]:
    return [name for line in request.POST.get("names", "").splitlines() if (name := tidy(line))]


@page(CHANGE, "GET", "HEAD", "POST")
def places_rename(request: HttpRequest, here: Here, village_id: int) -> HttpResponse:
    """Another name from a day on, by a paper."""
    village = village_to_change(here, village_id)
    errors = list[dict[str, str]]()
    boxes, on, wrong = typed_day(request, "on", _("Ngày có hiệu lực"))
    if request.method == "POST" and on is None:
        errors.append({"field": "on_day", "text": wrong})
    elif request.method == "POST" and on is not None:
        try:
            rename_village(
                actor=here.actor,
                village=village,
                name=typed(request, "name"),
                on=on,
                paper=typed(request, "paper"),
                key=one_time_key(request),
            )
        except Refused as refusal:
            errors.append({"field": "name", "text": said(refusal.sentence)})
        else:
            tell(request, _("Đã đổi tên. Giấy tờ trước ngày đó vẫn ghi tên cũ."))
            return redirect("places_unit", unit_id=village.pk)
    context = {
        "village": village,
        "name": typed(request, "name"),
        "paper": typed(request, "paper"),
        "boxes": boxes.boxes if request.method == "POST" else boxes_of(None),
        **_form(village, _("Đổi tên"), errors),
    }
    return show(request, "places/rename.html", context, 422 if errors else 200)


@page(CHANGE, "GET", "HEAD", "POST")
def places_correct(request: HttpRequest, here: Here, village_id: int) -> HttpResponse:
    """Name, kind or area that were written wrongly."""
    village = village_to_change(here, village_id)
    now = village.namings[-1]
    if request.method != "POST":
        return _correct_page(request, village, now, "")
    given = Naming(typed(request, "name"), typed(request, "kind"), typed(request, "area_type"))
    seen = Naming(
        typed(request, "seen_name"), typed(request, "seen_kind"), typed(request, "seen_area_type")
    )
    reason = typed(request, "reason")
    try:
        correct_village(
            actor=here.actor,
            village=village,
            given=given,
            seen=seen,
            reason=reason,
            key=one_time_key(request),
        )
    except Refused as refusal:
        status = CONFLICT if isinstance(refusal, Stale) else 422
        field = "reason" if not reason else "name"
        errors = [{"field": field, "text": said(refusal.sentence)}]
        return _correct_page(request, village, given, reason, errors, status)
    tell(request, _("Đã đính chính."))
    return redirect("places_unit", unit_id=village.pk)


def _correct_page(
    request: HttpRequest,
    village: Unit,
    given: Naming,
    reason: str,
    errors: Errors | None = None,
    status: int = 200,
) -> HttpResponse:
    commune = village.parent
    context = {
        "village": village,
        "given": given,
        "now": village.namings[-1],
        "reason": reason,
        "kinds": [(kind, kind) for kind in VILLAGE_KINDS],
        "areas": [
            ("", _("theo %(commune)s") % {"commune": commune.name if commune else ""}),
            *((value, str(label)) for value, label in AreaType.choices),
        ],
        **_form(village, _("Đính chính"), errors or []),
    }
    return show(request, "places/correct.html", context, status)


def _form(unit: Unit, title: str, errors: Errors) -> dict[str, Any]:
    """What every form of the desk shows around its fields."""
    href = reverse("places_unit", args=[unit.pk])
    return {
        "crumbs": crumbs((_("Địa bàn"), reverse("places")), (unit.name, href), (title, "")),
        "back_href": href,
        "errors": errors,
        "wrong": {error["field"]: error["text"] for error in errors},
        "key": fresh_key(),
    }
