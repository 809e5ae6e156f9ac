"""The shapes the pages of the desk have in common: a list, a form, a record, an act on one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from chungtay.acts.refusing import Refused, Stale
from chungtay.supervision.models.kept import Kept
from chungtay.web.here import Here
from chungtay.web.pages import fresh_key, show, tell
from chungtay.web.supervision.shared import WRONG, paged, pager, status_of, tabs
from chungtay.web.templating import said

Given = TypeVar("Given")
Again = Callable[[dict[str, str], int], HttpResponse]


class TypedForm(Protocol):
    """A form as it was filled: the version it was made of, and what is wrong with it."""

    version: int
    wrong: dict[str, str]


def listed(
    request: HttpRequest,
    here: Here,
    name: str,
    found: QuerySet[Any],
    row: Callable[[Any], Any],
    **chosen: str,
) -> dict[str, Any]:
    """What every list shows: its tabs, the rows of the page asked for, the pages beside it."""
    shown = paged(request, found)
    return {
        "tabs": tabs(here, name),
        "rows": [row(one) for one in shown.object_list],
        "count": shown.paginator.count,
        "pager": pager(shown, **chosen),
    }


def show_record(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    wrong: dict[str, str],
    status: int = 0,
) -> HttpResponse:
    """The page of a record; where an act was refused, with the sentences at their fields."""
    told = {
        "wrong": wrong,
        "errors": [{"field": field, "text": text} for field, text in wrong.items()],
        "key": fresh_key(),
    }
    return show(request, template, context | told, status or (WRONG if wrong else 200))


def acted(
    request: HttpRequest, act: Callable[[], Any], again: Again, field: str, words: str, to: str
) -> HttpResponse:
    """Do an act, say so and go on; refused, the page again with the sentence at its field."""
    try:
        act()
    except Refused as refusal:
        return again({field: said(refusal.sentence)}, status_of(refusal))
    tell(request, words)
    return redirect(to)


def undone_words(record: Kept) -> str:
    """What is said once a record is withdrawn, or used again."""
    return _("Đã dùng lại.") if record.withdrawn else _("Đã rút. Rút nhầm thì dùng lại được.")


def show_form(
    request: HttpRequest,
    template: str,
    typed: TypedForm,
    offered: dict[str, Any],
    refusal: Refused | None = None,
    of: Kept | None = None,
    at: str = "on",
) -> HttpResponse:
    """A form with everything typed; a refusal stands at a field, one that is stale on top."""
    if refusal is not None:
        typed.wrong["" if isinstance(refusal, Stale) else at] = said(refusal.sentence)
    if of is not None:
        typed.version = type(of)._default_manager.get(pk=of.pk).version
    context = {
        "typed": typed,
        "of": of,
        "errors": [
            {"field": "on_day" if name == "on" else name, "text": text}
            for name, text in typed.wrong.items()
        ],
        "key": fresh_key(),
    }
    status = status_of(refusal) if refusal is not None else WRONG if typed.wrong else 200
    return show(request, template, context | offered, status)


def saved(
    request: HttpRequest,
    given: Given | None,
    act: Callable[[Given], int],
    again: Callable[[Refused | None], HttpResponse],
    words: str,
    to: Callable[[int], str],
) -> HttpResponse:
    """Do an act with what a form gave, say so and go on; the form again where it cannot be."""
    if given is None:
        return again(None)
    try:
        made = act(given)
    except Refused as refusal:
        return again(refusal)
    tell(request, words)
    return redirect(to(made))
