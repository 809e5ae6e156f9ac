"""The rows below a header: people told apart from titles, totals, signatures and repeats."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from chungtay.files.cells import Cell, Row, Sheet
from chungtay.rulebook.folding import tidy
from chungtay.rulebook.wording import Sentence, catalogued
from chungtay.sync.reading.headers import NAME_KEYS, Header
from chungtay.sync.reading.messages import Message, quoted, say
from chungtay.sync.reading.parsed import Basis, text_of
from chungtay.sync.reading.rows import RowRead, read_row
from chungtay.sync.reading.vocabulary import (
    CLASSES,
    SIGNATURES,
    TOTALS,
    VILLAGES,
    words,
)

ORDINAL = re.compile(r"\(?([0-9]{1,5}|[IVX]{1,5}|[A-Da-z])\)?\.?")
COLUMN_NUMBER = re.compile(r"\(?[0-9A-Za-z]{1,2}\)?|\(?\d{1,2}\)?\s*=.*")
TITLE_START = re.compile(r"^\(?([0-9]{1,2}|[IVX]{1,5}|[A-D])\)?\s*[.):\-/]\s*")
DATE_LINE = re.compile(r"\bngay\b.*\bthang\b.*\bnam\b")
LONGEST_VILLAGE = 8
SIGNED_CELLS = 3
FEWEST_NUMBERED = 3
FILL_BUDGET = 10**6


@dataclass
class Table:
    """The people's rows of a sheet, and what was said on the way."""

    rows: list[RowRead] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    skipped: dict[str | Sentence, list[int]] = field(default_factory=dict)

    def skip(self, row: int, why: str | Sentence) -> None:
        """Remember a row that is no person, to be named in one note for each reason."""
        self.skipped.setdefault(why, []).append(row)


class _Below:
    """A header as the rows below it are compared with it."""

    def __init__(self, header: Header) -> None:
        self.header = header
        self.keys = {column.number: column.key for column in header.columns}
        self.titles = {
            column.number: frozenset(column.header.lower().split(" / "))
            for column in header.columns
        }

    def named(self, numbers: Iterable[int]) -> bool:
        """Whether one of the columns holds names."""
        return any(self.keys.get(number) in NAME_KEYS for number in numbers)


@dataclass
class _Section:
    """What titles between the rows say of the rows below them."""

    village: str | None = None
    household_class: str | None = None
    titles: int = 0
    signed: bool = False


def read_table(sheet: Sheet, header: Header, basis: Basis) -> Table:
    """Read every row below the header; rows left out are named with the reason."""
    table = Table()
    section, below = _Section(), _Below(header)
    if "village" not in header.keys:
        section.village = _village_above(sheet, header, table)
    merged = _merged_values(sheet, header)
    for row in sheet.rows:
        if row.number <= header.last_row:
            continue
        own = {number: cell for number, cell in enumerate(row.cells, 1) if _holds(cell)}
        if not own:
            continue
        why = _not_a_person(own, below, section)
        if why is None and _title(row, own, below, section, table):
            continue
        if why:
            table.skip(row.number, why)
            continue
        cells = {**merged.get(row.number, {}), **own}
        table.rows.append(
            _with_section(read_row(row.number, cells, header.columns, basis), section)
        )
    for reason, numbers in table.skipped.items():
        table.messages.append(say("rows_skipped", rows=spans(numbers), why=reason))
    return table


def _holds(cell: Cell) -> bool:
    return cell.kind != "empty" or cell.formula


def _merged_values(sheet: Sheet, header: Header) -> dict[int, dict[int, Cell]]:
    """For rows below the header the cells that a merged range above them shows."""
    rows = {row.number: row for row in sheet.rows}
    numbers = [row.number for row in sheet.rows]
    # Names belong to one row, and an ordinal shown once is what tells households apart.
    alone = (NAME_KEYS | {"stt"}) - {"head_name"}
    names = {column.number for column in header.columns if column.key in alone}
    filled: dict[int, dict[int, Cell]] = {}
    budget = FILL_BUDGET
    for merge in sheet.merges:
        anchor = rows.get(merge.first_row)
        if anchor is None or merge.first_row <= header.last_row or merge.first_column in names:
            continue
        cell = anchor.at(merge.first_column)
        start = bisect_left(numbers, merge.first_row + 1)
        end = bisect_left(numbers, merge.last_row + 1)
        budget -= end - start
        if not _holds(cell) or budget < 0:
            continue
        for number in numbers[start:end]:
            filled.setdefault(number, {})[merge.first_column] = cell
    return filled


