"""Comments on drafts of plans: which plans have some, what was said of one, what became of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.plans.models import Plan
from chungtay.plans.queries import plans_seen_by
from chungtay.plans.services import right_to_change
from chungtay.supervision.models import CommentOutcome, PlanComment
from chungtay.supervision.queries.comments import (
    commented_plans,
    comments_on,
    comments_seen_by,
)
from chungtay.supervision.queries.petitions import PROPOSE
from chungtay.supervision.services.comments import (
    CommentInput,
    comment_on_plan,
    restore_comment,
    settle_comment,
    withdraw_comment,
)
from chungtay.web.here import Here
from chungtay.web.pages import one_time_key, page, show
from chungtay.web.register.dates import TypedDate, boxes_of, read_date, whole_day
from chungtay.web.supervision.shapes import acted, listed, show_record, undone_words
from chungtay.web.supervision.shared import (
    NAME_LENGTH,
    line_of,
    text_of,
    version_of,
    withdraw_or_restore,
)

SEE = "plans.see"


def seen_plan(here: Here, plan_id: int) -> Plan:
    """A plan the actor may see; Http404 otherwise."""
    return get_object_or_404(plans_seen_by(here.actor), pk=plan_id)


def comment_to_settle(here: Here, comment_id: int) -> PlanComment:
    """A comment on a plan the actor may change; Http404 otherwise."""
    comment = get_object_or_404(comments_seen_by(here.actor), pk=comment_id)
    unit = comment.plan.unit
    if not here.actor.may(right_to_change(unit), unit):
        raise Http404
    return comment


@page(SEE)
def supervision_comments(request: HttpRequest, here: Here) -> HttpResponse:
    """The plans of the viewing year with the comments on each."""
    found = commented_plans(here.actor, here.units, here.year)
    context = listed(request, here, "supervision_comments", found, lambda plan: plan)
    return show(request, "supervision/comments.html", context)


@page(SEE, "GET", "HEAD", "POST")
def supervision_comment(request: HttpRequest, here: Here, plan_id: int) -> HttpResponse:
    """The comments on one plan; a POST takes down another."""
    plan = seen_plan(here, plan_id)
    if request.method != "POST":
        return _show(request, here, plan)
    on = read_date(request.POST, "on", _("Ngày góp ý"), whole=True)
    wrong: dict[str, str] = {}
    given = _given(request, on, wrong)
    if not here.actor.may(PROPOSE, plan.unit):
        raise Http404
    if given is None:
        return _show(request, here, plan, wrong, on=on)
    return acted(
        request,
        partial(
            comment_on_plan,
            actor=here.actor,
            plan=plan,
            given=given,
            today=here.actor.today,
            key=one_time_key(request),
        ),
        lambda wrong, status: _show(request, here, plan, wrong, status, on),
        "on_day",
        _("Đã ghi góp ý."),
        reverse("supervision_comment", args=[plan.pk]),
    )


def _given(request: HttpRequest, on: TypedDate, wrong: dict[str, str]) -> CommentInput | None:
    by, text = line_of(request, "by", NAME_LENGTH), text_of(request, "text")
    if not by:
        wrong["by"] = _("Hãy ghi ai góp ý.")
    if not text:
        wrong["text"] = _("Hãy ghi nội dung góp ý.")
    day, words = whole_day(on, _("Ngày góp ý"))
    if words:
        wrong["on_day"] = words
    return None if wrong or day is None else CommentInput(by, day, text)


@page(SEE, "POST")
def supervision_settle(request: HttpRequest, here: Here, comment_id: int) -> HttpResponse:
    """Say what became of a comment."""
    comment = comment_to_settle(here, comment_id)
    outcome = request.POST.get("outcome", "")
    if outcome not in CommentOutcome.values:
        wrong = {f"settle-{comment.pk}": _("Hãy chọn kết quả xem xét.")}
        return _show(request, here, comment.plan, wrong)

    def act() -> int:
        return settle_comment(
            actor=here.actor,
            comment=comment,
            outcome=outcome,
            reason=text_of(request, "reason"),
            expected_version=version_of(request),
            key=one_time_key(request),
        )

    return _done(request, here, comment, act, "settle", _("Đã ghi kết quả xem xét."))


@page(SEE, "POST")
def supervision_uncomment(request: HttpRequest, here: Here, comment_id: int) -> HttpResponse:
    """Withdraw a comment with the reason; one that is withdrawn is used again."""
    comment = comment_to_settle(here, comment_id)

    def act() -> int:
        return withdraw_or_restore(
            request,
            comment,
            partial(withdraw_comment, actor=here.actor, comment=comment),
            partial(restore_comment, actor=here.actor, comment=comment),
            "why",
        )

    return _done(request, here, comment, act, "why", undone_words(comment))


def _done(
    request: HttpRequest,
    here: Here,
    comment: PlanComment,
    act: Callable[[], int],
    field: str,
    text: str,
) -> HttpResponse:
    to = reverse("supervision_comment", args=[comment.plan_id])

    def again(wrong: dict[str, str], status: int) -> HttpResponse:
        return _show(request, here, comment.plan, wrong, status)

    return acted(request, act, again, f"{field}-{comment.pk}", text, to)


def _show(
    request: HttpRequest,
    here: Here,
    plan: Plan,
    wrong: dict[str, str] | None = None,
    status: int = 0,
    on: TypedDate | None = None,
) -> HttpResponse:
    """The comments on a plan; with everything typed where an act was refused."""
    context = {
        "plan": plan,
        "unit": plan.unit.name_on(here.on),
        "comments": [_row(one) for one in comments_on(plan)],
        "may_comment": here.actor.may(PROPOSE, plan.unit),
        "may_settle": here.actor.may(right_to_change(plan.unit), plan.unit),
        "outcomes": [(one.value, one.label) for one in CommentOutcome],
        "typed": {
            name: request.POST.get(name, "") for name in ("by", "text", "outcome", "reason", "why")
        },
        "on": (on or TypedDate(boxes_of(here.actor.today))).boxes,
    }
    return show_record(request, "supervision/plan_comments.html", context, wrong or {}, status)


def _row(one: PlanComment) -> dict[str, Any]:
    return {
        "comment": one,
        "outcome": one.get_outcome_display(),
        "left": one.outcome == CommentOutcome.UNSETTLED,
    }
