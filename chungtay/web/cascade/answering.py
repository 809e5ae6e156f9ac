"""What is asked of a place, and its answer: a number, a reason, the households behind it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from chungtay.acts.refusing import Refused, Stale
from chungtay.households.models import Household
from chungtay.plans.answering import (
    OPEN,
    Answer,
    answer,
    asked_of,
    choices_of,
    named_before,
    named_behind,
    parts_seen_by,
    right_to_answer,
    sums,
)
from chungtay.plans.cells import Cells
from chungtay.plans.models import AskedPart
from chungtay.rulebook.folding import tidy
from chungtay.web.cascade.board import ICONS, REASON_LENGTH
from chungtay.web.cascade.words import heading_of, meaning_of, read_number, shown
from chungtay.web.here import Here, today
from chungtay.web.pages import fresh_key, one_time_key, page, show, tell
from chungtay.web.plan.seen import CONFLICT, version_of
from chungtay.web.templating import said

RIGHT = "plans.answer"


@page(RIGHT)
def asked(request: HttpRequest, here: Here) -> HttpResponse:
    """Everything asked of the place in the viewing year."""
    parts = asked_of(here.actor, here.place, here.year)
    cells = {part.handing.target.plan_id: Cells.of(part.handing.target.plan) for part in parts}
    return show(request, "cascade/asked.html", {"rows": [_row(one, cells) for one in parts]})


def _row(part: AskedPart, cells: dict[int, Cells]) -> dict[str, Any]:
    target = part.handing.target
    cell = cells[target.plan_id].target(target.code)
    by = part.answer_by or part.handing.answer_by
    open_still = part.state in OPEN
    return {
        "part": part,
        "label": heading_of(cell) if cell else target.code,
        "by_whom": target.plan.unit.name,
        "asked": shown(part.asked, whole=sums(part)),
        "promised": shown(part.promised, whole=sums(part)),
        "state": AskedPart.State(part.state).label,
        "icon": ICONS[AskedPart.State(part.state)],
        "by": by,
        "late": open_still and by is not None and by < today(),
        "open": open_still,
    }


@page(RIGHT, "GET", "HEAD", "POST")
def asked_answer(request: HttpRequest, here: Here, asked_id: int) -> HttpResponse:
    """The answer of a place; a POST gives it."""
    part = get_object_or_404(parts_seen_by(here.actor), pk=asked_id)
    may_be_named = choices_of(part)
    if request.method != "POST":
        return _page(request, here, part, may_be_named, [])
    given, errors = _read(request, part)
    if given is None:
        return _page(request, here, part, may_be_named, errors, 422)
    try:
        answer(
            actor=here.actor,
            part=part,
            given=given,
            expected_version=version_of(request),
            key=one_time_key(request),
        )
    except Stale as stale:
        part.refresh_from_db()
        errors = [{"field": "", "text": said(stale.sentence)}]
        return _page(request, here, part, may_be_named, errors, CONFLICT)
    except Refused as refusal:
        blamed = "reason" if given.promised != part.asked and not given.reason else "promised"
        errors = [{"field": blamed, "text": said(refusal.sentence)}]
        return _page(request, here, part, may_be_named, errors, 422)
    tell(request, _("Đã gửi câu trả lời. Nơi giao sẽ chấp nhận hoặc trả lại."))
    return redirect("asked")


def _read(request: HttpRequest, part: AskedPart) -> tuple[Answer | None, list[dict[str, str]]]:
    text = request.POST.get("promised", "").strip()[:20]
    promised = read_number(text, whole=sums(part))
    if promised is None:
        wrong = _("Số nhận “%(text)s” không đọc được. Chỉ ghi chữ số, ví dụ 12; ghi 0 nếu không.")
        return None, [{"field": "promised", "text": wrong % {"text": text}}]
    reason = tidy(request.POST.get("reason", ""))[:REASON_LENGTH]
    return Answer(promised, reason, _chosen(request)), []


def _chosen(request: HttpRequest) -> set[UUID]:
    found = set()
    for text in request.POST.getlist("household"):
        try:
            found.add(UUID(text))
        except ValueError:
            continue
    return found


def _page(
    request: HttpRequest,
    here: Here,
    part: AskedPart,
    may_be_named: list[Household],
    errors: list[dict[str, str]],
    status: int = 200,
) -> HttpResponse:
    target = part.handing.target
    cell = Cells.of(target.plan).target(target.code)
    posted = request.method == "POST"
    number = part.promised if part.promised is not None else part.asked
    chosen = _chosen(request) if posted else named_behind(part)
    if not posted and part.promised is None:
        chosen = _proposed(part, may_be_named)
    context = {
        "part": part,
        "by_whom": target.plan.unit,
        "label": heading_of(cell) if cell else "",
        "about": meaning_of(cell) if cell else "",
        "asked_said": shown(part.asked, whole=sums(part)),
        "kept": shown(part.promised, whole=sums(part)) if status == CONFLICT else "",
        "promised": request.POST.get("promised", "") if posted else shown(number),
        "reason": request.POST.get("reason", "") if posted else part.reason,
        "state": AskedPart.State(part.state).label,
        "sums": sums(part),
        "choices": [(str(one.pk), _words(one)) for one in may_be_named],
        "chosen": [str(one) for one in chosen],
        "may_answer": here.actor.may(right_to_answer(part.unit), part.unit)
        and part.state != AskedPart.State.ACCEPTED,
        "errors": errors,
        "wrong": {error["field"]: error["text"] for error in errors},
        "key": fresh_key(),
    }
    return show(request, "cascade/answer.html", context, status)


def _proposed(part: AskedPart, may_be_named: list[Household]) -> set[UUID]:
    """The households a plan names already, ticked for a first answer."""
    known = named_before(part)
    return {one.pk for one in may_be_named if one.pk in known}


def _words(household: Household) -> str:
    village = household.village.name if household.village else _("chưa rõ thôn")
    return f"{household.head_name}, {village}"
