"""How far each promise is: the lights on the plan's page, and the page of one promise."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from chungtay.acts.refusing import Refused
from chungtay.plans.cells import Cells
from chungtay.plans.following_up import note_progress, withdraw_progress
from chungtay.plans.lights import Followed, followed_by
from chungtay.plans.models import Plan, TypedProgress
from chungtay.plans.progress import Progress, progress_of
from chungtay.plans.services import right_to_change
from chungtay.rulebook.folding import tidy
from chungtay.rulebook.lights import GREEN, RED, UNKNOWN, YELLOW
from chungtay.rulebook.wording import vi_number
from chungtay.web.here import Here, viewing_day
from chungtay.web.pages import fresh_key, one_time_key, page, show, tell
from chungtay.web.plan.promises import label_of
from chungtay.web.plan.seen import seen_plan
from chungtay.web.register.dates import TypedDate, boxes_of, read_date, whole_day
from chungtay.web.templating import said

SOURCE_LENGTH = 300
VALUE = re.compile(r"\d{1,6}(?:,\d{1,2})?", re.ASCII)
ICONS = {
    GREEN: "check-circle",
    YELLOW: "exclamation-circle",
    RED: "exclamation-triangle",
    UNKNOWN: "question-circle",
}


@dataclass
class TypedEntry:
    """The form of an entry as it was filled, and what is wrong with it."""

    value: str = ""
    source: str = ""
    on: TypedDate = field(default_factory=lambda: TypedDate(boxes_of(None)))
    wrong: dict[str, str] = field(default_factory=dict)


def lights_of(plan: Plan, progress: list[Progress], here_on: Any) -> list[dict[str, Any]]:
    """The promises with their lights, as rows of a table."""
    return [_row(one) for one in followed_by(plan, progress, here_on)]


def _row(one: Followed) -> dict[str, Any]:
    cell = one.progress.derived.cell
    words = {
        GREEN: _("Xanh"),
        YELLOW: _("Vàng"),
        RED: _("Đỏ"),
        UNKNOWN: _("Chưa biết"),
    }
    return {
        "code": cell.code,
        "label": label_of(cell),
        "about": cell.meaning.aim,
        "colour": one.light.colour,
        "word": words[one.light.colour],
        "icon": ICONS[one.light.colour],
        "why": one.light.why,
        "typed": one.typed,
        "typable": one.typable,
    }


@page("plans.see", "GET", "HEAD", "POST")
def plan_progress(request: HttpRequest, here: Here, plan_id: int, code: str) -> HttpResponse:
    """The typed progress of one promise with its history; a POST notes another entry."""
    plan = seen_plan(here, plan_id)
    if request.method != "POST":
        entry = TypedEntry(on=TypedDate(boxes_of(viewing_day(plan.unit, plan.year))))
        return _page(request, here, plan, code, entry)
    entry = TypedEntry(
        tidy(request.POST.get("value", ""))[:12],
        tidy(request.POST.get("source", ""))[:SOURCE_LENGTH],
        read_date(request.POST, "on", _("Tính đến ngày"), whole=True),
    )
    value, day = _value(entry), whole_day(entry.on, _("Tính đến ngày"))
    if day[1]:
        entry.wrong["on_day"] = day[1]
    if entry.wrong or value is None or day[0] is None:
        return _page(request, here, plan, code, entry)
    try:
        note_progress(
            actor=here.actor,
            plan=plan,
            code=_known(plan, code),
            value=value,
            on=day[0],
            source=entry.source,
            today=here.actor.today,
            key=one_time_key(request),
        )
    except Refused as refusal:
        entry.wrong["value" if entry.source else "source"] = said(refusal.sentence)
        return _page(request, here, plan, code, entry)
    tell(request, _("Đã ghi tiến độ của chỉ tiêu."))
    return redirect("plan_progress", plan_id=plan.pk, code=code)


@page("plans.see", "POST")
def plan_progress_withdraw(
    request: HttpRequest, here: Here, plan_id: int, entry_id: int
) -> HttpResponse:
    """Take an entry back, or put it back."""
    plan = seen_plan(here, plan_id)
    rows = TypedProgress.objects.select_related("target")
    entry = get_object_or_404(rows, pk=entry_id, target__plan=plan)
    withdraw_progress(
        actor=here.actor,
        plan=plan,
        entry_id=entry.pk,
        withdrawn=not entry.withdrawn,
        key=one_time_key(request),
    )
    tell(request, _("Đã dùng lại số liệu.") if entry.withdrawn else _("Đã rút số liệu."))
    return redirect("plan_progress", plan_id=plan.pk, code=entry.target.code)


def _value(entry: TypedEntry) -> Decimal | None:
    if not VALUE.fullmatch(entry.value):
        entry.wrong["value"] = _(
            "Số đã đạt “%(text)s” không đọc được. Chỉ ghi chữ số, ví dụ 12 hoặc 87,5."
        ) % {"text": entry.value}
        return None
    return Decimal(entry.value.replace(",", "."))


def _known(plan: Plan, code: str) -> str:
    if not plan.targets.filter(code=code).exists():
        raise Http404
    return code


def _page(
    request: HttpRequest, here: Here, plan: Plan, code: str, entry: TypedEntry
) -> HttpResponse:
    on = viewing_day(plan.unit, plan.year)
    rows = lights_of(plan, progress_of(plan, on, Cells.of(plan)), on)
    row = next((one for one in rows if one["code"] == code), None)
    if row is None:
        raise Http404
    history = TypedProgress.objects.filter(target__plan=plan, target__code=code)
    context = {
        "plan": plan,
        "row": row,
        "history": [
            {"entry": one, "value": vi_number(one.value)} for one in history.order_by("-on", "-pk")
        ],
        "may_change": here.actor.may(right_to_change(plan.unit), plan.unit),
        "entry": entry,
        "wrong": entry.wrong,
        "errors": [{"field": name, "text": text} for name, text in entry.wrong.items()],
        "key": fresh_key(),
    }
    return show(request, "plan/progress.html", context, 422 if entry.wrong else 200)
