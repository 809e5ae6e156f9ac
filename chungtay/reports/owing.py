"""Acts on what is owed: opening a year's calendar, asking on demand, correcting, withdrawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from chungtay.acts.refusing import NotAllowed, Refused, Stale
from chungtay.acts.services import Deed, OpenLine, perform
from chungtay.places.models import Unit
from chungtay.reports.calendar import Proposed, calendar_of
from chungtay.reports.models import OwedReport
from chungtay.reports.queries import OPEN, stands_at
from chungtay.rulebook.dues import last_day_of
from chungtay.rulebook.wording import Sentence, vi_date
from chungtay.staff.policy import PostActor

Kind, Source, State = OwedReport.Kind, OwedReport.Source, OwedReport.State
NOT_HERE = Sentence("Báo cáo này thuộc nơi khác.")
CHANGED = Sentence("Báo cáo này vừa được người khác cập nhật. Hãy xem lại rồi làm lại nếu vẫn cần.")


def open_calendar(
    *, actor: PostActor, place: Unit, year: int, offices: Sequence[str], key: str = ""
) -> int:
    """Open every report of a place and year that does not stand yet; how many were opened."""
    _check_place(actor, place)

    def write(line: OpenLine) -> int:
        new = [one.row() for one in calendar_of(place, year, offices) if not one.stands]
        OwedReport.objects.bulk_create(new)
        line.details = {"year": year, "opened": len(new), "offices": list(offices)}
        return len(new)

    subject = f"reports:{place.pk}:{year}"
    return perform(actor, Deed("reports.open_calendar", OPEN, place, subject, key), write)


@dataclass(frozen=True)
class Demand:
    """A report asked for out of turn: about what and which period, by which day, of whom."""

    subject: str
    opening: date
    closing: date
    due_on: date
    rule: str
    units: Sequence[Unit] = ()
    offices: Sequence[str] = ()
    via: str = ""


def ask_for_report(*, actor: PostActor, place: Unit, given: Demand, key: str = "") -> list[int]:
    """Ask units and offices for a report with a deadline of its own; the rows it became.

    Refused without subject or anybody asked, for a period that ends before it begins, or where
    the same report is asked already.
    """
    _check_place(actor, place)
    _check_demand(given)

    def write(line: OpenLine) -> list[int]:
        rows = [_demanded(place, given, unit, "") for unit in given.units]
        rows += [_demanded(place, given, None, office) for office in dict.fromkeys(given.offices)]
        for row in rows:
            _refuse_asked_twice(row)
            row.save(force_insert=True)
        line.details = {
            "subject": given.subject,
            "reports": [row.pk for row in rows],
            "last_day": rows[0].last_day.isoformat(),
        }
        return [row.pk for row in rows]

    return perform(actor, Deed("reports.ask", OPEN, place, key=key), write)


def _check_demand(given: Demand) -> None:
    if not given.subject.strip():
        raise Refused(Sentence("Chưa ghi báo cáo về việc gì. Hãy ghi ngắn gọn nội dung cần."))
    if not given.units and not given.offices:
        raise Refused(Sentence("Chưa chọn nơi nào phải báo cáo. Hãy chọn ít nhất một nơi."))
    if given.closing < given.opening:
        raise Refused(
            Sentence(
                "Kỳ báo cáo kết thúc ngày {closing}, trước ngày bắt đầu {opening}. "
                "Hãy xem lại hai ngày.",
                closing=vi_date(given.closing),
                opening=vi_date(given.opening),
            )
        )


def _demanded(place: Unit, given: Demand, unit: Unit | None, office: str) -> OwedReport:
    return Proposed(
        to=place,
        kind=Kind.ON_DEMAND,
        span=(given.opening, given.closing),
        due_on=given.due_on,
        rule=given.rule,
        source=Source.DEMAND,
        unit=unit,
        office=office,
        subject=given.subject,
        via=given.via,
    ).row()


def _refuse_asked_twice(row: OwedReport) -> None:
    names = ("to", "unit", "office", "kind", "opening", "closing", "subject")
    if OwedReport.objects.filter(**{name: getattr(row, name) for name in names}).exists():
        raise Refused(
            Sentence(
                "{who} đã được yêu cầu báo cáo này rồi. Hãy mở lịch báo cáo để xem.",
                who=row.debtor,
            )
        )


def correct_due(
    *, actor: PostActor, owed: OwedReport, due_on: date, rule: str, expected_version: int, key: str
) -> int:
    """Correct by which day a report is owed; its new version."""
    _check_place(actor, owed.to, owed.unit)

    def write(line: OpenLine) -> int:
        fresh = lock_owed(owed, expected_version)
        line.details = {"before": fresh.last_day.isoformat()}
        fresh.due_on, fresh.rule = due_on, rule
        fresh.last_day = last_day_of(due_on, rule)
        line.details["after"] = fresh.last_day.isoformat()
        return step_owed(fresh)

    return perform(actor, _deed("reports.correct_due", actor, owed, key), write)


def withdraw_owed(
    *, actor: PostActor, owed: OwedReport, reason: str, expected_version: int, key: str
) -> int:
    """Ask for a report no longer, with the reason; Refused once it was sent."""
    _check_place(actor, owed.to, owed.unit)
    if not reason.strip():
        raise Refused(Sentence("Chưa ghi lý do thôi yêu cầu. Hãy ghi lý do để nơi gửi biết."))

    def write(line: OpenLine) -> int:
        fresh = lock_owed(owed, expected_version)
        if fresh.state != State.OWED:
            raise Refused(Sentence("Báo cáo này đã được gửi nên không rút yêu cầu được nữa."))
        line.details = {"last_day": fresh.last_day.isoformat()}
        fresh.withdrawn, fresh.withdrawn_why = True, reason
        return step_owed(fresh)

    return perform(actor, _deed("reports.withdraw", actor, owed, key, reason), write)


def restore_owed(*, actor: PostActor, owed: OwedReport, expected_version: int, key: str) -> int:
    """Ask again for a report that was withdrawn."""
    _check_place(actor, owed.to, owed.unit)

    def write(line: OpenLine) -> int:
        fresh = lock_owed(owed, expected_version, withdrawn=True)
        line.details = {"withdrawn_why": fresh.withdrawn_why}
        fresh.withdrawn, fresh.withdrawn_why = False, ""
        return step_owed(fresh)

    return perform(actor, _deed("reports.restore", actor, owed, key), write)


def may_change_due(actor: PostActor, owed: OwedReport) -> bool:
    """Whether the actor opens the calendar of the place that is owed, or of the one that owes."""
    places = [owed.to] if owed.unit is None else [owed.to, owed.unit]
    return any(stands_at(actor, OPEN, one) for one in places)


def _check_place(actor: PostActor, *places: Unit | None) -> None:
    if not any(stands_at(actor, OPEN, one) for one in places if one is not None):
        raise NotAllowed(NOT_HERE)


def _deed(act: str, actor: PostActor, owed: OwedReport, key: str, reason: str = "") -> Deed:
    """An act on what is owed, written where the actor stands: at the receiver's, or at her own."""
    at_receiver = owed.unit is None or stands_at(actor, OPEN, owed.to)
    place = owed.to if at_receiver or owed.unit is None else owed.unit
    return Deed(act, OPEN, place, f"report:{owed.pk}", key, reason)


def lock_owed(owed: OwedReport, expected_version: int, *, withdrawn: bool = False) -> OwedReport:
    """The row as it stands, for changing; Stale if it changed, Refused if it was withdrawn."""
    fresh = OwedReport.objects.select_for_update(of=("self",)).get(pk=owed.pk)
    if fresh.version != expected_version:
        raise Stale(CHANGED)
    if fresh.withdrawn != withdrawn:
        raise Refused(Sentence("Báo cáo này đã được thôi yêu cầu nên không cập nhật nữa."))
    return fresh


def step_owed(owed: OwedReport) -> int:
    """Save the row as a new version."""
    owed.version += 1
    owed.save()
    return owed.version
