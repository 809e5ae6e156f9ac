"""Dates as lists write them: Excel dates, text in many styles, years alone, serial numbers."""

from __future__ import annotations

import re
from datetime import date, timedelta

from chungtay.files.cells import Cell
from chungtay.rulebook.dates import PartialDate
from chungtay.rulebook.folding import fold
from chungtay.sync.reading.messages import quoted
from chungtay.sync.reading.parsed import Clues, Parsed, Problem, parsed, text_of
from chungtay.sync.reading.vocabulary import FLAGS

EXCEL_START = date(1899, 12, 30)
OLDEST_AGE = 130
TIME_OF_DAY = re.compile(r"[ t]\d{1,2}:\d{2}(:\d{2})?(\.\d+)?z?$")
DATE_WORDS = re.compile(r"\b(ngay|thang|nam|sinh|khoang|vao|mung|mong)\b")
NOTHING_ELSE = re.compile(r"[\s/\\\-.,_x?]*")
DECIMAL_MONTH = re.compile(r"(\d{1,2})\.(\d{1,4})")
SERIAL_DIGITS = 5
FULL_YEAR = 4


def read_birth(cell: Cell, clues: Clues) -> Parsed:
    """A birth date, whole or in part; unreal and future ones are refused."""
    read = _read(cell, clues, "birth_not_understood")
    birth = read.value
    if birth is None:
        return read
    shown = quoted(text_of(cell)) if cell.kind == "text" else str(birth)
    if birth.earliest() > clues.on:
        values = {"label": clues.label, "value": shown, "on": str(_partial(clues.on))}
        return Parsed(None, (Problem("birth_in_future", values),))
    if clues.on.year - birth.year > OLDEST_AGE:
        old = Problem("birth_too_long_ago", {"value": shown, "age": OLDEST_AGE})
        return Parsed(birth, (*read.problems, old))
    return read


def read_decision_date(cell: Cell, clues: Clues) -> Parsed:
    """The whole day of a decision; a part of a date is not enough for one."""
    read = _read(cell, clues, "not_understood")
    if read.value is None:
        return read
    if not read.value.is_whole:
        return parsed(None, "not_understood", value=quoted(text_of(cell)), label=clues.label)
    day = read.value.earliest()
    if day > clues.on:
        values = {"value": str(read.value), "on": str(_partial(clues.on))}
        return Parsed(day, (*read.problems, Problem("decision_in_future", values)))
    return Parsed(day, read.problems)


def from_parts(day: str, month: str, year: str, clues: Clues) -> Parsed:
    """A birth date whose day, month and year stand in three columns; empty parts are unknown."""
    text = "/".join(part for part in (day if month else "", month, year) if part)
    return read_birth(Cell("text", text), clues) if year else Parsed()


def _read(cell: Cell, clues: Clues, not_understood: str) -> Parsed:
    if cell.kind == "date":
        return _from_date_cell(cell, clues)
    if cell.kind == "number":
        return _from_number(cell, clues, not_understood)
    text = text_of(cell)
    return _from_text(text, clues) or _unless_unknown(text, clues, not_understood)


def _unless_unknown(text: str, clues: Clues, code: str) -> Parsed:
    if FLAGS.find(text) in {"unknown", "no"}:
        return Parsed()
    return parsed(None, code, value=quoted(text), label=clues.label)


def _partial(day: date) -> PartialDate:
    return PartialDate(day.year, day.month, day.day)


def _from_date_cell(cell: Cell, clues: Clues) -> Parsed:
    day = cell.day
    serial = (day - EXCEL_START).days
    if clues.on.year - OLDEST_AGE <= serial <= clues.on.year:
        # Somebody typed a year into a cell that Excel shows as a date.
        shown = str(_partial(day))
        return parsed(PartialDate(serial), "year_shown_as_date", value=shown, year=serial)
    shape = (cell.number_format or "").lower()
    if "d" in shape or "y" not in shape:
        return Parsed(_partial(day))
    if "m" in shape:
        return Parsed(PartialDate(day.year, day.month))
    return Parsed(PartialDate(day.year))


