"""Numbers as lists write them: either separator, units in words or in the header."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from chungtay.files.cells import Cell
from chungtay.rulebook.folding import fold
from chungtay.rulebook.wording import vi_int, vi_number
from chungtay.sync.reading.messages import quoted
from chungtay.sync.reading.parsed import Clues, Parsed, parsed, text_of
from chungtay.sync.reading.vocabulary import FLAGS

THOUSAND = 10**3
MILLION = 10**6
SMALLEST_INCOME = 10 * THOUSAND
MOST_POINTS = 999
MOST_PEOPLE = 99
MILLIONS = re.compile(r"(trieu|trd|tr)\b")
THOUSANDS = re.compile(r"nghin|ngan|ngd|\dk\b")
HEADER_THOUSANDS = re.compile(r"nghin|ngan|ngd|\b1[.,]?000\s*d")
LARGEST_INCOME = 10**9
GROUPED = re.compile(r"\d{1,3}([.,\s]\d{3})+")
ONE_MARK = re.compile(r"(\d{1,3})[.,](\d{3})")


def read_income(cell: Cell, clues: Clues) -> Parsed:
    """Income in VND a person a month, as an integer; the header or the cell may name the unit."""
    text = fold(text_of(cell)).replace(" ", "")
    unit = _unit(text, THOUSANDS) or _unit(fold(clues.header), HEADER_THOUSANDS) or 1
    amount = _amount(cell, unit)
    if amount is None or not 0 <= amount * unit <= LARGEST_INCOME:
        return _unreadable(cell, clues)
    vnd = int((amount * unit).to_integral_value())
    if 0 < vnd < SMALLEST_INCOME:
        return parsed(None, "income_too_small", value=vi_int(vnd))
    return Parsed(vnd)


def _unit(text: str, thousands: re.Pattern[str]) -> int | None:
    if MILLIONS.search(text):
        return MILLION
    return THOUSAND if thousands.search(text) else None


def _amount(cell: Cell, unit: int) -> Decimal | None:
    if cell.kind == "number":
        return Decimal(str(cell.value))
    text = fold(text_of(cell))
    text = re.sub(r"[a-z₫/].*$", "", text).strip()
    if unit != MILLION and GROUPED.fullmatch(text):
        return Decimal(re.sub(r"[.,\s]", "", text))
    return decimal_of(text)


def decimal_of(text: str) -> Decimal | None:
    """Read a number written with either separator; with both, the last one marks decimals."""
    compact = text.replace(" ", "")
    last = max(compact.rfind("."), compact.rfind(","))
    if last >= 0:
        mark, other = compact[last], "," if compact[last] == "." else "."
        compact = compact.replace(other, "")
        if compact.count(mark) > 1:
            compact = compact.replace(mark, "")
    try:
        number = Decimal(compact.replace(",", "."))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def read_points(cell: Cell, clues: Clues) -> Parsed:
    """Points of form B, from 0; 1.234 is read as a decimal but asked about."""
    if cell.kind == "number":
        number = Decimal(str(cell.value))
    else:
        found = decimal_of(text_of(cell))
        if found is None:
            return _unreadable(cell, clues)
        number = found
    if not 0 <= number <= MOST_POINTS:
        return parsed(None, "not_understood", value=quoted(text_of(cell)), label=clues.label)
    both = ONE_MARK.fullmatch(text_of(cell)) if cell.kind == "text" else None
    if both:
        other = vi_int(int(both[1] + both[2]))
        one = vi_number(number)
        value = text_of(cell)
        return parsed(_plain(number), "number_ambiguous", value=value, one=one, other=other)
    return Parsed(_plain(number))


def read_count(cell: Cell, clues: Clues) -> Parsed:
    """A count of people, a whole number from 0."""
    number = decimal_of(re.sub(r"[^\d.,].*$", "", text_of(cell)))
    if number is None or number != number.to_integral_value() or not 0 <= number <= MOST_PEOPLE:
        return _unreadable(cell, clues)
    return Parsed(int(number))


def _plain(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)


def _unreadable(cell: Cell, clues: Clues) -> Parsed:
    text = text_of(cell)
    if FLAGS.find(text) in {"unknown", "no"}:
        return Parsed()
    return parsed(None, "not_understood", value=quoted(text), label=clues.label)
