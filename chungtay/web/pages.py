"""What every view shares: the right it asks, the place it stands at, the way it answers."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib import messages
from django.contrib.messages import get_messages
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.functional import SimpleLazyObject
from django.utils.html import format_html

from chungtay import __version__
from chungtay.acts.refusing import NotAllowed
from chungtay.rulebook.folding import tidy
from chungtay.web.chrome import chrome_of
from chungtay.web.doors import only
from chungtay.web.here import Here, here_of

DONE, NEEDS = 25, 30
FORM_TOKEN = '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'  # noqa: S105 a place, no token

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, Here, P], HttpResponse]


def page(right: str, *methods: str) -> Callable[[View[P]], Callable[..., HttpResponse]]:
    """A view that asks a right; without it the page answers exactly like a missing one."""

    def decorate(view: View[P]) -> Callable[..., HttpResponse]:
        @only(*(methods or ("GET", "HEAD")))
        @wraps(view)
        def answer(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            here = here_of(request, right)
            request.here = here  # type: ignore[attr-defined]
            try:
                return view(request, here, *args, **kwargs)
            except NotAllowed as refusal:
                raise Http404 from refusal

        answer.right = right  # type: ignore[attr-defined]
        return answer

    return decorate


def show(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """Answer with a template inside the shared chrome; a part for htmx asks for none."""
    text = written(request, template, context or {}, get_token(request))
    return HttpResponse(text, status=status)


def written(request: HttpRequest, template: str, context: dict[str, Any], token: str) -> str:
    """A page as text, ``token`` in all its forms: masked once, not anew for each of them."""
    here: Here | None = getattr(request, "here", None)
    known = {
        "request": request,
        "csrf_token": token,
        "csrf_input": format_html(FORM_TOKEN, token),
        "here": here,
        # Made where a template shows it: a part for htmx does not.
        "chrome": SimpleLazyObject(lambda: chrome_of(request, here)) if here else None,
        # Read where a template shows them: a part for htmx leaves them to the next page.
        "notices": SimpleLazyObject(lambda: _notices(request)),
        "version": __version__,
        **context,
    }
    return render_to_string(template, known)


def _notices(request: HttpRequest) -> list[dict[str, str | None]]:
    return [
        {"text": said.message, "kind": said.level_tag, "undo_href": said.extra_tags or None}
        for said in get_messages(request)
    ]


def tell(request: HttpRequest, text: str, undo_href: str = "") -> None:
    """Say on the next page what has just been done, with the way back where there is one."""
    messages.add_message(request, DONE, text, extra_tags=undo_href)


def warn(request: HttpRequest, text: str) -> None:
    """Say on the next page what could not be done, and why."""
    messages.add_message(request, NEEDS, text)


def fresh_key() -> str:
    """An idempotency key for a form that is shown now."""
    return secrets.token_urlsafe(18)


def one_time_key(request: HttpRequest) -> str:
    """The idempotency key a form was given when it was shown."""
    return tidy(request.POST.get("key", ""))[:100]
