"""Tables kept as text (.csv): the encoding and the delimiter are found by looking."""

from __future__ import annotations

import csv
import io
from collections import Counter
from itertools import islice

from chungtay.files.cells import EMPTY, Cell, FileNote, Limits, Row, Sheet, Workbook
from chungtay.files.decoding import as_unicode, as_windows_1258
from chungtay.files.refusals import refusal
from chungtay.rulebook.wording import vi_int

DELIMITERS = ",;\t"
SAMPLE_ROWS = 300
FEWEST_COLUMNS = 3
FEWEST_ROWS = 2
GUARD = "'"
GUARDED = ("=", "+", "-", "@", "\t", "\r")


def read_text_table(content: bytes, limits: Limits) -> Workbook:
    """Read delimited text into one sheet of text cells; UnfriendlyFile if it is no table."""
    text, notes = _decode(content)
    text, delimiter = _find_delimiter(text)
    rows: list[Row] = []
    cells = 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for number, fields in enumerate(reader, start=1):
            row = _row(number, fields)
            if not row.cells:
                continue
            rows.append(row)
            cells += len(row.cells)
            _check(row, len(rows), cells, limits)
    except csv.Error as error:
        raise refusal("damaged") from error
    if not rows:
        raise refusal("empty")
    return Workbook("csv", (Sheet("csv", tuple(rows)),), notes)


def _check(row: Row, rows: int, cells: int, limits: Limits) -> None:
    if rows > limits.rows:
        raise refusal("too_many_rows", sheet="csv", rows=vi_int(limits.rows))
    if len(row.cells) > limits.columns:
        raise refusal("too_many_columns", sheet="csv", columns=str(limits.columns))
    if cells > limits.cells:
        raise refusal("too_many_cells", cells=vi_int(limits.cells))


def _row(number: int, fields: list[str]) -> Row:
    cells = [Cell("text", _unguarded(field)) if field.strip() else EMPTY for field in fields]
    while cells and cells[-1] is EMPTY:
        cells.pop()
    return Row(number, tuple(cells))


def _unguarded(field: str) -> str:
    """Drop the apostrophe our own writer puts before text that Excel would calculate."""
    return field[1:] if field.startswith(GUARD) and calculates(field) else field


def calculates(text: str) -> bool:
    """Whether a spreadsheet would calculate a text once apostrophes before it are dropped."""
    return text.lstrip(GUARD).startswith(GUARDED)


def _decode(content: bytes) -> tuple[str, tuple[FileNote, ...]]:
    text = as_unicode(content)
    if text is not None:
        return text, ()
    return as_windows_1258(content), (FileNote("windows_1258"),)


def _find_delimiter(text: str) -> tuple[str, str]:
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        # An empty line keeps the row numbers as they stand in the file.
        return "\n" + rest, first.strip()[4]
    scores = {delimiter: _score(text, delimiter) for delimiter in DELIMITERS}
    best = max(DELIMITERS, key=lambda delimiter: scores[delimiter])
    if scores[best] == 0:
        return text, _of_the_first_line(text)
    return text, best


def _of_the_first_line(text: str) -> str:
    """The delimiter of a header that stands alone, or over rows shorter than itself."""
    if not text.strip():
        raise refusal("empty")
    header = text.lstrip().partition("\n")[0]
    best = max(DELIMITERS, key=header.count)
    if header.count(best) + 1 < FEWEST_COLUMNS:
        raise refusal("not_a_table")
    return best


def _score(text: str, delimiter: str) -> float:
    """How table-like the text is when cut here: share of rows of the usual width, times width."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        widths = [len(row) for row in islice(reader, SAMPLE_ROWS) if any(map(str.strip, row))]
    except csv.Error:
        return 0
    split = Counter(width for width in widths if width > 1)
    if not split:
        return 0
    width, count = split.most_common(1)[0]
    # Title lines above the table are not cut anywhere and do not count against it.
    share = count / len(widths[widths.index(width) :])
    return width * share if count >= FEWEST_ROWS and share >= 1 / 2 else 0
