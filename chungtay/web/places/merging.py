"""Merging villages and ending an empty one: asked once more before it is written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models.functions import Length
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.acts.refusing import Refused
from chungtay.households.services import end_village, merge_villages
from chungtay.places.models import Level, Unit
from chungtay.rulebook.wording import vi_date, vi_int
from chungtay.web.here import Here
from chungtay.web.pages import fresh_key, one_time_key, page, show, tell
from chungtay.web.places.asking import Question, ask, confirmed, crumbs, tried, wants_back
from chungtay.web.places.reaching import (
    CHANGE,
    commune_to_change,
    typed,
    typed_day,
    village_to_change,
)
from chungtay.web.places.tables import households_in
from chungtay.web.templating import said


@page(CHANGE, "GET", "HEAD", "POST")
def places_merge(request: HttpRequest, here: Here, commune_id: int) -> HttpResponse:
    """Choose villages, what they become, since when and by which paper; then the question."""
    commune = commune_to_change(here, commune_id)
    villages = standing_villages(commune)
    if request.method != "POST" or wants_back(request):
        return _merge_page(request, commune, villages)
    _boxes, on, wrong = typed_day(request, "on", _("Ngày có hiệu lực"))
    if on is None:
        return _merge_page(request, commune, villages, {"field": "on_day", "text": wrong})
    chosen = [one for one in villages if str(one.pk) in request.POST.getlist("village")]
    act = _merging(request, here, commune, chosen, on)
    try:
        done = act() if confirmed(request) else tried(act)
    except Refused as refusal:
        error = {"field": _field_of(request), "text": said(refusal.sentence)}
        return _merge_page(request, commune, villages, error)
    if not confirmed(request):
        return ask(request, _merge_question(request, commune, chosen, on, done["households"]))
    text = _("Đã sáp nhập %(count)d thôn, tổ; %(households)s hộ đi theo. Số liệu trước đó vẫn còn.")
    tell(request, text % {"count": len(chosen), "households": vi_int(done["households"])})
    return redirect("places_unit", unit_id=commune.pk)


def standing_villages(commune: Unit) -> list[Unit]:
    """The villages of a commune that have not ended, Thôn 2 before Thôn 10."""
    standing = commune.children.filter(level=Level.VILLAGE, valid_to=None, withdrawn=False)
    return list(standing.select_related("parent").order_by(Length("folded"), "folded"))


def _field_of(request: HttpRequest) -> str:
    if not typed(request, "paper"):
        return "paper"
    return "village" if len(request.POST.getlist("village")) < 2 else "name"


def _merging(
    request: HttpRequest, here: Here, commune: Unit, chosen: list[Unit], on: date
) -> Callable[[], dict[str, Any]]:
    into = next((one for one in chosen if str(one.pk) == request.POST.get("into")), None)
    return lambda: merge_villages(
        actor=here.actor,
        commune=commune,
        villages=chosen,
        into=into or typed(request, "name"),
        on=on,
        paper=typed(request, "paper"),
        key=one_time_key(request),
    )


def _merge_question(
    request: HttpRequest, commune: Unit, chosen: list[Unit], on: date, households: int
) -> Question:
    into = next((one for one in chosen if str(one.pk) == request.POST.get("into")), None)
    name = into.name if into else typed(request, "name")
    listed = ", ".join(
        _("%(name)s (%(households)s hộ)")
        % {"name": one.name, "households": vi_int(households_in(one, on))}
        for one in chosen
    )
    kept = _("Gộp vào %(name)s") if into else _("Thôn mới: %(name)s")
    return Question(
        title=_("Sáp nhập các thôn, tổ này?"),
        rows=[
            {"label": _("Các thôn, tổ"), "value": listed},
            {"label": _("Thành"), "value": kept % {"name": name}},
            {"label": _("Từ ngày"), "value": vi_date(on)},
            {"label": _("Theo"), "value": typed(request, "paper")},
        ],
        follows=[
            _("%(households)s hộ chuyển sang %(name)s từ ngày %(day)s.")
            % {"households": vi_int(households), "name": name, "day": vi_date(on)},
            _("Số liệu và danh sách trước ngày đó vẫn theo thôn, tổ cũ."),
            _("Chức danh trưởng thôn, tổ trưởng ở thôn cũ không tự chuyển: giao lại nếu cần."),
            _("Hoàn tác được, chừng nào chưa có gì được ghi vào thôn mới."),
        ],
        yes=_("Sáp nhập"),
        action=reverse("places_merge", args=[commune.pk]),
        crumbs=_way(commune, _("Sáp nhập")),
    )


def _way(unit: Unit, title: str) -> list[dict[str, str]]:
    href = reverse("places_unit", args=[unit.pk])
    return crumbs((_("Địa bàn"), reverse("places")), (unit.name, href), (title, ""))


def _merge_page(
    request: HttpRequest,
    commune: Unit,
    villages: list[Unit],
    error: dict[str, str] | None = None,
) -> HttpResponse:
    boxes, _on, _wrong = typed_day(request, "on", _("Ngày có hiệu lực"))
    chosen = request.POST.getlist("village") or request.GET.getlist("village")
    into = [("", _("Một thôn, tổ mới (ghi tên bên dưới)"))]
    context = {
        "commune": commune,
        "villages": [(str(one.pk), one.name) for one in villages],
        "chosen": chosen,
        "intos": into
        + [(str(one.pk), _("Gộp vào %(name)s") % {"name": one.name}) for one in villages],
        "into": request.POST.get("into", ""),
        "name": typed(request, "name"),
        "paper": typed(request, "paper"),
        "boxes": boxes.boxes,
        **_around(commune, _("Sáp nhập"), error),
    }
    return show(request, "places/merge.html", context, 422 if error else 200)


def _around(unit: Unit, title: str, error: dict[str, str] | None) -> dict[str, Any]:
    return {
        "crumbs": _way(unit, title),
        "back_href": reverse("places_unit", args=[unit.pk]),
        "errors": [error] if error else [],
        "wrong": {error["field"]: error["text"]} if error else {},
        "key": fresh_key(),
    }


@page(CHANGE, "GET", "HEAD", "POST")
def places_end(request: HttpRequest, here: Here, village_id: int) -> HttpResponse:
    """The day and paper by which a village nobody lives in ends; then the question."""
    village = village_to_change(here, village_id)
    if request.method != "POST" or wants_back(request):
        return _end_page(request, village)
    _boxes, on, wrong = typed_day(request, "on", _("Ngày có hiệu lực"))
    if on is None:
        return _end_page(request, village, {"field": "on_day", "text": wrong})

    def act() -> int:
        return end_village(
            actor=here.actor,
            village=village,
            on=on,
            paper=typed(request, "paper"),
            key=one_time_key(request),
        )

    try:
        act() if confirmed(request) else tried(act)
    except Refused as refusal:
        field = "paper" if not typed(request, "paper") else "on_day"
        return _end_page(request, village, {"field": field, "text": said(refusal.sentence)})
    if not confirmed(request):
        return ask(request, _end_question(request, village, on))
    tell(
        request,
        _("%(name)s thôi dùng từ ngày %(day)s.") % {"name": village.name, "day": vi_date(on)},
    )
    return redirect("places_unit", unit_id=village.parent_id or village.pk)


def _end_question(request: HttpRequest, village: Unit, on: date) -> Question:
    return Question(
        title=_("Thôi dùng %(name)s?") % {"name": village.name},
        rows=[
            {"label": _("Thôn, tổ"), "value": village.name},
            {"label": _("Từ ngày"), "value": vi_date(on)},
            {"label": _("Theo"), "value": typed(request, "paper")},
        ],
        follows=[
            _("Không còn hộ nào ở đây từ ngày đó. Số liệu trước đó vẫn còn."),
            _("Hoàn tác được, chừng nào chưa có việc khác trên thôn này."),
        ],
        yes=_("Thôi dùng"),
        action=reverse("places_end", args=[village.pk]),
        crumbs=_way(village, _("Thôi dùng")),
    )


def _end_page(
    request: HttpRequest, village: Unit, error: dict[str, str] | None = None
) -> HttpResponse:
    boxes, _on, _wrong = typed_day(request, "on", _("Ngày có hiệu lực"))
    merge = reverse("places_merge", args=[village.parent_id])
    context = {
        "village": village,
        "merge_href": f"{merge}?village={village.pk}",
        "paper": typed(request, "paper"),
        "boxes": boxes.boxes,
        **_around(village, _("Thôi dùng"), error),
    }
    return show(request, "places/end.html", context, 422 if error else 200)
