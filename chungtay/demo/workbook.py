"""Writing a worksheet as an officer lays one out: titles, merged headers, bordered cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

FONT = {"font_name": "Times New Roman", "font_size": 12}
A4 = 9
HEAD_HEIGHT = 36
MARK = "x"

Formats = Mapping[str, Any]
Line = list[Any]


@dataclass(frozen=True)
class Merged:
    """A header cell merged over rows and columns, counted from zero."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int
    text: str


def open_sheet(book: Any, name: str, columns: Sequence[tuple[str, int]]) -> tuple[Any, Formats]:
    """A landscape worksheet with its column widths, and the formats to write with."""
    head = {"bold": True, "align": "center", "valign": "vcenter", "text_wrap": True, "border": 1}
    formats = {
        "title": book.add_format({**FONT, "bold": True, "align": "center"}),
        "head": book.add_format({**FONT, **head}),
        "text": book.add_format({**FONT, "border": 1}),
        "amount": book.add_format({**FONT, "border": 1, "num_format": "#,##0"}),
        "number": book.add_format({**FONT, "border": 1, "num_format": "0"}),
        "mark": book.add_format({**FONT, "border": 1, "align": "center"}),
        "plain": book.add_format({**FONT, "align": "center"}),
    }
    sheet = book.add_worksheet(name)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    for column, (_, width) in enumerate(columns):
        sheet.set_column(column, column, width)
    return sheet, formats


def write_titles(sheet: Any, formats: Formats, titles: Sequence[str], columns: int) -> None:
    """Title rows on top, each merged over all columns."""
    for row, title in enumerate(titles):
        sheet.merge_range(row, 0, row, columns - 1, title, formats["title"])


def write_merged(sheet: Any, formats: Formats, cells: Sequence[Merged]) -> None:
    """Header cells that reach over rows or columns, in rows high enough for their text."""
    for row in {one.first_row for one in cells} | {one.last_row for one in cells}:
        sheet.set_row(row, HEAD_HEIGHT)
    for one in cells:
        span = (one.first_row, one.first_column, one.last_row, one.last_column)
        sheet.merge_range(*span, one.text, formats["head"])


def write_lines(
    sheet: Any, formats: Formats, lines: Sequence[Line], top: int, plain_numbers: int = -1
) -> None:
    """Lines from a row on; numbers get thousands marks except in the column named."""
    for row, line in enumerate(lines, start=top):
        for column, value in enumerate(line):
            shape = formats["number" if column == plain_numbers else "amount"]
            if value is None:
                sheet.write_blank(row, column, None, formats["text"])
            elif isinstance(value, dict):
                sheet.write_formula(row, column, "=NA()", shape, value["error"])
            elif isinstance(value, int):
                sheet.write_number(row, column, value, shape)
            else:
                own = formats["mark" if value == MARK else "text"]
                sheet.write_string(row, column, str(value), own)
