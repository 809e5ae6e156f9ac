"""Days as plans write them: whole, without their year, without their day."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass

from chungtay.plans.reading.flat import flat

MARK = r"\s?[/.\-]\s?"
YEAR = r"(?P<year>(?:19|20)\d\d)"
AFTER = r"(?:(?<=ngay )|(?<=ngay)|(?<=truoc )|(?<=den )|(?<=het )|(?<=tu )|(?<=nhat ))"
FORMS = tuple(
    re.compile(form)
    for form in (
        rf"(?<![\d/.])(?P<day>\d{{1,2}}){MARK}(?P<month>\d{{1,2}}){MARK}{YEAR}(?!\d)",
        rf"(?P<day>\d{{1,2}})\s*thang\s*(?P<month>\d{{1,2}})(?:\s*,?\s*(?:nam|/)\s*{YEAR})?(?!\d)",
        rf"(?:ngay)?(?P<blank>[\s.…_]*)thang\s*(?P<month>\d{{1,2}})\s*(?:,?\s*nam|/|-)\s*{YEAR}",
        rf"{AFTER}(?P<day>\d{{1,2}})\s?/\s?(?P<month>\d{{1,2}})(?![\d/])",
        r"(?<=thang )(?P<month>\d{1,2})(?=\s*(?:[,.;)]|$|hang|den|va\b))",
        rf"quy\s*(?P<quarter>iv|iii|ii|i|[1-4])\s*(?:/|,?\s*nam)\s*{YEAR}",
    )
)
QUARTERS = {"i": 3, "ii": 6, "iii": 9, "iv": 12, "1": 3, "2": 6, "3": 9, "4": 12}


@dataclass(frozen=True)
class Day:
    """A day found in a text; without ``day`` a month, without ``year`` the plan's own."""

    start: int
    end: int
    year: int | None
    month: int
    day: int | None
    quarter: bool = False

    def iso(self, year: int | None = None) -> str | None:
        """The day as ISO text, partial where the text is; None without any year."""
        stands = self.year or year
        if stands is None:
            return None
        known = f"{stands:04d}-{self.month:02d}"
        return f"{known}-{self.day:02d}" if self.day else known


def days(text: str) -> list[Day]:
    """Every day a text names, in the order of the text; what is no real day is left out."""
    found: list[Day] = []
    for day in sorted(_found(flat(text)), key=lambda one: (one.start, -one.end)):
        if not found or day.start >= found[-1].end:
            found.append(day)
    return found


def _found(plain: str) -> Iterator[Day]:
    for form in FORMS:
        for match in form.finditer(plain):
            parts = match.groupdict()
            quarter = parts.get("quarter")
            month = QUARTERS[quarter] if quarter else int(parts["month"])
            day = int(parts["day"]) if parts.get("day") else None
            year = int(parts["year"]) if parts.get("year") else None
            if 1 <= month <= 12 and (day is None or 1 <= day <= monthrange(year or 2024, month)[1]):
                start = match.start("day") if day else match.start()
                yield Day(start, match.end(), year, month, day, bool(quarter))
