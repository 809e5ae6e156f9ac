"""Sums of money as papers write them: "1.977 triệu đồng", "1,5 tỷ", "383.000.000 đ"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from chungtay.plans.reading.numbers.in_words import IN_WORDS, amount_in_words
from chungtay.plans.reading.numbers.plain import Sentence
from chungtay.plans.reading.numbers.quantities import ORDINAL, decimal_of

MILLION, BILLION, THOUSAND = 10**6, 10**9, 10**3
SCALES = {"trieu": MILLION, "tr": MILLION, "ty": BILLION, "ti": BILLION, "nghin": THOUSAND}
SCALES["ngan"] = THOUSAND
NUMBER = r"(?<![\w.,/])(\d{1,3}(?:[.,]\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?)"
SCALE = r"\s*(trieu|tr|ty|ti|nghin|ngan)(?:\b|(?=d))\.?"
DONG = r"\s*(?:dong\b|vnd\b|d\b(?![./]))"
SUM = re.compile(
    rf"{NUMBER}(?:{SCALE}(?:{DONG})?|{DONG})"
    rf"(?:\s*(\d+)\s*(trieu|nghin|ngan)\b(?:{DONG})?)?"
)
FROM = re.compile(r"\btu\s*$")
BARE = re.compile(rf"{NUMBER}\s*(?:[-–—÷]|den\b)\s*$")
BY_LETTER = re.compile(r"[\s,;]*[(:\s]*(?:(?:viet )?bang chu|so tien bang chu)?[\s:;]*")
LEAST_WITHOUT_SCALE = 1000  # "5 đồng chí" is no money
# Each household, person, month has its own: a norm, no amount of the plan.
EACH = re.compile(
    r"\s*(?:/|tren|moi|mot|1)\s*(?:01\s*|1\s*)?(ho|nguoi|khau|can|nha|thang|nam|suat|con|ngay|lan|"
    r"mo hinh|nhu cau|chau|em|hoc sinh|lao dong|thanh vien)\b"
)
HOUSEHOLD = frozenset({"ho", "can", "nha"})
NORM_BEFORE = re.compile(
    r"(?:thu nhap|chuan ngheo|muc song|luong|muc (?:ho tro|vay|dong|huong|chuan)|moi (?:ho|nguoi)"
    r"|dinh muc|don gia|khong vuot qua|khong qua|toi da)[^.,;:\d]{0,40}$"
)
AT_MOST = re.compile(
    r"(?:khong (?:vuot )?qua|toi da|dinh muc|muc (?:ho tro )?|moi ho)[^.;:\d]{0,25}$"
)


@dataclass(frozen=True)
class Amount:
    """One sum of money in a sentence; `each` names what it is for each of.

    Of a span of money ("từ 40 đến 50 triệu đồng") ``to_vnd`` is the most it may be.
    """

    amount_vnd: int
    start: int
    end: int
    each: str = ""
    norm: bool = False
    to_vnd: int | None = None


def amounts_of(sentence: Sentence) -> list[Amount]:
    """Every sum of money of a sentence, in order."""
    found: list[Amount] = []
    for match in SUM.finditer(sentence.flat):
        if not match[2] and _is_no_money(sentence, match):
            continue
        value = _value(match)
        if value is None:
            continue
        before, after = sentence.flat[: match.start()], sentence.flat[match.end() :]
        each = EACH.match(after)
        norm = bool(each) or bool(NORM_BEFORE.search(before))
        found.append(Amount(value, *match.span(), each[1] if each else "", norm))
    found = list(_spanned(sentence, found))
    told = [one for one in _in_words(sentence) if _spelled(sentence, one, found) is None]
    return sorted([*found, *told], key=lambda one: one.start)


def spelled_otherwise(sentence: Sentence) -> list[tuple[int, int]]:
    """Amounts in digits whose words beside them say another sum: both, in VND."""
    written = [one for one in amounts_of(sentence) if sentence.said[one.start].isdecimal()]
    pairs = ((_spelled(sentence, one, written), one.amount_vnd) for one in _in_words(sentence))
    return [(said, words) for said, words in pairs if said is not None and said != words]


def _in_words(sentence: Sentence) -> Iterator[Amount]:
    for match in IN_WORDS.finditer(sentence.low):
        value = amount_in_words(match[0])
        if value is not None and not _ends_a_name(sentence, match.start()):
            before, after = sentence.flat[: match.start()], sentence.flat[match.end() :]
            each = EACH.match(after)
            norm = bool(each) or bool(NORM_BEFORE.search(before))
            yield Amount(value, *match.span(), each[1] if each else "", norm)


def _ends_a_name(sentence: Sentence, start: int) -> bool:
    """ "bà Lê Thị Tư": a number's word that is the last one of a name, no number."""
    before = sentence.said[:start].split()
    named = bool(before) and before[-1][:1].isupper() and before[-1][-1:].isalpha()
    return named and sentence.said[start].isupper() and not sentence.said.isupper()


