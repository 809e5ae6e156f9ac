"""The doors of the house: log in first, lock when idle, answer plainly when locked out."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import resolve, reverse
from django.utils.translation import gettext as _

from chungtay import __version__
from chungtay.staff.lockout import minutes_left
from chungtay.web.kept import pairs_carried, pairs_sent, path_carried

OPEN_PAGES = frozenset({"login", "language"})
# where somebody may go who must choose a password of her own first
FIRST_PAGES = frozenset({"account", "language", "login", "logout"})
SEEN_STEP_SECONDS = 30
BARE: dict[str, Any] = {"here": None, "chrome": None, "notices": [], "version": __version__}

Answer = Callable[[HttpRequest], HttpResponse]
View = Callable[..., HttpResponse]


class IdleLock:
    """Closes a session nobody used for the set number of minutes."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Log out the idle, note the moment for the others (at most twice a minute)."""
        if request.user.is_authenticated:
            now = int(time.time())
            seen = request.session.get("seen", now)
            if now - seen > timedelta(minutes=settings.IDLE_MINUTES).total_seconds():
                logout(request)
                request.session["idle"] = True
            elif now - seen >= SEEN_STEP_SECONDS or "seen" not in request.session:
                request.session["seen"] = now
        return self.get_response(request)


class LoginFirst:
    """Every page asks for a login but those named open."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Send strangers to the login page, and htmx parts to a whole new page."""
        name = resolve(request.path_info).url_name
        if request.user.is_authenticated:
            return _own_password_first(request, name)
        if name in OPEN_PAGES:
            return None
        if request.headers.get("HX-Request"):
            return HttpResponse(status=204, headers={"HX-Redirect": reverse("login")})
        if request.method == "POST" and pairs_sent(request):
            return _login_that_keeps(request)
        if request.method not in ("GET", "HEAD"):
            return redirect("login")
        return redirect_to_login(request.get_full_path(), "login")


def _own_password_first(request: HttpRequest, name: str | None) -> HttpResponse | None:
    """A password that somebody else has seen opens nothing but the page to change it."""
    if name in FIRST_PAGES or not getattr(request.user, "must_change_password", False):
        return None
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": reverse("account")})
    return redirect("account")


def _login_that_keeps(request: HttpRequest) -> HttpResponse:
    """The login page, carrying the form that met a closed session."""
    context = {"username": "", "next": "", "errors": [], "idle": True}
    kept = {"kept": pairs_sent(request), "kept_path": request.get_full_path()}
    return render(request, "entrance/login.html", BARE | context | kept, status=401)


def locked_out(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """Too many wrong passwords: say how long to wait and how to go on."""
    message = _(
        "Nhập sai quá nhiều lần nên tạm khóa đăng nhập. Hãy đợi %(minutes)d phút rồi thử lại; "
        "nếu quên mật khẩu, nhờ người quản trị đặt lại."
    ) % {"minutes": minutes_left(request, request.axes_credentials)}  # type: ignore[attr-defined]
    shown = [{"field": "username", "text": message}]
    context = {"errors": shown, "username": "", "next": "", "idle": False}
    kept = {"kept": pairs_carried(request), "kept_path": path_carried(request)}
    return render(request, "entrance/login.html", BARE | context | kept, status=429)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form sent without its token: usually a page left open over a new login."""
    return render(request, "entrance/stale.html", BARE, status=403)


def only(*methods: str) -> Callable[[View], View]:
    """A view that answers these methods only; to others a page says so (405)."""

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method in methods:
                return view(request, *args, **kwargs)
            said = render(request, "entrance/wrong_method.html", BARE, status=405)
            said.headers["Allow"] = ", ".join(methods)
            return said

        return answer

    return decorate


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that cannot be understood, or that somebody has tampered with."""
    return render(request, "entrance/unreadable.html", BARE, status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that is understood and refused."""
    return render(request, "entrance/forbidden.html", BARE, status=403)


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A page that is not there, or not for this person: the answer is the same."""
    return render(request, "entrance/missing.html", BARE, status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """An error of ours: nothing was written."""
    return render(request, "entrance/broken.html", BARE, status=500)
