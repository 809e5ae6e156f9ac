"""The board of a plan: a row per place, a sum that ties; and the look at one answer."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from chungtay.acts.refusing import Refused, Stale
from chungtay.households.queries.people import households_seen_by
from chungtay.households.queries.residences import placed_on
from chungtay.plans.answering import named_behind, parts_seen_by, sums
from chungtay.plans.cascade import Numbers, PlaceRow, TargetBoard, boards_of
from chungtay.plans.cells import Cells
from chungtay.plans.handing import accept, send_back
from chungtay.plans.models import AskedPart, HandingDown, Plan
from chungtay.plans.services import right_to_change
from chungtay.rulebook.folding import tidy
from chungtay.web.cascade.words import heading_of, meaning_of, shown
from chungtay.web.here import Here, today, viewing_day
from chungtay.web.pages import fresh_key, one_time_key, page, show, tell
from chungtay.web.plan.seen import CONFLICT, seen_plan, version_of
from chungtay.web.register.dates import boxes_of, read_date, whole_day
from chungtay.web.templating import said

ICONS = {
    AskedPart.State.UNANSWERED: "circle",
    AskedPart.State.ANSWERED: "clock-history",
    AskedPart.State.ACCEPTED: "check-circle",
    AskedPart.State.SENT_BACK: "arrow-counterclockwise",
}
REASON_LENGTH = 500


@page("plans.see")
def plan_board(request: HttpRequest, here: Here, plan_id: int) -> HttpResponse:
    """Every target of a plan that is handed down, and those that are not yet."""
    plan = seen_plan(here, plan_id)
    on = viewing_day(plan.unit, plan.year)
    cells = Cells.of(plan)
    boards = boards_of(plan, on, today(), cells)
    handed = {one.target.code for one in boards}
    codes = dict(plan.targets.values_list("code", "pk"))
    context = {
        "plan": plan,
        "on": on,
        "boards": [_shown(one, on) for one in boards],
        "owing": sorted({name for one in boards for name in one.owing}),
        "not_handed": [
            {"label": heading_of(cell), "about": meaning_of(cell), "pk": codes[cell.code]}
            for cell in cells.targets
            if cell.code not in handed
        ],
        "may_change": here.actor.may(right_to_change(plan.unit), plan.unit),
    }
    return show(request, "cascade/board.html", context)


def _shown(board: TargetBoard, on: date) -> dict[str, Any]:
    """One target as the page shows it."""
    rows = [_row(board, row, on) for row in board.rows]
    return {
        "pk": board.target.pk,
        "label": heading_of(board.cell),
        "about": meaning_of(board.cell),
        "handing": board.handing,
        "rule": HandingDown.Rule(board.handing.rule).label,
        "sums": board.sums,
        "rows": rows,
        "total": _cells(board, board.total),
        "elsewhere": shown(Fraction(board.elsewhere)) if board.elsewhere else "",
        "short": _short(board),
        "silent": board.silent,
        "waiting": board.waiting,
        "gap": board.gap,
        "late": sum(row.late for row in board.rows),
    }


def _short(board: TargetBoard) -> str:
    """What the plan's number has become since, where the parts do not make it any more."""
    if not board.sums or board.whole is None or board.whole <= board.total.asked:
        return ""
    return _("Chỉ tiêu của kế hoạch nay là %(whole)s hộ, đã giao %(asked)s hộ.") % {
        "whole": shown(board.whole),
        "asked": shown(board.total.asked),
    }


def _cells(board: TargetBoard, numbers: Numbers) -> dict[str, Any]:
    texts = {
        "asked": shown(numbers.asked, whole=board.sums),
        "promised": shown(numbers.promised, whole=board.sums),
        "named": shown(numbers.named),
        "result": shown(numbers.result, whole=board.sums),
    }
    return texts | {"bars": _bars(numbers)}


