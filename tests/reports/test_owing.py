"""The calendar of reports: opened once, dated by the plan where it dates them, seen by its own."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from chungtay.acts.models import JournalLine
from chungtay.acts.refusing import NotAllowed, Refused, Stale
from chungtay.plans.models import PlanDuty
from chungtay.reports.calendar import calendar_of
from chungtay.reports.models import OwedReport
from chungtay.reports.owing import (
    Demand,
    ask_for_report,
    correct_due,
    open_calendar,
    restore_owed,
    withdraw_owed,
)
from chungtay.reports.planned import offices_of
from chungtay.reports.queries import calendar_rows, is_late, owed_seen_by
from chungtay.rulebook.spans import span_due
from tests.reports.reporting_world import FIRST, Line, plan_with

pytestmark = [pytest.mark.django_db, pytest.mark.database]

OFFICES = ("Công chức Tài chính – Kế toán", "Hội Nông dân")
SIX_MONTHS = "báo cáo kết quả thực hiện định kỳ 6 tháng và hằng năm"


def test_the_usual_rhythm_is_opened_once(line: Line):
    assert line.open(OFFICES) == 2 * (4 + len(OFFICES) + 1)
    assert line.open(OFFICES) == 0
    village = line.owed(line.villages[0])
    assert (village.to, village.last_day) == (line.commune, date(2023, 6, 19))
    assert (village.opening, village.closing) == (FIRST, date(2023, 6, 30))
    own = line.owed(kind="year")
    assert (own.to, own.last_day) == (line.district, date(2023, 12, 14))
    assert own.source == "rhythm"


def test_the_district_opens_the_same_reports_only_once(line: Line):
    line.open()
    before = OwedReport.objects.filter(unit=line.commune).count()
    open_calendar(actor=line.above, place=line.district, year=2023, offices=())
    assert OwedReport.objects.filter(unit=line.commune).count() == before
    others = OwedReport.objects.filter(to=line.district).exclude(unit=line.commune)
    assert others.filter(unit__parent=line.district).count() == others.count() > 0


def test_a_plan_gives_its_own_day_receivers_and_body(line: Line):
    plan_with(
        line.commune,
        {
            "due": "2023-06-25",
            "comparator": "before",
            "recurrence": "six_monthly",
            "who": "Công chức Văn hóa – Xã hội xã",
            "what": SIX_MONTHS,
            "receivers": ["Thường trực Đảng ủy", "UBND huyện"],
            "via": "Phòng Lao động",
        },
        {
            "due": "2023-06-18",
            "comparator": "before",
            "recurrence": "six_monthly",
            "who": "Các cơ quan, đơn vị, ban ngành liên quan và các thôn",
            "what": SIX_MONTHS,
            "receivers": ["UBND xã"],
        },
    )
    line.open(OFFICES)
    own = line.owed()
    assert (own.last_day, own.source, own.via) == (date(2023, 6, 24), "plan", "Phòng Lao động")
    assert own.receivers == ["Thường trực Đảng ủy", "UBND huyện"]
    assert line.owed(line.villages[2]).last_day == date(2023, 6, 17)
    office = OwedReport.objects.get(office=OFFICES[0], kind="six_month")
    assert office.last_day == date(2023, 6, 17)
    assert line.owed(kind="year").source == "rhythm"


def test_a_plan_without_a_day_gives_a_report_for_each_month(line: Line):
    row = {"recurrence": "monthly", "who": "Ngân hàng", "what": "báo cáo tình hình cho vay"}
    plan_with(line.commune, row | {"receivers": ["UBND xã"]})
    line.open()
    months = OwedReport.objects.filter(office="Ngân hàng", kind="monthly").order_by("closing")
    assert [one.last_day for one in months][:2] == [date(2023, 1, 31), date(2023, 2, 28)]
    assert months.count() == 12


def test_what_a_plan_says_of_other_things_is_no_report(line: Line):
    plan = plan_with(
        line.commune, {"due": "2023-05-30", "who": "các thôn", "what": "họp bình xét hộ nghèo"}
    )
    PlanDuty.objects.create(
        plan=plan, position=1, role="do", text="x", offices=["Hội Nông dân", "Thôn trưởng các thôn"]
    )
    proposed = calendar_of(line.commune, 2023, offices_of(plan))
    assert {one.source for one in proposed} == {"rhythm"}
    assert {one.office for one in proposed} == {"", "Hội Nông dân"}


def test_the_span_a_due_day_asks_about():
    assert span_due(2024, "six_month", date(2024, 6, 20)) == (date(2024, 1, 1), date(2024, 6, 30))
    assert span_due(2024, "year", date(2024, 12, 10)) == (date(2024, 1, 1), date(2024, 12, 31))
    assert span_due(2024, "monthly", date(2024, 2, 5)) == (date(2024, 1, 1), date(2024, 1, 31))
    assert span_due(2024, "quarterly", date(2024, 3, 25)) == (date(2024, 1, 1), date(2024, 3, 31))


def test_a_report_on_demand_has_its_own_day_and_is_asked_once(line: Line):
    given = Demand(
        "Thiệt hại do rét", FIRST, date(2023, 2, 1), date(2023, 2, 3), "on_or_before",
        line.villages[:2], ["Hội Nông dân"],
    )  # fmt: skip
    made = ask_for_report(actor=line.officer, place=line.commune, given=given)
    assert len(made) == 3
    assert OwedReport.objects.get(office="Hội Nông dân").last_day == date(2023, 2, 3)
    with pytest.raises(Refused, match="đã được yêu cầu"):
        ask_for_report(actor=line.officer, place=line.commune, given=given)
    assert OwedReport.objects.count() == 3
    assert "hội nông dân" not in JournalLine.objects.get(act="reports.ask").details.lower()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"subject": " "}, "Chưa ghi báo cáo về việc gì"),
        ({"units": (), "offices": ()}, "Chưa chọn nơi nào"),
        ({"closing": date(2022, 1, 1)}, "trước ngày bắt đầu"),
    ],
)
def test_a_demand_that_makes_no_sense_is_refused(line: Line, changed, said):
    given = {
        "subject": "Rét", "opening": FIRST, "closing": FIRST, "due_on": FIRST, "rule": "before",
        "units": line.villages,
    }  # fmt: skip
    with pytest.raises(Refused, match=said):
        ask_for_report(actor=line.officer, place=line.commune, given=Demand(**given | changed))


def test_a_day_is_corrected_and_a_stale_correction_refused(line: Line):
    line.open()
    owed = line.owed(line.villages[0])
    given = {"owed": owed, "due_on": date(2023, 6, 10), "expected_version": 1, "key": ""}
    correct_due(actor=line.officer, rule="on_or_before", **given)
    assert line.owed(line.villages[0]).last_day == date(2023, 6, 10)
    with pytest.raises(Stale):
        correct_due(actor=line.officer, rule="before", **given)


def test_a_report_is_withdrawn_with_its_reason_and_asked_again(line: Line):
    line.open()
    owed = line.owed(line.villages[0])
    given = {"actor": line.officer, "owed": owed, "key": ""}
    with pytest.raises(Refused):
        withdraw_owed(reason=" ", expected_version=1, **given)
    withdraw_owed(reason="Thôn gộp báo cáo", expected_version=1, **given)
    assert line.open() == 0
    restore_owed(expected_version=2, **given)
    assert not line.owed(line.villages[0]).withdrawn


def test_each_sees_what_is_owed_by_and_to_its_own(line: Line):
    line.open(OFFICES)
    first, second = line.villages[:2]
    assert {one.unit for one in owed_seen_by(line.head)} == {first}
    assert not owed_seen_by(line.outsider).exists()
    assert {one.unit_id for one in calendar_rows(line.above, line.district, 2023)} == {
        line.commune.pk
    }
    own = calendar_rows(line.officer, line.commune, 2023)
    assert {one.office for one in own} == {"", *OFFICES}
    assert second in {one.unit for one in own}


@pytest.mark.parametrize("who", ["head", "above", "outsider"])
def test_only_the_place_itself_opens_its_calendar(line: Line, who: str):
    actor = getattr(line, who)
    with pytest.raises(NotAllowed):
        open_calendar(actor=actor, place=line.commune, year=2023, offices=())
    line.open()
    owed = line.owed(line.villages[0])
    with pytest.raises(NotAllowed):
        withdraw_owed(actor=actor, owed=owed, reason="thử", expected_version=1, key="")
    assert not OwedReport.objects.filter(withdrawn=True).exists()


def test_late_follows_from_the_last_day(line: Line):
    line.open()
    owed = line.owed(line.villages[0])
    assert not is_late(owed, date(2023, 6, 19))
    assert is_late(owed, date(2023, 6, 20))


def test_the_database_holds_that_a_report_is_owed_once_by_somebody(line: Line):
    line.open()
    for changed in ({}, {"office": "Hội Nông dân"}, {"closing": date(2022, 1, 1)}):
        row = line.owed(line.villages[0])
        row.pk = None
        for name, value in changed.items():
            setattr(row, name, value)
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save(force_insert=True)
