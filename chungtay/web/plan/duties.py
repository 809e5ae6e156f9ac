"""From a plan to tasks: what it asks of offices, ticked, corrected and opened in one act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.acts.refusing import Refused
from chungtay.files.refusals import UnfriendlyFile
from chungtay.plans.duties import take_duties
from chungtay.plans.models import Plan
from chungtay.plans.offices import Answering
from chungtay.plans.services import right_to_change
from chungtay.plans.tasking import (
    Proposal,
    deadline_key,
    keys_by_duty,
    open_from_plan,
    proposals_of,
    tasks_of_plan,
)
from chungtay.reports.plan_content import ContentError
from chungtay.reports.plan_text import text_of
from chungtay.reports.tokens import TokenError
from chungtay.rulebook.wording import vi_date
from chungtay.staff.models import Post
from chungtay.tasks.models import Recurrence, Rule
from chungtay.tasks.queries import OPEN, posts_to_ask, tasks_seen_by
from chungtay.web.here import Here, viewing_day
from chungtay.web.pages import fresh_key, one_time_key, page, show, tell, warn
from chungtay.web.plan.seen import seen_plan
from chungtay.web.register.dates import TypedDate, boxes_of
from chungtay.web.tasks.typed import Typed, choices_of, given_of, kinds_of, read_typed
from chungtay.web.tasks.words import post_words, row_of
from chungtay.web.templating import said

# A browser sends every field of the page, and no more than a thousand are read.
A_PAGE = 40


@dataclass
class Row:
    """A proposed task on the page: its fields, or the tasks that were opened from it."""

    prefix: str
    head: str
    proposal: Proposal
    typed: Typed
    ticked: bool
    tasks: list[dict[str, Any]]


@dataclass
class Desk:
    """What a request looks at: the plan, the posts it may give tasks to, and the rows shown."""

    plan: Plan
    on: date
    posts: dict[str, Post]
    shown: Page[Proposal]
    rows: list[Row]
    may_change: bool


@page(OPEN, "GET", "HEAD", "POST")
def plan_duties(request: HttpRequest, here: Here, plan_id: int) -> HttpResponse:
    """The duties and deadlines of a plan as proposed tasks; a POST opens those ticked."""
    plan = seen_plan(here, plan_id)
    if not here.actor.may(OPEN, plan.unit):
        raise Http404
    desk = _desk(request, here, plan)
    if request.method != "POST":
        return _form(request, desk)
    chosen = [row for row in desk.rows if row.ticked]
    given = [given_of(row.typed, desk.posts, row.proposal.subject_key) for row in chosen]
    wrong = [error for row in chosen for error in row.typed.errors(row.prefix)]
    if wrong:
        return _form(request, desk, wrong)
    link = reverse("plan_page", args=[plan.pk]) + "#phan-cong"
    try:
        done = open_from_plan(
            actor=here.actor,
            plan=plan,
            chosen=[one for one in given if one is not None],
            link=link,
            key=one_time_key(request),
        )
    except Refused as refusal:
        return _form(request, desk, [{"text": said(refusal.sentence)}])
    tell(request, _("Đã mở %(count)d việc từ kế hoạch.") % {"count": done["opened"]})
    return redirect(link)


@page("plans.see", "POST")
def plan_take_duties(request: HttpRequest, here: Here, plan_id: int) -> HttpResponse:
    """Take the duties and deadlines of a plan out of its own wording."""
    plan = seen_plan(here, plan_id)
    try:
        found = take_duties(
            actor=here.actor, plan=plan, text=text_of(plan), key=one_time_key(request)
        )
        text = _("Đã lấy %(duties)d nhiệm vụ và %(deadlines)d thời hạn từ nội dung kế hoạch.")
        tell(request, text % found)
    except (Refused, UnfriendlyFile, ContentError, TokenError) as refusal:
        warn(request, said(refusal.sentence))
    return redirect(reverse("plan_page", args=[plan.pk]) + "#phan-cong")


def _desk(request: HttpRequest, here: Here, plan: Plan) -> Desk:
    on = viewing_day(plan.unit, plan.year)
    posts = {str(post.pk): post for post in posts_to_ask(plan.unit, on)}
    proposals = proposals_of(plan, posts.values(), on)
    shown = Paginator(proposals, A_PAGE).get_page(request.GET.get("trang"))
    tasks = tasks_of_plan(plan, tasks_seen_by(here.actor))
    posted = request.method == "POST"
    rows = []
    for at, one in enumerate(shown.object_list, shown.start_index()):
        prefix = f"viec{at}-"
        known = tasks.get(one.subject_key, [])
        rows.append(
            Row(
                prefix,
                _head(one),
                one,
                read_typed(request.POST, prefix) if posted else _typed(one),
                not known and posted and f"{prefix}tick" in request.POST,
                [row_of(task, here.on) for task in known],
            )
        )
    may_change = here.actor.may(right_to_change(plan.unit), plan.unit)
    return Desk(plan, on, posts, shown, rows, may_change)


def _head(one: Proposal) -> str:
    """The head of the plan's text a proposal stands under."""
    if one.duty is None:
        return _("Thời hạn không thuộc mục nào")
    number = f"{one.duty.number}. " if one.duty.number else ""
    return f"{number}{', '.join(one.duty.offices) or _('Chưa giao cho đơn vị nào')}"


