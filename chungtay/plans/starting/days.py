"""Days moved from one year to another: in rows, and where a sentence says the same day."""

from __future__ import annotations

import re
from datetime import date

LEAP_DAY = "-02-29"


def moved(on: date, years: int) -> date:
    """A day so many years later; 29/2 becomes 28/2 where there is none."""
    try:
        return on.replace(year=on.year + years)
    except ValueError:
        return on.replace(year=on.year + years, day=28)


def moved_due(due: str, years: int) -> str:
    """A day, a month, a year or a span of them as a deadline keeps it, so many years later."""
    return "/".join(_moved_end(end, years) for end in due.split("/"))


def moved_in_text(text: str, due: str, years: int) -> str:
    """A sentence with the days of a deadline a number of years later, as it writes them."""
    for end in due.split("/"):
        year, _dash, rest = end.partition("-")
        if not rest:
            continue
        later = str(int(year) + years)
        month, _dash, day = rest.partition("-")
        for pattern in _written(year, int(month), int(day) if day else None):
            text = re.sub(pattern, rf"\g<1>{later}", text)
    return text


def renamed_year(text: str, year: int, later: int) -> str:
    """A title or lead-in with the plan's year replaced; spans, days and paper numbers stay."""
    return re.sub(rf"(?<![\d/–-])(?<!\d [–-] ){year}(?![\d/–-]| [–-] \d)", str(later), text)


def names_year(text: str, year: int) -> bool:
    """Whether a sentence names a year, alone or in a day."""
    return re.search(rf"(?<!\d){year}(?!\d)", text) is not None


def _moved_end(end: str, years: int) -> str:
    if not end[:4].isdecimal():
        return end
    later = f"{int(end[:4]) + years:04d}{end[4:]}"
    return later.replace(LEAP_DAY, "-02-28") if end.endswith(LEAP_DAY) else later


def _written(year: str, month: int, day: int | None) -> list[str]:
    """How a day or a month stands in a sentence, its year last."""
    if day is None:
        return [rf"((?<!\d)tháng\s+0?{month}(?:\s+năm\s+|[/.-])){year}(?!\d)"]
    return [
        rf"((?<!\d)0?{day}[/.-]0?{month}[/.-]){year}(?!\d)",
        rf"((?<!\d)0?{day}\s+tháng\s+0?{month}\s+năm\s+){year}(?!\d)",
    ]
