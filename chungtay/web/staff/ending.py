"""Ending what a person holds, or a post itself: asked once more before it is done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from chungtay.acts.refusing import Refused
from chungtay.rulebook.wording import vi_date
from chungtay.staff.models import Post
from chungtay.staff.policy import GIVE
from chungtay.staff.queries import leaves_nobody
from chungtay.staff.services import end_holding, end_post
from chungtay.web.here import Here, today
from chungtay.web.pages import fresh_key, one_time_key, page, show, tell
from chungtay.web.register.dates import TypedDate
from chungtay.web.staff.reaching import (
    day_error,
    day_of,
    hidden_day,
    kept_holding,
    kept_post,
    sure,
    typed_day,
)
from chungtay.web.templating import said


@page(GIVE, "GET", "HEAD", "POST")
def staff_release(request: HttpRequest, here: Here, holding_id: int) -> HttpResponse:
    """End what a person holds; its last day is asked, then the answers are checked."""
    holding = kept_holding(here, holding_id)
    name = holding.user.full_name
    words = {
        "title": _("Thôi giữ chức danh"),
        "lead": _("%(name)s thôi giữ “%(title)s”. Việc người ấy đã làm vẫn còn trong nhật ký.")
        % {"name": name, "title": holding.post.title},
        "yes": _("Thôi giữ chức danh"),
        "done": _("%(name)s đã thôi giữ chức danh.") % {"name": name},
    }
    warning = ""
    if leaves_nobody(holding.post.unit, holding.user, today()):
        warning = _(
            "Đây là người cuối cùng sửa được cán bộ của %(place)s. Sau ngày đó chỉ cấp trên hoặc "
            "người quản trị máy mở lại được."
        ) % {"place": holding.post.unit.name}

    def act(day: Any, key: str) -> None:
        end_holding(actor=here.actor, holding=holding, on=day, key=key)

    return _ask(request, here, holding.post, words, warning, act)


@page(GIVE, "GET", "HEAD", "POST")
def staff_end(request: HttpRequest, here: Here, post_id: int) -> HttpResponse:
    """End a post with whatever is held of it; its last day is asked, then checked."""
    post = kept_post(here, post_id)
    words = {
        "title": _("Kết thúc chức danh"),
        "lead": _("“%(title)s” kết thúc, ai đang giữ cũng thôi giữ từ ngày đó.")
        % {"title": post.title},
        "yes": _("Kết thúc chức danh"),
        "done": _("Chức danh đã kết thúc."),
    }

    def act(day: Any, key: str) -> object:
        return end_post(actor=here.actor, post=post, on=day, key=key)

    return _ask(request, here, post, words, "", act)


def _ask(
    request: HttpRequest,
    here: Here,
    post: Post,
    words: dict[str, str],
    warning: str,
    act: Callable[[Any, str], object],
) -> HttpResponse:
    """The form, then the page to check, then the act; what is refused is said at the first step."""
    typed = typed_day(request, "ends", _("Ngày cuối cùng"), here.on)
    if request.method != "POST":
        return _form(request, post, words, typed, "")
    wrong = day_error(typed)
    if wrong:
        return _form(request, post, words, typed, wrong)
    day = day_of(typed)
    try:
        if sure(request):
            act(day, one_time_key(request))
            tell(request, words["done"])
            return redirect("staff_post", post_id=post.pk)
        with transaction.atomic():
            act(day, "")
            transaction.set_rollback(True)
    except Refused as refusal:
        return _form(request, post, words, typed, said(refusal.sentence))
    context = {
        "post": post,
        "title": words["title"],
        "rows": [
            {"label": _("Chức danh"), "value": f"{post.title}, {post.unit.name}"},
            {"label": _("Ngày cuối cùng"), "value": vi_date(day) if day else ""},
        ],
        "lead": words["lead"],
        "hidden": hidden_day("ends", typed),
        "yes": words["yes"],
        "warning": warning,
        "danger": True,
        "key": fresh_key(),
    }
    return show(request, "staff/check.html", context)


def _form(
    request: HttpRequest, post: Post, words: dict[str, str], typed: TypedDate, wrong: str
) -> HttpResponse:
    context = {
        "post": post,
        "words": words,
        "typed": typed,
        "wrong": wrong,
        "errors": [{"field": "ends_day", "text": wrong}] if wrong else [],
    }
    return show(request, "staff/end.html", context, 422 if wrong else 200)
