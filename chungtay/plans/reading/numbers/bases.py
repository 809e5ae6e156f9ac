"""Whether a fall in per cent is meant in points of the rate or as a share, and of what."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from chungtay.plans.reading.numbers.people import Group
from chungtay.plans.reading.numbers.plain import Sentence
from chungtay.plans.reading.numbers.quantities import Quantity
from chungtay.plans.reading.numbers.rows import POINTS, SHARE, Baseline
from chungtay.plans.reading.numbers.times import Moment

# Above this a bare per cent can hardly be a yearly fall in points of the rate.
MOST_POINTS = Decimal(15)
RATE_WORDS = re.compile(r"(?:ty|ti) le|ngheo da chieu|diem phan tram|diem %|muc giam")
RATE_BEHIND = re.compile(r"\s*(?:/\s*nam\s+)?(?:ty|ti) le\b")
OF_WHOM = re.compile(
    r"(?:\s*/\s*tren|\s*/|\s*,?\s*tren|\s*,?\s*trong|\s*,?\s*so voi|\s*,?\s*cua)\s+"
    r"(tong(?: so)?\b|so ho|so\b|ho\b|(?:thoi diem )?(?:cuoi|dau) (?:nam|ky)|nam \d{4}|ket qua)"
)
NUMBERED = re.compile(r"\s*(?:so|tong so)\s+(?:ho|nguoi|khau)\b")
COUNTED = re.compile(r"(?:tong so\s+|so\s+|la\s+|\(|gom\s+)(\d{1,3}(?:\.\d{3})+|\d+)\s+ho\b")


@dataclass(frozen=True)
class Meaning:
    """How a fall in per cent is measured, its base, the words that name it, where they end."""

    measure: str
    baseline: Baseline | None = None
    denominator: str | None = None
    start: int = 0
    end: int = 0


def meaning_of(
    sentence: Sentence,
    one: Quantity,
    own: Group | None,
    groups: list[Group],
    moments: list[Moment],
    stop: int,
    population: str,
) -> Meaning:
    """How "giảm x %" is meant in its sentence, up to the next number at `stop`."""
    clause_from = max(sentence.flat.rfind(";", 0, one.start), 0)
    rate = (
        one.points
        or RATE_WORDS.search(sentence.flat, clause_from, one.start)
        or RATE_BEHIND.match(sentence.flat, one.end)
    )
    begin = own.end if own and own.start >= one.end else one.end
    words = None if rate else _base_words(sentence, one, begin, stop, moments)
    if words is None:
        small = one.value < MOST_POINTS
        return Meaning(POINTS if rate or small else SHARE)
    start, end = words
    inside = [group for group in groups if start <= group.start < end]
    when = [moment for moment in moments if start <= moment.start < end]
    count = COUNTED.search(sentence.flat, start, end)
    base = Baseline(
        inside[0].population if inside else population,
        when[0].on if when else None,
        int(count[1].replace(".", "")) if count else None,
    )
    return Meaning(SHARE, base, sentence.said[start:end].strip(" ,.;:/()"), start, end)


def _base_words(
    sentence: Sentence, one: Quantity, begin: int, stop: int, moments: list[Moment]
) -> tuple[int, int] | None:
    """Where the words stand that name a base: behind "trên", or the people at a time."""
    end = _end(sentence.flat, begin, stop)
    of_whom = OF_WHOM.search(sentence.flat, one.end, end)
    compared = of_whom and "so voi" in of_whom[0] and not of_whom[1].startswith(("tong", "so"))
    if of_whom and not (compared and one.value < MOST_POINTS):
        return of_whom.start(1), end
    at_once = next((m for m in moments if 0 <= m.start - begin <= 3), None)
    if at_once and at_once.form in {"start", "end"}:
        return one.end, at_once.end
    if NUMBERED.match(sentence.flat, one.end):
        return one.end, min(end, at_once.end) if at_once else begin
    return None


def _end(flat: str, begin: int, stop: int) -> int:
    found = re.search(r"[;,]|\.\s*$|\.\s+(?=[a-z])", flat[begin:stop])
    return begin + found.start() if found else stop
