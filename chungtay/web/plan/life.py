"""The life of a plan on screen: submit, take back, approve or return, issue for good."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from chungtay.acts.refusing import Refused, Stale
from chungtay.plans.blanks import blanks_of
from chungtay.plans.life import (
    Issue,
    approve_plan,
    checked_issue,
    errors_of,
    return_plan,
    submit_plan,
    take_plan_back,
)
from chungtay.plans.models import Plan, PlanVersion
from chungtay.plans.queries import findings_of, plans_seen_by
from chungtay.plans.services import right_to_change
from chungtay.plans.states import State, is_open, right_to_approve
from chungtay.plans.versions import last_version, steps_of
from chungtay.reports.plan_content import ContentError
from chungtay.reports.plan_issuing import issue_with_paper
from chungtay.reports.rendering import RenderingError
from chungtay.reports.tokens import TokenError
from chungtay.rulebook.folding import tidy
from chungtay.web.here import Here
from chungtay.web.pages import fresh_key, one_time_key, page, show, tell, warn
from chungtay.web.plan.seen import CONFLICT, seen_plan, version_of
from chungtay.web.register.dates import TypedDate, boxes_of, read_date, whole_day
from chungtay.web.templating import said

COMMENT_LENGTH = 2000
# What is typed to issue a plan, with how much of it is kept.
LENGTHS = {"number": 10, "symbol": 40, "place": 60, "signer": 100}
NOW = {State.DRAFT: 1, State.RETURNED: 1, State.SUBMITTED: 2, State.APPROVED: 3, State.ISSUED: 5}

log = logging.getLogger(__name__)


def life_of(here: Here, plan: Plan) -> dict[str, Any]:
    """What the page of a plan says of its life, and what this reader may do next."""
    state = State(plan.state)
    steps = list(steps_of(plan).defer("content"))
    may_change = here.actor.may(right_to_change(plan.unit), plan.unit)
    may_approve = here.actor.may(right_to_approve(plan.unit), plan.unit)
    mine = plan.submitted_by_id is not None and plan.submitted_by_id == here.actor.user_id
    return {
        "now": NOW[state],
        "steps": steps,
        "last": steps[0] if steps else None,
        "may_submit": may_change and is_open(plan),
        "may_recall": may_change and state == State.SUBMITTED and mine,
        "may_decide": may_approve and state == State.SUBMITTED,
        "may_issue": may_approve and state == State.APPROVED,
    }


def decisions_of(here: Here) -> list[Plan]:
    """The plans of the place that wait for this reader: to be decided on, issued or mended."""
    may_approve = here.actor.may(right_to_approve(here.place), here.place)
    may_change = here.actor.may(right_to_change(here.place), here.place)
    states = [State.SUBMITTED, State.APPROVED] if may_approve else []
    states += [State.RETURNED] if may_change else []
    if not states:
        return []
    plans = plans_seen_by(here.actor).filter(unit=here.place.pk, state__in=states)
    return list(plans.order_by("-year", "pk"))


@page("plans.see", "GET", "HEAD", "POST")
def plan_submit(request: HttpRequest, here: Here, plan_id: int) -> HttpResponse:
    """What needs a look before a plan is submitted; a POST submits it."""
    plan = _plan_for(here, plan_id, right_to_change)
    if request.method != "POST":
        return _submit_page(request, plan)
    try:
        submit_plan(
            actor=here.actor,
            plan=plan,
            comment=_typed(request, "comment"),
            despite=_typed(request, "despite"),
            expected_version=version_of(request),
            key=one_time_key(request),
        )
    except Stale as stale:
        plan.refresh_from_db()
        return _submit_page(request, plan, said(stale.sentence), CONFLICT)
    except Refused as refusal:
        return _submit_page(request, plan, said(refusal.sentence), 422)
    tell(request, _("Đã trình duyệt kế hoạch. Khi chưa duyệt, người trình vẫn rút lại được."))
    return redirect("plan_page", plan_id=plan.pk)


def _submit_page(
    request: HttpRequest, plan: Plan, error: str = "", status: int = 200
) -> HttpResponse:
    errors, blanks = errors_of(plan), blanks_of(plan)
    context = {
        "plan": plan,
        "key": fresh_key(),
        "open": is_open(plan),
        "error": error,
        "errors": errors,
        "blanks": blanks,
        "findings": [one for one in findings_of(plan) if one not in (*errors, *blanks)],
        "comment": _typed(request, "comment"),
        "despite": _typed(request, "despite"),
    }
    return show(request, "plan/submit.html", context, status)


@page("plans.see", "POST")
def plan_recall(request: HttpRequest, here: Here, plan_id: int) -> HttpResponse:
    """Take a submitted plan back."""
    plan = _plan_for(here, plan_id, right_to_change)
    try:
        version, key = version_of(request), one_time_key(request)
        take_plan_back(actor=here.actor, plan=plan, expected_version=version, key=key)
        tell(request, _("Đã rút lại kế hoạch. Sửa xong hãy trình lại."))
    except Refused as refusal:
        warn(request, said(refusal.sentence))
    return redirect("plan_page", plan_id=plan.pk)


@page("plans.see", "GET", "HEAD", "POST")
def plan_decide(request: HttpRequest, here: Here, plan_id: int) -> HttpResponse:
    """What was submitted, to be approved or returned; one approved is returned until issued."""
    plan = _plan_for(here, plan_id, right_to_approve)
    if request.method != "POST":
        return _decide_page(request, plan)
    returned = request.POST.get("do") == "return"
    try:
        given: dict[str, Any] = {
            "expected_version": version_of(request),
            "key": one_time_key(request),
        }
        if returned:
            remarks = _typed(request, "remarks")
            return_plan(actor=here.actor, plan=plan, remarks=remarks, **given)
        else:
            comment = _typed(request, "remarks")
            approve_plan(actor=here.actor, plan=plan, comment=comment, **given)
    except Stale as stale:
        plan.refresh_from_db()
        return _decide_page(request, plan, said(stale.sentence), CONFLICT)
    except Refused as refusal:
        return _decide_page(request, plan, said(refusal.sentence), 422)
    tell(
        request,
        _("Đã trả lại kế hoạch để sửa.")
        if returned
        else _("Đã duyệt kế hoạch. Từ nay nội dung không đổi nữa; việc tiếp theo là ban hành."),
    )
    return redirect("plan_page", plan_id=plan.pk)


def _decide_page(
    request: HttpRequest, plan: Plan, error: str = "", status: int = 200
) -> HttpResponse:
    errors = errors_of(plan)
    context = {
        "plan": plan,
        "key": fresh_key(),
        "error": error,
        "errors": errors,
        "findings": [one for one in findings_of(plan) if one not in errors],
        "submitted": last_version(plan, PlanVersion.Step.SUBMISSION),
        "returned": last_version(plan, PlanVersion.Step.RETURN),
        "waiting": plan.state == State.SUBMITTED,
        "approved": plan.state == State.APPROVED,
        "remarks": _typed(request, "remarks"),
    }
    return show(request, "plan/decide.html", context, status)


@dataclass
class IssueForm:
    """What was typed to issue a plan, what it makes, and what is wrong with it."""

    typed: dict[str, str]
    on: TypedDate
    issue: Issue | None = None
    errors: list[dict[str, str]] = field(default_factory=list)

    def wrong(self, name: str) -> str | None:
        """The sentence at one field."""
        return next((one["text"] for one in self.errors if one["field"] == name), None)


@page("plans.see", "GET", "HEAD", "POST")
def plan_issue(request: HttpRequest, here: Here, plan_id: int) -> HttpResponse:
    """Number, symbol, day and place; then looked at once more; then issued for good."""
    plan = _plan_for(here, plan_id, right_to_approve)
    if request.method != "POST":
        return _issue_page(request, plan, _first_issue(plan))
    form = _read_issue(request, plan)
    if form.issue is None or "back" in request.POST:
        return _issue_page(request, plan, form, 422 if form.issue is None else 200)
    if "sure" not in request.POST:
        return _issue_page(request, plan, form, sure=True)
    try:
        issue_with_paper(
            actor=here.actor,
            plan=plan,
            issue=form.issue,
            expected_version=version_of(request),
            key=one_time_key(request),
        )
    except Refused as refusal:
        plan.refresh_from_db()
        status = CONFLICT if isinstance(refusal, Stale) else 422
        return _failed(request, plan, form, said(refusal.sentence), status)
    except (ContentError, TokenError, RenderingError) as error:
        log.error("plan %s: not issued, %s", plan.pk, type(error).__name__)
        return _failed(request, plan, form, said(error.sentence), 422)
    tell(
        request, _("Đã ban hành kế hoạch. Bản Word đúng như lúc ban hành tải được bất cứ lúc nào.")
    )
    return redirect("plan_page", plan_id=plan.pk)


def _failed(
    request: HttpRequest, plan: Plan, form: IssueForm, text: str, status: int
) -> HttpResponse:
    form.errors.append({"field": "", "text": text})
    return _issue_page(request, plan, form, status)


def _first_issue(plan: Plan) -> IssueForm:
    """What the wording says already: a plan that was read has its number and its day."""
    head = plan.content.get("head", {})
    typed = {name: str(head.get(name) or "") for name in ("number", "symbol", "place")}
    typed["signer"] = str(plan.content.get("signature", {}).get("name") or "")
    written = str(plan.content.get("issued", {}).get("date") or "")
    day = date.fromisoformat(written) if written else timezone.localdate()
    return IssueForm(typed, TypedDate(boxes_of(day)))


def _read_issue(request: HttpRequest, plan: Plan) -> IssueForm:
    typed = {name: tidy(request.POST.get(name, ""))[:most] for name, most in LENGTHS.items()}
    label = _("Ngày ban hành")
    form = IssueForm(typed, read_date(request.POST, "on", label, whole=True))
    day, wrong = whole_day(form.on, label)
    if day is None:
        form.errors.append({"field": "on_day", "text": wrong})
        return form
    try:
        form.issue = checked_issue(plan, Issue(on=day, **typed))
    except Refused as refusal:
        form.errors.append({"field": "number", "text": said(refusal.sentence)})
    return form


def _issue_page(
    request: HttpRequest, plan: Plan, form: IssueForm, status: int = 200, *, sure: bool = False
) -> HttpResponse:
    context = {
        "plan": plan,
        "key": fresh_key(),
        "entry": form,
        "sure": sure,
        "approved": plan.state == State.APPROVED,
    }
    return show(request, "plan/issue.html", context, status)


def _plan_for(here: Here, plan_id: int, right: Callable[[Any], str]) -> Plan:
    """A plan the actor may act on; Http404 otherwise."""
    plan = seen_plan(here, plan_id)
    if not here.actor.may(right(plan.unit), plan.unit):
        raise Http404
    return plan


def _typed(request: HttpRequest, name: str) -> str:
    return str(request.POST.get(name, "")).strip()[:COMMENT_LENGTH]
