"""What an opened file holds: sheets, rows and cells as they were typed, and the limits of reading.

These shapes travel from the reading child to the caller as MessagePack.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from chungtay.files.refusals import NOTES
from chungtay.rulebook.wording import Sentence

Kind = Literal["text", "number", "date", "bool", "error", "empty"]
Scalar = str | int | float | bool | None

MEBIBYTE = 2**20


class Limits(msgspec.Struct, frozen=True):
    """How much of a file is read before it is refused; sizes in bytes unless named otherwise."""

    file_bytes: int = 20 * MEBIBYTE
    unpacked_bytes: int = 300 * MEBIBYTE
    unpacked_ratio: int = 200
    zip_entries: int = 5_000
    sheets: int = 100
    rows: int = 120_000
    columns: int = 256
    cells: int = 2**21
    characters: int = 80_000_000
    memory_bytes: int = 800 * MEBIBYTE
    seconds: int = 40


class Cell(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One cell: a date is kept as ISO text, an error as its code such as ``#DIV/0!``."""

    kind: Kind
    value: Scalar = None
    number_format: str | None = None
    formula: bool = False

    @property
    def day(self) -> date:
        """The day of a date cell; ValueError for any other kind."""
        return date.fromisoformat(str(self.value)[:10])


EMPTY = Cell("empty")


class Row(msgspec.Struct, frozen=True, array_like=True):
    """A row that holds something: its number in the sheet (from 1) and its cells from column A."""

    number: int
    cells: tuple[Cell, ...]

    def at(self, column: int) -> Cell:
        """The cell of a column (A = 1); an empty one to the right of the last."""
        return self.cells[column - 1] if column <= len(self.cells) else EMPTY


class Merge(msgspec.Struct, frozen=True, array_like=True):
    """A merged range, all four ends included, counted from 1."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


class Sheet(msgspec.Struct, frozen=True):
    """One sheet: its rows that hold something, merged ranges, and what of it is hidden."""

    name: str
    rows: tuple[Row, ...]
    merges: tuple[Merge, ...] = ()
    hidden: bool = False
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()


class FileNote(msgspec.Struct, frozen=True):
    """Something worth saying about a file that was read all the same."""

    code: str
    values: dict[str, str] = {}

    @property
    def sentence(self) -> Sentence:
        """The note as a whole Vietnamese sentence."""
        return Sentence(NOTES[self.code], **self.values)


class Workbook(msgspec.Struct, frozen=True):
    """An opened file of sheets; ``form`` says what it really was, whatever its name."""

    form: Literal["xlsx", "xlsm", "xls", "csv"]
    sheets: tuple[Sheet, ...]
    notes: tuple[FileNote, ...] = ()


class Document(msgspec.Struct, frozen=True):
    """An opened paper: its plain text; ``form`` says what it really was, whatever its name."""

    form: Literal["docx", "txt"]
    text: str
    notes: tuple[FileNote, ...] = ()


class Refused(msgspec.Struct, frozen=True):
    """The child's word that a file is refused, to be put into a sentence by the caller."""

    code: str
    values: dict[str, str] = {}


class Reply(msgspec.Struct, frozen=True):
    """What the reading child sends back: a workbook, a paper or a refusal."""

    workbook: Workbook | None = None
    document: Document | None = None
    refused: Refused | None = None


def column_letter(column: int) -> str:
    """Write a column number as Excel does: 1 -> "A", 28 -> "AB"."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """Read column letters: "AB" -> 28; ValueError for anything but A to Z."""
    number = 0
    for letter in letters:
        if not "A" <= letter <= "Z":
            raise ValueError(f"not a column: {letters}")
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
