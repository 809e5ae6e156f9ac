"""Sums of money written in words: "một tỷ hai trăm linh năm triệu đồng"."""

from __future__ import annotations

import re

from chungtay.plans.reading.numbers.quantities import ONES

GREAT = {"tỷ": 10**9, "tỉ": 10**9, "triệu": 10**6, "nghìn": 10**3, "ngàn": 10**3}
NONE = ("không", "linh", "lẻ")
WORDS = "|".join([*ONES, *GREAT, *NONE, "mười", "mươi", "trăm", "chẵn"])
IN_WORDS = re.compile(rf"(?<!\w)(?:(?:{WORDS}),?\s+){{2,}}(?:đồng|đ)(?!\w)")


def amount_in_words(said: str) -> int | None:
    """The sum that words in lower case say; None where they make no number."""
    words = [word for word in said.replace(",", " ").split() if word not in ("đồng", "đ", "chẵn")]
    total = 0
    rest: int | None = 0
    last = 10**12
    part: list[str] = []
    for word in words:
        if word not in GREAT:
            part.append(word)
            continue
        rest = _below_thousand(part) if part else 1
        if rest is None or GREAT[word] >= last:
            return None
        last = GREAT[word]
        total += rest * last
        part = []
    rest = _below_thousand(part) if part else 0
    return None if rest is None or last == 10**12 else total + rest


def _below_thousand(words: list[str]) -> int | None:
    """ "hai trăm linh năm" is 205, "ba mươi mốt" 31; None for what is no number."""
    hundreds = 0
    if len(words) > 1 and words[1] == "trăm":
        if words[0] != "không" and words[0] not in ONES:
            return None
        hundreds, words = 100 * ONES.get(words[0], 0), words[2:]
    words = [word for word in words if word not in NONE]
    match words:
        case []:
            return hundreds
        case [one] if one in ONES:
            return hundreds + ONES[one]
        case ["mười"]:
            return hundreds + 10
        case ["mười", one] if one in ONES:
            return hundreds + 10 + ONES[one]
        case [tens, "mươi"] if tens in ONES:
            return hundreds + 10 * ONES[tens]
        case [tens, "mươi", one] if tens in ONES and one in ONES:
            return hundreds + 10 * ONES[tens] + ONES[one]
        case [tens, one] if tens in ONES and one in ONES:
            return hundreds + 10 * ONES[tens] + ONES[one]
    return None
