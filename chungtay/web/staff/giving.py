"""Giving a post to a person: a new account or one there is; handing it from one to another."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from chungtay.acts.refusing import Refused
from chungtay.rulebook.folding import tidy
from chungtay.rulebook.wording import vi_date
from chungtay.staff.models import Holding, Post, User
from chungtay.staff.passwords import one_time_password
from chungtay.staff.policy import GIVE
from chungtay.staff.queries import accounts_seen_by, leaves_nobody
from chungtay.staff.services import NewAccount, hand_over, hire, hold_post, open_account
from chungtay.web.here import Here
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

USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,59}")
NAME_LENGTH = 120
NEW, KNOWN = "new", "known"


@dataclass
class Chosen:
    """Who is to hold a post from when: as typed, the account if there is one, what is wrong."""

    who: str
    username: str
    full_name: str
    day: TypedDate
    user: User | None = None
    wrong: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The person, as the check of the answers names her."""
        return self.user.full_name if self.user is not None else self.full_name

    @property
    def hidden(self) -> list[tuple[str, Any]]:
        """The answers for a form that carries them along."""
        typed = [("who", self.who), ("username", self.username), ("full_name", self.full_name)]
        return [*typed, *hidden_day("begins", self.day)]


@page(GIVE, "GET", "HEAD", "POST")
def staff_give(request: HttpRequest, here: Here, post_id: int) -> HttpResponse:
    """Give a post to a person; first a page to check, then the act."""
    post = kept_post(here, post_id)
    return _give(request, here, post, None)


@page(GIVE, "GET", "HEAD", "POST")
def staff_hand_over(request: HttpRequest, here: Here, holding_id: int) -> HttpResponse:
    """Hand a post to somebody else; the old holding ends the day before."""
    holding = kept_holding(here, holding_id)
    return _give(request, here, holding.post, holding)


def _give(request: HttpRequest, here: Here, post: Post, holding: Holding | None) -> HttpResponse:
    chosen = _read(request, here)
    if request.method != "POST":
        return _form(request, here, post, holding, chosen)
    if chosen.wrong:
        return _form(request, here, post, holding, chosen, 422)
    password = one_time_password() if chosen.user is None else ""
    try:
        if not sure(request):
            return _try(request, here, post, holding, chosen)
        _write(request, here, post, holding, chosen, password)
    except Refused as refusal:
        chosen.wrong["who"] = said(refusal.sentence)
        return _form(request, here, post, holding, chosen, 422)
    if password:
        context = {"user": chosen, "password": password, "back_to": post}
        return show(request, "staff/password.html", context)
    tell(request, _("Đã giao chức danh cho %(name)s.") % {"name": chosen.name})
    return redirect("staff_post", post_id=post.pk)


def _read(request: HttpRequest, here: Here) -> Chosen:
    day = typed_day(request, "begins", _("Từ ngày"), here.on)
    posted = request.POST
    chosen = Chosen(
        posted.get("who", NEW),
        tidy(posted.get("username", "")).lower()[:60],
        tidy(posted.get("full_name", ""))[:NAME_LENGTH],
        day,
    )
    if request.method != "POST":
        return chosen
    if wrong := day_error(day):
        chosen.wrong["begins"] = wrong
    if chosen.who == NEW:
        _check_new(chosen)
    else:
        _find(chosen, here)
    return chosen


def _check_new(chosen: Chosen) -> None:
    if not chosen.full_name:
        chosen.wrong["full_name"] = _("Hãy ghi họ và tên của người giữ chức danh.")
    if not USERNAME.fullmatch(chosen.username):
        chosen.wrong["username"] = _(
            "Tên đăng nhập gồm chữ thường không dấu, chữ số, dấu chấm hoặc gạch; ít nhất 3 ký tự."
        )
    elif User.objects.filter(username=chosen.username).exists():
        chosen.wrong["username"] = _(
            "Tên đăng nhập %(name)s đã có người dùng. Hãy chọn tên khác, hoặc chọn người đã có "
            "tài khoản."
        ) % {"name": chosen.username}


