"""The year sheets of villages, offices and people: counted from data, late in working days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from chungtay.acts.refusing import NotAllowed, Refused, Stale
from chungtay.plans.cells import Cells, TargetCell
from chungtay.plans.models import Plan
from chungtay.plans.services import NamedHousehold, name_household, open_plan
from chungtay.reports.models import OwedReport, ReportStatement
from chungtay.reports.sheets.figures import CRITERIA, PARTS, Sheet
from chungtay.reports.sheets.making import sheets_of
from chungtay.reports.sheets.models import SheetRemark
from chungtay.reports.sheets.queries import sheets_seen_by
from chungtay.reports.sheets.services import write_remark
from chungtay.rulebook.loading import law
from chungtay.staff.models import Holding, Post
from chungtay.supervision.services.inspections import InspectionInput, record_inspection
from tests.reports.reporting_world import FIRST, SYSTEM, Line, decide, family
from tests.reports.sheets.conftest import asked_of

pytestmark = pytest.mark.django_db
MIDDLE = date(2023, 6, 1)


def numbers(sheet: Sheet, *keys: str) -> list[int | None]:
    return [one.value if (one := sheet.figure(key)) else None for key in keys]


def test_every_figure_stands_once_in_the_parts() -> None:
    keys = [key for _title, listed in PARTS for key in listed]
    assert sorted(keys) == sorted(CRITERIA)


def test_a_late_day_is_a_working_day() -> None:
    between = law().calendar.working_days_between
    assert between(date(2023, 4, 28), date(2023, 5, 5)) == 2  # 29/4 to 3/5 were days off
    assert between(date(2023, 4, 28), date(2023, 4, 28)) == 0
    assert between(date(2023, 5, 5), date(2023, 4, 28)) == 0


def test_the_households_of_a_village(line: Line, sheet: Callable[..., Sheet]) -> None:
    one, other = line.villages[:2]
    stays, leaves, crosses = (family(one, "poor") for _ in range(3))
    near = family(one, "near_poor")
    decide(leaves, "not_poor", MIDDLE)
    decide(crosses, "near_poor", MIDDLE)
    back = family(other, "poor", date(2022, 1, 1))
    decide(back, "not_poor", date(2022, 6, 1))
    decide(back, "poor", MIDDLE)
    new = family(other, "not_poor")
    decide(new, "poor", MIDDLE)
    found = sheet("village", one.pk)
    assert numbers(found, "poor_opening", "poor_left", "poor_closing") == [3, 2, 1]
    assert numbers(found, "near_opening", "near_left", "near_closing") == [1, 0, 2]
    left = found.figure("poor_left")
    assert left is not None
    assert set(left.ids) == {leaves.pk, crosses.pk}
    assert stays.pk not in left.ids
    assert near.pk not in left.ids
    second = sheet("village", other.pk)
    assert numbers(second, "poor_fallen_back", "poor_new", "poor_opening") == [1, 1, 0]


def test_what_is_not_held_is_not_known_and_not_nought(
    line: Line, sheet: Callable[..., Sheet]
) -> None:
    found = sheet("village", line.villages[0].pk)
    assert numbers(found, "needs_met", "helped", "visits") == [None, None, None]
    assert numbers(found, "poor_promised", "poor_named") == [None, None]
    assert numbers(found, "tasks_led", "poor_opening") == [0, 0]


def test_names_and_helpers_of_the_plan(line: Line, sheet: Callable[..., Sheet]) -> None:
    village = line.villages[0]
    household = family(village, "poor")
    made = open_plan(
        actor=SYSTEM,
        unit=line.commune,
        year=2023,
        subject="Giảm nghèo",
        content={},
        cells=Cells(100, (TargetCell("poor", 1, 1),)),
    )
    plan = Plan.objects.select_related("unit").get(pk=made)
    named = NamedHousehold(household, "poor", "ông", ["vốn"], ["Hội Nông dân xã"])
    name_household(actor=SYSTEM, plan=plan, named=named)
    assert numbers(sheet("village", village.pk), "poor_named", "help_planned") == [1, 1]
    assert numbers(sheet("village", line.villages[1].pk), "poor_named", "near_named") == [0, 0]
    union = sheet("office", "ten-hoi-nong-dan-xa")
    assert union.name == "Hội Nông dân xã"
    assert numbers(union, "help_planned") == [1]


def test_tasks_in_time_late_open_and_overdue(
    line: Line, sheet: Callable[..., Sheet], task_of: Callable[..., object], head_post: Post
) -> None:
    due = date(2023, 4, 28)
    task_of(head_post, due, due)
    task_of(head_post, due, date(2023, 5, 5))
    task_of(head_post, due)
    task_of(head_post, date(2023, 12, 20))
    task_of("Trường tiểu học", due, cooperating=[head_post])
    keys = ("tasks_led", "tasks_cooperated", "tasks_in_time", "tasks_late", "late_days")
    left = ("tasks_open", "tasks_overdue", "overdue_days")
    on = date(2023, 5, 5)
    for kind, subject in (("village", head_post.unit_id), ("person", line.head.user_id)):
        found = sheet(kind, subject, on)
        assert numbers(found, *keys) == [4, 1, 1, 1, 2]
        assert numbers(found, *left) == [1, 1, 2]
    school = sheet("office", "ten-truong-tieu-hoc", on)
    assert numbers(school, "tasks_led", "tasks_asked", "tasks_asked_done") == [1, 1, 0]


def test_a_task_is_of_who_held_the_post_on_its_last_day(
    line: Line, sheet: Callable[..., Sheet], task_of: Callable[..., object], head_post: Post
) -> None:
    task_of(head_post, date(2023, 9, 30), date(2023, 9, 30))
    Holding.objects.filter(post=head_post).update(valid_to=MIDDLE)
    assert numbers(sheet("person", line.head.user_id), "tasks_led") == [0]
    assert numbers(sheet("village", head_post.unit_id), "tasks_led") == [1]


def test_reports_sent_late_and_never(line: Line, sheet: Callable[..., Sheet]) -> None:
    line.open()
    village = line.villages[0]
    owed = line.owed(village)
    ReportStatement.objects.create(
        owed=owed,
        number=1,
        figures_on=owed.closing,
        submitted_on=date(2023, 6, 26),
        by="Hà Thị Mận",
        at="2023-06-26T08:00:00Z",
    )
    OwedReport.objects.filter(pk=owed.pk).update(
        due_on=date(2023, 6, 20), rule="on_or_before", last_day=date(2023, 6, 20)
    )
    found = sheet("village", village.pk)
    keys = ("reports_in_time", "reports_late", "report_late_days", "reports_silent")
    assert numbers(found, *keys) == [0, 1, 4, 1]
    assert numbers(sheet("village", village.pk, date(2023, 6, 1)), "reports_silent") == [0]


def test_inspections_of_a_post(line: Line, sheet: Callable[..., Sheet]) -> None:
    village = line.villages[0]
    given = InspectionInput(
        village, "by_authority", MIDDLE, line.officer.holdings[0].post, "Việc bình xét"
    )
    record_inspection(actor=line.officer, unit=line.commune, given=given, today=MIDDLE)
    assert numbers(sheet("village", village.pk), "inspected") == [1]
    assert numbers(sheet("office", "officer"), "inspections") == [1]
    assert numbers(sheet("person", line.officer.user_id), "inspections") == [1]


def test_who_reads_which_sheet(line: Line) -> None:
    """The officer reads all, a village head her own and her village's, the neighbour none."""
    asked = asked_of(line)
    seen = {
        kind: [
            [one.subject for one in sheets_seen_by(who, line.commune, sheets_of(asked, kind))]
            for who in (line.officer, line.head, line.outsider, line.above)
        ]
        for kind in ("village", "office", "person")
    }
    assert [len(one) for one in seen["village"]] == [4, 1, 0, 0]
    assert seen["village"][1] == [str(line.villages[0].pk)]
    assert seen["office"] == [["officer"], [], [], []]
    assert set(seen["person"][0]) == {str(line.officer.user_id), str(line.head.user_id)}
    assert seen["person"][1:] == [[str(line.head.user_id)], [], []]


def say(line: Line, who: str, text: str, version: int = 0) -> int:
    actor = getattr(line, who)
    return write_remark(
        actor=actor,
        place=line.villages[0] if who == "head" else actor.holdings[0].post.unit,
        commune=line.commune,
        year=2023,
        text=text,
        today=MIDDLE,
        expected_version=version,
    )


def test_a_person_says_something_to_her_own_sheet(line: Line) -> None:
    assert say(line, "head", "Tháng tư tôi nghỉ ốm.") == 1
    assert say(line, "head", "", 1) == 2
    with pytest.raises(Stale):
        say(line, "head", "Muộn", 1)
    with pytest.raises(Refused):
        say(line, "head", "a" * 2001, 2)
    with pytest.raises(NotAllowed):
        say(line, "outsider", "Của nơi khác")
    kept = SheetRemark.objects.get()
    assert (kept.user_id, kept.text, kept.version) == (line.head.user_id, "", 2)


@pytest.mark.database
def test_one_remark_for_a_person_and_year(line: Line) -> None:
    given = {"unit": line.commune, "year": 2023, "user_id": line.head.user_id}
    SheetRemark.objects.create(**given, written_on=FIRST)
    with pytest.raises(IntegrityError), transaction.atomic():
        SheetRemark.objects.create(**given, written_on=FIRST)
