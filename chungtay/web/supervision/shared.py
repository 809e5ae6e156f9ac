"""What the pages of the desk share: tabs, versions, answers to a refusal, pages of a list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.acts.refusing import Refused, Stale
from chungtay.rulebook.folding import tidy
from chungtay.staff.models import Post
from chungtay.supervision.models.kept import Kept
from chungtay.web.here import Here
from chungtay.web.pages import one_time_key
from chungtay.web.tasks.words import post_words

CONFLICT, WRONG = 409, 422
A_PAGE = 50
TEXT_LENGTH, NAME_LENGTH, PAPER_LENGTH, REASON_LENGTH = 4000, 200, 120, 300
VERSION_DIGITS = 9


def tabs(here: Here, current: str) -> list[dict[str, Any]]:
    """The parts of the desk an actor may open."""
    labels = {
        "supervision": _("Kiểm tra, giám sát"),
        "supervision_petitions": _("Khó khăn, kiến nghị"),
        "supervision_activities": _("Tuyên truyền, tập huấn"),
    }
    if here.actor.units_for("plans.see"):
        labels["supervision_comments"] = _("Góp ý dự thảo")
    labels["sheets"] = _("Phiếu năm")
    if here.actor.units_for("reports.rate"):
        labels["nominations"] = _("Khen thưởng")
    return [
        {"label": label, "href": reverse(name), "current": name == current}
        for name, label in labels.items()
    ]


def version_of(request: HttpRequest) -> int:
    """The version a form was made of; 0 where it was meddled with, which is stale."""
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) <= VERSION_DIGITS else 0


def status_of(refusal: Refused) -> int:
    """The status a refusal is answered with."""
    return CONFLICT if isinstance(refusal, Stale) else WRONG


def line_of(request: HttpRequest, name: str, length: int) -> str:
    """One line of a form, tidied and cut."""
    return tidy(request.POST.get(name, ""))[:length]


def text_of(request: HttpRequest, name: str) -> str:
    """Several lines of a form."""
    return request.POST.get(name, "").strip()[:TEXT_LENGTH]


def withdraw_or_restore(
    request: HttpRequest,
    record: Kept,
    withdraw: Callable[..., int],
    restore: Callable[..., int],
    field: str = "reason",
) -> int:
    """Withdraw a record with the reason typed in a field; one that is withdrawn is used again."""
    version, key = version_of(request), one_time_key(request)
    if record.withdrawn:
        return restore(expected_version=version, key=key)
    reason = line_of(request, field, REASON_LENGTH)
    return withdraw(reason=reason, expected_version=version, key=key)


def options_of(posts: dict[str, Post]) -> list[tuple[str, str]]:
    """Posts to choose from, with the empty choice first."""
    return [("", _("— chọn —")), *((key, post_words(post)) for key, post in posts.items())]


def paged(request: HttpRequest, found: QuerySet[Any]) -> Page[Any]:
    """The page of a list that is asked for."""
    return Paginator(found, A_PAGE).get_page(request.GET.get("trang"))


def pager(shown: Page[Any], **kept: str) -> dict[str, Any]:
    """The addresses of the pages beside one, what else was chosen kept."""

    def to(number: int) -> str:
        return "?" + urlencode(kept | {"trang": str(number)})

    return {
        "page": shown.number,
        "pages": shown.paginator.num_pages,
        "before": to(shown.previous_page_number()) if shown.has_previous() else None,
        "after": to(shown.next_page_number()) if shown.has_next() else None,
    }
