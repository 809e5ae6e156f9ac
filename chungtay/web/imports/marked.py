"""The user's own file given back: every cell as it came, the doubtful and refused ones marked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import Any, BinaryIO

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.exceptions import OverlappingRange

from chungtay.files.cells import Cell, Sheet, Workbook, column_number
from chungtay.files.plain_text import GUARDED
from chungtay.sync.proposals import Preview
from chungtay.sync.reading import Message
from chungtay.web.templating import said

RED, AMBER, GREY = "#FDEEEC", "#FFF5DF", "#F4F7F7"
NAME_KEYS = ("head_name", "full_name", "family_name")
NOTE_WIDTH = 70
LEAST_WIDTH, MOST_WIDTH = 6, 32
Place = tuple[int, int]


def write_marked(target: BinaryIO, workbook: Workbook, preview: Preview) -> None:
    """Write a list's sheets with marks and a column of remarks."""
    with xlsxwriter.Workbook(
        target,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
    ) as book:
        pen = _Pen(book)
        for sheet in workbook.sheets:
            pen.write(sheet, preview if sheet.name == preview.sheet else None)


class _Pen:
    """Writes sheets cell by cell; formats are made once for each look."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._forms: dict[tuple[str, str, bool], Any] = {}

    def write(self, sheet: Sheet, preview: Preview | None) -> None:
        """Write one sheet; the one that was read gets its marks."""
        page = self._book.add_worksheet(sheet.name[:31])
        marks = dict(_marks(preview)) if preview else {}
        for merge in sheet.merges:
            first = merge.first_row - 1, merge.first_column - 1
            last = merge.last_row - 1, merge.last_column - 1
            try:
                page.merge_range(*first, *last, "")
            except OverlappingRange:
                continue
        widest = 1
        for row in sheet.rows:
            widest = max(widest, len(row.cells))
            for column, cell in enumerate(row.cells, 1):
                mark = marks.pop((row.number, column), "")
                self._write_cell(page, row.number - 1, column - 1, cell, mark)
        for (row_number, column), mark in marks.items():
            page.write_blank(row_number - 1, column - 1, None, self._form("", mark))
        for column, width in _widths(sheet).items():
            page.set_column(column - 1, column - 1, width)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        if preview:
            self._write_remarks(page, preview, widest)

    def _write_remarks(self, page: Any, preview: Preview, column: int) -> None:
        head = self._form("", "", bold=True)
        page.write_string(preview.header_row - 1, column, _("Ghi chú của Chung Tay"), head)
        page.set_column(column, column, NOTE_WIDTH)
        for row, texts in _remarks(preview).items():
            page.write_string(row - 1, column, "\n".join(texts), self._form("", "remark"))

    def _write_cell(self, page: Any, row: int, column: int, cell: Cell, mark: str) -> None:
        if cell.kind == "empty":
            if mark:
                page.write_blank(row, column, None, self._form("", mark))
        elif cell.kind == "number" and isinstance(cell.value, int | float):
            page.write_number(row, column, cell.value, self._form(cell.number_format or "", mark))
        elif cell.kind == "date":
            day = datetime.fromisoformat(str(cell.value))
            page.write_datetime(row, column, day, self._form("dd/mm/yyyy", mark))
        elif cell.kind == "bool":
            page.write_boolean(row, column, bool(cell.value), self._form("", mark))
        else:
            text = str(cell.value)
            form = self._form("@", mark, guarded=text.startswith(GUARDED))
            page.write_string(row, column, text, form)

    def _form(
        self, number_format: str, mark: str, *, bold: bool = False, guarded: bool = False
    ) -> Any:
        key = (number_format, mark, bold or guarded)
        if key not in self._forms:
            look: dict[str, Any] = {"valign": "top", "bold": bold, "text_wrap": mark == "remark"}
            if number_format:
                look["num_format"] = number_format
            if guarded:
                look["quote_prefix"] = True
            if mark:
                colours = {"refused": RED, "doubtful": AMBER, "remark": GREY}
                look |= {"bg_color": colours[mark], "border": 1}
            self._forms[key] = self._book.add_format(look)
        return self._forms[key]


def _widths(sheet: Sheet) -> dict[int, int]:
    """How wide each column is for what stands in it; titles merged across columns do not count."""
    titles = {(one.first_row, one.first_column) for one in sheet.merges}
    widths: dict[int, int] = {}
    for row in sheet.rows:
        for column, cell in enumerate(row.cells, 1):
            if (row.number, column) not in titles and len(row.cells) > 1:
                wanted = min(len(str(cell.value or "")) + 2, MOST_WIDTH)
                widths[column] = max(widths.get(column, LEAST_WIDTH), wanted)
    return widths


def _grave(preview: Preview) -> Iterator[Message]:
    yield from preview.new_villages
    for one in preview.proposals:
        yield from (message for message in one.messages if message.severity != "note")


def _marks(preview: Preview) -> Iterator[tuple[Place, str]]:
    """The cells to mark; what speaks of a whole row marks the name, and refused outweighs."""
    letters = {column.key: column.letter for column in preview.columns if column.key}
    name = next((letters[key] for key in NAME_KEYS if key in letters), "A")
    found: dict[Place, str] = {}
    for message in _grave(preview):
        place = message.row or 1, column_number(message.column or name)
        if found.get(place) != "refused":
            found[place] = message.severity
    yield from found.items()


def _remarks(preview: Preview) -> dict[int, list[str]]:
    words = {"refused": _("Từ chối"), "doubtful": _("Nghi ngờ")}
    texts: dict[int, list[str]] = defaultdict(list)
    for message in _grave(preview):
        texts[message.row or 1].append(f"{words[message.severity]}: {said(message.sentence)}")
    return texts
