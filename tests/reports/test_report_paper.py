"""The paper of a report: its sentences and annexes say the frozen numbers, and nothing else."""

from __future__ import annotations

import json
import subprocess
from datetime import date
from io import BytesIO

import pytest
from docx import Document

from chungtay.acts.models import JournalLine
from chungtay.acts.refusing import NotAllowed
from chungtay.reports.plan_document import body_blocks
from chungtay.reports.report_content import ReportPaper, document_of, values_of, wording
from chungtay.reports.report_paper import paper_name, write_report_paper
from chungtay.reports.standings import Period
from chungtay.reports.statements import freeze_register
from chungtay.reports.tokens import token_names
from tests.reports.reporting_world import FIRST, HALF, Line, decide, family

pytestmark = pytest.mark.django_db
JUNE = date(2023, 6, 1)


@pytest.fixture
def paper(line: Line) -> ReportPaper:
    """Quang Trung's first half: two poor, of whom one rose; one who fell."""
    village = line.villages[0]
    family(village, "poor")
    decide(family(village, "poor"), "not_poor", JUNE)
    decide(family(village, "not_poor"), "near_poor", JUNE)
    frozen = freeze_register(line.commune, Period(FIRST, HALF))
    return ReportPaper(
        place=line.commune,
        above=line.district,
        on=HALF,
        period="6 tháng đầu năm 2023",
        frozen=frozen,
        remarks="Đã rà soát.\n\nĐã họp thôn.",
        difficulties="Thiếu vốn vay.",
        receivers=("Thường trực Đảng ủy", "UBND thị xã"),
    )


def texts(paper: ReportPaper) -> list[str]:
    return [block.text for block in body_blocks(document_of(paper))]


def test_sentences_say_the_numbers_of_the_tables(paper: ReportPaper):
    said = texts(paper)
    assert "Đầu kỳ có 02 hộ nghèo." in said
    assert "Trong kỳ giảm 01 hộ, gồm 01 hộ vượt chuẩn cận nghèo." in said
    assert "Trong kỳ không có hộ nghèo nào tăng." in said
    assert "Cuối kỳ còn 01 hộ nghèo; chưa rõ tổng số hộ nên chưa tính tỷ lệ." in said
    assert "Trong kỳ tăng 01 hộ, gồm 01 hộ phát sinh cận nghèo." in said
    assert said[-1].endswith("của Ủy ban nhân dân xã Quang Trung./.")


def test_what_was_typed_stands_as_typed_and_empty_parts_are_left_out(paper: ReportPaper):
    said = texts(paper)
    at = said.index("IV. KẾT QUẢ TRIỂN KHAI, NHẬN XÉT")
    assert said[at + 1 : at + 3] == ["Đã rà soát.", "Đã họp thôn."]
    assert said[at + 3 : at + 5] == ["V. KHÓ KHĂN, VƯỚNG MẮC VÀ ĐỀ XUẤT", "Thiếu vốn vay."]
    bare = ReportPaper(paper.place, None, HALF, "năm 2023", paper.frozen)
    assert not any("KHÓ KHĂN" in text for text in texts(bare))
    assert document_of(bare).superior_authority == ()


def test_every_token_of_the_wording_has_a_value(paper: ReportPaper):
    words, values = wording(), values_of(paper)
    sentences = [words.title, words.subject, words.lead_in, words.closing]
    sentences += [one.text for section in words.sections for one in section.paragraphs]
    asked = {name for text in sentences for name in token_names(text)}
    conditions = {
        name
        for section in words.sections
        for one in section.paragraphs
        for name in (one.when, one.unless)
        if name
    }
    assert asked | conditions <= set(values)


def test_annexes_hold_every_row_of_the_frozen_tables(paper: ReportPaper):
    annexes = document_of(paper).annexes
    assert [annex.label for annex in annexes] == ["PHỤ LỤC I", "PHỤ LỤC II", "PHỤ LỤC III"]
    poor = annexes[1]
    assert poor.total == ("Tổng cộng", "2", "0", "1", "0", "0", "0", "0", "0", "1")
    assert "chưa đối chiếu" in poor.note


def test_the_file_opens_and_the_download_leaves_a_line(line: Line, paper: ReportPaper, print_pages):
    content = write_report_paper(actor=line.officer, paper=paper, subject="report:1")
    opened = Document(BytesIO(content))
    whole = "\n".join(one.text for one in opened.paragraphs)
    assert "Kết quả thực hiện công tác giảm nghèo 6 tháng đầu năm 2023" in whole
    assert len(opened.tables) == 2 + 3
    written = JournalLine.objects.get(act="reports.write_report_paper")
    assert json.loads(written.details)["bytes"] == len(content)
    assert paper_name(paper) == "bao-cao-giam-ngheo-2023-06-30-xa-quang-trung.docx"
    printed = subprocess.run(
        ["pdftotext", "-layout", str(print_pages(content)), "-"], capture_output=True, check=True
    )
    pages = printed.stdout.decode().split("\f")
    assert "Thường trực Đảng ủy" in "".join(pages[:2])
    assert "PHỤ LỤC III" in pages[-2]


@pytest.mark.parametrize("who", ["outsider", "head"])
def test_nobody_else_takes_the_paper(line: Line, paper: ReportPaper, who: str):
    with pytest.raises(NotAllowed):
        write_report_paper(actor=getattr(line, who), paper=paper)
    assert not JournalLine.objects.filter(act="reports.write_report_paper").exists()
