"""A new commune takes over the register of one it was made of: asked, then written."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.acts.refusing import Refused
from chungtay.households.queries.residences import residences_on
from chungtay.households.services import take_over_register
from chungtay.places.models import Succession, Unit
from chungtay.rulebook.wording import vi_date, vi_int
from chungtay.web.here import Here
from chungtay.web.pages import fresh_key, one_time_key, page, show, tell
from chungtay.web.places.asking import confirmed, crumbs
from chungtay.web.places.merging import standing_villages
from chungtay.web.places.reaching import CHANGE
from chungtay.web.templating import said


@page(CHANGE, "GET", "HEAD", "POST")
def places_take_over(request: HttpRequest, here: Here, succession_id: int) -> HttpResponse:
    """Which villages come with how many households; of a lesser part each is chosen."""
    row = _succession(here, succession_id)
    villages = standing_villages(row.old)
    if not confirmed(request):
        return _question(request, row, villages)
    part = row.kind == Succession.Kind.PART
    chosen = [one for one in villages if str(one.pk) in request.POST.getlist("village")]
    if part and not chosen:
        text = _("Hãy chọn ít nhất một thôn, tổ thuộc phần địa bàn đã nhận.")
        return _question(request, row, villages, [{"field": "village", "text": text}])
    try:
        done = take_over_register(
            actor=here.actor,
            old=row.old,
            new=row.new,
            on=row.valid_from,
            villages=chosen if part else None,
            key=one_time_key(request),
        )
    except Refused as refusal:
        errors = [{"field": "", "text": said(refusal.sentence)}]
        return _question(request, row, villages, errors)
    text = _("Đã nhận %(households)s hộ và %(villages)d thôn, tổ của %(old)s.")
    values = {
        "households": vi_int(done["households"]),
        "villages": done["villages"],
        "old": row.old.name,
    }
    tell(request, text % values)
    return redirect("places_unit", unit_id=row.new_id)


def _succession(here: Here, succession_id: int) -> Succession:
    """A succession both of whose communes the actor may change; Http404 otherwise."""
    rows = Succession.objects.filter(withdrawn=False, old__level="commune")
    row = get_object_or_404(rows.select_related("old__parent", "new__parent"), pk=succession_id)
    if not (here.actor.may(CHANGE, row.new) and here.actor.may("households.change", row.old)):
        raise Http404
    return row


def _question(
    request: HttpRequest,
    row: Succession,
    villages: list[Unit],
    errors: list[dict[str, str]] | None = None,
) -> HttpResponse:
    lived = residences_on(None).filter(commune=row.old, household__withdrawn=False)
    counts: dict[int | None, int] = {}
    for village in lived.values_list("village", flat=True):
        counts[village] = counts.get(village, 0) + 1
    href = reverse("places_unit", args=[row.new_id])
    context: dict[str, Any] = {
        "row": row,
        "part": row.kind == Succession.Kind.PART,
        "scope": str(Succession.Kind(row.kind).label),
        "day": vi_date(row.valid_from),
        "villages": [
            (
                str(one.pk),
                _("%(name)s (%(households)s hộ)")
                % {"name": one.name, "households": vi_int(counts.get(one.pk, 0))},
            )
            for one in villages
        ],
        "chosen": request.POST.getlist("village"),
        "total": sum(counts.values()),
        "unplaced": counts.get(None, 0),
        "crumbs": crumbs(
            (_("Địa bàn"), reverse("places")), (row.new.name, href), (_("Nhận sổ hộ"), "")
        ),
        "back_href": href,
        "errors": errors or [],
        "wrong": {error["field"]: error["text"] for error in errors or []},
        "key": fresh_key(),
    }
    return show(request, "places/take_over.html", context, 422 if errors else 200)