def _typed(one: Proposal) -> Typed:
    """A proposal as its fields are first filled."""
    lead, others = one.who.lead, one.who.cooperating
    names = [to for to in others if isinstance(to, str)]
    return Typed(
        title=one.title,
        asked=one.asked,
        lead=str(lead.pk) if isinstance(lead, Post) else "",
        office=lead if isinstance(lead, str) else "",
        cooperating=[str(to.pk) for to in others if isinstance(to, Post)],
        offices="\n".join(names),
        rule=one.due.rule,
        recurrence=one.due.recurrence,
        due=TypedDate(boxes_of(one.due.on)),
        until=TypedDate(boxes_of(one.due.until)),
    )


def _form(
    request: HttpRequest, desk: Desk, errors: list[dict[str, str]] | None = None
) -> HttpResponse:
    shown = desk.shown
    context = {
        "plan": desk.plan,
        "may_change": desk.may_change,
        "heads": [
            (head, [_row(desk, row) for row in some])
            for head, some in groupby(desk.rows, lambda row: row.head)
        ],
        "posts": choices_of(desk.plan.unit, desk.posts.values()),
        "errors": errors or [],
        "key": fresh_key(),
        "pager": {
            "page": shown.number,
            "pages": shown.paginator.num_pages,
            "before": f"?trang={shown.previous_page_number()}" if shown.has_previous() else None,
            "after": f"?trang={shown.next_page_number()}" if shown.has_next() else None,
        },
        **kinds_of(),
    }
    return show(request, "plan/duties.html", context, 422 if errors else 200)


def _row(desk: Desk, row: Row) -> dict[str, Any]:
    one = row.proposal
    return {
        "row": row,
        "typed": row.typed,
        "who": _who_words(one.who),
        "due": _due_words(one),
        "assumed": not one.due.stated,
        "past": one.due.on < desk.on,
        "cooperating": choices_of(
            desk.plan.unit, [to for to in one.who.cooperating if isinstance(to, Post)]
        ),
    }


def _who_words(who: Answering) -> str:
    """Who leads and who cooperates, as the proposal has it."""
    lead = _words(who.lead)
    if not lead:
        return _("chưa biết ai chủ trì: hãy chọn")
    if not who.cooperating:
        return lead
    return _("%(lead)s; phối hợp: %(names)s") % {
        "lead": lead,
        "names": ", ".join(_words(one) for one in who.cooperating),
    }


def _words(to: Post | str) -> str:
    return post_words(to) if isinstance(to, Post) else to


def _due_words(one: Proposal) -> str:
    day = vi_date(one.due.on)
    text = (
        _("trước ngày %(day)s") if one.due.rule == Rule.BEFORE else _("chậm nhất ngày %(day)s")
    ) % {"day": day}
    if one.due.recurrence == Recurrence.ONCE:
        return text
    return f"{text}, {Recurrence(one.due.recurrence).label}"


def followed(here: Here, plan: Plan, papers: dict[str, Any]) -> dict[str, Any]:
    """What the plan's page says of tasks: those of each duty and deadline that the actor sees."""
    duties = [one for _head, some in papers["duties"] for one in some]
    deadlines = [one for one, _due in papers["deadlines"]]
    tasks = tasks_of_plan(plan, tasks_seen_by(here.actor)) if duties or deadlines else {}
    rows = {key: [row_of(task, here.on) for task in some] for key, some in tasks.items()}
    return {
        "may_give": here.actor.may(OPEN, plan.unit),
        "tasks_of_duty": {
            duty: [row for key in keys for row in rows.get(key, [])]
            for duty, keys in keys_by_duty(plan, duties, deadlines).items()
        },
        "tasks_of_deadline": {one.pk: rows.get(deadline_key(plan, one), []) for one in deadlines},
    }
