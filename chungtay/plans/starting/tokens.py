"""Counts typed into last year's sentences made live, where it is sure which they are."""

from __future__ import annotations

import re
from collections.abc import Mapping

from chungtay.plans.arithmetic import derive
from chungtay.plans.cells import Cells
from chungtay.plans.tokens import TOKEN, token
from chungtay.rulebook.promise_words import population_words
from chungtay.rulebook.promises import HOUSEHOLD

NUMBER = r"(?<![\d.,/])(\d{1,3}(?:\.\d{3})+|\d+)"
# The class goes on: another promise is meant, or all classes together.
GOES_ON = r"(?!\s*(?:[AB]\b|,?\s*(?:và\s+)?hộ cận nghèo|người\b|dân tộc|thuộc|có nhu cầu|đa chiều))"
LOOKED_BACK = 40
# The words before a number that say which it is, the nearest first.
SAYING = re.compile(
    r"(?P<reduction>giảm|thoát)|(?P<closing>còn)|(?P<opening>đầu năm|hiện có|có)", re.I
)

Ends = Mapping[str, int]


def with_live_numbers(text: str, cells: Cells) -> str:
    """A sentence whose typed counts of a plan's promises are live from now on."""
    for words, code, ends in _promised(cells):
        pattern = re.compile(rf"{NUMBER}(\s+{re.escape(words)}){GOES_ON}", re.IGNORECASE)
        text = _outside_tokens(text, pattern, code, ends)
    return text


def _promised(cells: Cells) -> list[tuple[str, str, Ends]]:
    """The counts of households there are: their words, code, and the number of each end."""
    found: list[tuple[str, str, Ends]] = []
    for one in derive(cells):
        if not one.cell.is_count or one.cell.kind.population.counted != HOUSEHOLD:
            continue
        numbers = {
            "opening": one.cell.opening,
            "reduction": one.cell.reduction,
            "closing": one.closing,
        }
        ends = {end: count for end, count in numbers.items() if count is not None}
        found.append((population_words(one.cell.kind.population), one.cell.code, ends))
    return found


def _outside_tokens(text: str, pattern: re.Pattern[str], code: str, ends: Ends) -> str:
    """Both a number and what says which it is may stand behind a live number of the sentence."""

    def put(found: re.Match[str]) -> str:
        end = _which(int(found[1].replace(".", "")), text[: found.start()], ends)
        return found[0] if end is None else f"{token(f'{code}_{end}')}{found[2]}"

    return pattern.sub(put, text)


def _which(count: int, before: str, ends: Ends) -> str | None:
    """Which end a number is: as the words before it say, else the only one it can be."""
    clause = re.split(r"[;:.]", TOKEN.sub("", before[-LOOKED_BACK:]))[-1]
    said = [found.lastgroup for found in SAYING.finditer(clause)]
    if said and said[-1] is not None:
        return said[-1] if ends.get(said[-1]) == count else None
    fitting = [end for end, number in ends.items() if number == count]
    return fitting[0] if len(fitting) == 1 else None
