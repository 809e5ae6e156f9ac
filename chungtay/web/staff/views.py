"""The posts of a place, and one post with its history."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from chungtay.acts.refusing import Refused
from chungtay.places.models import Level, Unit
from chungtay.places.queries import villages_of
from chungtay.rulebook.folding import tidy
from chungtay.staff.models import Holding, Post
from chungtay.staff.policy import GIVE, roles
from chungtay.staff.queries import SEE, posts_of
from chungtay.staff.services import PostInput, open_post
from chungtay.web.here import Here
from chungtay.web.pages import fresh_key, one_time_key, page, show, tell
from chungtay.web.register.dates import TypedDate
from chungtay.web.staff.reaching import (
    day_error,
    day_of,
    role_word,
    seen_post,
    typed_day,
)
from chungtay.web.templating import said

TITLE_LENGTH = 120
CHANGED_ON = date(2025, 7, 1)


@page(SEE)
def staff(request: HttpRequest, here: Here) -> HttpResponse:
    """The posts of the place looked at, on the viewing day; those that ended below them."""
    rows = [_row(post, here) for post in posts_of(here.actor, here.place)]
    context = {
        "rows": [row for row in rows if row["stands"]],
        "ended": [row for row in rows if not row["stands"]],
        "may_open": bool(_roles_offered(here)),
    }
    return show(request, "staff/posts.html", context)


def _row(post: Post, here: Here) -> dict[str, Any]:
    held = [one for one in post.holdings.all() if _holds(one.valid_from, one.valid_to, here.on)]
    return {
        "post": post,
        "role": role_word(post.role, here.on),
        "place": post.unit.name,
        "stands": _holds(post.valid_from, post.valid_to, here.on),
        "holders": held,
        "coming": [one for one in post.holdings.all() if one.valid_from > here.on],
    }


def _holds(begins: date | None, ends: date | None, on: date) -> bool:
    return (begins is None or begins <= on) and (ends is None or ends >= on)


@page(SEE)
def staff_post(request: HttpRequest, here: Here, post_id: int) -> HttpResponse:
    """One post: its role before and after 1/7/2025, who held it from when to when, what to do."""
    post = seen_post(here, post_id)
    holdings = list(post.holdings.select_related("user").order_by("-valid_from", "-pk"))
    gives = post.role in here.actor.roles_given(post.unit)
    context = {
        "post": post,
        "role": roles().get(post.role),
        "names": _names(post.role),
        "holdings": [_held(one, here, gives=gives) for one in holdings],
        "stands": _holds(post.valid_from, post.valid_to, here.on),
        "gives": gives,
        "may_change": here.actor.may(GIVE, post.unit),
    }
    return show(request, "staff/post.html", context)


def _names(key: str) -> list[dict[str, str]]:
    """The name of a role before and after the two tiers, one line where they are the same."""
    role = roles().get(key)
    if role is None:
        return []
    before, after = role.name, role.name_on(CHANGED_ON)
    if before == after:
        return [{"when": "", "name": said(before)}]
    return [
        {"when": _("trước 1/7/2025"), "name": said(before)},
        {"when": _("từ 1/7/2025"), "name": said(after)},
    ]


def _held(holding: Holding, here: Here, *, gives: bool) -> dict[str, Any]:
    own = holding.user_id == here.actor.user_id
    still = holding.valid_to is None or holding.valid_to >= here.on
    return {
        "holding": holding,
        "user": holding.user,
        "still": still,
        "may_settle": still and (gives or (own and here.actor.may(GIVE, holding.post.unit))),
        "may_keep": gives and not own and holding.user.is_active,
    }


@page(GIVE, "GET", "HEAD", "POST")
def staff_open(request: HttpRequest, here: Here) -> HttpResponse:
    """Open a post with its title at this place; a POST opens it."""
    begins = typed_day(request, "begins", _("Từ ngày"), here.on)
    ends = typed_day(request, "ends", _("Đến hết ngày"), None)
    typed = {
        "role": request.POST.get("role", ""),
        "village": request.POST.get("village", ""),
        "title": tidy(request.POST.get("title", ""))[:TITLE_LENGTH],
    }
    if request.method != "POST":
        return _open_page(request, here, typed, begins, ends, {})
    errors = _open_errors(here, typed, begins, ends)
    first = day_of(begins)
    if errors or first is None:
        return _open_page(request, here, typed, begins, ends, errors)
    given = PostInput(typed["role"], typed["title"], first, day_of(ends))
    unit = _unit_for(here, typed) or here.place
    try:
        post_id = open_post(actor=here.actor, unit=unit, given=given, key=one_time_key(request))
    except Refused as refusal:
        errors = {"role": said(refusal.sentence)}
        return _open_page(request, here, typed, begins, ends, errors)
    tell(request, _("Đã mở chức danh. Giao cho người giữ ngay dưới đây."))
    return redirect("staff_post", post_id=post_id)


def _open_errors(
    here: Here, typed: dict[str, str], begins: TypedDate, ends: TypedDate
) -> dict[str, str]:
    role = roles().get(typed["role"])
    errors = {}
    if role is None or typed["role"] not in dict(_roles_offered(here)):
        errors["role"] = _("Hãy chọn vai trò trong danh sách.")
    elif role.level == Level.VILLAGE and _unit_for(here, typed) is None:
        errors["village"] = _("Vai trò này thuộc một thôn, tổ; hãy chọn thôn, tổ.")
    if wrong := day_error(begins):
        errors["begins"] = wrong
    if wrong := day_error(ends, needed=False):
        errors["ends"] = wrong
    return errors


def _unit_for(here: Here, typed: dict[str, str]) -> Unit | None:
    """The unit of the new post: the place itself, or the village chosen for a village's role."""
    role = roles().get(typed["role"])
    if role is None or role.level != Level.VILLAGE:
        return here.place
    villages = {str(one.pk): one for one in villages_of(here.place, here.on)}
    return villages.get(typed["village"])


def _roles_offered(here: Here) -> list[tuple[str, str]]:
    """The roles of this level, or of its villages, that the actor gives here."""
    levels = {here.place.level}
    if here.place.level == Level.COMMUNE:
        levels.add(Level.VILLAGE)
    given = here.actor.roles_given(here.place)
    return [
        (key, role_word(key, here.on))
        for key, role in roles().items()
        if key in given and role.level in levels
    ]


def _open_page(
    request: HttpRequest,
    here: Here,
    typed: dict[str, str],
    begins: TypedDate,
    ends: TypedDate,
    wrong: dict[str, str],
) -> HttpResponse:
    villages = villages_of(here.place, here.on) if here.place.level == Level.COMMUNE else ()
    offered = _roles_offered(here)
    aliases = sorted({alias for key, _name in offered for alias in roles()[key].aliases})
    context = {
        "typed": typed,
        "begins": begins,
        "ends": ends,
        "roles": [("", _("— chọn —")), *offered],
        "villages": [("", _("cả xã, phường")), *((str(one.pk), one.name) for one in villages)],
        "aliases": aliases,
        "wrong": wrong,
        "errors": [{"field": field, "text": text} for field, text in wrong.items()],
        "key": fresh_key(),
    }
    return show(request, "staff/open.html", context, 422 if wrong else 200)
