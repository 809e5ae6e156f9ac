"""A Word file (.docx) read into plain text: paragraphs, numbers Word sets by itself, tables."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise

from chungtay.files.cells import Limits
from chungtay.files.refusals import refusal
from chungtay.files.word_numbers import Numbering, read_numbering
from chungtay.files.zip_parts import ZipParts
from chungtay.rulebook.folding import fold

DOCUMENT = "word/document.xml"
SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
PICTURES = {"drawing", "pict", "object"}
LAYOUT = re.compile(r"cong hoa xa hoi|doc lap|noi nhan|so\s*:.{0,20}-|t/?m\. |kt\. ")
LAYOUT_ROWS = 4
LOWER_SHARE = 20  # one line in so many begins in the middle of a sentence: lines, not paragraphs
UNFINISHED = re.compile(r"[^.!?:;…/]\s*$")


@dataclass
class _Reading:
    """The state while the parts of a document stream by."""

    numbering: Numbering
    limits: Limits
    lines: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    label: str = ""
    style: str = ""
    number: tuple[str, int] | None = None
    tables: list[list[list[str]]] = field(default_factory=list)
    cells: list[list[str]] = field(default_factory=list)
    skipped: int = 0  # inside the copy of a drawing for old programs
    in_text: bool = False
    pictures: int = 0
    characters: int = 0


def read_docx(content: bytes, limits: Limits) -> str:
    """The text of a Word file; UnfriendlyFile for none, for macros, for pictures alone."""
    parts = ZipParts(content, limits)
    _check(parts)
    reading = _Reading(read_numbering(parts), limits)
    parts.parse(
        DOCUMENT,
        lambda tag, given: _start(reading, tag, given),
        lambda tag: _end(reading, tag),
        lambda data: _data(reading, data),
    )
    if not any(re.search(r"\w", line) for line in reading.lines):
        raise refusal("scan" if reading.pictures else "no_text")
    return _laid_out(reading.lines)


def _check(parts: ZipParts) -> None:
    if "word/vbaproject.bin" in parts:
        raise refusal("word_macros")
    if DOCUMENT not in parts:
        excel = "xl/workbook.xml" in parts or "xl/workbook.bin" in parts
        if excel or "ppt/presentation.xml" in parts:
            raise refusal("no_word")
        if "content.xml" in parts and "mimetype" in parts:
            raise refusal("open_document_text")
        raise refusal("plain_zip_document")


def _given(given: dict[str, str], name: str) -> str:
    return next((value for key, value in given.items() if key.rpartition(":")[2] == name), "")


def _start(reading: _Reading, tag: str, given: dict[str, str]) -> None:
    if tag == "Fallback":
        reading.skipped += 1
    if reading.skipped:
        return
    if tag in SIGNS:
        reading.text.append(SIGNS[tag])
    elif tag in PICTURES:
        reading.pictures += 1
    elif tag in ("tbl", "tr", "tc"):
        _open_cell(reading, tag)
    else:
        _open_text(reading, tag, given)


def _open_text(reading: _Reading, tag: str, given: dict[str, str]) -> None:
    name, level = reading.number or ("", 0)
    match tag:
        case "p":
            reading.text, reading.style, reading.number = [], "", None
        case "t":
            reading.in_text = True
        case "pStyle":
            reading.style = _given(given, "val")
        case "ilvl":
            said = _given(given, "val")
            reading.number = name, int(said) if said.isdecimal() and len(said) < 3 else 0
        case "numId":
            reading.number = _given(given, "val"), level


def _open_cell(reading: _Reading, tag: str) -> None:
    if tag == "tbl":
        reading.tables.append([])
    elif reading.tables and tag == "tr":
        reading.tables[-1].append([])
    elif reading.tables:
        reading.cells.append([])


def _data(reading: _Reading, data: str) -> None:
    if reading.in_text and not reading.skipped:
        reading.characters += len(data)
        if reading.characters > reading.limits.characters:
            raise refusal("too_long_document")
        reading.text.append(data)


def _end(reading: _Reading, tag: str) -> None:
    if tag == "Fallback":
        reading.skipped -= 1
        return
    if reading.skipped:
        return
    match tag:
        case "t":
            reading.in_text = False
        case "p":
            _paragraph(reading)
        case "tc" if reading.cells and reading.tables and reading.tables[-1]:
            reading.tables[-1][-1].append("\n".join(reading.cells.pop()))
        case "tbl" if reading.tables:
            _table(reading, reading.tables.pop())


def _paragraph(reading: _Reading) -> None:
    said = "".join(reading.text)
    label = reading.numbering.next(reading.number, reading.style) if said.strip() else ""
    reading.text = []
    target = reading.cells[-1] if reading.cells else reading.lines
    target.append(f"{label}{said}")


def _table(reading: _Reading, rows: list[list[str]]) -> None:
    """A table of figures row by row; one that only lays out head or foot, cell by cell."""
    target = reading.cells[-1] if reading.cells else reading.lines
    flat = [cell for row in rows for cell in row]
    widest = max((len(row) for row in rows), default=0)
    laying_out = len(rows) <= LAYOUT_ROWS and any(LAYOUT.search(fold(cell)) for cell in flat)
    if laying_out or widest < 2 or reading.cells:
        target += [line for cell in flat for line in ("", *cell.split("\n"), "")]
        return
    target.append("")
    for row in rows:
        cells = (" ".join(cell.split()).replace("|", "/") for cell in row)
        target.append(f"| {' | '.join(cells)} |")
    target.append("")


def _laid_out(lines: list[str]) -> str:
    """Paragraphs parted by empty lines, unless each line of a page came as a paragraph."""
    kept = [line for line in lines if line.strip()]
    broken = sum(
        next_line.lstrip()[:1].islower() and bool(UNFINISHED.search(line))
        for line, next_line in pairwise(kept)
    )
    if broken * LOWER_SHARE > len(kept):
        return "\n".join(lines)
    return "\n\n".join(_rows_together(kept))


def _rows_together(lines: list[str]) -> list[str]:
    grouped: dict[int, list[str]] = defaultdict(list)
    at = 0
    for line in lines:
        row = line.startswith("| ")
        if not (row and grouped and grouped[at][-1].startswith("| ")):
            at += 1
        grouped[at].append(line)
    return ["\n".join(one) for one in grouped.values()]
