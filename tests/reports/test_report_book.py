"""The workbook of a report: the same numbers as its paper, and sums that the sheet works out."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from chungtay.acts.models import JournalLine
from chungtay.acts.refusing import NotAllowed
from chungtay.files.writing import CELL_CHARACTERS
from chungtay.reports.report_book import book_name, write_report_book
from chungtay.reports.report_content import ReportPaper, document_of
from chungtay.reports.standings import Period
from chungtay.reports.statements import freeze_register
from tests.reports.reporting_world import FIRST, HALF, Line, decide, family

pytestmark = pytest.mark.django_db
JUNE = date(2023, 6, 1)


@pytest.fixture
def paper(line: Line) -> ReportPaper:
    """Two villages: of three poor families one rose; one fell."""
    for village in line.villages[:2]:
        family(village, "poor")
    decide(family(line.villages[0], "poor"), "not_poor", JUNE)
    decide(family(line.villages[1], "not_poor"), "near_poor", JUNE)
    frozen = freeze_register(line.commune, Period(FIRST, HALF))
    return ReportPaper(
        place=line.commune,
        above=line.district,
        on=HALF,
        period="6 tháng đầu năm 2023",
        frozen=frozen,
        remarks="=1+1",
    )


def calculated(content: bytes, folder: Path) -> list[list[list[object]]]:
    """Every sheet as LibreOffice shows it once it has worked out every formula anew."""
    kept = folder / "kept.xlsx"
    kept.write_bytes(content)
    # Openpyxl writes formulas without what they gave, so nothing but a calculation can fill them.
    load_workbook(kept).save(folder / "bare.xlsx")
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "ods", "--outdir", str(folder), str(folder / "bare.xlsx")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    command[4:] = ["xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder / "again")]
    command += [str(folder / "bare.ods")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    book = load_workbook(folder / "again" / "bare.xlsx", data_only=True)
    return [[list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book]


@pytest.mark.office
def test_what_the_sheets_work_out_is_what_the_paper_says(
    line: Line, paper: ReportPaper, tmp_path: Path
):
    assert shutil.which("soffice"), "LibreOffice is needed to open what we wrote"
    content = write_report_book(actor=line.officer, paper=paper)
    annexes = document_of(paper).annexes
    _front, *sheets = calculated(content, tmp_path)
    assert len(sheets) == len(annexes) == 3
    for rows, annex in zip(sheets, annexes, strict=True):
        shown = rows[4 : 4 + len(annex.rows) + 1]
        for cells, said in zip(shown, (*annex.rows, annex.total), strict=True):
            numbers = [None if one == "–" else float(_plain(one)) for one in said[1:]]
            assert [cells[0], *cells[1 : len(said)]] == [said[0], *numbers]


def _plain(shown: str) -> str:
    return shown.removesuffix("%").strip().replace(".", "").replace(",", ".")


def test_sums_and_closings_are_formulas(line: Line, paper: ReportPaper):
    book = load_workbook(BytesIO(write_report_book(actor=line.officer, paper=paper)))
    assert book.sheetnames == ["Báo cáo", "Biểu 1", "Biểu 2", "Biểu 3"]
    sheet = book["Biểu 2"]
    last = next(row for row in sheet.iter_rows() if row[0].value == "Tổng cộng")
    number = last[0].row
    assert last[1].value == f"=SUM(B5:B{number - 1})"
    assert last[9].value == "=" + "".join(
        f"{sign}{column}{number}" for sign, column in zip("+---++++", "BCDEFGHI", strict=True)
    ).removeprefix("+")


def test_its_text_is_that_of_the_paper_and_nothing_typed_is_calculated(
    line: Line, paper: ReportPaper
):
    content = write_report_book(actor=line.officer, paper=paper)
    sheet = load_workbook(BytesIO(content))["Báo cáo"]
    said = [row[0].value for row in sheet.iter_rows()]
    assert any("Đầu kỳ có 03 hộ nghèo." in text for text in said)
    typed = next(row[0] for row in sheet.iter_rows() if "1+1" in row[0].value)
    assert typed.data_type == "s"


def test_a_text_no_cell_can_hold_is_cut_into_cells(line: Line, paper: ReportPaper):
    long = ReportPaper(paper.place, None, HALF, "năm 2023", paper.frozen, remarks="a" * 40_000)
    sheet = load_workbook(BytesIO(write_report_book(actor=line.officer, paper=long)))["Báo cáo"]
    cells = [row[0].value for row in sheet.iter_rows() if set(row[0].value) == {"a"}]
    assert "".join(cells) == "a" * 40_000
    assert max(map(len, cells)) <= CELL_CHARACTERS


def test_it_leaves_a_line_and_only_with_the_right(line: Line, paper: ReportPaper):
    content = write_report_book(actor=line.officer, paper=paper, subject="report:1")
    written = JournalLine.objects.get(act="reports.write_report_book")
    assert json.loads(written.details)["bytes"] == len(content)
    assert book_name(paper) == "bao-cao-giam-ngheo-2023-06-30-xa-quang-trung.xlsx"
    for who in ("outsider", "head"):
        with pytest.raises(NotAllowed):
            write_report_book(actor=getattr(line, who), paper=paper)
