"""The guarded writer: every table that leaves as Excel or CSV goes through here.

Text that a spreadsheet would calculate stays text, IDs stay text, dates are dates, the head says
place, date, who, source and how many rows, and nothing is ever cut off silently.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from math import ceil
from pathlib import Path
from typing import Any, Literal

import xlsxwriter

from chungtay.files.plain_text import GUARD, GUARDED, calculates
from chungtay.files.storing import write_whole
from chungtay.rulebook.dates import PartialDate
from chungtay.rulebook.wording import Sentence, vi_date, vi_int

SHEET_ROWS = 2**20
SHEET_COLUMNS = 2**14
CELL_CHARACTERS = 2**15 - 1
HEAD_ROWS = 4
LINE_POINTS = 15
# A bold letter is wider than the digit a column's width counts, and words break early.
HEADING_SHARE = 0.7

ColumnKind = Literal["text", "number", "date"]


class TableRefused(Exception):
    """A table that cannot be written whole; one Vietnamese sentence says why."""

    def __init__(self, text: str, **values: Any) -> None:
        self.sentence = Sentence(text, **values)
        super().__init__(str(self.sentence))


@dataclass(frozen=True)
class TableColumn:
    """One column: its title, what it holds, its width in characters."""

    title: str
    kind: ColumnKind = "text"
    width: int = 16


@dataclass(frozen=True)
class Table:
    """What is to be written: columns, rows, their promised number, and where they come from."""

    title: str
    place: str
    on: date
    who: str
    source: str
    columns: Sequence[TableColumn]
    rows: Iterable[Sequence[Any]]
    row_count: int
    of_count: int | None = None
    sheet_name: str = "Danh sách"

    def head(self) -> tuple[str, ...]:
        """The lines above the header: title, place and date, who and source, the row count."""
        of_count = self.row_count if self.of_count is None else self.of_count
        return (
            self.title,
            f"{self.place} · ngày {vi_date(self.on)}",
            f"Người xuất: {self.who} · Nguồn: {self.source}",
            f"{vi_int(self.row_count)}/{vi_int(of_count)} dòng",
        )


def write_xlsx(target: Path, table: Table) -> int:
    """Write the table as .xlsx and return the rows written; TableRefused leaves no file behind."""
    _check_size(table)
    return write_whole(target, lambda beside: _fill_xlsx(beside, table))


def write_csv(target: Path, table: Table) -> int:
    """Write the table as UTF-8 .csv with a mark Excel knows, and return the rows written."""
    return write_whole(target, lambda beside: _fill_csv(beside, table))


def _check_size(table: Table) -> None:
    if table.row_count + HEAD_ROWS + 1 > SHEET_ROWS or len(table.columns) > SHEET_COLUMNS:
        raise TableRefused(
            "Bảng có {rows} dòng, {columns} cột, nhiều hơn một trang Excel chứa được. "
            "Hãy lọc theo thôn rồi xuất từng phần, hoặc xuất kiểu .csv.",
            rows=vi_int(table.row_count),
            columns=vi_int(len(table.columns)),
        )


def _fill_xlsx(target: Path, table: Table) -> int:
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
        "default_date_format": "dd/mm/yyyy",
    }
    book = xlsxwriter.Workbook(str(target), options)
    try:
        pen = _Pen(book, table)
        pen.write_head()
        return _write_rows(table, pen.write_row)
    finally:
        book.close()


def _lines_of(column: TableColumn) -> int:
    """How many lines a wrapped title needs at most."""
    room = max(1, int(column.width * HEADING_SHARE))
    return sum(max(1, ceil(len(line) / room)) for line in column.title.split("\n"))


class _Pen:
    """Writes the cells of one sheet, each as the kind its column says."""

    def __init__(self, book: Any, table: Table) -> None:
        self._table = table
        self._sheet = book.add_worksheet(table.sheet_name)
        self._bold = book.add_format({"bold": True})
        self._header = book.add_format(
            {"bold": True, "text_wrap": True, "border": 1, "valign": "vcenter", "align": "center"}
        )
        # "@" keeps Excel from turning an ID into a number when somebody edits the cell.
        self._text = book.add_format({"num_format": "@"})
        self._guarded = book.add_format({"num_format": "@", "quote_prefix": True})
        self._date = book.add_format({"num_format": "dd/mm/yyyy"})
        book.set_properties({"title": table.title, "author": table.who, "comments": table.source})

    def write_head(self) -> None:
        """Head lines, the header, and how the sheet prints: A4 across, header on each page."""
        sheet = self._sheet
        for index, column in enumerate(self._table.columns):
            sheet.set_column(index, index, column.width)
        for row, line in enumerate(self._table.head()):
            self._write_text(row, 0, line, self._bold if row == 0 else None)
        sheet.set_row(HEAD_ROWS, LINE_POINTS * max(_lines_of(one) for one in self._table.columns))
        for index, column in enumerate(self._table.columns):
            self._write_text(HEAD_ROWS, index, column.title, self._header)
        sheet.freeze_panes(HEAD_ROWS + 1, 0)
        sheet.repeat_rows(HEAD_ROWS)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&L&F&RTrang &P/&N")

    def write_row(self, number: int, values: Sequence[Any]) -> None:
        """Write the row of a number counted from 0 below the header."""
        row = HEAD_ROWS + 1 + number
        for index, (column, value) in enumerate(zip(self._table.columns, values, strict=True)):
            self._write(row, index, column.kind, value)

    def _write(self, row: int, column: int, kind: ColumnKind, value: Any) -> None:
        if value is None or value == "":
            return
        if isinstance(value, PartialDate) and value.is_whole:
            value = value.earliest()
        if kind == "date" and isinstance(value, date):
            self._sheet.write_datetime(row, column, value, self._date)
        elif kind == "number" and isinstance(value, int | float | Decimal):
            self._sheet.write_number(row, column, value)
        else:
            self._write_text(row, column, as_text(value), self._text)

    def _write_text(self, row: int, column: int, text: str, form: Any) -> None:
        if len(text) > CELL_CHARACTERS:
            raise TableRefused(
                "Một ô của bảng dài {length} ký tự, nhiều hơn một ô Excel chứa được. "
                "Hãy xuất kiểu .csv, hoặc rút ngắn nội dung ấy.",
                length=vi_int(len(text)),
            )
        if text.startswith(GUARDED):
            form = self._guarded
        self._sheet.write_string(row, column, text, form)


def _fill_csv(target: Path, table: Table) -> int:
    with target.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=",")
        for line in table.head():
            writer.writerow([guarded(line)])
        writer.writerow([guarded(column.title) for column in table.columns])

        def write_row(_number: int, values: Sequence[Any]) -> None:
            cells = zip(table.columns, values, strict=True)
            writer.writerow([_csv_cell(column.kind, value) for column, value in cells])

        return _write_rows(table, write_row)


def _csv_cell(kind: ColumnKind, value: Any) -> str:
    text = as_text(value)
    return text if kind == "number" and not isinstance(value, str) else guarded(text)


def guarded(text: str) -> str:
    """Put an apostrophe before text that a spreadsheet would calculate."""
    return GUARD + text if calculates(text) else text


def as_text(value: Any) -> str:
    """Write a value as people read it: days as dd/mm/yyyy, yes and no as có and không."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, datetime):
        return f"{vi_date(value.date())} {value:%H:%M}"
    return vi_date(value) if isinstance(value, date) else str(value)


def _write_rows(table: Table, write_row: Any) -> int:
    written = 0
    for number, values in enumerate(table.rows):
        if number >= table.row_count:
            raise _miscounted(table, number + 1)
        write_row(number, values)
        written += 1
    if written != table.row_count:
        raise _miscounted(table, written)
    return written


def _miscounted(table: Table, written: int) -> TableRefused:
    return TableRefused(
        "Bảng hứa {promised} dòng nhưng có {written} dòng, nên tệp không được ghi. "
        "Hãy xuất lại; có thể dữ liệu vừa thay đổi.",
        promised=vi_int(table.row_count),
        written=vi_int(written),
    )