def _not_a_person(own: dict[int, Cell], below: _Below, section: _Section) -> str | None:
    """Why a row is left out; None for rows of people and for titles."""
    texts = {number: text_of(cell) for number, cell in own.items()}
    said = [text for text in texts.values() if text and not ORDINAL.fullmatch(text)]
    if _repeats_header(texts, below):
        return catalogued("lặp lại tiêu đề")
    if _numbers_columns(texts, below):
        return catalogued("đánh số cột")
    if any(cell.kind in {"error", "empty"} for cell in own.values()):
        return None
    if not said and not below.named(own):
        only_order = all(below.keys.get(number) in {"stt", None} for number in own)
        return catalogued("chỉ có số thứ tự") if only_order else None
    if said and TOTALS.begin(said[0]):
        return catalogued("dòng tổng cộng")
    if _signs(texts, below):
        section.signed = True
    if section.signed and len(own) <= SIGNED_CELLS:
        return catalogued("phần ký tên")
    section.signed = False
    return None


def _repeats_header(texts: dict[int, str], below: _Below) -> bool:
    same = sum(
        number in below.titles and text.lower() in below.titles[number]
        for number, text in texts.items()
    )
    return same >= 2 and same * 2 >= len(texts)


def _numbers_columns(texts: dict[int, str], below: _Below) -> bool:
    """A row such as (1) (2) (3) or A B 1 2 right below a header."""
    if len(texts) < FEWEST_NUMBERED or not all(map(COLUMN_NUMBER.fullmatch, texts.values())):
        return False
    return below.named(texts) and len(set(texts.values())) == len(texts)


def _signs(texts: dict[int, str], below: _Below) -> bool:
    """Whether the signatures begin: an office, or the day of signing (not a birth written out)."""
    if len(texts) > SIGNED_CELLS:
        return False
    named = below.named(texts)
    return any(
        SIGNATURES.begin(text)
        or (DATE_LINE.search(words(text)) and (not named or below.named([number])))
        for number, text in texts.items()
    )


def _title(row: Row, own: dict[int, Cell], below: _Below, section: _Section, table: Table) -> bool:
    """A row of one text alone: a village, a class, or mere words; False for a person's row."""
    said = {number: text_of(cell) for number, cell in own.items()}
    said = {number: text for number, text in said.items() if not ORDINAL.fullmatch(text)}
    if len(set(said.values())) != 1:
        return False
    number, text = next(iter(said.items()))
    own_column = below.keys.get(number) in {"village", "household_class", "relation", "address"}
    if own[number].kind != "text" or (own_column and len(own) > 1):
        return False
    title = TITLE_START.sub("", text)
    village, household_class = _village_in(title), _class_in(title)
    if village:
        section.village = village
        table.messages.append(say("village_from_title", row.number, village=quoted(village)))
    elif household_class:
        section.household_class = household_class
        table.messages.append(say("class_from_title", row.number, title=quoted(title)))
    elif len(own) == 1 and not below.named([number]):
        table.skip(row.number, Sentence("chỉ có chữ “{words}”", words=quoted(text)))
    else:
        return False
    section.titles += 1
    return True


def _village_in(title: str) -> str | None:
    spoken = words(title)
    if len(spoken.split()) > LONGEST_VILLAGE:
        return None
    if not any(spoken.startswith(f"{kind} ") for kind in VILLAGES):
        return None
    cut = re.split(r"\s+[-–,(]\s*|[,(;]|\s+:\s*\d|\s+\d+ hộ", title)[0]
    return tidy(cut.replace(":", " ")) or None


def _class_in(title: str) -> str | None:
    spoken = words(title).split()
    while spoken[:1] == ["ho"] and len(spoken) > 1:
        found = CLASSES.find(" ".join(spoken))
        if found:
            return found
        spoken.pop()
    return None


def _village_above(sheet: Sheet, header: Header, table: Table) -> str | None:
    for row in sheet.rows:
        if row.number >= header.first_row:
            return None
        for text in map(text_of, row.cells):
            village = _village_in(text)
            if village:
                table.messages.append(
                    say("village_from_title", row.number, village=quoted(village))
                )
                return village
    return None


def _with_section(row: RowRead, section: _Section) -> RowRead:
    added = {"village": section.village, "section_class": section.household_class}
    found = {**{key: value for key, value in added.items() if value}, **row.found}
    return replace(row, found={**found, "section": section.titles})


def spans(numbers: list[int]) -> str:
    """Row numbers in short: [3, 4, 5, 9] -> "3–5, 9"."""
    return ", ".join(
        str(first) if first == last else f"{first}–{last}" for first, last in _runs(numbers)
    )


def _runs(numbers: list[int]) -> Iterator[tuple[int, int]]:
    first = last = numbers[0]
    for number in numbers[1:]:
        if number != last + 1:
            yield first, last
            first = number
        last = number
    yield first, last
