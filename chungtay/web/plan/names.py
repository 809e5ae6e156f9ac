"""The households behind the promise: put in, taken out, put back."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.acts.refusing import Refused
from chungtay.households.models import Household
from chungtay.households.queries.people import households_seen_by
from chungtay.plans.models import PlanHousehold
from chungtay.plans.services import (
    NamedHousehold,
    drop_household,
    name_household,
    restore_household,
)
from chungtay.rulebook.folding import tidy
from chungtay.rulebook.wording import catalogued
from chungtay.web.here import Here
from chungtay.web.pages import one_time_key, page, tell, warn
from chungtay.web.plan.seen import seen_plan
from chungtay.web.templating import said

SALUTATIONS = (catalogued("bà"), catalogued("ông"))


@page("plans.see", "POST")
def plan_name(request: HttpRequest, here: Here, plan_id: int) -> HttpResponse:
    """Put a household behind the promise."""
    shown = seen_plan(here, plan_id)
    population, household = _chosen(request, here)
    salutation = request.POST.get("salutation", "")
    named = NamedHousehold(
        household=household,
        population=population,
        salutation=salutation if salutation in SALUTATIONS else SALUTATIONS[0],
        helps=_lines(request, "helps"),
        helpers=_lines(request, "helpers"),
    )
    try:
        name_household(actor=here.actor, plan=shown, named=named, key=one_time_key(request))
        tell(request, _("Đã đưa hộ %(name)s vào chỉ tiêu.") % {"name": household.head_name})
    except Refused as refusal:
        warn(request, said(refusal.sentence))
    return redirect(reverse("plan_page", args=[plan_id]) + "#ten-ho")


@page("plans.see", "POST")
def plan_drop(request: HttpRequest, here: Here, plan_id: int, row_id: int) -> HttpResponse:
    """Take a household from behind the promise; the next page offers to put it back."""
    undo = reverse("plan_restore", args=[plan_id, row_id])
    text = _("Đã bỏ hộ khỏi chỉ tiêu.")
    return _settle(request, here, plan_id, row_id, drop_household, text, undo)


@page("plans.see", "POST")
def plan_restore(request: HttpRequest, here: Here, plan_id: int, row_id: int) -> HttpResponse:
    """Put a dropped household back."""
    text = _("Đã đưa hộ trở lại chỉ tiêu.")
    return _settle(request, here, plan_id, row_id, restore_household, text)


def _settle(
    request: HttpRequest,
    here: Here,
    plan_id: int,
    row_id: int,
    act: Callable[..., object],
    text: str,
    undo: str = "",
) -> HttpResponse:
    """Do one act on a named household and say how it went."""
    shown = seen_plan(here, plan_id)
    try:
        act(actor=here.actor, plan=shown, row_id=row_id, key=one_time_key(request))
        tell(request, text, undo)
    except Refused as refusal:
        warn(request, said(refusal.sentence))
    return redirect(reverse("plan_page", args=[plan_id]) + "#ten-ho")


def _chosen(request: HttpRequest, here: Here) -> tuple[str, Household]:
    population, _sep, text = request.POST.get("household", "").partition(":")
    if population not in PlanHousehold.Population.values:
        raise Http404
    try:
        household_id = UUID(text)
    except ValueError as error:
        raise Http404 from error
    return population, get_object_or_404(households_seen_by(here.actor), pk=household_id)


def _lines(request: HttpRequest, name: str) -> list[str]:
    lines = (tidy(line) for line in request.POST.get(name, "").splitlines())
    return [line for line in lines if line]
