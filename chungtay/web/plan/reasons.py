"""Why a promise names fewer households than it counts: said on a page of its own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.acts.refusing import Refused, Stale
from chungtay.plans.cells import Cells
from chungtay.plans.models import MissingNamesReason, Plan, PlanHousehold
from chungtay.plans.naming import Reasons, Shortage, reasons_of, shortages, standing_rows
from chungtay.plans.reasons import state_reason
from chungtay.plans.services import right_to_change
from chungtay.rulebook.folding import tidy
from chungtay.web.here import Here
from chungtay.web.pages import fresh_key, one_time_key, page, show, tell
from chungtay.web.plan.promises import label_of
from chungtay.web.plan.seen import seen_plan
from chungtay.web.templating import said

CONFLICT, WRONG = 409, 422
REASON_LENGTH, VERSION_DIGITS = 500, 9


@page("plans.see", "GET", "HEAD", "POST")
def plan_reason(request: HttpRequest, here: Here, plan_id: int, code: str) -> HttpResponse:
    """Say why names are missing; a POST keeps it."""
    plan = seen_plan(here, plan_id)
    if not here.actor.may(right_to_change(plan.unit), plan.unit):
        raise Http404
    short = _short(plan, code)
    if request.method != "POST":
        row = reasons_of(plan).get(code)
        return _form(request, plan, short, row.text if row else "", _version(plan, code))
    text = tidy(request.POST.get("text", ""))[:REASON_LENGTH]
    try:
        state_reason(
            actor=here.actor,
            plan=plan,
            code=code,
            text=text,
            on=here.actor.today,
            expected_version=_expected(request),
            key=one_time_key(request),
        )
    except Refused as refusal:
        status = CONFLICT if isinstance(refusal, Stale) else WRONG
        version = _version(plan, code)
        return _form(request, plan, short, text, version, said(refusal.sentence), status)
    tell(request, _("Đã ghi lý do còn thiếu tên. Khi đủ tên, máy tự bỏ lý do này."))
    return redirect(reverse("plan_page", args=[plan.pk]) + "#ten-ho")


def _short(plan: Plan, code: str) -> Shortage:
    """The promise asked for, which must be short of names; Http404 otherwise."""
    found = shortages(Cells.of(plan), standing_rows(plan))
    one = next((short for short in found if short.cell.code == code), None)
    if one is None:
        raise Http404
    return one


def _version(plan: Plan, code: str) -> int:
    """The version of the reason kept, of an emptied one too; 0 where none ever was."""
    rows = MissingNamesReason.objects.filter(target__plan=plan, target__code=code)
    return next(iter(rows.values_list("version", flat=True)), 0)


def _expected(request: HttpRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) <= VERSION_DIGITS else 0


def _form(
    request: HttpRequest,
    plan: Plan,
    short: Shortage,
    text: str,
    version: int,
    wrong: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "plan": plan,
        "short": short,
        "label": label_of(short.cell),
        "standing": reasons_of(plan).get(short.cell.code),
        "text": text,
        "version": version,
        "wrong": wrong,
        "errors": [{"field": "text", "text": wrong}] if wrong else [],
        "key": fresh_key(),
    }
    return show(request, "plan/reason.html", context, status)


def shown_shortages(
    reasons: Reasons, cells: Cells, rows: Iterable[PlanHousehold]
) -> list[dict[str, Any]]:
    """The promises short of names as the plan's page lists them, each with its reason."""
    return [
        {
            "code": one.cell.code,
            "label": label_of(one.cell),
            "missing": one.missing,
            "reason": reasons.get(one.cell.code),
        }
        for one in shortages(cells, rows)
    ]