def _bars(numbers: Numbers) -> list[tuple[str, float]]:
    """The four numbers as parts of the greatest of them, in per cent of the width."""
    found: list[tuple[str, Decimal | Fraction | int]] = [
        ("asked", numbers.asked),
        ("promised", numbers.promised or 0),
        ("named", numbers.named or 0),
        ("result", max(numbers.result or Fraction(0), Fraction(0))),
    ]
    most = max(float(number) for _name, number in found) or 1.0
    return [(name, round(100 * float(number) / most, 2)) for name, number in found]


def _row(board: TargetBoard, row: PlaceRow, on: date) -> dict[str, Any]:
    state = AskedPart.State(row.part.state)
    return {
        "part": row.part,
        "name": row.unit.name,
        "ended": row.unit.valid_to if row.unit.ended_before(on) else None,
        "state": state.label,
        "icon": ICONS[state],
        "late": row.late,
        "said": row.said,
        "child_plan": row.child_plan,
        "cells": _cells(board, row.numbers),
        "answered": row.part.promised is not None,
    }


@page("plans.see", "GET", "HEAD", "POST")
def plan_review(request: HttpRequest, here: Here, asked_id: int) -> HttpResponse:
    """One answer with its reason and its households; a POST accepts it or sends it back."""
    part = get_object_or_404(parts_seen_by(here.actor), pk=asked_id)
    plan = seen_plan(here, part.handing.target.plan_id)
    if request.method != "POST":
        return _review_page(request, here, plan, part, [])
    errors: list[dict[str, str]] = []
    try:
        version = version_of(request)
        if "accept" in request.POST:
            accept(actor=here.actor, part=part, expected_version=version, key=one_time_key(request))
            tell(request, _("Đã chấp nhận số của %(unit)s.") % {"unit": part.unit.name})
            return redirect("plan_board", plan_id=plan.pk)
        day, errors = _new_day(request)
        if not errors:
            send_back(
                actor=here.actor,
                part=part,
                reason=tidy(request.POST.get("reason", ""))[:REASON_LENGTH],
                answer_by=day,
                expected_version=version,
                key=one_time_key(request),
            )
            tell(request, _("Đã trả lại cho %(unit)s.") % {"unit": part.unit.name})
            return redirect("plan_board", plan_id=plan.pk)
    except Stale as stale:
        part.refresh_from_db()
        errors = [{"field": "", "text": said(stale.sentence)}]
        return _review_page(request, here, plan, part, errors, CONFLICT)
    except Refused as refusal:
        errors = [{"field": "reason", "text": said(refusal.sentence)}]
    return _review_page(request, here, plan, part, errors, 422)


def _new_day(request: HttpRequest) -> tuple[date | None, list[dict[str, str]]]:
    label = _("Hạn trả lời mới")
    day, wrong = whole_day(read_date(request.POST, "by", label, whole=True), label)
    return day, [{"field": "by_day", "text": wrong}] if wrong else []


def _review_page(
    request: HttpRequest,
    here: Here,
    plan: Plan,
    part: AskedPart,
    errors: list[dict[str, str]],
    status: int = 200,
) -> HttpResponse:
    target = part.handing.target
    cell = Cells.of(plan).target(target.code)
    first = date(plan.year, 1, 1)
    named = named_behind(part)
    seen = households_seen_by(here.actor, on=first).filter(pk__in=named)
    households = placed_on(seen.order_by("head_sort_key"), first)
    whole = sums(part)
    typed = read_date(request.POST, "by", "") if request.method == "POST" else None
    context = {
        "plan": plan,
        "part": part,
        "label": heading_of(cell) if cell else "",
        "asked": shown(part.asked, whole=whole),
        "promised": shown(part.promised, whole=whole),
        "state": AskedPart.State(part.state).label,
        "households": households,
        "hidden": len(named) - len(households),
        "boxes": typed.boxes if typed else boxes_of(None),
        "reason": request.POST.get("reason", ""),
        "may_change": here.actor.may(right_to_change(plan.unit), plan.unit),
        "errors": errors,
        "wrong": {error["field"]: error["text"] for error in errors},
        "key": fresh_key(),
    }
    return show(request, "cascade/review.html", context, status)
