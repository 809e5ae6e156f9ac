"""One worksheet's XML turned into cells, keeping what a value alone would lose.

Error codes, number formats (an ID shown with twelve zeros), formulas without a stored value and
merged ranges all stand in the sheet's XML, so the cells are taken straight from there.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from datetime import date

from chungtay.files.cells import (
    EMPTY,
    Cell,
    Limits,
    Merge,
    Row,
    Scalar,
    Sheet,
    column_number,
)
from chungtay.files.number_formats import serial_to_iso, shows_date
from chungtay.files.refusals import refusal
from chungtay.rulebook.wording import vi_int

ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
SPREADSHEET_COLUMNS = 16_384


def unescape(text: str) -> str:
    """Undo Excel's way of writing characters that XML cannot hold, such as ``_x000D_``."""
    return ESCAPED.sub(lambda hit: chr(int(hit[1], 16)), text) if "_x" in text else text


def number_cell(number: float, shown: str | None, since_1904: bool, formula: bool = False) -> Cell:
    """A stored number as its format shows it: a day, a whole number or a fraction."""
    if shows_date(shown):
        iso = serial_to_iso(number, since_1904)
        if iso is None:
            return Cell("error", "####", shown, formula)
        return Cell("date", iso, shown, formula)
    value: Scalar = int(number) if number.is_integer() else number
    return Cell("number", value, shown, formula)


@dataclass
class Styles:
    """What the sheets need of the workbook: shared strings, formats by style, the epoch."""

    strings: list[str] = field(default_factory=list)
    formats: list[str | None] = field(default_factory=list)
    since_1904: bool = False

    def format_of(self, style: int) -> str | None:
        """The format code of a style; None for General."""
        return self.formats[style] if style < len(self.formats) else None


@dataclass
class Budget:
    """What may still be read of a whole file, over all its sheets."""

    limits: Limits
    cells: int = 0
    characters: int = 0

    def count(self, cell: Cell) -> None:
        """Count a cell that holds something; UnfriendlyFile beyond the limits."""
        self.cells += 1
        if self.cells > self.limits.cells:
            raise refusal("too_many_cells", cells=vi_int(self.limits.cells))
        if isinstance(cell.value, str):
            self.characters += len(cell.value)
            if self.characters > self.limits.characters:
                raise refusal("too_large_inside", rows=vi_int(self.limits.rows))


class SheetReader:
    """Takes the events of one worksheet and gathers its rows."""

    def __init__(self, name: str, styles: Styles, budget: Budget) -> None:
        self._name = name
        self._styles = styles
        self._budget = budget
        self._rows: list[Row] = []
        self._merges: list[Merge] = []
        self._hidden_rows: list[int] = []
        self._hidden_columns: list[int] = []
        self._row_number = 0
        self._cells: list[Cell] = []
        self._column = 0
        self._open: dict[str, str] = {}
        self._formula = False
        self._collecting = False
        self._phonetic = False
        self._text: list[str] = []

    def start(self, tag: str, given: dict[str, str]) -> None:
        """An element opens."""
        if tag == "c":
            self._open, self._formula, self._text = given, False, []
            self._column = self._column_of(given)
        elif tag in {"v", "t"}:
            self._collecting = not self._phonetic
        elif tag == "f":
            self._formula = True
        elif tag == "row":
            self._row_number = int(given.get("r", self._row_number + 1))
            self._cells, self._column = [], 0
            if given.get("hidden") in {"1", "true"}:
                self._hidden_rows.append(self._row_number)
        elif tag == "rPh":
            self._phonetic = True
        else:
            self._outside(tag, given)

    def _outside(self, tag: str, given: dict[str, str]) -> None:
        if tag == "mergeCell":
            self._merge(given.get("ref", ""))
        elif tag == "col" and given.get("hidden") in {"1", "true"}:
            last = min(int(given["max"]), self._budget.limits.columns)
            self._hidden_columns.extend(range(int(given["min"]), last + 1))

    def end(self, tag: str) -> None:
        """An element closes."""
        if tag in {"v", "t"}:
            self._collecting = False
        elif tag == "c":
            self._keep(self._cell("".join(self._text)))
        elif tag == "row":
            self._close_row()
        elif tag == "rPh":
            self._phonetic = False

    def characters(self, text: str) -> None:
        """Text between two tags."""
        if self._collecting:
            self._text.append(text)

    def sheet(self, hidden: bool) -> Sheet:
        """The sheet as gathered, rows in order."""
        self._rows.sort(key=lambda row: row.number)
        held = {row.number for row in self._rows}
        return Sheet(
            name=self._name,
            rows=tuple(self._rows),
            merges=tuple(self._merges),
            hidden=hidden,
            hidden_rows=tuple(number for number in self._hidden_rows if number in held),
            hidden_columns=tuple(self._hidden_columns),
        )

    def _column_of(self, given: dict[str, str]) -> int:
        reference = given.get("r")
        if reference is None:
            return self._column + 1
        column = column_number(reference.rstrip("0123456789"))
        if not 1 <= column <= SPREADSHEET_COLUMNS:
            raise ValueError(reference)
        return column

    def _cell(self, raw: str) -> Cell:
        kind = self._open.get("t", "n")
        if kind == "s":
            return self._text_cell(self._styles.strings[int(raw)] if raw else "")
        if kind in {"str", "inlineStr"}:
            return self._text_cell(unescape(raw))
        raw = raw.strip()
        if not raw:
            return Cell("empty", formula=True) if self._formula else EMPTY
        if kind == "e":
            return Cell("error", raw, formula=self._formula)
        if kind == "b":
            return Cell("bool", raw in {"1", "true"}, formula=self._formula)
        if kind == "d":
            date.fromisoformat(raw[:10])
            return Cell("date", raw, "dd/mm/yyyy", self._formula)
        number = float(raw)
        if not math.isfinite(number):
            raise ValueError("not a number")
        shown = self._styles.format_of(int(self._open.get("s", 0)))
        return number_cell(number, shown, self._styles.since_1904, self._formula)

    def _text_cell(self, text: str) -> Cell:
        if text.strip():
            return Cell("text", text, formula=self._formula)
        return EMPTY

    def _keep(self, cell: Cell) -> None:
        if cell is EMPTY:
            return
        limits = self._budget.limits
        if self._column > limits.columns:
            raise refusal("too_many_columns", sheet=self._name, columns=str(limits.columns))
        self._budget.count(cell)
        missing = self._column - len(self._cells)
        if missing > 0:
            self._cells.extend([EMPTY] * missing)
        self._cells[self._column - 1] = cell

    def _close_row(self) -> None:
        if not self._cells:
            return
        limits = self._budget.limits
        if len(self._rows) >= limits.rows:
            raise refusal("too_many_rows", sheet=self._name, rows=vi_int(limits.rows))
        self._rows.append(Row(self._row_number, tuple(self._cells)))
        self._cells = []

    def _merge(self, reference: str) -> None:
        ends = [REFERENCE.fullmatch(end) for end in reference.split(":")]
        if len(ends) != 2 or len(self._merges) >= self._budget.limits.rows:
            return
        first, last = ends
        if first and last:
            left, right = column_number(first[1]), column_number(last[1])
            self._merges.append(Merge(int(first[2]), left, int(last[2]), right))