def _from_number(cell: Cell, clues: Clues, not_understood: str) -> Parsed:
    text = text_of(cell)
    if isinstance(cell.value, int) and cell.value > 0:
        read = _from_digits(text, clues)
        if read is not None:
            return read
    decimal = DECIMAL_MONTH.fullmatch(text)
    if decimal:
        # "3.1984" typed for March 1984 is a number to Excel, and 3.1990 becomes 3.199.
        read = _build("", decimal[1], decimal[2].ljust(FULL_YEAR, "0"), text, clues)
        if read.value is not None:
            return _crowded(read.value, text, clues)
    return parsed(None, not_understood, value=quoted(text), label=clues.label)


def _from_text(text: str, clues: Clues) -> Parsed | None:
    """Read date text; None when it is no date at all."""
    plain = DATE_WORDS.sub(" ", TIME_OF_DAY.sub("", fold(text).strip("'")))
    groups = re.findall(r"\d+", plain)
    if not groups or not NOTHING_ELSE.fullmatch(re.sub(r"\d+", "", plain)):
        return None
    if len(groups) == 3:
        day, month, year = groups
        if len(day) == FULL_YEAR:
            day, year = year, day
        return _build(day, month, year, text, clues)
    if len(groups) == 2:
        month, year = sorted(groups, key=len)
        return _build("", month, year, text, clues) if len(year) == FULL_YEAR else None
    return _from_digits(groups[0], clues) if len(groups) == 1 else None


def _from_digits(digits: str, clues: Clues) -> Parsed | None:
    """Digits without any sign between them: a year, an Excel serial, or a date written together."""
    if len(digits) in {2, FULL_YEAR}:
        return _build("", "", digits, digits, clues)
    if len(digits) == SERIAL_DIGITS:
        day = EXCEL_START + timedelta(days=int(digits))
        if clues.on.year - OLDEST_AGE <= day.year and day <= clues.on:
            read = str(_partial(day))
            return parsed(_partial(day), "serial_date", value=digits, read=read)
        return None
    if len(digits) in {7, 8}:
        padded = digits.zfill(8)
        orders = [(padded[:2], padded[2:4], padded[4:]), (padded[6:], padded[4:6], padded[:4])]
        for day_text, month, year in orders:
            built = _build(day_text, month, year, digits, clues).value
            if built and 0 <= clues.on.year - built.year <= OLDEST_AGE:
                return _crowded(built, digits, clues)
    return None


def _crowded(value: PartialDate, text: str, clues: Clues) -> Parsed:
    return parsed(value, "crowded_date", value=text, read=str(value), label=clues.label)


def _build(day: str, month: str, year: str, written: str, clues: Clues) -> Parsed:
    """Put the parts together; a part of zeros or none is unknown, an unreal date is refused."""
    full, short = _full_year(year, clues.on)
    whole_month = int(month or 0) or None
    whole_day = (int(day or 0) or None) if whole_month else None
    value = None
    if full is not None and len(day) <= 2 and len(month) <= 2:
        value = _real(full, whole_month, whole_day)
    if value is None:
        shown = full if full is not None else year
        return parsed(None, "date_not_real", value=quoted(written), label=clues.label, year=shown)
    if short:
        written = quoted(written)
        return parsed(value, "two_digit_year", value=written, read=str(value), label=clues.label)
    return Parsed(value)


def _real(year: int, month: int | None, day: int | None) -> PartialDate | None:
    try:
        return PartialDate(year, month, day)
    except ValueError:
        return None


def _full_year(year: str, on: date) -> tuple[int | None, bool]:
    """A year in four digits, and whether only two were written (then not in the future)."""
    if len(year) == FULL_YEAR and int(year) > 0:
        return int(year), False
    if len(year) != 2:
        return None, False
    century = on.year - on.year % 100
    full = century + int(year)
    return (full if full <= on.year else full - 100), True
