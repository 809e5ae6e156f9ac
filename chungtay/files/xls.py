"""An Excel workbook of 97–2003 (.xls, BIFF8), read into the same cells as an .xlsx."""

from __future__ import annotations

import math
import os
import struct
from collections.abc import Iterator
from pathlib import Path

import xlrd
from xlrd.biffh import error_text_from_code
from xlrd.compdoc import CompDoc, CompDocError

from chungtay.files.cells import EMPTY, Cell, FileNote, Limits, Merge, Row, Sheet, Workbook
from chungtay.files.number_formats import built_in_format
from chungtay.files.refusals import UnfriendlyFile, refusal
from chungtay.files.sheet_xml import Budget, number_cell
from chungtay.rulebook.wording import vi_int

# What xlrd meets a broken file with; it was written to read, not to judge.
DAMAGE = (
    xlrd.XLRDError,
    CompDocError,
    struct.error,
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    TypeError,
    ValueError,
)
BEGIN, END, SHEET, PASSWORD = 0x0809, 0x000A, 0x0085, 0x002F
WORKSHEET, MACRO_SHEET, CHART, MODULE = 0, 1, 2, 6
BIFF8 = 0x0600
STREAM = "Workbook"
MACROS = "_VBA_PROJECT_CUR"
FOREIGN = {
    "EncryptedPackage": "encrypted",
    "WordDocument": "word",
    "PowerPoint Document": "powerpoint",
    "Book": "old_excel",
}


def read_xls(content: bytes, limits: Limits) -> Workbook:
    """Read all sheets, hidden ones too; UnfriendlyFile for what is not a sound workbook."""
    # xlrd speaks to standard output, where the child's answer stands.
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        try:
            notes = _look_over(limits, CompDoc(content, logfile=nowhere))
            book = xlrd.open_workbook(
                file_contents=content,
                formatting_info=True,
                ragged_rows=True,
                on_demand=True,
                logfile=nowhere,
            )
            sheets = tuple(_sheets(book, Budget(limits)))
        except UnfriendlyFile:
            raise
        except DAMAGE as error:
            raise refusal("damaged") from error
    if not any(sheet.rows for sheet in sheets):
        raise refusal("empty")
    return Workbook("xls", sheets, tuple(notes))


def _look_over(limits: Limits, parts: CompDoc) -> list[FileNote]:
    """Judge a file by its parts and its first records, before a cell of it is read."""
    roots = {parts.dirlist[place].name for place in parts.dirlist[0].children}
    if STREAM not in roots:
        raise refusal(next((code for name, code in FOREIGN.items() if name in roots), "damaged"))
    if MACROS in roots:
        raise refusal("macros")
    memory, start, length = parts.locate_named_stream(STREAM)
    notes: list[FileNote] = []
    sheets = 0
    for kind, data in _records(bytes(memory[start : start + length])):
        if kind == PASSWORD:
            raise refusal("encrypted")
        if kind == BEGIN and struct.unpack_from("<H", data)[0] != BIFF8:
            raise refusal("old_excel")
        if kind == SHEET:
            sheets += 1
            notes += _note_of(data)
    if sheets > limits.sheets:
        raise refusal("too_large_inside", rows=vi_int(limits.rows))
    return notes


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    """The records before the first sheet: kind and content."""
    place = 0
    while place + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, place)
        yield kind, stream[place + 4 : place + 4 + size]
        if kind == END:
            return
        place += 4 + size
    raise refusal("damaged")


def _note_of(data: bytes) -> list[FileNote]:
    """Refuse a sheet of macros; note a chart, which holds no cells."""
    kind = data[5]
    if kind in {MACRO_SHEET, MODULE}:
        raise refusal("macros")
    if kind != CHART:
        return []
    size, wide = data[6], data[7] & 1
    name = data[8 : 8 + size * 2].decode("utf-16-le") if wide else data[8 : 8 + size].decode("1252")
    return [FileNote("chart_ignored", {"sheet": name})]


def _sheets(book: xlrd.Book, budget: Budget) -> Iterator[Sheet]:
    formats = [_shown(book, xf.format_key) for xf in book.xf_list]
    for place in range(book.nsheets):
        sheet = book.sheet_by_index(place)
        yield _Reader(sheet, formats, bool(book.datemode), budget).read()
        book.unload_sheet(place)


def _shown(book: xlrd.Book, key: int) -> str | None:
    """The format code of a style; None for General."""
    given = book.format_map.get(key)
    code = built_in_format(key) or (given.format_str if given else None)
    return None if code in {None, "", "General", "GENERAL"} else code


class _Reader:
    """Takes the cells of one sheet over, row by row, within the limits."""

    def __init__(
        self, sheet: xlrd.sheet.Sheet, formats: list[str | None], since_1904: bool, budget: Budget
    ) -> None:
        self._sheet = sheet
        self._formats = formats
        self._since_1904 = since_1904
        self._budget = budget

    def read(self) -> Sheet:
        """The sheet with what of it is merged and hidden."""
        sheet, limits = self._sheet, self._budget.limits
        rows = tuple(self._rows())
        held = {row.number for row in rows}
        hidden = {place + 1 for place, info in sheet.rowinfo_map.items() if info.hidden}
        columns = (place + 1 for place, info in sheet.colinfo_map.items() if info.hidden)
        return Sheet(
            name=sheet.name,
            rows=rows,
            merges=tuple(
                Merge(top + 1, left + 1, bottom, right)
                for top, bottom, left, right in sheet.merged_cells[: limits.rows]
            ),
            hidden=sheet.visibility != 0,
            hidden_rows=tuple(sorted(held & hidden)),
            hidden_columns=tuple(sorted(column for column in columns if column <= limits.columns)),
        )

    def _rows(self) -> Iterator[Row]:
        limits = self._budget.limits
        found = 0
        for place in range(self._sheet.nrows):
            cells = self._cells(place)
            if not cells:
                continue
            found += 1
            if found > limits.rows:
                name, rows = self._sheet.name, vi_int(limits.rows)
                raise refusal("too_many_rows", sheet=name, rows=rows)
            yield Row(place + 1, cells)

    def _cells(self, place: int) -> tuple[Cell, ...]:
        cells: list[Cell] = []
        kinds = self._sheet.row_types(place)
        values = self._sheet.row_values(place)
        for column, (kind, value) in enumerate(zip(kinds, values, strict=True)):
            cell = self._cell(kind, value, place, column)
            if cell is not EMPTY:
                self._budget.count(cell)
            cells.append(cell)
        while cells and cells[-1] is EMPTY:
            cells.pop()
        limits = self._budget.limits
        if len(cells) > limits.columns:
            columns = str(limits.columns)
            raise refusal("too_many_columns", sheet=self._sheet.name, columns=columns)
        return tuple(cells)

    def _cell(self, kind: int, value: str | float, place: int, column: int) -> Cell:
        if kind == xlrd.XL_CELL_TEXT:
            text = str(value)
            return Cell("text", text) if text.strip() else EMPTY
        if kind in {xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE}:
            number = float(value)
            if not math.isfinite(number):
                raise refusal("damaged")
            shown = self._formats[self._sheet.cell_xf_index(place, column)]
            return number_cell(number, shown, self._since_1904)
        if kind == xlrd.XL_CELL_BOOLEAN:
            return Cell("bool", bool(value))
        if kind == xlrd.XL_CELL_ERROR:
            return Cell("error", error_text_from_code.get(int(value), "#ERR"))
        return EMPTY
