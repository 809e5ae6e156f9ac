"""One's own account: the password and the language; both hold for nobody else."""

from __future__ import annotations

from contextlib import suppress

from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from chungtay.acts.refusing import Refused
from chungtay.staff.models import User
from chungtay.staff.policy import actor_of
from chungtay.staff.services import change_own_password
from chungtay.web.doors import only
from chungtay.web.here import here_of, today
from chungtay.web.pages import show, tell
from chungtay.web.templating import said


@sensitive_post_parameters("old", "new", "again")
@only("GET", "HEAD", "POST")
def account(request: HttpRequest) -> HttpResponse:
    """The page of one's own account; a POST changes the password."""
    user: User = request.user  # type: ignore[assignment]
    _stand_somewhere(request, user)
    if request.method != "POST":
        return _page(request, user, {})
    new = request.POST.get("new", "")
    if new != request.POST.get("again", ""):
        wrong = {"again": _("Hai lần gõ mật khẩu mới không giống nhau. Hãy gõ lại cả hai.")}
        return _page(request, user, wrong)
    first = user.must_change_password
    try:
        change_own_password(user=user, old=request.POST.get("old", ""), new=new)
    except Refused as refusal:
        return _page(request, user, {"old": said(refusal.sentence)})
    update_session_auth_hash(request, user)
    tell(request, _("Đã đổi mật khẩu. Các máy khác đang đăng nhập phải đăng nhập lại."))
    return redirect("today" if first else "account")


def _stand_somewhere(request: HttpRequest, user: User) -> None:
    """Show the frame of the place where this person works, if she holds any post."""
    if user.must_change_password:
        return
    with suppress(Http404):
        request.here = here_of(request, "places.see")  # type: ignore[attr-defined]


def _page(request: HttpRequest, user: User, wrong: dict[str, str]) -> HttpResponse:
    context = {
        "user": user,
        "first": user.must_change_password,
        "posts": actor_of(user, today()).holdings,
        "wrong": wrong,
        "errors": [{"field": name, "text": text} for name, text in wrong.items()],
    }
    return show(request, "staff/account.html", context, 422 if wrong else 200)
