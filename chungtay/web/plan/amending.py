"""Amending an issued plan on screen: begin an edition, see what differs, take it back."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from chungtay.acts.refusing import Refused
from chungtay.plans.amending import amend_plan, discard_amendment, next_edition
from chungtay.plans.models import Plan
from chungtay.plans.queries import plans_seen_by
from chungtay.plans.services import right_to_change
from chungtay.plans.states import State, is_open
from chungtay.plans.versions import said_now
from chungtay.web.here import Here
from chungtay.web.pages import one_time_key, page, tell, warn
from chungtay.web.plan.seen import seen_plan
from chungtay.web.plan.versions import shown
from chungtay.web.templating import said


def editions_shown(here: Here, plan: Plan) -> dict[str, Any]:
    """What the page of a plan says of its editions: what it amends, what amends it."""
    may_change = here.actor.may(right_to_change(plan.unit), plan.unit)
    later = next_edition(plan) if plan.state == State.ISSUED else None
    amended = None
    if plan.amends_id is not None:
        amended = plans_seen_by(here.actor).filter(pk=plan.amends_id).first()
    return {
        "later": later,
        "amended": amended,
        "difference": shown(said_now(amended), said_now(plan)) if amended else None,
        "may_amend": may_change and plan.state == State.ISSUED and later is None,
        "may_discard": may_change and amended is not None and is_open(plan),
    }


@page("plans.see", "POST")
def plan_amend(request: HttpRequest, here: Here, plan_id: int) -> HttpResponse:
    """Begin the amendment of an issued plan; leads to the new edition."""
    plan = seen_plan(here, plan_id)
    try:
        made = amend_plan(actor=here.actor, plan=plan, key=one_time_key(request))
    except Refused as refusal:
        warn(request, said(refusal.sentence))
        return redirect("plan_page", plan_id=plan.pk)
    tell(
        request,
        _("Đã lập kế hoạch sửa đổi, bổ sung như bản sao. Sửa ở đây; bản đã ban hành giữ nguyên."),
    )
    return redirect("plan_page", plan_id=made)


@page("plans.see", "POST")
def plan_discard(request: HttpRequest, here: Here, plan_id: int) -> HttpResponse:
    """Take an amendment back that is still being written."""
    plan = seen_plan(here, plan_id)
    try:
        amended = discard_amendment(actor=here.actor, plan=plan, key=one_time_key(request))
    except Refused as refusal:
        warn(request, said(refusal.sentence))
        return redirect("plan_page", plan_id=plan.pk)
    tell(request, _("Đã bỏ kế hoạch sửa đổi, bổ sung. Kế hoạch đã ban hành vẫn như cũ."))
    return redirect("plan_page", plan_id=amended)
