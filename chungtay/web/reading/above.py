"""What a plan from above asks of the place, ticked and taken into the place's own plan."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from chungtay.acts.refusing import Refused
from chungtay.plans.models import Plan, PlanReading
from chungtay.plans.queries import plans_seen_by
from chungtay.plans.staged.above import Proposal, asked_of_place, source_of, take_from_above
from chungtay.plans.staged.groups import GROUPS
from chungtay.plans.states import OPEN
from chungtay.web.here import Here
from chungtay.web.pages import fresh_key, one_time_key, page, show, tell
from chungtay.web.reading.views import seen_reading
from chungtay.web.reading.words import first_of
from chungtay.web.templating import said

MOST_DIGITS = 9


@page("plans.see", "GET", "HEAD", "POST")
def plan_reading_above(request: HttpRequest, here: Here, reading_id: UUID) -> HttpResponse:
    """Choose what is taken; a POST takes it, and the next page is the plan."""
    reading = seen_reading(here, reading_id)
    plans = list(plans_seen_by(here.actor).filter(unit=reading.unit, state__in=OPEN))
    if request.method != "POST":
        return _page(request, reading, plans, None)
    chosen = {int(one) for one in request.POST.getlist("chosen") if _is_number(one)}
    plan = next((one for one in plans if str(one.pk) == request.POST.get("plan")), None)
    if plan is None:
        return _page(request, reading, plans, chosen, _("Hãy chọn kế hoạch nhận các điều này."))
    try:
        done = take_from_above(
            actor=here.actor,
            reading=reading,
            plan=plan,
            chosen=chosen,
            key=one_time_key(request),
        )
    except Refused as refusal:
        return _page(request, reading, plans, chosen, said(refusal.sentence))
    text = _("Đã lấy %(new)s điều từ kế hoạch cấp trên; %(standing)s điều đã có từ trước.")
    tell(request, text % done)
    return redirect("plan_page", plan_id=plan.pk)


def _page(
    request: HttpRequest,
    reading: PlanReading,
    plans: list[Plan],
    chosen: set[int] | None,
    error: str = "",
) -> HttpResponse:
    proposals = asked_of_place(reading)
    context = {
        "reading": reading,
        "source": source_of(reading),
        "groups": _groups(proposals, chosen),
        "plans": plans,
        "plan": request.POST.get("plan", str(plans[0].pk) if plans else ""),
        "error": error,
        "key": fresh_key(),
    }
    return show(request, "reading/above.html", context, 422 if error else 200)


def _groups(proposals: list[Proposal], chosen: set[int] | None) -> list[dict[str, Any]]:
    """The proposals by their group; those surely meant are ticked at first."""
    return [
        {
            "name": name,
            "label": said(group.label),
            "rows": [
                {
                    "id": one.id,
                    "text": first_of(group, one.values),
                    "sure": one.sure,
                    "ticked": one.sure if chosen is None else one.id in chosen,
                }
                for one in proposals
                if one.group == name
            ],
        }
        for name, group in GROUPS.items()
        if any(one.group == name for one in proposals)
    ]


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS
