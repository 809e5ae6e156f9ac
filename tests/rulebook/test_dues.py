"""Working days and due days: the year's decided days off, and recurrences that never drift."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from chungtay.rulebook.dues import (
    BEFORE,
    MONTHS_OF,
    ON_OR_BEFORE,
    due_days,
    last_day_of,
    months_later,
)
from chungtay.rulebook.loading import law

CALENDAR = law().calendar
DAYS = st.dates(date(2022, 1, 10), date(2032, 12, 1))
RECURRENCES = st.sampled_from(sorted(MONTHS_OF))


def test_a_rest_day_exchanged_for_another_is_worked() -> None:
    assert not CALENDAR.is_working(date(2024, 4, 29))
    assert CALENDAR.is_working(date(2024, 5, 4))
    assert not CALENDAR.is_working(date(2024, 5, 11))


def test_a_due_day_off_is_said_with_the_working_day_before() -> None:
    assert str(CALENDAR.said_of(date(2024, 6, 30))) == (
        "Ngày 30/06/2024 là ngày nghỉ (Chủ nhật); "
        "ngày làm việc cuối trước đó là thứ Sáu 28/06/2024."
    )
    assert "Tết Nguyên Đán" in str(CALENDAR.said_of(date(2023, 1, 22)))
    assert CALENDAR.said_of(date(2024, 6, 20)) is None


def test_a_day_off_that_is_only_foreseen_says_so() -> None:
    assert "chưa có quyết định" in str(CALENDAR.said_of(date(2030, 2, 4)))


def test_what_is_known_of_a_year_is_known() -> None:
    assert CALENDAR.covers(date(2024, 1, 1))
    assert not CALENDAR.covers(date(2033, 1, 1))


@given(DAYS)
def test_the_working_day_up_to_a_day_is_the_nearest(day: date) -> None:
    found = CALENDAR.working_day_up_to(day)
    assert CALENDAR.is_working(found)
    between = (found + timedelta(days=step) for step in range(1, (day - found).days + 1))
    assert not any(CALENDAR.is_working(one) for one in between)


@given(DAYS, st.integers(0, 30))
def test_working_days_are_counted_one_by_one(day: date, count: int) -> None:
    end = CALENDAR.working_days_after(day, count)
    passed = ((day + timedelta(days=step)) for step in range(1, (end - day).days + 1))
    assert sum(CALENDAR.is_working(one) for one in passed) == count
    assert count == 0 or CALENDAR.is_working(end)


@given(DAYS)
def test_before_a_day_is_the_day_before(day: date) -> None:
    assert last_day_of(day, BEFORE) == day - timedelta(days=1)
    assert last_day_of(day, ON_OR_BEFORE) == day


@given(DAYS, RECURRENCES, st.integers(0, 800))
def test_a_recurrence_keeps_its_day_of_the_month(day: date, recurrence: str, span: int) -> None:
    until = day + timedelta(days=span)
    found = list(due_days(day, recurrence, until))
    assert found[0] == day
    assert found[-1] <= until < months_later(day, MONTHS_OF[recurrence] * len(found))
    for earlier, later in pairwise(found):
        months = (later.year - earlier.year) * 12 + later.month - earlier.month
        assert months == MONTHS_OF[recurrence]
        last = (later + timedelta(days=1)).month != later.month
        assert later.day == day.day or (last and later.day < day.day)


def test_the_last_day_of_a_month_comes_back_after_february() -> None:
    found = list(due_days(date(2023, 12, 31), "monthly", date(2024, 3, 31)))
    assert found == [date(2023, 12, 31), date(2024, 1, 31), date(2024, 2, 29), date(2024, 3, 31)]


def test_what_does_not_recur_is_due_once_and_never_after_its_end() -> None:
    assert list(due_days(date(2024, 6, 30), "", date(2030, 1, 1))) == [date(2024, 6, 30)]
    assert list(due_days(date(2024, 6, 30), "monthly", date(2024, 6, 29))) == []
