"""The language of the screens: Vietnamese, or English where somebody asked for it."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme

from chungtay.staff.models import Language, User
from chungtay.staff.services import choose_language
from chungtay.web.doors import only

Answer = Callable[[HttpRequest], HttpResponse]
A_YEAR_SECONDS = 365 * 24 * 60 * 60


class SpeaksByCookie:
    """Speaks the language this browser chose, else Vietnamese: never what a browser prefers.

    An office's computers come with English browsers that nobody has set up; the screens of a
    commune do not turn English because of that.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in that language, and say in which."""
        with translation.override(_known(request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, ""))):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or "")
        return response


class SpeaksByAccount:
    """Once somebody is logged in, speaks the language of the account."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on in that language."""
        chosen = getattr(request.user, "language", "")
        if chosen:
            translation.activate(_known(chosen))
        return self.get_response(request)


def _known(language: str) -> str:
    return language if language in Language.values else Language.VIETNAMESE


@only("POST")
def choose_words(request: HttpRequest) -> HttpResponse:
    """Switch the language of this browser, and of the account if somebody is logged in."""
    chosen = _known(request.POST.get("language", ""))
    if isinstance(request.user, get_user_model()):
        user: User = request.user
        choose_language(user=user, language=chosen)
    back = request.POST.get("next", "")
    local = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    response = redirect(back if local else settings.LOGIN_REDIRECT_URL)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        chosen,
        max_age=A_YEAR_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=settings.BEHIND_TLS,
    )
    return response
