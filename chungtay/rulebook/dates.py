"""Dates as people know them: a whole date, a month and a year, or a year alone."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, order=True)
class PartialDate:
    """A date whose month or day may be unknown; a day needs its month. ValueError if not real."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.day is not None and self.month is None:
            raise ValueError("a day needs its month")
        date(self.year, self.month or 1, self.day or 1)

    def __str__(self) -> str:
        parts = [f"{part:02d}" for part in (self.day, self.month) if part is not None]
        return "/".join([*parts, f"{self.year:04d}"])

    @property
    def is_whole(self) -> bool:
        """Whether day, month and year are all known."""
        return self.day is not None

    def earliest(self) -> date:
        """The first day this date may be."""
        return date(self.year, self.month or 1, self.day or 1)

    def latest(self) -> date:
        """The last day this date may be."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def ages_on(self, on: date) -> tuple[int, int]:
        """The least and the greatest age in completed years on a day (negative if not born)."""
        oldest = completed_years(self.earliest(), on)
        return oldest if self.is_whole else completed_years(self.latest(), on), oldest

    def months_on(self, on: date) -> tuple[int, int]:
        """The least and the greatest age in completed months on a day (negative if not born)."""
        if self.month is None or self.day is None:
            return completed_months(self.latest(), on), completed_months(self.earliest(), on)
        months = (on.year - self.year) * 12 + on.month - self.month - (on.day < self.day)
        return months, months


def completed_years(birth: date, on: date) -> int:
    """Whole years between two days; one born on 29/2 is a year older on 1/3 of a common year."""
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


def completed_months(birth: date, on: date) -> int:
    """Whole months between two days."""
    return (on.year - birth.year) * 12 + on.month - birth.month - (on.day < birth.day)
