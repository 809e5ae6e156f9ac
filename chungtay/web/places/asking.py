"""The question before an act that moves households: what will happen, counted, then yes or back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from chungtay.web.pages import show

Answer = TypeVar("Answer")
NOT_CARRIED = frozenset({"csrfmiddlewaretoken", "confirm", "back"})
CONFIRM, BACK = "confirm", "back"


@dataclass(frozen=True)
class Question:
    """What is asked before the act: a title, the answers so far, what follows, the button."""

    title: str
    rows: Iterable[dict[str, Any]]
    follows: Iterable[str]
    yes: str
    action: str
    crumbs: Iterable[dict[str, str]]


def confirmed(request: HttpRequest) -> bool:
    """Whether the person has seen the question and said yes."""
    return CONFIRM in request.POST


def wants_back(request: HttpRequest) -> bool:
    """Whether the person has seen the question and wants to change an answer."""
    return BACK in request.POST


def tried(act: Callable[[], Answer]) -> Answer:
    """Do an act and take it back: what it would answer, or the refusal it would meet."""
    with transaction.atomic():
        answer = act()
        transaction.set_rollback(True)
    return answer


def ask(request: HttpRequest, question: Question) -> HttpResponse:
    """The page that shows the answers once more, and carries them."""
    carried = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in NOT_CARRIED
    ]
    return show(request, "places/check.html", {"question": question, "carried": carried})


def crumbs(*steps: tuple[str, str]) -> list[dict[str, str]]:
    """The way to a page."""
    return [{"label": label, "href": href} for label, href in steps]
