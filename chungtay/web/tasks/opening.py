"""Opening a task: who leads, who cooperates, by when, how often."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from chungtay.acts.refusing import Refused
from chungtay.places.models import Level
from chungtay.rulebook.dues import last_day_of
from chungtay.rulebook.folding import tidy
from chungtay.staff.models import Post
from chungtay.tasks.models import Recurrence, Rule
from chungtay.tasks.queries import OPEN, is_ordered, posts_to_ask
from chungtay.tasks.services import TaskInput, open_task
from chungtay.web.here import Here
from chungtay.web.pages import fresh_key, one_time_key, page, show, tell, warn
from chungtay.web.register.dates import TypedDate, boxes_of, read_date, whole_day
from chungtay.web.tasks.words import off_words, post_words
from chungtay.web.templating import said

TITLE_LENGTH, OFFICE_LENGTH, ASKED_LENGTH = 200, 160, 4000
MOST_OFFICES = 20


@dataclass
class Typed:
    """The form as it was filled, and what is wrong with it."""

    title: str = ""
    asked: str = ""
    lead: str = ""
    office: str = ""
    cooperating: list[str] = field(default_factory=list)
    offices: str = ""
    rule: str = Rule.ON_OR_BEFORE
    recurrence: str = Recurrence.ONCE
    due: TypedDate = field(default_factory=lambda: TypedDate(boxes_of(None)))
    until: TypedDate = field(default_factory=lambda: TypedDate(boxes_of(None)))
    wrong: dict[str, str] = field(default_factory=dict)


@page(OPEN, "GET", "HEAD", "POST")
def tasks_open(request: HttpRequest, here: Here) -> HttpResponse:
    """Open a task of the place looked at; a POST opens it, once for each turn."""
    if here.place.level == Level.VILLAGE:
        raise Http404
    posts = {str(post.pk): post for post in posts_to_ask(here.place, here.on)}
    if request.method != "POST":
        return _form(request, here, posts, Typed())
    typed = _read(request)
    given = _given(typed, posts)
    if given is None:
        return _form(request, here, posts, typed)
    try:
        made = open_task(actor=here.actor, unit=here.place, given=given, key=one_time_key(request))
    except Refused as refusal:
        typed.wrong["until" if typed.title else "title"] = said(refusal.sentence)
        return _form(request, here, posts, typed)
    tell(request, _("Đã mở %(count)d việc.") % {"count": len(made)})
    if off := off_words(last_day_of(given.due_on, given.rule)):
        warn(request, off)
    return redirect("tasks_page", task_id=made[0])


def _read(request: HttpRequest) -> Typed:
    posted = request.POST
    return Typed(
        title=tidy(posted.get("title", ""))[:TITLE_LENGTH],
        asked=posted.get("asked", "").strip()[:ASKED_LENGTH],
        lead=posted.get("lead", ""),
        office=tidy(posted.get("office", ""))[:OFFICE_LENGTH],
        cooperating=posted.getlist("cooperating"),
        offices=posted.get("offices", "").strip()[: OFFICE_LENGTH * MOST_OFFICES],
        rule=posted.get("rule", ""),
        recurrence=posted.get("recurrence", Recurrence.ONCE),
        due=read_date(posted, "due", _("Hạn"), whole=True),
        until=read_date(posted, "until", _("Lặp lại đến ngày"), whole=True),
    )


def _given(typed: Typed, posts: dict[str, Post]) -> TaskInput | None:
    """What was typed as a task; None with the sentences beside the fields."""
    if not typed.title:
        typed.wrong["title"] = _("Hãy ghi ngắn gọn việc phải làm.")
    lead: Post | str | None = posts.get(typed.lead) or typed.office or None
    if lead is None:
        typed.wrong["lead"] = _("Hãy chọn chức danh chủ trì, hoặc ghi tên cơ quan ở ô bên dưới.")
    due_on, wrong = whole_day(typed.due, _("Hạn"))
    if wrong:
        typed.wrong["due"] = wrong
    if typed.rule not in Rule.values:
        typed.wrong["rule"] = _("Hãy chọn cách tính hạn.")
    until = _until(typed)
    if typed.wrong or lead is None or due_on is None:
        return None
    return TaskInput(
        title=typed.title,
        due_on=due_on,
        lead=lead,
        cooperating=_cooperating(typed, posts),
        asked=typed.asked,
        rule=typed.rule,
        recurrence=typed.recurrence,
        until=until,
    )


def _until(typed: Typed) -> date | None:
    """The last day of what recurs, which must then be given."""
    if typed.recurrence not in Recurrence.values:
        typed.wrong["recurrence"] = _("Hãy chọn một cách lặp lại trong danh sách.")
    if typed.recurrence == Recurrence.ONCE:
        return None
    until, wrong = whole_day(typed.until, _("Lặp lại đến ngày"))
    if wrong:
        typed.wrong["until"] = wrong
    return until


def _cooperating(typed: Typed, posts: dict[str, Post]) -> list[Post | str]:
    named = [tidy(line)[:OFFICE_LENGTH] for line in typed.offices.splitlines()]
    chosen = [posts[one] for one in typed.cooperating if one in posts]
    return [*chosen, *[one for one in named if one][:MOST_OFFICES]]


def _form(request: HttpRequest, here: Here, posts: dict[str, Post], typed: Typed) -> HttpResponse:
    fields = {"due": "due_day", "until": "until_day"}
    options = [(key, _option(here, post)) for key, post in posts.items()]
    context: dict[str, Any] = {
        "typed": typed,
        "posts": options,
        "rules": [(one.value, one.label) for one in Rule],
        "recurrences": [(one.value, one.label) for one in Recurrence],
        "errors": [
            {"field": fields.get(name, name), "text": text} for name, text in typed.wrong.items()
        ],
        "key": fresh_key(),
    }
    return show(request, "tasks/open.html", context, 422 if typed.wrong else 200)


def _option(here: Here, post: Post) -> str:
    words = {"post": post_words(post)}
    if is_ordered(here.place, post):
        return _("%(post)s (giao)") % words
    return _("%(post)s (đề nghị)") % words
