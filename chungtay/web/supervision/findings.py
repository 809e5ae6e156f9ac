"""What an inspection found: written down, closed, opened again, withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.supervision.models import Inspection, InspectionFinding, Severity
from chungtay.supervision.queries.inspections import INSPECT
from chungtay.supervision.services.findings import (
    FindingInput,
    add_finding,
    close_finding,
    reopen_finding,
    restore_finding,
    withdraw_finding,
)
from chungtay.web.here import Here
from chungtay.web.pages import one_time_key, page
from chungtay.web.register.dates import TypedDate, read_date, whole_day
from chungtay.web.supervision.inspections import (
    finding_to_change,
    inspection_to_change,
    posts_asked,
    seen_inspection,
    show_inspection,
)
from chungtay.web.supervision.shapes import acted
from chungtay.web.supervision.shared import (
    REASON_LENGTH,
    line_of,
    text_of,
    version_of,
    withdraw_or_restore,
)


@page(INSPECT, "POST")
def supervision_find(request: HttpRequest, here: Here, inspection_id: int) -> HttpResponse:
    """Write down a finding and open its task."""
    inspection = inspection_to_change(here, inspection_id)
    due = read_date(request.POST, "due", _("Hạn khắc phục"), whole=True)
    wrong: dict[str, str] = {}
    given = _given(request, here, inspection, due, wrong)
    if given is None:
        return show_inspection(request, here, inspection, wrong, due=due)
    return acted(
        request,
        partial(
            add_finding,
            actor=here.actor,
            inspection=inspection,
            given=given,
            link=reverse("supervision_page", args=[inspection.pk]),
            key=one_time_key(request),
        ),
        lambda wrong, status: show_inspection(request, here, inspection, wrong, status, due),
        "text",
        _("Đã ghi điều kết luận và giao việc khắc phục."),
        reverse("supervision_page", args=[inspection.pk]),
    )


def _given(
    request: HttpRequest,
    here: Here,
    inspection: Inspection,
    due: TypedDate,
    wrong: dict[str, str],
) -> FindingInput | None:
    text, severity = text_of(request, "text"), request.POST.get("severity", "")
    if not text:
        wrong["text"] = _("Hãy ghi điều đã kết luận.")
    if severity not in Severity.values:
        wrong["severity"] = _("Hãy chọn mức độ.")
    post = posts_asked(here, inspection).get(request.POST.get("post", ""))
    if post is None:
        wrong["post"] = _("Hãy chọn chức danh phải khắc phục.")
    due_on, words = whole_day(due, _("Hạn khắc phục"))
    if words:
        wrong["due_day"] = words
    if wrong or post is None or due_on is None:
        return None
    return FindingInput(text, severity, due_on, post)


@page(INSPECT, "POST")
def supervision_close(request: HttpRequest, here: Here, finding_id: int) -> HttpResponse:
    """Close a finding with what was done."""
    finding = finding_to_change(here, finding_id)

    def act() -> int:
        return close_finding(
            actor=here.actor,
            finding=finding,
            done=text_of(request, "done"),
            on=here.actor.today,
            expected_version=version_of(request),
            key=one_time_key(request),
        )

    return _done(request, here, finding, act, "done", _("Đã khép lại. Việc khắc phục cũng xong."))


@page(INSPECT, "POST")
def supervision_reopen(request: HttpRequest, here: Here, finding_id: int) -> HttpResponse:
    """Open a finding again."""
    finding = finding_to_change(here, finding_id)

    def act() -> int:
        return reopen_finding(
            actor=here.actor,
            finding=finding,
            reason=line_of(request, "reason", REASON_LENGTH),
            on=here.actor.today,
            expected_version=version_of(request),
            key=one_time_key(request),
        )

    return _done(request, here, finding, act, "reason", _("Đã mở lại, việc khắc phục làm tiếp."))


@page(INSPECT, "POST")
def supervision_unfind(request: HttpRequest, here: Here, finding_id: int) -> HttpResponse:
    """Withdraw a finding with the reason, and its task; one that is withdrawn is used again."""
    finding = finding_to_change(here, finding_id)

    def act() -> int:
        return withdraw_or_restore(
            request,
            finding,
            partial(withdraw_finding, actor=here.actor, finding=finding),
            partial(restore_finding, actor=here.actor, finding=finding),
            "reason",
        )

    text = _("Đã dùng lại.") if finding.withdrawn else _("Đã rút cùng với việc khắc phục.")
    return _done(request, here, finding, act, "reason", text)


def _done(
    request: HttpRequest,
    here: Here,
    finding: InspectionFinding,
    act: Callable[[], int],
    field: str,
    text: str,
) -> HttpResponse:
    """Do an act on a finding and say so; refused, the page again with the sentence at its field."""
    pk = finding.inspection_id

    def again(wrong: dict[str, str], status: int) -> HttpResponse:
        return show_inspection(request, here, seen_inspection(here, pk), wrong, status)

    to = reverse("supervision_page", args=[pk])
    return acted(request, act, again, f"{field}-{finding.pk}", text, to)
