"""A sentence with all its marks: its numbers, people, times and places, read side by side."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from chungtay.plans.reading.numbers.bases import Meaning
from chungtay.plans.reading.numbers.people import Group
from chungtay.plans.reading.numbers.plain import Sentence
from chungtay.plans.reading.numbers.quantities import Quantity
from chungtay.plans.reading.numbers.rows import CLOSING, OPENING, REDUCTION, Target
from chungtay.plans.reading.numbers.times import Moment

JOINS = re.compile(
    r"(?:\s*(?:ho|can|ngheo|nguoi|a|b|kinh|da chieu"
    r"|dan toc thieu so))*\s*(?:,|\bva)\s*"
)
BEHIND = re.compile(r"[^,;:]{0,40}(?:ở|tại|thuộc|của|\()\s*")
COMPARED = re.compile(r"so voi\s*(?:cung ky|thoi diem|ket qua)?\s*$")


@dataclass
class Line:
    """One sentence with all its marks, and what its last number was."""

    sentence: Sentence
    numbers: list[Quantity]
    groups: list[Group]
    moments: list[Moment]
    places: list[tuple[str, int, int]]
    year: int | None = None
    rows: list[Target] = field(default_factory=list)
    used: int = 0  # numbers before this place belong to a base already read


def said_by(line: Line, found: re.Match[str]) -> str:
    """The words of a sentence that a search of its flat form found, as written."""
    return line.sentence.said[found.start() : found.end()].strip(" /")


def when_of(
    line: Line, one: Quantity, meaning: Meaning | None = None, kind: str = ""
) -> str | None:
    """When a number holds: the time named last before it, else next in its clause."""
    free = [
        moment
        for moment in line.moments
        if not (meaning and meaning.end and meaning.start <= moment.start < meaning.end)
        and not COMPARED.search(line.sentence.flat[: moment.start])
    ]
    before = [moment for moment in free if moment.end <= one.start]
    end = line.sentence.flat.find(";", one.end)
    after = [
        moment
        for moment in free
        if moment.start >= one.end
        and moment.form != "span"
        and (end < 0 or moment.start < end)
        and moment.start - one.end < (40 if before else 80)
    ]
    near = 12 if kind == OPENING else 7
    between = line.sentence.flat[one.end : after[0].start] if after else ""
    if after and len(between) < near and "," not in between:
        return after[0].on
    if before and not (kind in {REDUCTION, CLOSING} and before[-1].form == "start"):
        return before[-1].on
    if before:
        return before[-1].on[:4]
    if after:
        return after[0].on
    return str(line.year) if line.year else None


def where_of(line: Line, one: Quantity, since: int, stop: int) -> str | None:
    """The village or ward a number is said of: named before it, or right behind it."""
    said = line.sentence.said
    last = line.rows[-1] if line.rows else None
    behind = [
        name
        for name, start, _end in line.places
        if one.end <= start < stop and BEHIND.fullmatch(said[one.end : start])
    ]
    before = [place for place in line.places if since <= place[1] and place[2] <= one.start]
    if before and not (behind and last and last.place == before[-1][0]):
        return before[-1][0]
    if last and last.place and JOINS.fullmatch(line.sentence.flat[since : one.words_from]):
        return behind[0] if behind else last.place
    return behind[0] if behind else _leading(line, one)


def _leading(line: Line, one: Quantity) -> str | None:
    """The place an item begins with, as long as no other was named since: "Khu phố 2: …"."""
    named = [place for place in line.places if place[2] <= one.start]
    if len(named) != 1 or named[0][1] != 0:
        return None
    return named[0][0] if line.sentence.said[named[0][2] :].lstrip().startswith(":") else None
