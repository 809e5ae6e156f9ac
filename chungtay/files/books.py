"""A workbook of several tables whose sums and derived columns the sheet works out itself.

Text goes in as guardedly as in the writer of one table; a formula is never made of text that
somebody typed, and each carries what it gives, for programs that do not calculate.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from textwrap import wrap
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from chungtay.files.plain_text import GUARDED
from chungtay.files.writing import TableColumn

TEXT_WIDTH = 72
LINE_CHARACTERS, LINE_POINTS = 70, 16
ROW_CHARACTERS = 2_400  # a row of a sheet is at most 409 points high


@dataclass(frozen=True)
class Total:
    """The sum of the cells above it."""

    value: int


@dataclass(frozen=True)
class Combined:
    """Cells of its row added and taken off: (sign, column) each."""

    terms: tuple[tuple[str, int], ...]
    value: int


@dataclass(frozen=True)
class Share:
    """One cell of its row in per cent of another, rounded as the table shows it."""

    part: int
    whole: int
    digits: int
    value: Decimal


Cell = str | int | Decimal | Total | Combined | Share | None


@dataclass(frozen=True)
class Sheet:
    """One table: its lines of heading, its columns, its rows (the last one is the sum)."""

    name: str
    heading: tuple[str, ...]
    columns: Sequence[TableColumn]
    rows: Sequence[Sequence[Cell]]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Book:
    """A page of text and its tables; ``text`` are its paragraphs, each with whether it is bold."""

    title: str
    who: str
    source: str
    front: str
    text: Sequence[tuple[str, bool]]
    sheets: Sequence[Sheet]


def book_bytes(book: Book) -> bytes:
    """The workbook as .xlsx."""
    kept = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    with xlsxwriter.Workbook(kept, options) as written:
        written.set_properties({"title": book.title, "author": book.who, "comments": book.source})
        pen = _Pen(written)
        pen.front(book)
        for sheet in book.sheets:
            pen.sheet(sheet)
    return kept.getvalue()


class _Pen:
    """Writes the sheets of one workbook."""

    def __init__(self, book: Any) -> None:
        self._book = book
        wrapped = {"text_wrap": True, "valign": "top", "num_format": "@"}
        self._text = book.add_format(wrapped)
        self._bold = book.add_format({**wrapped, "bold": True})
        self._title = book.add_format({"bold": True, "font_size": 13})
        self._head = book.add_format(
            {"bold": True, "text_wrap": True, "border": 1, "valign": "vcenter", "align": "center"}
        )

    def front(self, book: Book) -> None:
        """The page of text, as wide as a page."""
        sheet = self._book.add_worksheet(book.front)
        sheet.set_column(0, 0, TEXT_WIDTH)
        parts = [(part, bold) for text, bold in book.text for part in _parts(text)]
        for row, (text, bold) in enumerate(parts):
            sheet.set_row(row, LINE_POINTS * (1 + len(text) // LINE_CHARACTERS))
            self._write_text(sheet, row, 0, text, self._bold if bold else self._text)
        _on_paper(sheet)

    def sheet(self, table: Sheet) -> None:
        """One table with its heading; the header is repeated on every printed page."""
        sheet = self._book.add_worksheet(table.name)
        for row, line in enumerate(table.heading):
            self._write_text(sheet, row, 0, line, self._title if row == 0 else None)
        top = len(table.heading)
        for column, one in enumerate(table.columns):
            sheet.set_column(column, column, one.width)
            self._write_text(sheet, top, column, one.title, self._head)
        sheet.set_row(top, 75)
        for place, cells in enumerate(table.rows):
            last = place == len(table.rows) - 1
            for column, cell in enumerate(cells):
                self._write(sheet, (top + 1, top + 1 + place), column, cell, bold=last)
        for place, note in enumerate(table.notes):
            self._write_text(sheet, top + 2 + len(table.rows) + place, 0, note, None)
        sheet.freeze_panes(top + 1, 1)
        sheet.repeat_rows(top)
        sheet.set_landscape()
        _on_paper(sheet)

    def _write(
        self, sheet: Any, rows: tuple[int, int], column: int, cell: Cell, *, bold: bool
    ) -> None:
        first, row = rows
        form = self._form(cell, bold=bold)
        match cell:
            case None:
                sheet.write_blank(row, column, None, form)
            case str():
                self._write_text(sheet, row, column, cell, form)
            case Total(value):
                above = f"{xl_rowcol_to_cell(first, column)}:{xl_rowcol_to_cell(row - 1, column)}"
                sheet.write_formula(row, column, f"=SUM({above})", form, value)
            case Combined(terms, value):
                text = "".join(f"{sign}{xl_rowcol_to_cell(row, at)}" for sign, at in terms)
                sheet.write_formula(row, column, f"={text.removeprefix('+')}", form, value)
            case Share(part, whole, digits, value):
                of = xl_rowcol_to_cell(row, part), xl_rowcol_to_cell(row, whole)
                text = f"=ROUND({of[0]}/{of[1]}*100,{digits})"
                sheet.write_formula(row, column, text, form, value)
            case number:
                sheet.write_number(row, column, number, form)

    def _form(self, cell: Cell, *, bold: bool) -> Any:
        shown = {Share: "0.00", Decimal: "0.00", str: "@"}.get(type(cell), "#,##0")
        return self._book.add_format({"num_format": shown, "border": 1, "bold": bold})

    def _write_text(self, sheet: Any, row: int, column: int, text: str, form: Any) -> None:
        if text.startswith(GUARDED):
            form = self._book.add_format({"num_format": "@", "quote_prefix": True})
        sheet.write_string(row, column, text, form)


def _parts(text: str) -> list[str]:
    """A paragraph in pieces that a row can show whole."""
    lines = (wrap(line, ROW_CHARACTERS, break_on_hyphens=False) for line in text.split("\n"))
    return [part for line in lines for part in line]


def _on_paper(sheet: Any) -> None:
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&F&RTrang &P/&N")
