"""Numbers as Vietnamese papers write them: digits, words, ranges, "about", "at least"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from chungtay.plans.reading.numbers.plain import Sentence
from chungtay.plans.reading.numbers.rows import (
    ABOUT,
    AT_LEAST,
    AT_MOST,
    EXACT,
    OVER,
    RANGE,
    UNDER,
)

PERCENT, THING = "%", "thing"
GROUPED = r"\d{1,3}(?:[.,]\d{3})+(?!\d)(?:[.,]\d+)?"
NUMBER = rf"(?<![\d.,/\w])(?:{GROUPED}|\d+(?:[.,]\d+)?)(?![\d/])(?![^\W\d_])"
ONES = {
    "một": 1,
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "tư": 4,
    "năm": 5,
    "lăm": 5,
    "mốt": 1,
    "sáu": 6,
    "bảy": 7,
    "bẩy": 7,
    "tám": 8,
    "chín": 9,
    "nhăm": 5,
}
WORD = "một|hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín"
IN_WORDS = re.compile(
    rf"(?<!\w)(?:(?:(?:{WORD})\s+mươi|mười)(?:\s+(?:{WORD}|tư|lăm|mốt|nhăm))?|{WORD})(?!\w)"
)
POINT_WORDS = re.compile(r"\s*(?:%|phan tram)?\s*diem(?: %|%| phan tram)?|\s*diem(?: %|%)?")
# What stands right before a number and says that it is no count.
ORDINAL = re.compile(
    r"(?:\b(?:nam|ngay|thang|quy|giai doan|dieu|khoan|muc|phu luc|bieu|mau|khoa|thon|ban|ap|soc"
    r"|buon|khom|xom|to|to dan pho|tdp|khu pho|kp|khu|tuan|lan thu"
    r"|to dan pho so|khu pho so|thon so|to so|ap so|de an|du an|quy so|chuong"
    r"|du an thanh phan|tieu du an|\d{4}\s*[-–]|/)\s*)$"
)
BEFORE: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (sign, re.compile(rf"(?:(?<!\w)(?:{words})|{marks})\s*(?:la\s+)?$"))
    for sign, words, marks in (
        (AT_MOST, "khong qua|toi da|khong vuot qua|khong lon hon|khong cao hon|nhieu nhat", "<=|≤"),
        (
            AT_LEAST,
            "it nhat|toi thieu|khong duoi|khong it hon|khong thap hon|dat tu|be nhat",
            ">=|≥",
        ),
        (UNDER, "duoi|it hon|thap hon|nho hon", "<"),
        (OVER, "tren|hon|vuot|qua|cao hon|vuot tren", ">"),
        (ABOUT, "khoang|chung|uoc|uoc tinh|xap xi|gan|tam|uoc khoang|uoc dat", "~|≈"),
    )
)
AFTER_MORE = re.compile(r"(?:\s*[\w%]+){0,6}?\s*tro len\b|\s*\+(?!\d)")
AFTER_LESS = re.compile(r"(?:\s*[\w%]+){0,6}?\s*tro xuong\b")
FIVE_AFTER = re.compile(r"(?:giam|con|co|them|cho|it nhat|khoang|tren|duoc|la|hon|duoi|toi da)\s*$")
UNTIL = re.compile(r"(?:xuong(?: con)?|con|len)\s*(?:con\s*)?$")


@dataclass(frozen=True)
class Quantity:
    """A number in a sentence: its value, how it is compared, whether it is a per cent."""

    value: Decimal
    start: int
    end: int
    percent: bool = False
    points: bool = False
    comparator: str = EXACT
    value_to: Decimal | None = None
    digits: int = 0
    words_from: int = 0  # where the words begin that compare it


def decimal_of(said: str, *, grouped: bool) -> Decimal:
    """Digits as a number: 1.977 is a thousand and more where grouped, a decimal otherwise."""
    plain = "".join(said.split())
    if grouped and re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", plain):
        return Decimal(plain.replace(".", "").replace(",", "."))
    if grouped and re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", plain):
        return Decimal(plain.replace(",", ""))
    parts = re.split(r"[.,]", plain)
    if len(parts) > 2:
        return Decimal("".join(parts))
    return Decimal(".".join(parts))


def worded(said: str) -> int:
    """A number in words below a hundred: "hai mươi mốt" is 21."""
    words = said.split()
    if "mươi" in words or words[0] == "mười":
        tens = 1 if words[0] == "mười" else ONES[words[0]]
        rest = words[1:] if words[0] == "mười" else words[2:]
        return 10 * tens + (ONES[rest[0]] if rest else 0)
    return ONES[words[0]]


OUT_OF = re.compile(r"(?<![\w/.,])(\d{1,4})/(\d{1,4})(?=\s*(?:ho|nguoi|khau)\b)")
SINGLE = re.compile(NUMBER)


def quantities_of(sentence: Sentence) -> list[Quantity]:
    """Every number of a sentence that may count or measure, in order."""
    found = [*_in_digits(sentence), *_in_words(sentence)]
    found.sort(key=lambda one: one.start)
    return [
        _compared(sentence, one)
        for one in _ranged(sentence, found)
        if one.percent or one.value == one.value.to_integral_value()
    ]


def _in_digits(sentence: Sentence) -> Iterator[Quantity]:
    for match in OUT_OF.finditer(sentence.flat):
        yield Quantity(Decimal(match[1]), *match.span(1))
        yield Quantity(Decimal(match[2]), *match.span(2))
    for match in SINGLE.finditer(sentence.said):
        start, end = match.span()
        if ORDINAL.search(sentence.flat[:start]):
            continue
        after = sentence.flat[end:]
        points = POINT_WORDS.match(after)
        per_cent = re.match(r"\s*(?:%|phan tram\b)", after)
        percent = bool(per_cent or points)
        value = decimal_of(match[0], grouped=not percent)
        tail = points or per_cent
        digits = (
            len("".join(match[0].split()).replace(",", ".").partition(".")[2]) if percent else 0
        )
        yield Quantity(
            value, start, end + (tail.end() if tail else 0), percent, bool(points), digits=digits
        )


def _in_words(sentence: Sentence) -> Iterator[Quantity]:
    for match in IN_WORDS.finditer(sentence.low):
        start, end = match.span()
        before = sentence.flat[:start]
        if start and sentence.said[start].isupper() and not sentence.said.isupper():
            continue  # "ông Hà Văn Ba", "bà Hồ Thị Sáu"
        if match[0] == "năm" and not FIVE_AFTER.search(before):
            continue
        per_cent = re.match(r"\s*(?:%|phan tram\b)", sentence.flat[end:])
        yield Quantity(
            Decimal(worded(match[0])),
            start,
            end + (per_cent.end() if per_cent else 0),
            bool(per_cent),
        )


def _ranged(sentence: Sentence, found: list[Quantity]) -> list[Quantity]:
    """Two numbers joined by a dash or "đến" are one range."""
    kept: list[Quantity] = []
    for one in found:
        last = kept[-1] if kept else None
        if last is not None and last.value_to is None and _is_range(sentence, last, one):
            kept[-1] = replace(
                last,
                value_to=one.value,
                end=one.end,
                comparator=RANGE,
                percent=last.percent or one.percent,
                points=last.points or one.points,
                value=_same_kind(sentence, last, one),
                digits=max(last.digits, one.digits),
            )
        else:
            kept.append(one)
    return kept


def _same_kind(sentence: Sentence, low: Quantity, high: Quantity) -> Decimal:
    """The low end of a range, read as a decimal where the high end is a per cent."""
    if high.percent and not low.percent:
        return decimal_of(sentence.said[low.start : low.end], grouped=False)
    return low.value


def _is_range(sentence: Sentence, low: Quantity, high: Quantity) -> bool:
    between = sentence.flat[low.end : high.start]
    if high.value <= low.value:
        return False
    if re.fullmatch(r"\s*[-–—÷]\s*", between):
        return True
    told = re.fullmatch(r"\s*(?:ho\s+|nguoi\s+)?den\s+", between)
    return bool(told) and bool(re.search(r"\btu\s*$", sentence.flat[: low.start]) or high.percent)


def _compared(sentence: Sentence, one: Quantity) -> Quantity:
    before = sentence.flat[: one.start]
    begun = re.search(r"(?<!\w)tu\s*$", before)
    words_from = begun.start() if begun else one.start
    if one.value_to is not None:
        return replace(one, words_from=words_from)
    after = sentence.flat[one.end :]
    if AFTER_MORE.match(after):
        return replace(one, comparator=AT_LEAST, words_from=words_from)
    if AFTER_LESS.match(after):
        return replace(one, comparator=AT_MOST, words_from=words_from)
    for sign, words in BEFORE:
        match = words.search(before)
        if match:
            return replace(one, comparator=sign, words_from=match.start())
    return replace(one, words_from=words_from)