def _spelled(sentence: Sentence, words: Amount, written: list[Amount]) -> int | None:
    """The amount in digits that some words spell, standing right before them."""
    before = [one for one in written if one.end <= words.start]
    between = sentence.flat[before[-1].end : words.start] if before else None
    if between is None or not BY_LETTER.fullmatch(between):
        return None
    return before[-1].amount_vnd


def _spanned(sentence: Sentence, found: list[Amount]) -> Iterator[Amount]:
    """Two sums, or a bare number and a sum, joined by a dash or "đến" are one span of money."""
    least: Amount | None = None
    for one in found:
        if (
            least is not None
            and least.amount_vnd < one.amount_vnd
            and _joins(sentence, least.start, least.end, one.start)
        ):
            least = _span(sentence, least.amount_vnd, least.start, one)
            continue
        if least is not None:
            yield least
        least = _with_bare(sentence, one)
    if least is not None:
        yield least


def _with_bare(sentence: Sentence, one: Amount) -> Amount:
    """The span whose lower end is a number without its unit: "40–50 triệu đồng"."""
    bare = BARE.search(sentence.flat[: one.start])
    unit = SUM.match(sentence.flat, one.start)
    if bare is None or unit is None or ORDINAL.search(sentence.flat[: bare.start()]):
        return one
    if not _joins(sentence, bare.start(), bare.end(1), one.start):
        return one
    scale = SCALES.get(unit[2] or "", 1)
    low = decimal_of(bare[1], grouped=scale == 1 or "." in bare[1]) * scale
    if low != low.to_integral_value() or not 0 < low < one.amount_vnd:
        return one
    return _span(sentence, int(low), bare.start(), one)


def _span(sentence: Sentence, low: int, start: int, one: Amount) -> Amount:
    """From a lower end to an amount, the word "từ" before it included."""
    begun = FROM.search(sentence.flat[:start])
    at = begun.start() if begun else start
    return replace(one, amount_vnd=low, to_vnd=one.amount_vnd, start=at)


def _joins(sentence: Sentence, start: int, end: int, following: int) -> bool:
    """Whether what stands between two numbers makes them a span."""
    between = sentence.flat[end:following]
    if re.fullmatch(r"\s*[-–—÷]\s*", between):
        return True
    return bool(re.fullmatch(r"\s*den\s+", between) and FROM.search(sentence.flat[:start]))


def _is_no_money(sentence: Sentence, match: re.Match[str]) -> bool:
    """ "15 đồng chí", "5 đơn vị": a number before "đồng" that is no money."""
    small = decimal_of(match[1], grouped=True) < LEAST_WITHOUT_SCALE
    other_word = re.match(r"\s+(?:chi|bao|deu|loat)\b", sentence.flat[match.end() :])
    return small or bool(other_word) or sentence.low[match.start() : match.end()].endswith(" d")


def _value(match: re.Match[str]) -> int | None:
    scale = SCALES.get(match[2] or "", 1)
    written = match[1]
    grouped = scale == 1 or bool(re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", written))
    value = decimal_of(written, grouped=grouped) * scale
    if match[3]:
        value += Decimal(match[3]) * SCALES[match[4]]
    return int(value) if value == value.to_integral_value() else None
