"""Other people's accounts: a new password shown once, an account closed."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from chungtay.acts.refusing import Refused
from chungtay.places.models import Unit
from chungtay.staff.models import User
from chungtay.staff.passwords import one_time_password
from chungtay.staff.policy import GIVE
from chungtay.staff.queries import leaves_nobody, open_holdings
from chungtay.staff.services import close_account, set_password, unit_of
from chungtay.web.here import Here, today
from chungtay.web.pages import fresh_key, one_time_key, page, show, tell, warn
from chungtay.web.staff.reaching import kept_account, sure
from chungtay.web.templating import said


@page(GIVE, "GET", "HEAD", "POST")
def staff_password(request: HttpRequest, here: Here, user_id: int) -> HttpResponse:
    """A new password for somebody who forgot hers; shown once, good for one login."""
    user = kept_account(here, user_id)
    if request.method != "POST" or not sure(request):
        words = {
            "title": _("Cấp mật khẩu mới"),
            "lead": _(
                "Mật khẩu cũ hết hiệu lực ngay. Mật khẩu mới hiện một lần; người ấy phải đổi khi "
                "đăng nhập lần đầu."
            ),
            "yes": _("Cấp mật khẩu mới"),
        }
        return _check(request, user, words)
    password = one_time_password()
    try:
        set_password(
            actor=here.actor, user=user, unit=_unit(user), password=password, must_change=True
        )
    except Refused as refusal:
        return _refused(request, refusal)
    return show(request, "staff/password.html", {"user": user, "password": password})


@page(GIVE, "GET", "HEAD", "POST")
def staff_close(request: HttpRequest, here: Here, user_id: int) -> HttpResponse:
    """Close an account and end whatever it holds; asked once more before it is done."""
    user = kept_account(here, user_id)
    if request.method != "POST" or not sure(request):
        words = {
            "title": _("Đóng tài khoản"),
            "lead": _(
                "Người này không đăng nhập được nữa và thôi giữ mọi chức danh từ hôm nay. Việc đã "
                "làm vẫn còn."
            ),
            "yes": _("Đóng tài khoản"),
        }
        return _check(request, user, words, danger=True)
    try:
        close_account(
            actor=here.actor, user=user, unit=_unit(user), on=today(), key=one_time_key(request)
        )
    except Refused as refusal:
        return _refused(request, refusal)
    tell(request, _("Đã đóng tài khoản của %(name)s.") % {"name": user.full_name})
    return redirect("staff")


def _refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """Said on the list of posts, where the way on is."""
    warn(request, said(refusal.sentence))
    return redirect("staff")


def _unit(user: User) -> Unit:
    unit = unit_of(user)
    if unit is None:
        raise Http404
    return unit


def _check(
    request: HttpRequest, user: User, words: dict[str, Any], *, danger: bool = False
) -> HttpResponse:
    held = open_holdings(user, today())
    warning = ""
    if danger and any(leaves_nobody(one.post.unit, user, today()) for one in held):
        warning = _(
            "Đây là người cuối cùng sửa được cán bộ của một nơi. Sau đó chỉ cấp trên hoặc người "
            "quản trị máy mở lại được."
        )
    rows = [
        {"label": _("Tài khoản"), "value": f"{user.full_name} ({user.username})"},
        {
            "label": _("Đang giữ"),
            "value": "; ".join(f"{one.post.title}, {one.post.unit.name}" for one in held)
            or _("không giữ chức danh nào"),
        },
    ]
    context = {
        "post": None,
        "title": words["title"],
        "lead": words["lead"],
        "rows": rows,
        "hidden": [],
        "yes": words["yes"],
        "warning": warning,
        "danger": danger,
        "key": fresh_key(),
    }
    return show(request, "staff/check.html", context)
