"""The act of taking a report out as a workbook: its text, and its tables with their sums."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from django.utils import translation

from chungtay.acts.refusing import NotAllowed
from chungtay.acts.services import Actor, Deed, OpenLine, perform
from chungtay.files.books import Book, Cell, Combined, Share, Sheet, Total, book_bytes
from chungtay.files.writing import TableColumn
from chungtay.reports.plan_document import body_blocks
from chungtay.reports.report_annexes import UNVERIFIED
from chungtay.reports.report_content import ReportPaper, document_of
from chungtay.reports.report_paper import paper_name
from chungtay.reports.result_files import RIGHT
from chungtay.reports.statements import Figures, FrozenResults, FrozenTable
from chungtay.rulebook.loading import law
from chungtay.rulebook.schema_lists import ResultColumn
from chungtay.rulebook.wording import Sentence, vi_date

SIGNED = re.compile(r"([+−]?)\s*(\d+)")
RATIO = re.compile(r"(\d+)/(\d+) × 100")
BOLD = ("part", "heading")
BLANK = "Ô để trống: chưa rõ."


def write_report_book(*, actor: Actor, paper: ReportPaper, subject: str = "") -> bytes:
    """A report as an Excel workbook; its sums, rates and closings are formulas. One journal line.

    NotAllowed without the right, TokenError if the wording cannot be filled.
    """
    if not actor.may(RIGHT, paper.place):
        raise NotAllowed(Sentence("Tài khoản này không được xuất văn bản của báo cáo này."))
    with translation.override("vi"):  # as its Word file: Vietnamese, whoever asks for it
        content = book_bytes(book_of(paper, actor.name))

    def write(line: OpenLine) -> None:
        line.details = {
            "from": paper.frozen.opening.isoformat(),
            "to": paper.frozen.closing.isoformat(),
            "basis": paper.frozen.basis,
            "bytes": len(content),
        }

    perform(actor, Deed("reports.write_report_book", RIGHT, paper.place, subject), write)
    return content


def book_name(paper: ReportPaper) -> str:
    """A file name without diacritics: "bao-cao-giam-ngheo-2023-06-30-xa-quang-trung.xlsx"."""
    return f"{paper_name(paper).removesuffix('.docx')}.xlsx"


def book_of(paper: ReportPaper, who: str) -> Book:
    """The report's text on one sheet, each of its tables on one of its own."""
    document, frozen = document_of(paper), paper.frozen
    by_reports = frozen.basis == "reports"
    source = "cộng các báo cáo đã nhận" if by_reports else "sổ hộ"
    text = [(document.title, True), (document.subject, True), (document.opening, False)]
    text += [
        (" ".join(filter(None, (block.lead, block.text))), block.style in BOLD)
        for block in body_blocks(document)
    ]
    text.append((f"Nguồn: {source}. Người xuất: {who}.", False))
    several = len(frozen.results) > 1
    sheets = [
        _sheet(paper, results, filled, source, number if several else 0)
        for number, results in enumerate(frozen.results, start=1)
        for filled in results.tables
    ]
    return Book(document.title, who, source, "Báo cáo", text, sheets)


def _sheet(
    paper: ReportPaper, results: FrozenResults, filled: FrozenTable, source: str, number: int
) -> Sheet:
    table, frozen = filled.table, paper.frozen
    columns = [TableColumn("Địa bàn", width=26)]
    columns += [TableColumn(_heading(one), "number", 13) for one in table.columns]
    rows: list[list[Cell]] = [
        [row.name, *_cells(table.columns, row.figures)] for row in filled.rows
    ]
    rows.append([filled.total.name, *_totals(filled)])
    days = f"từ {vi_date(frozen.opening)} đến {vi_date(frozen.closing)}"
    return Sheet(
        f"Biểu {table.number}" + (f" ({number})" if number else ""),
        (
            f"Biểu {table.number}. {table.title}, {days}",
            f"{paper.name} · {law().standard(results.standard).name}",
            f"Nguồn: {source}",
        ),
        columns,
        rows,
        (*results.words, BLANK, UNVERIFIED),
    )


def _heading(one: ResultColumn) -> str:
    return f"({one.number}) {one.title}" + (f"\n= {one.formula}" if one.formula else "")


def _cells(columns: Sequence[ResultColumn], figures: Figures) -> list[Cell]:
    """The figures of a row; what follows from others is worked out by the sheet."""
    places = {one.number: place for place, one in enumerate(columns, start=1)}
    numbers = {one.number: figures.get(one.figure) for one in columns}
    return [_cell(one, figures.get(one.figure), places, numbers) for one in columns]


def _cell(
    column: ResultColumn, value: int | str | None, places: dict[str, int], numbers: Figures
) -> Cell:
    if value is None:
        return None
    ratio = RATIO.fullmatch(column.formula)
    if isinstance(value, str):
        shown = Decimal(value)
        if ratio is None or not numbers.get(ratio[2]):
            return shown
        digits = -int(shown.as_tuple().exponent)
        return Share(places[ratio[1]], places[ratio[2]], digits, shown)
    if not column.formula:
        return value
    terms = [(sign or "+", name) for sign, name in SIGNED.findall(column.formula)]
    parts = [(sign, numbers.get(name)) for sign, name in terms]
    if not all(isinstance(one, int) for _sign, one in parts):
        return value
    signed = tuple(("-" if sign == "−" else "+", places[name]) for sign, name in terms)
    return Combined(signed, value)


def _totals(filled: FrozenTable) -> list[Cell]:
    """The row of sums: a sum where the rows add up to it, as a report's own rows do."""
    columns, figures = filled.table.columns, filled.total.figures
    derived = _cells(columns, figures)
    cells: list[Cell] = []
    for one, cell in zip(columns, derived, strict=True):
        above = [row.figures.get(one.figure) for row in filled.rows]
        known = [part for part in above if isinstance(part, int)]
        whole = isinstance(cell, int) and len(known) == len(above) and bool(above)
        cells.append(
            Total(cell) if whole and isinstance(cell, int) and sum(known) == cell else cell
        )
    return cells
