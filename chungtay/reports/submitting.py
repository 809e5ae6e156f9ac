"""Acts on a report itself: sent with its figures frozen, returned with remarks, accepted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from chungtay.acts.refusing import NotAllowed, Refused
from chungtay.acts.services import Deed, OpenLine, perform
from chungtay.places.models import Unit
from chungtay.reports.consolidating import consolidated, frozen_sum
from chungtay.reports.models import OwedReport, ReportStatement, ReportStep
from chungtay.reports.owing import NOT_HERE, lock_owed, step_owed
from chungtay.reports.queries import REVIEW, SUBMIT, TO_SEND, sender_of, stands_at
from chungtay.reports.statements import Basis, Frozen, counted_on, freeze_register
from chungtay.rulebook.wording import Sentence, vi_date
from chungtay.staff.policy import PostActor

State = OwedReport.State


@dataclass(frozen=True)
class Words:
    """What is typed beside the figures: results and remarks, difficulties and proposals."""

    remarks: str = ""
    difficulties: str = ""


def submit_report(
    *,
    actor: PostActor,
    owed: OwedReport,
    words: Words,
    basis: Basis,
    on: date,
    expected_version: int,
    key: str = "",
) -> int:
    """Send a report with its figures as they stand; its new version.

    Refused when it was sent already, or before its period allows it; an office's report holds
    words only, noted where it is owed.
    """
    place = sender_of(owed)
    if not stands_at(actor, SUBMIT, place):
        raise NotAllowed(NOT_HERE)

    def write(line: OpenLine) -> int:
        fresh = lock_owed(owed, expected_version)
        _check_sending(fresh, words, on)
        figures = figures_of(owed, owed.unit, basis, on) if owed.unit is not None else None
        statement = ReportStatement.objects.create(
            owed=fresh,
            number=fresh.statements.count() + 1,
            figures=figures.as_json() if figures is not None else {},
            figures_on=counted_on(fresh.opening, fresh.closing, on).closing,
            remarks=words.remarks,
            difficulties=words.difficulties,
            submitted_on=on,
            by=actor.name,
            post_title=actor.post_title,
            at=timezone.now(),
        )
        _step(actor, fresh, State.SUBMITTED, statement)
        line.details = {"statement": statement.pk, "number": statement.number, "basis": basis}
        return step_owed(fresh)

    return perform(actor, Deed("reports.submit", SUBMIT, place, f"report:{owed.pk}", key), write)


def figures_of(owed: OwedReport, unit: Unit, basis: Basis, on: date) -> Frozen:
    """The figures a unit's report would hold on a day: the register's, or the sum of those below.

    Refused where nothing was sent from below yet.
    """
    period = counted_on(owed.opening, owed.closing, on)
    if basis == "register":
        return freeze_register(unit, period)
    below = consolidated(unit, owed.kind, owed.opening, owed.closing)
    if not below.sent:
        raise Refused(
            Sentence("Chưa có đơn vị nào bên dưới gửi báo cáo của kỳ này. Hãy lấy số từ sổ hộ.")
        )
    return frozen_sum(below)


def sendable_from(owed: OwedReport) -> date:
    """The first day a report may be sent: its period's end, or its begin where it is due before."""
    return owed.closing if owed.last_day >= owed.closing else owed.opening


def _check_sending(owed: OwedReport, words: Words, on: date) -> None:
    if owed.state not in TO_SEND:
        raise Refused(
            Sentence("Báo cáo này đã gửi rồi. Muốn gửi lại, hãy đề nghị nơi nhận trả lại trước.")
        )
    first = sendable_from(owed)
    if on < first:
        raise Refused(
            Sentence(
                "Kỳ báo cáo chưa hết: gửi được từ ngày {first}. Hãy quay lại vào ngày đó.",
                first=vi_date(first),
            )
        )
    if owed.unit is None and not words.remarks.strip():
        raise Refused(
            Sentence("Chưa ghi nội dung báo cáo của cơ quan này. Hãy ghi tóm tắt điều đã nhận.")
        )


def accept_report(
    *, actor: PostActor, owed: OwedReport, expected_version: int, key: str = ""
) -> int:
    """Accept a report that was sent; its new version."""
    return _review(actor, owed, State.ACCEPTED, "", expected_version, key)


def return_report(
    *, actor: PostActor, owed: OwedReport, remark: str, expected_version: int, key: str = ""
) -> int:
    """Return a report with what is to be mended; it may be returned after it was accepted too."""
    if not remark.strip():
        raise Refused(Sentence("Chưa ghi ý kiến trả lại. Hãy ghi điều cần sửa để nơi gửi biết."))
    return _review(actor, owed, State.RETURNED, remark, expected_version, key)


def _review(
    actor: PostActor, owed: OwedReport, state: str, remark: str, expected_version: int, key: str
) -> int:
    if not stands_at(actor, REVIEW, owed.to):
        raise NotAllowed(NOT_HERE)
    open_to = {State.SUBMITTED} if state == State.ACCEPTED else {State.SUBMITTED, State.ACCEPTED}
    act = "reports.accept" if state == State.ACCEPTED else "reports.return"

    def write(line: OpenLine) -> int:
        fresh = lock_owed(owed, expected_version)
        statement = fresh.statements.order_by("-number").first()
        if fresh.state not in open_to or statement is None:
            raise Refused(Sentence("Báo cáo này không còn chờ xét. Hãy mở lại trang để xem."))
        _step(actor, fresh, state, statement, remark)
        line.details = {"statement": statement.pk, "remark": bool(remark)}
        return step_owed(fresh)

    return perform(actor, Deed(act, REVIEW, owed.to, f"report:{owed.pk}", key), write)


def _step(
    actor: PostActor, owed: OwedReport, state: str, statement: ReportStatement, remark: str = ""
) -> None:
    owed.state = state
    ReportStep.objects.create(
        owed=owed,
        number=owed.steps.count() + 1,
        state=state,
        statement=statement,
        remark=remark,
        by=actor.name,
        post_title=actor.post_title,
        at=timezone.now(),
    )
