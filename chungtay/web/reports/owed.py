"""One report owed: sent with its figures, looked at above, returned or accepted."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from chungtay.acts.refusing import Refused, Stale
from chungtay.places.models import Level
from chungtay.reports.consolidating import Consolidated, consolidated
from chungtay.reports.models import OwedReport, ReportStatement
from chungtay.reports.owing import correct_due, may_change_due, restore_owed, withdraw_owed
from chungtay.reports.queries import (
    FOLLOW,
    OPEN,
    REVIEW,
    SUBMIT,
    TO_SEND,
    is_late,
    owed_seen_by,
    sender_of,
    stands_at,
)
from chungtay.reports.result_files import RIGHT
from chungtay.reports.statements import Basis, thaw
from chungtay.reports.submitting import (
    Words,
    accept_report,
    figures_of,
    return_report,
    sendable_from,
    submit_report,
)
from chungtay.rulebook.folding import tidy
from chungtay.tasks.models import Rule
from chungtay.web.here import Here
from chungtay.web.pages import fresh_key, one_time_key, page, show, tell
from chungtay.web.register.dates import boxes_of, read_date, whole_day
from chungtay.web.reports.words import ICONS, row_of, tables_of
from chungtay.web.templating import said

CONFLICT, WRONG = 409, 422
TEXT_LENGTH, REMARK_LENGTH, REASON_LENGTH = 8000, 1000, 300
VERSION_DIGITS = 9
HEADED = frozenset({Level.COMMUNE, Level.DISTRICT, Level.PROVINCE})
State = OwedReport.State


def seen_owed(here: Here, owed_id: int) -> OwedReport:
    """A report the actor sees; a foreign one answers like a missing one."""
    return get_object_or_404(owed_seen_by(here.actor), pk=owed_id)


@page(FOLLOW)
def reports_owed(request: HttpRequest, here: Here, owed_id: int) -> HttpResponse:
    """One report: what it says, what became of it, and what the reader may do now."""
    return _show(request, here, seen_owed(here, owed_id), {})


@page(SUBMIT, "POST")
def reports_submit(request: HttpRequest, here: Here, owed_id: int) -> HttpResponse:
    """Send a report with its figures as they stand."""
    owed = seen_owed(here, owed_id)
    words = Words(*(_text(request, name, TEXT_LENGTH) for name in ("remarks", "difficulties")))
    try:
        submit_report(
            actor=here.actor,
            owed=owed,
            words=words,
            basis=read_basis(request.POST.get("basis", "")),
            on=here.actor.today,
            expected_version=_version(request),
            key=one_time_key(request),
        )
    except Refused as refusal:
        return _refused(request, here, owed_id, refusal, "remarks")
    tell(request, _("Đã gửi báo cáo. Số liệu được giữ nguyên như lúc gửi."))
    return redirect("reports_owed", owed_id=owed.pk)


@page(REVIEW, "POST")
def reports_review(request: HttpRequest, here: Here, owed_id: int) -> HttpResponse:
    """Accept a report that was sent, or return it with what is to be mended."""
    owed = seen_owed(here, owed_id)
    given: dict[str, Any] = {
        "actor": here.actor,
        "owed": owed,
        "expected_version": _version(request),
        "key": one_time_key(request),
    }
    try:
        if "accept" in request.POST:
            accept_report(**given)
            tell(request, _("Đã chấp nhận báo cáo."))
        else:
            return_report(remark=_text(request, "remark", REMARK_LENGTH), **given)
            tell(request, _("Đã trả lại báo cáo cùng ý kiến."))
    except Refused as refusal:
        return _refused(request, here, owed_id, refusal, "remark")
    return redirect("reports_owed", owed_id=owed.pk)


@page(OPEN, "POST")
def reports_due(request: HttpRequest, here: Here, owed_id: int) -> HttpResponse:
    """Correct by which day a report is owed."""
    owed = seen_owed(here, owed_id)
    label = _("Hạn")
    day, wrong = whole_day(read_date(request.POST, "due", label, whole=True), label)
    rule = request.POST.get("rule", "")
    if day is None or rule not in Rule.values:
        wrong = wrong or _("Hãy chọn cách tính hạn.")
        return _show(request, here, owed, {"due": wrong}, WRONG)
    try:
        correct_due(
            actor=here.actor,
            owed=owed,
            due_on=day,
            rule=rule,
            expected_version=_version(request),
            key=one_time_key(request),
        )
    except Refused as refusal:
        return _refused(request, here, owed_id, refusal, "due")
    tell(request, _("Đã sửa hạn gửi báo cáo."))
    return redirect("reports_owed", owed_id=owed.pk)


@page(OPEN, "POST")
def reports_withdraw(request: HttpRequest, here: Here, owed_id: int) -> HttpResponse:
    """Ask for a report no longer, or ask for it again."""
    owed = seen_owed(here, owed_id)
    given: dict[str, Any] = {
        "actor": here.actor,
        "owed": owed,
        "expected_version": _version(request),
        "key": one_time_key(request),
    }
    try:
        if owed.withdrawn:
            restore_owed(**given)
            tell(request, _("Báo cáo được yêu cầu lại."))
        else:
            reason = tidy(request.POST.get("reason", ""))[:REASON_LENGTH]
            withdraw_owed(reason=reason, **given)
            tell(request, _("Đã thôi yêu cầu báo cáo này. Yêu cầu lại được ngay trên trang này."))
    except Refused as refusal:
        return _refused(request, here, owed_id, refusal, "reason")
    return redirect("reports_owed", owed_id=owed.pk)


def _text(request: HttpRequest, name: str, length: int) -> str:
    return request.POST.get(name, "").replace("\r\n", "\n").strip()[:length]


def read_basis(text: str) -> Basis:
    """Where the figures are to come from, as a form says it."""
    return "reports" if text == "reports" else "register"


def _version(request: HttpRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) <= VERSION_DIGITS else 0


def _refused(
    request: HttpRequest, here: Here, owed_id: int, refusal: Refused, field: str
) -> HttpResponse:
    status = CONFLICT if isinstance(refusal, Stale) else WRONG
    wrong = {field: said(refusal.sentence)}
    return _show(request, here, seen_owed(here, owed_id), wrong, status)


def _show(
    request: HttpRequest,
    here: Here,
    owed: OwedReport,
    wrong: dict[str, str],
    status: int = 200,
) -> HttpResponse:
    statement = owed.statements.order_by("-number").first()
    frozen = thaw(statement.figures) if statement is not None else None
    posted = request.POST
    context = {
        "owed": owed,
        "row": row_of(owed, here.on, late=is_late(owed, here.on)),
        "statement": statement,
        "frozen": frozen,
        "shown": tables_of(frozen) if frozen is not None else [],
        "steps": _steps(owed),
        "may_review": stands_at(here.actor, REVIEW, owed.to) and not owed.withdrawn,
        "may_change": may_change_due(here.actor, owed),
        "may_write_paper": owed.unit is not None
        and owed.unit.level in HEADED
        and here.actor.may(RIGHT, owed.unit)
        and (frozen is not None or stands_at(here.actor, SUBMIT, owed.unit)),
        "rules": [(one.value, one.label) for one in Rule],
        "due_boxes": boxes_of(owed.due_on),
        "typed": {name: posted.get(name, "") for name in ("remark", "reason")},
        "sending": _sending(request, here, owed, statement),
        "wrong": wrong,
        "errors": [{"field": field, "text": text} for field, text in wrong.items()],
        "key": fresh_key(),
    }
    return show(request, "reports/owed.html", context, status)


def _steps(owed: OwedReport) -> list[dict[str, Any]]:
    rows = owed.steps.select_related("statement").order_by("number")
    return [
        {"step": one, "label": State(one.state).label, "icon": ICONS[State(one.state)]}
        for one in rows
    ]


def _sending(
    request: HttpRequest, here: Here, owed: OwedReport, statement: ReportStatement | None
) -> dict[str, Any] | None:
    """The form that sends a report, its figures prefilled; None where nothing is to be sent."""
    place = sender_of(owed)
    open_now = owed.state in TO_SEND and not owed.withdrawn
    if not open_now or not stands_at(here.actor, SUBMIT, place):
        return None
    today = here.actor.today
    if today < sendable_from(owed):
        return {"wait": sendable_from(owed)}
    below = _below(owed)
    asked = request.POST.get("basis") or request.GET.get("so-lieu") or _usual_basis(owed, below)
    basis = read_basis(asked) if below is not None else "register"
    frozen = figures_of(owed, owed.unit, basis, today) if owed.unit is not None else None
    typed = {
        "remarks": statement.remarks if statement else "",
        "difficulties": statement.difficulties if statement else _gathered(below),
    } | {name: request.POST[name] for name in ("remarks", "difficulties") if name in request.POST}
    return {
        "wait": None,
        "typed": typed,
        "basis": basis,
        "below": below,
        "frozen": frozen,
        "shown": tables_of(frozen) if frozen is not None else [],
    }


def _below(owed: OwedReport) -> Consolidated | None:
    """What was sent from below about the same period; None where nothing was."""
    if owed.unit is None or owed.unit.level == Level.VILLAGE:
        return None
    below = consolidated(owed.unit, owed.kind, owed.opening, owed.closing)
    return below if below.sent else None


def _usual_basis(owed: OwedReport, below: Consolidated | None) -> str:
    """A commune reports its register, a place above it the sum of what it was sent."""
    above = owed.unit is not None and owed.unit.level != Level.COMMUNE
    return "reports" if above and below is not None else "register"


def _gathered(below: Consolidated | None) -> str:
    """The difficulties sent from below, each under its unit's name: not to be typed again."""
    sent = below.sent if below is not None else ()
    return "\n".join(f"{one.name}: {one.difficulties}" for one in sent if one.difficulties)
