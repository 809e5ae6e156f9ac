"""A money line of a plan added by hand, taken out, put back."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.acts.refusing import Refused
from chungtay.plans.models import MoneySource, Plan, PlannedLine
from chungtay.plans.services import right_to_change
from chungtay.plans.spending import LineInput, add_line, restore_line, withdraw_line
from chungtay.plans.staged.boxes import read_values
from chungtay.plans.staged.groups import CHOICE, MONEY, Field, Group
from chungtay.rulebook.wording import catalogued
from chungtay.web.here import Here
from chungtay.web.pages import fresh_key, one_time_key, page, show, tell, warn
from chungtay.web.plan.seen import seen_plan
from chungtay.web.reading.boxes import Entry, entry_of, typed_entry
from chungtay.web.templating import said

WRONG = 422
CODE_LENGTH = 40
NOT_SAID = catalogued("chưa rõ")


def line_group() -> Group:
    """The boxes of a money line; choices in the reader's language."""
    return Group(
        "line",
        catalogued("Kinh phí"),
        (
            Field("purpose", catalogued("Chi cho việc gì"), required=True, most=200),
            Field("amount_vnd", catalogued("Số tiền, đồng"), MONEY, required=True),
            Field("source", catalogued("Nguồn"), CHOICE, choices=_choices(MoneySource.choices)),
            Field("stage", catalogued("Bước"), CHOICE, choices=_choices(PlannedLine.Stage.choices)),
            Field(
                "capital",
                catalogued("Loại vốn"),
                CHOICE,
                choices=_choices(PlannedLine.Capital.choices),
            ),
            Field("project", catalogued("Thuộc dự án"), most=120),
            Field("organiser", catalogued("Đơn vị chủ trì"), most=120),
        ),
    )


@page("plans.see", "GET", "HEAD", "POST")
def plan_line_add(request: HttpRequest, here: Here, plan_id: int) -> HttpResponse:
    """The form of a new money line; a POST adds it."""
    plan, group = _plan_for(here, plan_id), line_group()
    if request.method != "POST":
        return _form(request, plan, entry_of(group, {"stage": PlannedLine.Stage.EXPECTED}))
    entry = typed_entry(request.POST, group)
    values, wrong = read_values(group, entry.typed)
    if wrong:
        entry.wrong = {name: said(text) for name, text in wrong.items()}
        return _form(request, plan, entry, WRONG)
    given = LineInput(**{name: one or "" for name, one in values.items() if name != "amount_vnd"},
                      amount_vnd=values["amount_vnd"])  # fmt: skip
    try:
        add_line(actor=here.actor, plan=plan, given=given, key=one_time_key(request))
    except Refused as refusal:
        entry.error = said(refusal.sentence)
        return _form(request, plan, entry, WRONG)
    tell(request, _("Đã thêm khoản kinh phí. Chèn số tiền vào câu ở trang Sửa lời văn."))
    return redirect(reverse("plan_page", args=[plan.pk]) + "#kinh-phi")


@page("plans.see", "POST")
def plan_line_withdraw(request: HttpRequest, here: Here, plan_id: int) -> HttpResponse:
    """Take a money line out, or put it back."""
    plan = _plan_for(here, plan_id)
    code = request.POST.get("line", "")[:CODE_LENGTH]
    act = restore_line if request.POST.get("do") == "restore" else withdraw_line
    try:
        act(actor=here.actor, plan=plan, code=code, key=one_time_key(request))
        tell(request, _("Đã lấy lại khoản kinh phí.") if act is restore_line else
             _("Đã bỏ khoản kinh phí; lấy lại được ở dưới bảng."))  # fmt: skip
    except Refused as refusal:
        warn(request, said(refusal.sentence))
    return redirect(reverse("plan_page", args=[plan.pk]) + "#kinh-phi")


def lines_of(plan: Plan) -> dict[str, list[PlannedLine]]:
    """The money lines a reader may take out or put back."""
    rows = list(plan.lines.order_by("position"))
    return {
        "standing": [one for one in rows if not one.withdrawn],
        "gone": [one for one in rows if one.withdrawn],
    }


def _choices(choices: list[tuple[str, Any]]) -> dict[str, str]:
    return {"": NOT_SAID} | {key: str(label) for key, label in choices}


def _plan_for(here: Here, plan_id: int) -> Plan:
    plan = seen_plan(here, plan_id)
    if not here.actor.may(right_to_change(plan.unit), plan.unit):
        raise Http404
    return plan


def _form(request: HttpRequest, plan: Plan, entry: Entry, status: int = 200) -> HttpResponse:
    context = {"plan": plan, "entry": entry, "key": fresh_key()}
    return show(request, "plan/line.html", context, status)