def _find(chosen: Chosen, here: Here) -> None:
    """Somebody of the places seen, by number; or of elsewhere, by the exact username."""
    seen = accounts_seen_by(here.actor)
    if chosen.who == KNOWN:
        chosen.user = User.objects.filter(username=chosen.username, is_active=True).first()
    elif chosen.who.isdecimal() and len(chosen.who) < 10:
        chosen.user = seen.filter(pk=int(chosen.who), is_active=True).first()
    if chosen.user is None:
        chosen.wrong["who"] = _("Không có tài khoản nào đang dùng như vậy. Hãy chọn lại.")


def _try(
    request: HttpRequest, here: Here, post: Post, holding: Holding | None, chosen: Chosen
) -> HttpResponse:
    """The answers to be checked; what would be refused is refused here already."""
    with transaction.atomic():
        # The act itself, taken back: whatever it refuses is said before anybody is asked.
        _write(request, here, post, holding, chosen, one_time_password(), key="")
        transaction.set_rollback(True)
    first = day_of(chosen.day)
    rows = [
        {"label": _("Chức danh"), "value": f"{post.title}, {post.unit.name}"},
        {"label": _("Người nhận"), "value": chosen.name},
        {"label": _("Từ ngày"), "value": vi_date(first) if first else ""},
    ]
    warning = ""
    if chosen.user is None:
        rows.insert(2, {"label": _("Tài khoản mới"), "value": chosen.username})
    if holding is not None and first is not None:
        last = vi_date(first - timedelta(days=1))
        ends = _("%(name)s, đến hết ngày %(day)s") % {"name": holding.user.full_name, "day": last}
        rows.insert(1, {"label": _("Người bàn giao"), "value": ends})
        if holding.user_id == here.actor.user_id:
            warning = _own_warning(here, holding, chosen)
    context = {
        "post": post,
        "title": _("Kiểm tra trước khi giao"),
        "rows": rows,
        "hidden": chosen.hidden,
        "yes": _("Giao chức danh"),
        "warning": warning,
        "key": fresh_key(),
    }
    return show(request, "staff/check.html", context)


def _own_warning(here: Here, holding: Holding, chosen: Chosen) -> str:
    text = _("Đây là chức danh của chính bạn: sau ngày đó bạn không còn quyền của nó.")
    first = day_of(chosen.day) or here.on
    if leaves_nobody(holding.post.unit, holding.user, first) and chosen.user is None:
        text += " " + _("Từ đó chỉ người nhận sửa được cán bộ của nơi này.")
    return text


def _write(
    request: HttpRequest,
    here: Here,
    post: Post,
    holding: Holding | None,
    chosen: Chosen,
    password: str,
    key: str | None = None,
) -> None:
    first = day_of(chosen.day) or here.on
    key = one_time_key(request) if key is None else key
    account = NewAccount(chosen.username, chosen.full_name, password)
    if holding is None:
        if chosen.user is None:
            hire(actor=here.actor, post=post, given=account, valid_from=first, key=key)
        else:
            hold_post(actor=here.actor, post=post, user=chosen.user, valid_from=first, key=key)
        return
    with transaction.atomic():
        user = chosen.user or _opened(here, post, account)
        hand_over(actor=here.actor, holding=holding, user=user, on=first, key=key)


def _opened(here: Here, post: Post, account: NewAccount) -> User:
    user_id = open_account(
        actor=here.actor,
        unit=post.unit,
        username=account.username,
        full_name=account.full_name,
        password=account.password,
        must_change=True,
    )
    return User.objects.get(pk=user_id)


def _form(
    request: HttpRequest,
    here: Here,
    post: Post,
    holding: Holding | None,
    chosen: Chosen,
    status: int = 200,
) -> HttpResponse:
    known = accounts_seen_by(here.actor).filter(is_active=True).exclude(pk=here.actor.user_id or 0)
    context = {
        "post": post,
        "holding": holding,
        "chosen": chosen,
        "people": [
            (NEW, _("một người chưa có tài khoản")),
            *((str(one.pk), f"{one.full_name} ({one.username})") for one in known),
            (KNOWN, _("người có tài khoản ở nơi khác (gõ tên đăng nhập)")),
        ],
        "wrong": chosen.wrong,
        "errors": [{"field": name, "text": text} for name, text in chosen.wrong.items()],
    }
    return show(request, "staff/give.html", context, status)
