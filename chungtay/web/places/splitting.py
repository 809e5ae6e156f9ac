"""Dividing a village: each household chooses, the rest go to one of the new villages."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.acts.refusing import Refused
from chungtay.households.models import Household
from chungtay.households.queries.lists import by_name
from chungtay.households.queries.people import households_seen_by, standing_on
from chungtay.households.queries.residences import lived_in
from chungtay.households.services import split_village
from chungtay.places.models import Unit
from chungtay.rulebook.wording import vi_date, vi_int
from chungtay.web.here import Here
from chungtay.web.pages import fresh_key, one_time_key, page, show, tell
from chungtay.web.places.asking import Question, ask, confirmed, crumbs, tried, wants_back
from chungtay.web.places.reaching import CHANGE, typed, typed_day, village_to_change
from chungtay.web.templating import said

PARTS = ("1", "2", "3", "4")


@page(CHANGE, "GET", "HEAD", "POST")
def places_split(request: HttpRequest, here: Here, village_id: int) -> HttpResponse:
    """Names of the new villages, who goes where, since when, by which paper; then the question."""
    village = village_to_change(here, village_id)
    seen = households_seen_by(here.actor, on=here.lived_on)
    standing = standing_on(seen.filter(lived_in([village], here.lived_on)), here.on)
    households = list(by_name(standing))
    if request.method != "POST" or wants_back(request):
        return _form_page(request, village, households)
    _boxes, on, wrong = typed_day(request, "on", _("Ngày có hiệu lực"))
    if on is None:
        return _form_page(request, village, households, {"field": "on_day", "text": wrong})
    names = _names(request)
    chosen = _chosen(request, households, names)

    def act() -> dict[str, Any]:
        return split_village(
            actor=here.actor,
            village=village,
            names=list(names.values()),
            chosen=chosen,
            rest=names.get(request.POST.get("rest", ""), ""),
            on=on,
            paper=typed(request, "paper"),
            key=one_time_key(request),
        )

    try:
        act() if confirmed(request) else tried(act)
    except Refused as refusal:
        field = "name_1" if typed(request, "paper") else "paper"
        error = {"field": field, "text": said(refusal.sentence)}
        return _form_page(request, village, households, error)
    if not confirmed(request):
        return ask(request, _question(request, village, chosen, len(households), on))
    tell(request, _("Đã chia %(name)s. Số liệu trước đó vẫn còn.") % {"name": village.name})
    return redirect("places_unit", unit_id=village.parent_id or village.pk)


def _names(request: HttpRequest) -> dict[str, str]:
    return {part: name for part in PARTS if (name := typed(request, f"name_{part}"))}


def _chosen(
    request: HttpRequest, households: list[Household], names: dict[str, str]
) -> dict[UUID, str]:
    picked = {one.pk: request.POST.get(f"h_{one.pk}", "") for one in households}
    return {pk: names[part] for pk, part in picked.items() if part in names}


def _question(
    request: HttpRequest, village: Unit, chosen: dict[UUID, str], total: int, on: date
) -> Question:
    names = _names(request)
    sizes = Counter(chosen.values())
    rest = names[request.POST.get("rest", "")]
    sizes[rest] += total - len(chosen)
    href = reverse("places_unit", args=[village.pk])
    parts = [
        _("%(name)s: %(count)s hộ") % {"name": name, "count": vi_int(sizes[name])}
        for name in names.values()
    ]
    return Question(
        title=_("Chia %(name)s?") % {"name": village.name},
        rows=[
            {"label": _("Thôn, tổ"), "value": village.name},
            {"label": _("Thành"), "value": "; ".join(parts)},
            {"label": _("Từ ngày"), "value": vi_date(on)},
            {"label": _("Theo"), "value": typed(request, "paper")},
        ],
        follows=[
            _("Số liệu và danh sách trước ngày đó vẫn theo %(name)s.") % {"name": village.name},
            _("Hoàn tác được, chừng nào chưa có gì được ghi vào thôn mới."),
        ],
        yes=_("Chia thôn"),
        action=reverse("places_split", args=[village.pk]),
        crumbs=crumbs((_("Địa bàn"), reverse("places")), (village.name, href), (_("Chia"), "")),
    )


def _form_page(
    request: HttpRequest,
    village: Unit,
    households: list[Household],
    error: dict[str, str] | None = None,
) -> HttpResponse:
    boxes, _on, _wrong = typed_day(request, "on", _("Ngày có hiệu lực"))
    href = reverse("places_unit", args=[village.pk])
    context = {
        "village": village,
        "parts": PARTS,
        "names": {part: typed(request, f"name_{part}") for part in PARTS},
        "part_choices": [(part, _("Thôn mới %(number)s") % {"number": part}) for part in PARTS],
        "rest": request.POST.get("rest", "1"),
        "households": [
            {
                "field": f"h_{one.pk}",
                "name": one.head_name,
                "code": one.code,
                "chosen": request.POST.get(f"h_{one.pk}", ""),
            }
            for one in households
        ],
        "paper": typed(request, "paper"),
        "boxes": boxes.boxes,
        "crumbs": crumbs((_("Địa bàn"), reverse("places")), (village.name, href), (_("Chia"), "")),
        "back_href": href,
        "errors": [error] if error else [],
        "wrong": {error["field"]: error["text"]} if error else {},
        "key": fresh_key(),
    }
    return show(request, "places/split.html", context, 422 if error else 200)
