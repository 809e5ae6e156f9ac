"""Opening a task: who leads, who cooperates, by when, how often."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from chungtay.acts.refusing import Refused
from chungtay.places.models import Level
from chungtay.rulebook.dues import last_day_of
from chungtay.staff.models import Post
from chungtay.tasks.queries import OPEN, posts_to_ask
from chungtay.tasks.services import open_task
from chungtay.web.here import Here
from chungtay.web.pages import fresh_key, one_time_key, page, show, tell, warn
from chungtay.web.tasks.typed import Typed, choices_of, given_of, kinds_of, read_typed
from chungtay.web.tasks.words import off_words
from chungtay.web.templating import said


@page(OPEN, "GET", "HEAD", "POST")
def tasks_open(request: HttpRequest, here: Here) -> HttpResponse:
    """Open a task of the place looked at; a POST opens it, once for each turn."""
    if here.place.level == Level.VILLAGE:
        raise Http404
    posts = {str(post.pk): post for post in posts_to_ask(here.place, here.on)}
    if request.method != "POST":
        return _form(request, here, posts, Typed())
    typed = read_typed(request.POST)
    given = given_of(typed, posts)
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


def _form(request: HttpRequest, here: Here, posts: dict[str, Post], typed: Typed) -> HttpResponse:
    context = {
        "typed": typed,
        "posts": choices_of(here.place, posts.values()),
        "errors": list(typed.errors()),
        "key": fresh_key(),
        **kinds_of(),
    }
    return show(request, "tasks/open.html", context, 422 if typed.wrong else 200)
