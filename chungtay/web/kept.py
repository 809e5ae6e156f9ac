"""What was typed when a session closed: carried through the login, offered to be sent again."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

PREFIX = "kept:"
PATH = "kept_path"
NEVER_KEPT = frozenset({"csrfmiddlewaretoken", "password"})

Pairs = list[tuple[str, str]]


def pairs_sent(request: HttpRequest) -> Pairs:
    """The fields of a form that met a closed session."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in NEVER_KEPT
    ]


def pairs_carried(request: HttpRequest) -> Pairs:
    """The fields a login form carries for the form that waits behind it."""
    return [
        (name.removeprefix(PREFIX), value)
        for name, values in request.POST.lists()
        for value in values
        if name.startswith(PREFIX)
    ]


def path_carried(request: HttpRequest) -> str:
    """Where the waiting form goes; empty unless it is a page of this program."""
    path = request.POST.get(PATH, "")
    local = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return path if local else ""
