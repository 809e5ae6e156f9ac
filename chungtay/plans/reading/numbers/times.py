"""When a number holds: the day, month, year or years its sentence names, as ISO dates."""

from __future__ import annotations

import re
from dataclasses import dataclass

DAY = r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})"
WORDED_DAY = r"(\d{1,2})\s+thang\s+(\d{1,2})\s+nam\s+(\d{4})"
UP_TO = r"(?:den|tinh den|thoi diem|cho den|tu|tai)(?:\s+(?:het|ngay|thoi diem))*\s+"
FORMS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("day", re.compile(UP_TO + DAY)),
    ("day", re.compile(UP_TO + WORDED_DAY)),
    ("span", re.compile(r"giai doan\s+(\d{4})\s*(?:-|–|—|den)\s*(\d{4})")),
    ("start", re.compile(r"\bdau (?:nam|ky)(?:\s+(\d{4}))?\b")),
    ("end", re.compile(r"\b(?:cuoi|het|ket thuc)\s+(?:nam|ky)(?:\s+(\d{4}))?\b")),
    ("month", re.compile(r"thang\s+(\d{1,2})(?:\s*/\s*|\s+nam\s+)(\d{4})")),
    ("year", re.compile(r"\bnam\s+(\d{4})\b")),
)


@dataclass(frozen=True)
class Moment:
    """A time a sentence names, and where its words stand."""

    on: str
    start: int
    end: int
    form: str


def moments_of(flat: str, year: int | None) -> list[Moment]:
    """Every time a sentence names, in order; "cuối năm" without its year is the plan's own."""
    found: list[Moment] = []
    for form, words in FORMS:
        for match in words.finditer(flat):
            on = _iso(form, [part or "" for part in match.groups()], year)
            inside = any(one.start <= match.start() < one.end for one in found)
            if on and not inside:
                found.append(Moment(on, *match.span(), form))
    return sorted(found, key=lambda one: one.start)


def _iso(form: str, parts: list[str], year: int | None) -> str | None:
    if form == "day":
        day, month, of_year = (int(part) for part in parts)
        return f"{of_year:04d}-{month:02d}-{day:02d}" if _is_day(day, month) else None
    if form == "span":
        return f"{parts[0]}/{parts[1]}"
    if form == "month":
        return f"{parts[1]}-{int(parts[0]):02d}" if _is_day(1, int(parts[0])) else None
    said = parts[0] or (str(year) if year else "")
    ends = {"start": "-01-01", "end": "-12-31", "year": ""}
    return f"{said}{ends[form]}" if said else None


def _is_day(day: int, month: int) -> bool:
    return 1 <= day <= 31 and 1 <= month <= 12
