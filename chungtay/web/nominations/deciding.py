"""What becomes of a nomination: taken back, decided, withdrawn, used again."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.reports.nominations.models import Nomination
from chungtay.reports.nominations.queries import DECIDE, NOMINATE
from chungtay.reports.nominations.services import (
    decide_nomination,
    recall_nomination,
    restore_nomination,
    withdraw_nomination,
)
from chungtay.web.here import Here
from chungtay.web.nominations.listing import (
    nomination_to_change,
    seen_nomination,
    show_nomination,
)
from chungtay.web.pages import one_time_key, page
from chungtay.web.supervision.shapes import acted
from chungtay.web.supervision.shared import REASON_LENGTH, line_of, version_of


@page(NOMINATE, "POST")
def nominations_recall(request: HttpRequest, here: Here, nomination_id: int) -> HttpResponse:
    """Take a submitted nomination back before it is decided."""
    one = nomination_to_change(here, nomination_id)
    return _done(request, here, one, recall_nomination, _("Đã lấy lại bản nháp."))


@page(NOMINATE, "POST")
def nominations_decide(request: HttpRequest, here: Here, nomination_id: int) -> HttpResponse:
    """Accept a nomination or not."""
    one = nomination_to_change(here, nomination_id, DECIDE)
    accepted = request.POST.get("accepted") == "1"
    act = partial(
        decide_nomination,
        accepted=accepted,
        reason=line_of(request, "reason", REASON_LENGTH),
        today=here.actor.today,
    )
    words = _("Đã đồng ý đề nghị.") if accepted else _("Đã ghi không đồng ý, kèm lý do.")
    return _done(request, here, one, act, words)


@page(NOMINATE, "POST")
def nominations_withdraw(request: HttpRequest, here: Here, nomination_id: int) -> HttpResponse:
    """Withdraw a nomination with the reason; one that is withdrawn is used again."""
    one = nomination_to_change(here, nomination_id)
    if one.withdrawn:
        return _done(request, here, one, restore_nomination, _("Đã dùng lại."))
    reason = line_of(request, "reason", REASON_LENGTH)
    act = partial(withdraw_nomination, reason=reason)
    words = _("Đã rút đề nghị. Rút nhầm thì dùng lại được.")
    return _done(request, here, one, act, words, "withdraw_reason")


def _done(
    request: HttpRequest,
    here: Here,
    one: Nomination,
    act: Callable[..., int],
    words: str,
    field: str = "reason",
) -> HttpResponse:
    def again(wrong: dict[str, str], status: int) -> HttpResponse:
        return show_nomination(request, here, seen_nomination(here, one.pk), wrong, status)

    done = partial(
        act,
        actor=here.actor,
        nomination=one,
        expected_version=version_of(request),
        key=one_time_key(request),
    )
    return acted(request, done, again, field, words, reverse("nominations_page", args=[one.pk]))
