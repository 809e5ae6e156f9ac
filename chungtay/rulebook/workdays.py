"""Working days of the country, and what a due date falls on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from chungtay.rulebook.wording import Sentence, catalogued, vi_date

ONE_DAY = timedelta(days=1)
SATURDAY = 5
WEEKDAYS = (
    catalogued("thứ Hai"),
    catalogued("thứ Ba"),
    catalogued("thứ Tư"),
    catalogued("thứ Năm"),
    catalogued("thứ Sáu"),
    catalogued("thứ Bảy"),
    catalogued("Chủ nhật"),
)


@dataclass(frozen=True)
class DayOff:
    """An official day off: its name, and whether it was decided or is only foreseen."""

    name: str
    decided: bool


@dataclass(frozen=True)
class WorkCalendar:
    """The official days off of some years, and the rest days worked in return for them."""

    days_off: Mapping[date, DayOff]
    worked: frozenset[date]

    def covers(self, day: date) -> bool:
        """Whether the days off of the day's year are known."""
        return any(known.year == day.year for known in self.days_off)

    def is_working(self, day: date) -> bool:
        """Whether offices work on a day."""
        if day in self.days_off:
            return False
        return day in self.worked or day.weekday() < SATURDAY

    def working_day_up_to(self, day: date) -> date:
        """The day itself if it is worked, else the last working day before it."""
        while not self.is_working(day):
            day -= ONE_DAY
        return day

    def working_days_after(self, day: date, count: int) -> date:
        """The day that many working days later; the day itself does not count."""
        while count > 0:
            day += ONE_DAY
            count -= self.is_working(day)
        return day

    def working_days_between(self, after: date, until: date) -> int:
        """How many working days come behind a day up to another, which counts; 0 before it."""
        days = range(1, (until - after).days + 1)
        return sum(self.is_working(after + timedelta(days=count)) for count in days)

    def said_of(self, day: date) -> Sentence | None:
        """That a due day falls on a day off, and the last working day before; None if worked."""
        if self.is_working(day):
            return None
        before = self.working_day_up_to(day)
        values = {
            "day": vi_date(day),
            "why": self._why(day),
            "before": vi_date(before),
            "weekday": Sentence(WEEKDAYS[before.weekday()]),
        }
        known = self.days_off.get(day)
        if known is not None and not known.decided:
            return Sentence(
                "Ngày {day} dự kiến là ngày nghỉ ({why}, chưa có quyết định); ngày làm việc cuối "
                "trước đó là {weekday} {before}.",
                **values,
            )
        return Sentence(
            "Ngày {day} là ngày nghỉ ({why}); ngày làm việc cuối trước đó là {weekday} {before}.",
            **values,
        )

    def _why(self, day: date) -> Sentence | str:
        known = self.days_off.get(day)
        return known.name if known is not None else Sentence(WEEKDAYS[day.weekday()])
