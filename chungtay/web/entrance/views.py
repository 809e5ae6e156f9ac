"""Logging in and out, choosing place and year."""

from __future__ import annotations

import re

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from chungtay.web.doors import only
from chungtay.web.here import Here, first_year, today
from chungtay.web.kept import pairs_carried, path_carried
from chungtay.web.pages import page, show, warn

LONGEST_USERNAME = 60
YEAR = re.compile(r"[0-9]{4}")


@sensitive_post_parameters("password")
@only("GET", "HEAD", "POST")
def log_in(request: HttpRequest) -> HttpResponse:
    """The login page; wrong words are answered without saying which was wrong."""
    if request.user.is_authenticated:
        return redirect(settings.LOGIN_REDIRECT_URL)
    target = request.POST.get("next") or request.GET.get("next", "")
    if request.method != "POST":
        idle = bool(request.session.pop("idle", False))
        return _login_page(request, "", target, [], idle=idle)
    username = request.POST.get("username", "").replace("\0", "").strip()[:LONGEST_USERNAME]
    user = authenticate(request, username=username, password=request.POST.get("password", ""))
    if user is None:
        error = _("Tên đăng nhập hoặc mật khẩu không đúng. Kiểm tra phím Caps Lock rồi thử lại.")
        return _login_page(request, username, target, [error], status=401)
    login(request, user)
    waiting = path_carried(request)
    if waiting:
        return show(
            request, "entrance/again.html", {"path": waiting, "pairs": pairs_carried(request)}
        )
    safe = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return redirect(target if safe else resolve_url(settings.LOGIN_REDIRECT_URL))


def _login_page(
    request: HttpRequest,
    username: str,
    target: str,
    errors: list[str],
    *,
    idle: bool = False,
    status: int = 200,
) -> HttpResponse:
    shown = [{"field": "username", "text": error} for error in errors]
    context = {"username": username, "next": target, "errors": shown, "idle": idle}
    context |= {"kept": pairs_carried(request), "kept_path": path_carried(request)}
    return show(request, "entrance/login.html", context, status)


@only("POST")
def log_out(request: HttpRequest) -> HttpResponse:
    """Log out and let the browser forget what it kept."""
    logout(request)
    response = redirect("login")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@page("places.see")
def choose(request: HttpRequest, here: Here) -> HttpResponse:
    """Choose the place (among one's own) and the viewing year, then go to the first page."""
    place, year = request.GET.get("place", ""), request.GET.get("year", "")
    own = {str(unit.id): unit for unit in here.actor.units_for("places.see")}
    if place in own:
        request.session["place"] = own[place].id
        request.session.pop("year", None)
    last = today().year
    if YEAR.fullmatch(year) and first_year() <= int(year) <= last:
        request.session["year"] = int(year)
    elif year:
        text = _("Năm này không xem được. Chọn từ %(first)d đến %(last)d.")
        warn(request, text % {"first": first_year(), "last": last})
    return redirect("today")
