"""What a plan gives to offices changed by hand: duties and deadlines listed, each on a form."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from chungtay.acts.refusing import Refused, Stale
from chungtay.plans.assigning import (
    DeadlineInput,
    DutyInput,
    Input,
    Model,
    Row,
    add_row,
    assigned_rows,
    change_row,
    move_row,
    restore_row,
    withdraw_row,
)
from chungtay.plans.models import Plan, PlanDeadline, PlanDuty
from chungtay.plans.services import right_to_change
from chungtay.plans.staged.boxes import read_values, shown_day
from chungtay.plans.staged.groups import DEADLINE, DUTY
from chungtay.plans.states import CLOSED, State, is_open
from chungtay.plans.tasking import tasks_of_plan
from chungtay.tasks.models import Task
from chungtay.web.here import Here
from chungtay.web.pages import fresh_key, one_time_key, page, show, tell, warn
from chungtay.web.plan.seen import CONFLICT, seen_plan, version_of
from chungtay.web.reading.boxes import Entry, entry_of, typed_entry
from chungtay.web.reading.words import whole_of
from chungtay.web.templating import said

WRONG = 422
# How an address calls them.
SORTS: dict[str, Model] = {"viec": PlanDuty, "han": PlanDeadline}
GROUPS = {"viec": DUTY, "han": DEADLINE}
FIELDS = {"date": "due", "to": "receivers"}


@page("plans.see")
def plan_assigning(request: HttpRequest, here: Here, plan_id: int) -> HttpResponse:
    """The duties and deadlines of a plan, with what may be done to each."""
    plan = _plan_for(here, plan_id)
    context = {
        "plan": plan,
        "parts": [_part(plan, sort) for sort in SORTS],
        "open": is_open(plan),
        "closed": "" if is_open(plan) else said(CLOSED[State(plan.state)]),
        "key": fresh_key(),
    }
    return show(request, "plan/assigning.html", context)


@page("plans.see", "GET", "HEAD", "POST")
def plan_assign_add(request: HttpRequest, here: Here, plan_id: int, sort: str) -> HttpResponse:
    """The form of a new duty or deadline; a POST adds it."""
    plan = _plan_for(here, plan_id)
    if sort not in SORTS:
        raise Http404
    if request.method != "POST":
        return _form(request, plan, sort, None, entry_of(GROUPS[sort], {"role": "lead"}))
    entry, given = _given(request, sort)
    if given is None:
        return _form(request, plan, sort, None, entry, WRONG)
    try:
        add_row(actor=here.actor, plan=plan, given=given, key=one_time_key(request))
    except Refused as refusal:
        entry.error = said(refusal.sentence)
        return _form(request, plan, sort, None, entry, WRONG)
    tell(request, _("Đã thêm vào kế hoạch. Văn bản in bảng phân công ở phụ lục."))
    return redirect("plan_assigning", plan_id=plan.pk)


@page("plans.see", "GET", "HEAD", "POST")
def plan_assigned(
    request: HttpRequest, here: Here, plan_id: int, sort: str, assigned_id: int
) -> HttpResponse:
    """The form of a duty or a deadline; a POST keeps it."""
    plan = _plan_for(here, plan_id)
    row = _row(plan, sort, assigned_id)
    if request.method != "POST":
        return _form(request, plan, sort, row, entry_of(GROUPS[sort], _values(row)))
    entry, given = _given(request, sort)
    if given is None:
        return _form(request, plan, sort, row, entry, WRONG)
    try:
        change_row(
            actor=here.actor,
            plan=plan,
            row=row,
            given=given,
            expected_version=version_of(request),
            key=one_time_key(request),
        )
    except Stale as stale:
        entry.error = said(stale.sentence)
        return _form(request, plan, sort, _row(plan, sort, assigned_id), entry, CONFLICT)
    except Refused as refusal:
        entry.error = said(refusal.sentence)
        return _form(request, plan, sort, row, entry, WRONG)
    tell(request, _("Đã lưu. Văn bản in bảng phân công ở phụ lục."))
    return redirect("plan_assigning", plan_id=plan.pk)


@page("plans.see", "POST")
def plan_assigned_move(
    request: HttpRequest, here: Here, plan_id: int, sort: str, assigned_id: int
) -> HttpResponse:
    """Move a duty or a deadline, take it out, put it back."""
    plan = _plan_for(here, plan_id)
    given: dict[str, Any] = {"actor": here.actor, "plan": plan, "key": one_time_key(request)}
    given["row"] = _row(plan, sort, assigned_id)
    act = request.POST.get("do")
    try:
        if act == "restore":
            restore_row(**given)
            tell(request, _("Đã lấy lại, đặt ở cuối."))
        elif act == "withdraw":
            withdraw_row(**given, expected_version=version_of(request))
            tell(
                request, _("Đã bỏ khỏi kế hoạch; lấy lại được ở cuối trang. Việc đã giao vẫn còn.")
            )
        else:
            move_row(**given, up=act == "up", expected_version=version_of(request))
    except Refused as refusal:
        warn(request, said(refusal.sentence))
    return redirect("plan_assigning", plan_id=plan.pk)


def _plan_for(here: Here, plan_id: int) -> Plan:
    plan = seen_plan(here, plan_id)
    if not here.actor.may(right_to_change(plan.unit), plan.unit):
        raise Http404
    return plan


def _row(plan: Plan, sort: str, assigned_id: int) -> Any:
    if sort not in SORTS:
        raise Http404
    return get_object_or_404(SORTS[sort], plan=plan, pk=assigned_id)


def _part(plan: Plan, sort: str) -> dict[str, Any]:
    """One list of the page: its rows that stand, and those taken out."""
    gone = SORTS[sort].objects.filter(plan=plan, withdrawn=True).order_by("position")
    opened = tasks_of_plan(plan, Task.objects.all())
    return {
        "sort": sort,
        "label": said(GROUPS[sort].label),
        "rows": [_shown(one, opened) for one in assigned_rows(plan, SORTS[sort])],
        "gone": [_shown(one, opened) for one in gone],
    }


def _shown(row: Row, opened: dict[str, list[Task]]) -> dict[str, Any]:
    kind = "duty" if isinstance(row, PlanDuty) else "deadline"
    tasks = opened.get(f"plan:{row.plan_id}:{kind}:{row.pk}", [])
    found = {"row": row, "tasks": len(tasks), "number": getattr(row, "number", "")}
    if isinstance(row, PlanDuty):
        who = ", ".join(row.offices)
        return found | {"who": who, "how": str(row.get_role_display()), "what": row.text}
    due = f"{row.get_comparator_display()} {shown_day(row.due)}".strip()
    how = [due if row.due else "", str(row.get_recurrence_display() or "")]
    return found | {"who": row.who, "how": ", ".join(filter(None, how)), "what": row.what}


def _values(row: Row) -> dict[str, Any]:
    names = {one.name for group in GROUPS.values() for one in group.fields}
    kept = {name: getattr(row, FIELDS.get(name, name), None) for name in names}
    return {name: value for name, value in kept.items() if value not in (None, "")}


def _given(request: HttpRequest, sort: str) -> tuple[Entry, Input | None]:
    """What was typed, and the row it makes; None where a box cannot be read."""
    entry = typed_entry(request.POST, GROUPS[sort])
    values, wrong = read_values(entry.group, entry.typed)
    if wrong:
        entry.wrong = {name: said(text) for name, text in wrong.items()}
        return entry, None
    if sort == "viec":
        offices = tuple(values["offices"])
        number = values["number"] or ""
        return entry, DutyInput(number, offices, values["role"], values["text"])
    return entry, DeadlineInput(
        values["date"] or "",
        values["comparator"] or "",
        values["recurrence"] or "",
        values["who"] or "",
        values["what"],
        tuple(values["to"]),
        values["via"] or "",
    )


def _form(
    request: HttpRequest,
    plan: Plan,
    sort: str,
    row: Row | None,
    entry: Entry,
    status: int = 200,
) -> HttpResponse:
    kept = ""
    if row is not None and status == CONFLICT:
        kept = _("đã bỏ") if row.withdrawn else whole_of(GROUPS[sort], _whole(row))
    context = {"plan": plan, "sort": sort, "row": row, "entry": entry, "kept": kept}
    context |= {"label": said(GROUPS[sort].label), "key": fresh_key()}
    return show(request, "plan/assigned.html", context, status)


def _whole(row: Row) -> dict[str, Any]:
    values = _values(row)
    return {one.name: values.get(one.name) for group in GROUPS.values() for one in group.fields}
