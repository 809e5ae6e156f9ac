"""A plan's wording changed by hand: its sections listed, each on a form, typed numbers checked."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from chungtay.acts.refusing import Refused, Stale
from chungtay.files.refusals import UnfriendlyFile
from chungtay.plans.cells import Cells
from chungtay.plans.models import Plan
from chungtay.plans.numbering import moved_block
from chungtay.plans.reading.apart import read_text
from chungtay.plans.rewording import (
    Section,
    add_section,
    change_frame,
    change_section,
    frame_of,
    mark_of,
    move_section,
    remove_section,
    sections_of,
)
from chungtay.plans.services import right_to_change
from chungtay.plans.states import CLOSED, State, is_open
from chungtay.plans.typed_numbers import contradicting
from chungtay.reports.plan_content import ContentError
from chungtay.reports.plan_document import label_of
from chungtay.reports.plan_text import text_of
from chungtay.reports.tokens import TokenError
from chungtay.web.here import Here
from chungtay.web.pages import fresh_key, one_time_key, page, show, tell, warn
from chungtay.web.plan.live import LiveNumbers
from chungtay.web.plan.sections import (
    FrameForm,
    SectionForm,
    form_of,
    frame_form,
    frame_typed,
    read_form,
    read_frame,
    section_of,
)
from chungtay.web.plan.seen import CONFLICT, seen_plan
from chungtay.web.templating import said

WRONG = 422
MARK_LENGTH = 16


@page("plans.see")
def plan_wording(request: HttpRequest, here: Here, plan_id: int) -> HttpResponse:
    """The sections of a plan that may be changed, with what may be done to each."""
    plan = _plan_for(here, plan_id)
    sections = sections_of(plan)
    live = LiveNumbers(plan, Cells.of(plan))
    rows = [_row(sections, at, live) for at in range(len(sections))]
    context = {"plan": plan, "rows": rows, "open": is_open(plan), "key": fresh_key()}
    context["closed"] = "" if is_open(plan) else said(CLOSED[State(plan.state)])
    return show(request, "plan/wording.html", context)


@page("plans.see", "GET", "HEAD", "POST")
def plan_section(request: HttpRequest, here: Here, plan_id: int, at: int) -> HttpResponse:
    """One section as a form; a POST keeps it."""
    plan = _plan_for(here, plan_id)
    sections, live = sections_of(plan), LiveNumbers(plan, Cells.of(plan))
    kept = sections[at - 1] if 1 <= at <= len(sections) else None
    if request.method != "POST":
        if kept is None:
            raise Http404
        return _form(request, plan, live, form_of(kept, live), at, mark_of(kept))
    form = read_form(request.POST)
    made = section_of(form, live, kept)
    if made is None:
        return _form(request, plan, live, form, at, _mark(request), status=WRONG)
    try:
        change_section(
            actor=here.actor,
            plan=plan,
            at=at - 1,
            section=made,
            expected_mark=_mark(request),
            key=one_time_key(request),
        )
    except Stale as stale:
        return _overtaken(request, seen_plan(here, plan_id), form, at, said(stale.sentence))
    except Refused as refusal:
        form.wrong["body"] = said(refusal.sentence)
        return _form(request, plan, live, form, at, _mark(request), status=WRONG)
    tell(request, _("Đã lưu mục này. Bản Word cũng đổi theo."))
    return redirect("plan_wording", plan_id=plan.pk)


@page("plans.see", "GET", "HEAD", "POST")
def plan_section_add(request: HttpRequest, here: Here, plan_id: int, at: int) -> HttpResponse:
    """A new section behind the one at a place; 0 puts it first."""
    plan = _plan_for(here, plan_id)
    sections, live = sections_of(plan), LiveNumbers(plan, Cells.of(plan))
    if at > len(sections):
        raise Http404
    if request.method != "POST":
        level = str(sections[at - 1]["level"]) if at else "1"
        return _form(request, plan, live, SectionForm(level), at, "", new=True)
    form = read_form(request.POST)
    made = section_of(form, live, None)
    if made is None:
        return _form(request, plan, live, form, at, "", new=True, status=WRONG)
    try:
        add_section(
            actor=here.actor, plan=plan, after=at - 1, section=made, key=one_time_key(request)
        )
    except Refused as refusal:
        form.wrong["title"] = said(refusal.sentence)
        return _form(request, plan, live, form, at, "", new=True, status=WRONG)
    tell(request, _("Đã thêm mục. Hãy xem lại số của các mục sau."))
    return redirect("plan_wording", plan_id=plan.pk)


@page("plans.see", "POST")
def plan_section_move(request: HttpRequest, here: Here, plan_id: int, at: int) -> HttpResponse:
    """Move a section up or down, or take it out."""
    plan = _plan_for(here, plan_id)
    given: dict[str, Any] = {"actor": here.actor, "plan": plan, "at": at - 1}
    given |= {"expected_mark": _mark(request), "key": one_time_key(request)}
    try:
        if request.POST.get("do") == "remove":
            remove_section(**given)
            tell(request, _("Đã bỏ mục. Bản trước khi sửa vẫn giữ ở “Điều đã đổi giữa hai bản”."))
        else:
            move_section(**given, up=request.POST.get("do") == "up")
            tell(request, _("Đã đổi chỗ hai mục, số mục đổi theo."))
    except Refused as refusal:
        warn(request, said(refusal.sentence))
    return redirect("plan_wording", plan_id=plan.pk)


@page("plans.see", "GET", "HEAD", "POST")
def plan_frame(request: HttpRequest, here: Here, plan_id: int) -> HttpResponse:
    """Subject, lead-in, bases and recipients as a form; a POST keeps them."""
    plan = _plan_for(here, plan_id)
    live, kept = LiveNumbers(plan, Cells.of(plan)), frame_of(plan)
    if request.method != "POST":
        return _frame(request, plan, live, frame_form(kept, live), mark_of(kept))
    form = read_frame(request.POST)
    frame = frame_typed(form, live)
    if frame is None:
        return _frame(request, plan, live, form, _mark(request), status=WRONG)
    try:
        change_frame(
            actor=here.actor,
            plan=plan,
            frame=frame,
            expected_mark=_mark(request),
            key=one_time_key(request),
        )
    except Stale as stale:
        form.wrong["subject"] = said(stale.sentence)
        now = frame_of(seen_plan(here, plan_id))
        shown = frame_form(now, live).typed
        return _frame(request, plan, live, form, mark_of(now), CONFLICT, shown)
    except Refused as refusal:
        form.wrong["subject"] = said(refusal.sentence)
        return _frame(request, plan, live, form, _mark(request), status=WRONG)
    tell(request, _("Đã lưu trích yếu, căn cứ và nơi nhận."))
    return redirect("plan_wording", plan_id=plan.pk)


@page("plans.see")
def plan_typed(request: HttpRequest, here: Here, plan_id: int) -> HttpResponse:
    """The numbers typed into sentences that are not those of the data; a part of a page."""
    plan = seen_plan(here, plan_id)
    found, error = [], ""
    try:
        found = contradicting(read_text(text_of(plan)), Cells.of(plan), plan.year)
    except (ContentError, TokenError, UnfriendlyFile) as unreadable:
        error = said(unreadable.sentence)
    return show(request, "plan/typed.html", {"found": found, "error": error})


def _plan_for(here: Here, plan_id: int) -> Plan:
    plan = seen_plan(here, plan_id)
    if not here.actor.may(right_to_change(plan.unit), plan.unit):
        raise Http404
    return plan


def _mark(request: HttpRequest) -> str:
    return request.POST.get("mark", "")[:MARK_LENGTH]


def _row(sections: list[Section], at: int, live: LiveNumbers) -> dict[str, Any]:
    section = sections[at]
    heading = " ".join(filter(None, (label_of(section.get("number", "")), section.get("title"))))
    first = next((one["text"] for one in section.get("paragraphs", ())), "")
    return {
        "at": at + 1,
        "level": section["level"],
        "heading": live.shown(heading),
        "first": live.shown(first),
        "paragraphs": len(section.get("paragraphs", ())),
        "mark": mark_of(section),
        "may_up": moved_block(sections, at, up=True) is not None,
        "may_down": moved_block(sections, at, up=False) is not None,
    }


def _overtaken(
    request: HttpRequest, plan: Plan, form: SectionForm, at: int, why: str
) -> HttpResponse:
    """What was typed stays, beside what is kept now; sent again it replaces that."""
    sections, live = sections_of(plan), LiveNumbers(plan, Cells.of(plan))
    form.wrong["body"] = why
    kept = sections[at - 1] if 1 <= at <= len(sections) else None
    shown = form_of(kept, live) if kept else None
    mark = mark_of(kept) if kept else ""
    return _form(request, plan, live, form, at, mark, status=CONFLICT, kept=shown)


def _form(
    request: HttpRequest,
    plan: Plan,
    live: LiveNumbers,
    form: SectionForm,
    at: int,
    mark: str,
    *,
    new: bool = False,
    status: int = 200,
    kept: SectionForm | None = None,
) -> HttpResponse:
    context = {"plan": plan, "entry": form, "at": at, "mark": mark, "new": new, "kept": kept}
    context |= {"live": live.all, "key": fresh_key(), "open": is_open(plan)}
    return show(request, "plan/section.html", context, status)


def _frame(
    request: HttpRequest,
    plan: Plan,
    live: LiveNumbers,
    form: FrameForm,
    mark: str,
    status: int = 200,
    kept: dict[str, str] | None = None,
) -> HttpResponse:
    context = {"plan": plan, "entry": form, "mark": mark, "kept": kept, "live": live.all}
    return show(request, "plan/frame.html", context | {"key": fresh_key()}, status)
