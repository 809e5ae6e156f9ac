"""Promises of coverage: so many per cent of people with something, so many people helped."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from chungtay.plans.reading.numbers.people import (
    CHILD,
    HOUSE,
    HOUSEHOLD,
    NEED,
    OFFICER,
    PERSON,
    POOR,
    TASK,
    WORKER,
    Group,
    condition_of,
    unit_after,
)
from chungtay.plans.reading.numbers.plain import Sentence
from chungtay.plans.reading.numbers.quantities import Quantity
from chungtay.plans.reading.numbers.roles import GIVEN
from chungtay.plans.reading.numbers.rows import (
    AT_LEAST,
    CLOSING,
    COUNT,
    COVERAGE,
    RANGE,
    REDUCTION,
    Target,
)
from chungtay.plans.reading.numbers.times import Moment

PRICE = re.compile(
    r"\s*(?:cac\s+|so\s+|muc\s+|tong\s+)*(?:chi phi|kinh phi|muc|hoc phi|tien|von|gia tri"
    r"|gia\b|lai suat"
    r"|dinh muc|the\b|menh gia|don gia|luong|nguon|ngan sach|vien phi|phi\b|nhu cau von|thu nhap)"
)
PRICE_BEFORE = re.compile(
    r"(?:chi phi|kinh phi|mien phi|hoc phi|vien phi|muc dong|muc ho tro|lai suat|von|ngan sach"
    r"|giai ngan|tang truong|thu nhap|gdp|ho tro|dong)(?:\s+\w+){0,3}\s*(?:dat|la|:)?\s*$"
)
RATE_OF = re.compile(
    r"(?:ty|ti) le\s+(.+?)\s*(?:nam \d{4}\s*)?(?:dat|la|:|chiem|len|tang len|dat tu)?\s*$"
)
BARE_RATE = re.compile(
    r"(?:cac\s+|so\s+)?(?:ho\s+)?(?:can\s+)?ngheo(?: da chieu| nguoi kinh| dan toc thieu so)*"
    r"(?:\s+(?:giam|con|xuong|tu|o muc))*"
    r"(?:[,(\s]*(?:cua|toan|tren dia ban|trong|theo|cuoi|dau|den|nam|xa|phuong|huyen"
    r"|chuan|binh quan|hien)\b.*)?"
)
REACHED = re.compile(
    r"(?:dat|len|dam bao|bao dam)(?:\s+(?:tu|muc|ty le))?\s*$|\s+dat\s*(?::|la)?\s*$"
)
NONE_LEFT = re.compile(
    r"(?:phan dau|muc tieu|den (?:cuoi |het )?nam|cuoi nam"
    r"|het nam)(?![^.;]*\bdoi voi\b)[^.;]{0,60}?"
    r"(?<!\w)khong con (?:ho|nguoi)\s+(can ngheo|ngheo)\b(?! (?:la|thuoc|o|trong|co"
    r"|dan toc|nguoi|a\b|b\b))"
)
OF_NO_CLASS = "population"


def is_price(after: str) -> bool:
    """Whether a per cent is of money: of costs, contributions, a rate of interest."""
    return bool(PRICE.match(after))


def is_price_before(before: str) -> bool:
    """Whether the words before a per cent speak of money."""
    return bool(PRICE_BEFORE.search(before))


def per_cent(
    sentence: Sentence, one: Quantity, before: str, stop: int, role: str | None, groups: list[Group]
) -> Target | None:
    """A per cent of people who have or receive something; None where it is something else."""
    if one.points or role in {REDUCTION, CLOSING}:
        return None
    more = re.match(r"\s*tro len", sentence.flat[one.end :])
    said_of = unit_after(sentence.flat, one.end + (more.end() if more else 0))
    if said_of:
        unit, behind = said_of
        return _covered(sentence, one, unit, one.end, _reach(sentence, behind, stop), groups)
    rate = RATE_OF.search(before)
    if not rate or is_price(sentence.flat[one.end :]):
        return None
    start = one.words_from - len(before) + rate.start(1)
    if BARE_RATE.fullmatch(rate[1]):
        return None
    named = unit_after(sentence.flat, start)
    if named is None or is_price(rate[1]):
        return None
    return _covered(sentence, one, named[0], start, one.words_from, groups)


def _reach(sentence: Sentence, start: int, stop: int) -> int:
    end = re.search(r"[;.]\s|[;.]$", sentence.flat[start:])
    return min(stop, start + end.start() if end else len(sentence.flat))


def _covered(
    sentence: Sentence, one: Quantity, unit: str, start: int, end: int, groups: list[Group]
) -> Target:
    receives = re.search(
        r"(?<!\w)(?:duoc|su dung|dat|di hoc dung|tham gia)\b", sentence.flat[start:end]
    )
    people_end = start + receives.start() if receives else end
    inside = [group for group in groups if start <= group.start < people_end]
    return Target(
        COVERAGE,
        _population(unit, inside),
        unit,
        COVERAGE,
        one.value,
        sentence.said,
        one.comparator,
        one.value_to,
        condition=condition_of(sentence, start, _until_next_share(sentence, end)),
        digits=one.digits,
    )


def _until_next_share(sentence: Sentence, end: int) -> int:
    """The end of the clause, or of what is said before the next per cent."""
    clause = _reach(sentence, end, len(sentence.flat))
    share = sentence.flat.find("%", end, clause)
    return clause if share < 0 else share


def _population(unit: str, inside: list[Group]) -> str:
    if inside and unit not in {OFFICER, TASK}:
        codes: list[str] = []
        for group in inside:
            codes += [code for code in group.population.split("+") if code not in codes]
        return "+".join(codes)
    return unit if unit not in {HOUSEHOLD, PERSON} else OF_NO_CLASS


def counted(
    sentence: Sentence, one: Quantity, unit: str, group: Group | None, role: str | None,
    before: str, stop: int, on: str | None, carried: bool,
) -> Target | None:  # fmt: skip
    """So many people or things to be helped, built, trained; None where nothing is promised."""
    receive = re.match(r"[^,;.]{0,60}?\bduoc\b", sentence.flat[one.end :])
    has = unit in {WORKER, CHILD} and (receive or re.search(r"\bco\s*$", before))
    given = has or GIVEN.search(before) or (carried and "trong do" in before)
    if unit == NEED or not given or role in {REDUCTION, CLOSING}:
        return None
    in_words = not sentence.said[one.start].isdecimal()
    if in_words and (one.comparator != AT_LEAST or one.comparator == RANGE):
        return None
    population = group.population if group and unit != OFFICER else ""
    if not population and unit in {HOUSEHOLD, HOUSE}:
        population = OF_NO_CLASS if unit == HOUSEHOLD else HOUSE
    end = _reach(sentence, one.end, stop)
    return Target(
        COVERAGE, population or (OF_NO_CLASS if unit == PERSON else unit), unit, COUNT, one.value,
        sentence.said, one.comparator, one.value_to, on,
        condition=condition_of(sentence, one.end, end), at=sentence.at,
    )  # fmt: skip


def none_left(sentence: Sentence, moments: list[Moment], year: int | None) -> list[Target]:
    """ "đến cuối năm không còn hộ nghèo": nothing is to be left."""
    found = NONE_LEFT.search(sentence.flat)
    if not found or sentence.flat.startswith("doi voi"):
        return []
    population = "near_poor" if found[1].startswith("can") else POOR
    on = moments[0].on if moments else str(year) if year else None
    row = Target(CLOSING, population, HOUSEHOLD, COUNT, Decimal(0), sentence.said, on=on)
    return [replace(row, at=sentence.at)]
