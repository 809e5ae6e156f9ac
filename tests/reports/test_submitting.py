"""A report is a frozen statement: sent once, returned, sent again, accepted, added up."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from chungtay.acts.models import JournalLine
from chungtay.acts.refusing import NotAllowed, Refused, Stale
from chungtay.reports.consolidating import beside_register, consolidated
from chungtay.reports.models import ReportStatement, ReportStep
from chungtay.reports.owing import withdraw_owed
from chungtay.reports.queries import is_late
from chungtay.reports.statements import thaw
from chungtay.reports.submitting import (
    Words,
    accept_report,
    return_report,
    sendable_from,
    submit_report,
)
from chungtay.rulebook.loading import result_tables
from tests.reports.reporting_world import FIRST, HALF, Line, decide, family

pytestmark = [pytest.mark.django_db, pytest.mark.database]

NATIONAL = "nd-07-2021"
MAY = date(2023, 5, 1)
IN_TIME, TOO_LATE = date(2023, 6, 15), date(2023, 7, 3)
MOVEMENT = next(one for one in result_tables().tables if one.id == "poor_movement")


def send(line: Line, who: str = "head", unit=None, on: date = IN_TIME, **changed):
    owed = line.owed(unit or line.villages[0])
    words = Words("Đã rà soát xong.", "Thiếu vốn vay.")
    given = {"words": words, "basis": "register", "on": on, "expected_version": owed.version}
    return submit_report(actor=getattr(line, who), owed=owed, **given | changed)


def total(frozen, table="poor_movement"):
    figures = frozen.by(NATIONAL).table(table).total.figures
    return {name: figures[name] for name in ("opening", "risen", "newly_fallen", "closing")}


def test_figures_stay_as_they_were_when_sent(line: Line):
    first = line.villages[0]
    family(first, "poor")
    risen = family(first, "poor")
    decide(risen, "not_poor", MAY)
    line.open()
    send(line)
    decide(family(first, "not_poor"), "poor", date(2023, 6, 10))
    statement = ReportStatement.objects.get()
    assert (statement.figures_on, statement.submitted_on) == (IN_TIME, IN_TIME)
    assert total(thaw(statement.figures)) == {
        "opening": 2, "risen": 1, "newly_fallen": 0, "closing": 1
    }  # fmt: skip
    assert statement.difficulties == "Thiếu vốn vay."
    assert "Thiếu vốn vay" not in JournalLine.objects.get(act="reports.submit").details


def test_returned_sent_again_and_accepted(line: Line):
    line.open()
    send(line)
    owed = line.owed(line.villages[0])
    reviewing = {"actor": line.officer, "owed": owed}
    return_report(remark="Thiếu một hộ.", expected_version=2, **reviewing)
    with pytest.raises(Refused, match="không còn chờ xét"):
        accept_report(expected_version=3, **reviewing)
    send(line, on=TOO_LATE)
    accept_report(expected_version=4, **reviewing)
    steps = ReportStep.objects.order_by("number")
    assert [one.state for one in steps] == ["submitted", "returned", "submitted", "accepted"]
    assert [one.statement.number for one in steps] == [1, 1, 2, 2]
    assert not is_late(line.owed(line.villages[0]), HALF)


def test_what_was_accepted_by_mistake_is_returned(line: Line):
    line.open()
    send(line)
    owed = line.owed(line.villages[0])
    accept_report(actor=line.officer, owed=owed, expected_version=2)
    return_report(actor=line.officer, owed=owed, remark="Nhầm kỳ.", expected_version=3)
    assert line.owed(line.villages[0]).state == "returned"


def test_sent_after_the_last_day_is_late(line: Line):
    line.open()
    send(line, on=TOO_LATE)
    assert is_late(line.owed(line.villages[0]), TOO_LATE)


def test_what_cannot_be_sent_is_refused(line: Line):
    line.open()
    year = line.owed(line.villages[0], "year")
    assert sendable_from(year) == FIRST
    with pytest.raises(Refused, match="Kỳ báo cáo chưa hết"):
        send(line, on=date(2022, 12, 31))
    with pytest.raises(Stale):
        send(line, expected_version=9)
    with pytest.raises(Refused, match="Chưa có đơn vị nào bên dưới"):
        send(line, "officer", line.commune, basis="reports")
    assert not ReportStatement.objects.exists()
    send(line)
    with pytest.raises(Refused, match="đã gửi rồi"):
        send(line)
    assert ReportStatement.objects.count() == 1


def test_a_period_that_is_due_after_its_end_waits_for_it(line: Line):
    line.open()
    owed = line.owed(line.villages[0])
    owed.due_on = owed.last_day = date(2023, 7, 5)
    owed.rule = "on_or_before"
    owed.save()
    with pytest.raises(Refused, match="từ ngày 30/06/2023"):
        send(line, on=date(2023, 6, 29))
    send(line, on=HALF)


def test_the_same_key_sends_once(line: Line):
    line.open()
    assert send(line, key="k") == send(line, key="k", expected_version=1) == 2
    assert ReportStatement.objects.count() == 1


def test_a_report_no_longer_asked_is_not_sent(line: Line):
    line.open()
    owed = line.owed(line.villages[0])
    withdraw_owed(actor=line.officer, owed=owed, reason="thôi", expected_version=1, key="")
    with pytest.raises(Refused, match="thôi yêu cầu"):
        send(line)


@pytest.mark.parametrize("who", ["above", "outsider"])
def test_nobody_sends_or_reviews_for_another_place(line: Line, who: str):
    line.open()
    with pytest.raises(NotAllowed):
        send(line, who)
    with pytest.raises(NotAllowed):
        send(line, who, line.commune)
    send(line)
    owed, actor = line.owed(line.villages[0]), getattr(line, who)
    with pytest.raises(NotAllowed):
        accept_report(actor=actor, owed=owed, expected_version=2)
    with pytest.raises(NotAllowed):
        return_report(actor=actor, owed=owed, remark="thử", expected_version=2)
    with pytest.raises(NotAllowed):
        accept_report(actor=line.head, owed=owed, expected_version=2)
    assert line.owed(line.villages[0]).state == "submitted"


def test_the_commune_sends_for_a_village_and_an_office_without_the_program(line: Line):
    line.open(("Hội Nông dân",))
    send(line, "officer", line.villages[1])
    office = line.commune.reports_awaited.get(office="Hội Nông dân", kind="six_month")
    given = {"actor": line.officer, "owed": office, "basis": "register", "on": IN_TIME}
    with pytest.raises(Refused, match="nội dung báo cáo của cơ quan"):
        submit_report(words=Words(), expected_version=1, **given)
    submit_report(words=Words("Cho vay 3 hộ."), expected_version=1, **given)
    assert ReportStatement.objects.get(owed=office).figures == {}


def test_reports_add_up_beside_the_register_and_the_silent_are_named(line: Line):
    first, second, *silent = line.villages
    for village in (first, first, second):
        family(village, "poor")
    line.open()
    send(line)
    send(line, "officer", second)
    accept_report(actor=line.officer, owed=line.owed(second), expected_version=2)
    decide(family(first, "not_poor"), "poor", date(2023, 6, 10))
    below = consolidated(line.commune, "six_month", FIRST, HALF)
    assert [one.unit for one in below.sent] == [first, second]
    assert [one.unit for one in below.waiting] == [first]
    assert [one.unit for one in below.silent] == silent
    poor = next(one for one in beside_register(below, NATIONAL, HALF) if one.table == MOVEMENT)
    assert poor.sum.total.figures["closing"] == 3
    assert poor.register_total["closing"] == 4
    assert [str(one) for one in poor.differences] == [
        f"{first.name}: Tăng: phát sinh nghèo: báo cáo 0, sổ hộ 1; Cuối kỳ: báo cáo 2, sổ hộ 3."
    ]


def test_a_returned_report_leaves_the_sum(line: Line):
    line.open()
    send(line)
    owed = line.owed(line.villages[0])
    return_report(actor=line.officer, owed=owed, remark="Sai.", expected_version=2)
    below = consolidated(line.commune, "six_month", FIRST, HALF)
    assert not below.sent
    assert owed in below.silent


def test_the_upper_units_report_holds_the_sum_without_retyping(line: Line):
    for village in line.villages[:2]:
        family(village, "poor")
    line.open()
    for village in line.villages[:2]:
        send(line, "officer", village)
    send(line, "officer", line.commune, basis="reports", on=HALF)
    frozen = thaw(ReportStatement.objects.get(owed__unit=line.commune).figures)
    assert frozen.basis == "reports"
    assert total(frozen)["closing"] == 2
    assert len(frozen.by(NATIONAL).table("poor_movement").rows) == 2
    accept_report(actor=line.above, owed=line.owed(), expected_version=2)
    above = consolidated(line.district, "six_month", FIRST, HALF)
    assert [one.unit for one in above.sent] == [line.commune]


def test_the_database_holds_the_history(line: Line):
    line.open()
    send(line)
    step = ReportStep.objects.get()
    for changed in ({}, {"number": 2, "state": "returned"}):
        row = ReportStep(owed=step.owed, number=1, state="submitted", statement=step.statement)
        row.by, row.at = step.by, step.at
        for name, value in changed.items():
            setattr(row, name, value)
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()
