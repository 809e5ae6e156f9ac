"""Handing a target down: a number for each place, the difference said while it is typed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from chungtay.acts.refusing import Refused, Stale
from chungtay.plans.handing import Assignment, hand_down, standing_handing, take_back
from chungtay.plans.models import HandingDown, Plan, PlanTarget
from chungtay.plans.services import right_to_change
from chungtay.plans.splitting import Whole, by_names, difference, whole_of
from chungtay.rulebook.folding import tidy
from chungtay.web.cascade.words import heading_of, meaning_of, read_number, shown
from chungtay.web.here import Here
from chungtay.web.pages import fresh_key, one_time_key, page, show, tell, warn
from chungtay.web.plan.seen import CONFLICT, seen_plan, version_of
from chungtay.web.register.dates import TypedDate, boxes_of, read_date, whole_day
from chungtay.web.templating import said

PAPER_LENGTH, REASON_LENGTH = 120, 500
DATES = ("on", "answer_by", "plan_by")


@dataclass
class HandingForm:
    """What was typed for each place and of the paper, what it makes, and what is wrong with it."""

    numbers: dict[int, str]
    paper: str = ""
    dates: dict[str, TypedDate] = field(default_factory=dict)
    parts: dict[int, Decimal] = field(default_factory=dict)
    errors: list[dict[str, str]] = field(default_factory=list)
    wrong_units: set[int] = field(default_factory=set)


@page("plans.see", "GET", "HEAD", "POST")
def plan_hand_down(request: HttpRequest, here: Here, plan_id: int, target_id: int) -> HttpResponse:
    """The form of one target; a POST splits by a rule without saving, or hands down."""
    plan, target = _to_change(here, plan_id, target_id)
    whole, handing = whole_of(plan, target), standing_handing(target)
    if request.method != "POST":
        return _page(request, plan, target, whole, _first_form(whole, handing))
    form = _read(request, whole)
    if request.POST.get("do") in {"base", "names"}:
        by_rule = whole.by_base() if request.POST["do"] == "base" else _by_names(plan, whole)
        form.numbers = {unit: shown(number) for unit, number in by_rule.items()}
        form.parts, form.errors, form.wrong_units = by_rule, [], set()
        return _page(request, plan, target, whole, form)
    assignment = _assignment(form)
    if form.errors or assignment is None:
        return _page(request, plan, target, whole, form, 422)
    try:
        hand_down(
            actor=here.actor,
            plan=plan,
            target=target,
            parts=form.parts,
            assignment=assignment,
            expected_version=version_of(request),
            key=one_time_key(request),
        )
    except Stale as stale:
        form.errors.append({"field": "", "text": said(stale.sentence)})
        return _page(request, plan, target, whole, form, CONFLICT)
    except Refused as refusal:
        form.errors.append({"field": _blamed(whole), "text": said(refusal.sentence)})
        return _page(request, plan, target, whole, form, 422)
    tell(request, _("Đã giao chỉ tiêu cho %(count)d nơi.") % {"count": len(whole.units)})
    return redirect("plan_board", plan_id=plan.pk)


@page("plans.see", "POST")
def plan_split(request: HttpRequest, here: Here, plan_id: int, target_id: int) -> HttpResponse:
    """The sum of what is typed and what it lacks; nothing is saved."""
    plan, target = _to_change(here, plan_id, target_id)
    whole = whole_of(plan, target)
    form = _read(request, whole)
    return show(request, "cascade/difference.html", _sum(whole, form))


@page("plans.see", "POST")
def plan_take_back(request: HttpRequest, here: Here, plan_id: int, target_id: int) -> HttpResponse:
    """Take back what was handed down."""
    plan, target = _to_change(here, plan_id, target_id)
    try:
        take_back(
            actor=here.actor,
            plan=plan,
            target=target,
            reason=tidy(request.POST.get("reason", ""))[:REASON_LENGTH],
            expected_version=version_of(request),
            key=one_time_key(request),
        )
        tell(request, _("Đã thu hồi chỉ tiêu đã giao. Có thể giao lại bất cứ lúc nào."))
    except Refused as refusal:
        warn(request, said(refusal.sentence))
    return redirect("plan_board", plan_id=plan.pk)


def _to_change(here: Here, plan_id: int, target_id: int) -> tuple[Plan, PlanTarget]:
    plan = seen_plan(here, plan_id)
    if not here.actor.may(right_to_change(plan.unit), plan.unit):
        raise Http404
    return plan, get_object_or_404(PlanTarget, plan=plan, pk=target_id)


def _by_names(plan: Plan, whole: Whole) -> dict[int, Decimal]:
    return by_names(plan, whole.cell, whole.units)


def _first_form(whole: Whole, handing: HandingDown | None) -> HandingForm:
    """What is handed down now, else the split by base."""
    if handing is None:
        parts = {unit.pk: Decimal(0) for unit in whole.units} | whole.by_base()
        empty = TypedDate(boxes_of(None))
        form = HandingForm({})
        form.dates = dict.fromkeys(DATES, empty)
    else:
        kept = dict(handing.parts.values_list("unit", "asked"))
        parts = {unit.pk: kept.get(unit.pk, Decimal(0)) for unit in whole.units}
        days = (handing.paper_on, handing.answer_by, handing.plan_by)
        form = HandingForm({}, handing.paper)
        form.dates = {name: TypedDate(boxes_of(day)) for name, day in zip(DATES, days, strict=True)}
    form.parts = parts
    form.numbers = {unit: shown(number) for unit, number in parts.items()}
    return form


def _read(request: HttpRequest, whole: Whole) -> HandingForm:
    form = HandingForm({}, tidy(request.POST.get("paper", ""))[:PAPER_LENGTH])
    for unit in whole.units:
        text = str(request.POST.get(f"u_{unit.pk}", "")).strip()[:20]
        number = read_number(text or "0", whole=whole.sums)
        form.numbers[unit.pk] = text
        if number is None:
            form.wrong_units.add(unit.pk)
            wrong = _("%(unit)s: “%(text)s” không đọc được. Chỉ ghi chữ số, ví dụ 12.")
            text_said = wrong % {"unit": unit.name, "text": text}
            form.errors.append({"field": f"u_{unit.pk}", "text": text_said})
        else:
            form.parts[unit.pk] = number
    form.dates = {
        name: read_date(request.POST, name, label, whole=True) for name, label in _labels().items()
    }
    return form


def _labels() -> dict[str, str]:
    return {
        "on": _("Ngày văn bản giao"),
        "answer_by": _("Hạn trả lời"),
        "plan_by": _("Hạn lập kế hoạch"),
    }


def _assignment(form: HandingForm) -> Assignment | None:
    """The paper and the days; the sentences at what is wanting."""
    days: dict[str, date | None] = {}
    for name, label in _labels().items():
        typed = form.dates[name]
        if name != "on" and not any(typed.boxes.values()):
            days[name] = None
            continue
        days[name], wrong = whole_day(typed, label)
        if wrong:
            form.errors.append({"field": f"{name}_day", "text": wrong})
    on = days["on"]
    if not form.paper:
        text = _("Chưa ghi số của văn bản giao chỉ tiêu.")
        form.errors.append({"field": "paper", "text": text})
    if on is None:
        return None
    return Assignment(form.paper, on, days["answer_by"], days["plan_by"])


def _blamed(whole: Whole) -> str:
    return f"u_{whole.units[0].pk}" if whole.units else "paper"


def _sum(whole: Whole, form: HandingForm) -> dict[str, Any]:
    """The sum as typed, the whole it is to make, and the sentence in between."""
    readable = not form.wrong_units
    return {
        "sums": whole.sums,
        "together": shown(sum(form.parts.values(), Decimal(0))),
        "whole": shown(whole.derived.reduction),
        "most": shown(whole.derived.most) if whole.derived.most is not None else "",
        "difference": difference(whole, form.parts) if readable else None,
        "readable": readable,
    }


def _page(
    request: HttpRequest,
    plan: Plan,
    target: PlanTarget,
    whole: Whole,
    form: HandingForm,
    status: int = 200,
) -> HttpResponse:
    handing = standing_handing(target)
    kept = dict(handing.parts.values_list("unit", "asked")) if handing else {}
    sums = whole.sums
    rows = [
        {
            "name": unit.name,
            "field": f"u_{unit.pk}",
            "base": shown(whole.bases.get(unit.pk)),
            "typed": form.numbers.get(unit.pk, ""),
            "kept": shown(kept.get(unit.pk)),
            "wrong": unit.pk in form.wrong_units,
        }
        for unit in whole.units
    ]
    context = _sum(whole, form) | {
        "plan": plan,
        "target": target,
        "label": heading_of(whole.cell),
        "about": meaning_of(whole.cell),
        "base_said": said(whole.base_said) if whole.base_said else "",
        "has_base": bool(whole.bases),
        "base_sum": shown(sum(base or 0 for base in whole.bases.values())),
        "may_by_names": sums and plan.named_households.filter(withdrawn=False).exists(),
        "may_plan": any(unit.level != "village" for unit in whole.units),
        "handing": handing,
        "conflict": status == CONFLICT,
        "version": handing.version if handing else 0,
        "rows": rows,
        "entry": form,
        "dates": {name: typed.boxes for name, typed in form.dates.items()},
        "errors": form.errors,
        "wrong": {error["field"]: error["text"] for error in form.errors},
        "key": fresh_key(),
    }
    return show(request, "cascade/hand_down.html", context, status)
