"""The annexes of a plan set as tables behind its signature; only ever in the Word child."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Twips

from chungtay.reports.plan_document import Annex, PlanDocument, attached_line, printable

TEXT_WIDTH_TWIPS = 9354
ACROSS_WIDTH_TWIPS = 14286
CELL_PADDING_TWIPS = 85
BORDER_EIGHTHS = 4
EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")
LABEL, TITLE, ATTACHED, MEASURE, NOTE = "PhuLuc", "TenPhuLuc", "KemTheo", "DonViTinh", "GhiChu"
HEADING, NUMBER, MIDDLE, WORDS = "BangDau", "BangSo", "BangGiua", "BangChu"
STYLES = {"text": WORDS, "number": NUMBER, "middle": MIDDLE}


def add_annexes(filled: Document, document: PlanDocument) -> None:
    """Set every annex on a page of its own, with the styles an officer can change in Word."""
    if any(annex.across for annex in document.annexes):
        _lay_across(filled)
    for annex in document.annexes:
        _add(filled, LABEL, annex.label)
        _add(filled, TITLE, annex.title.upper())
        _add(filled, ATTACHED, attached_line(document, annex))
        if annex.measure:
            _add(filled, MEASURE, annex.measure)
        _add_table(filled, annex)
        if annex.note:
            _add(filled, NOTE, annex.note)


def _lay_across(filled: Document) -> None:
    """Begin a section of pages laid across, with the page number on each."""
    section = filled.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    section.different_first_page_header_footer = False


def _add(filled: Document, style: str, text: str) -> None:
    filled.add_paragraph(printable(text), style=_style(filled, style))


def _style(filled: Document, style: str) -> Any:
    return next(one for one in filled.styles if one.style_id == style)


def _add_table(filled: Document, annex: Annex) -> None:
    table = filled.add_table(rows=0, cols=len(annex.columns))
    _frame(table)
    widths = _widths(annex)
    for at, width in enumerate(widths):
        table.columns[at].width = Twips(width)
    kinds = [STYLES[column.kind] for column in annex.columns]
    headings = [column.title for column in annex.columns]
    _add_row(table, headings, [HEADING] * len(kinds), widths, repeated=True)
    for row in annex.rows:
        _add_row(table, row, kinds, widths)
    if annex.total:
        _add_row(table, annex.total, kinds, widths, bold=True)


def _widths(annex: Annex) -> list[int]:
    shares = sum(column.share for column in annex.columns)
    width = ACROSS_WIDTH_TWIPS if annex.across else TEXT_WIDTH_TWIPS
    return [width * column.share // shares for column in annex.columns]


def _add_row(
    table: Any,
    texts: Sequence[str],
    styles: Sequence[str],
    widths: Sequence[int],
    *,
    repeated: bool = False,
    bold: bool = False,
) -> None:
    row = table.add_row()
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001 python-docx offers no other way
    properties.append(OxmlElement("w:cantSplit"))
    if repeated:
        properties.append(OxmlElement("w:tblHeader"))
    for cell, text, style, width in zip(row.cells, texts, styles, widths, strict=True):
        cell.width = Twips(width)
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        (paragraph,) = cell.paragraphs
        # By its id: looking styles up took most of the time of a table with a hundred rows.
        paragraph._p.style = style  # noqa: SLF001 python-docx offers no other way
        paragraph.add_run(printable(text)).bold = bold or None


def _frame(table: Any) -> None:
    """Thin lines all around, cells of fixed width with a little room at the sides."""
    table.autofit = False
    properties = table._tbl.tblPr  # noqa: SLF001 python-docx offers no other way
    borders = OxmlElement("w:tblBorders")
    for edge in EDGES:
        line = OxmlElement(f"w:{edge}")
        for name, value in {"val": "single", "sz": str(BORDER_EIGHTHS), "color": "000000"}.items():
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    padding = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        room = OxmlElement(f"w:{side}")
        room.set(qn("w:w"), str(CELL_PADDING_TWIPS))
        room.set(qn("w:type"), "dxa")
        padding.append(room)
    layout = properties.find(qn("w:tblLayout"))
    for part in (borders, padding):
        if layout is not None and part is borders:
            layout.addprevious(part)
        elif layout is not None:
            layout.addnext(part)
        else:
            properties.append(part)
