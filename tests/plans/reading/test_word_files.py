"""The five plans as Word files of different making read as their text does."""

from __future__ import annotations

import io
import re

import docx
import pytest

from chungtay.files.opening import open_document
from chungtay.plans.reading.blocks import split
from chungtay.plans.reading.whole import read_plan
from tests.plans.reading.seeds import NAMES, seed, wrapped


def bare(text: str) -> list[str]:
    return re.sub(r"^#+ +|\*", "", text, flags=re.MULTILINE).split("\n")


def opened(paper: docx.document.Document) -> str:
    out = io.BytesIO()
    paper.save(out)
    return open_document(out.getvalue()).text


@pytest.mark.parametrize("name", NAMES)
def test_each_line_a_paragraph(name: str) -> None:
    paper = docx.Document()
    for line in bare(seed(name)):
        paper.add_paragraph(line)
    assert read_plan(opened(paper)).structure == read_plan("\n".join(bare(seed(name)))).structure


@pytest.mark.parametrize("name", NAMES)
def test_each_line_of_a_page_a_paragraph(name: str) -> None:
    """As a program makes Word of PDF: every line a paragraph of its own."""
    paper = docx.Document()
    for line in wrapped("\n".join(bare(seed(name)))).split("\n"):
        paper.add_paragraph(line)
    found = [(one.kind, one.label, one.text) for one in split(opened(paper))]
    assert found == [(one.kind, one.label, one.text) for one in split("\n".join(bare(seed(name))))]


def test_head_and_foot_laid_out_by_tables() -> None:
    paper = docx.Document()
    head = paper.add_table(1, 2)
    head.cell(0, 0).text = "UBND HUYỆN MINH LONG\nỦY BAN NHÂN DÂN\nXÃ SUỐI VÀNG\nSố: 9/KH-UBND"
    head.cell(0, 1).text = (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
        "Suối Vàng, ngày 05 tháng 3 năm 2024"
    )
    for line in ("KẾ HOẠCH", "Giảm nghèo năm 2024", "I. MỤC TIÊU", "Giảm 3 hộ nghèo./."):
        paper.add_paragraph(line)
    foot = paper.add_table(1, 2)
    foot.cell(0, 0).text = "Nơi nhận:\n- UBND huyện (b/c);\n- Lưu: VT."
    foot.cell(0, 1).text = "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nLý Văn Tám"
    read = read_plan(opened(paper)).structure
    assert read.head.authority == "Ủy ban nhân dân xã Suối Vàng"
    assert (read.head.number, read.head.date) == ("9/KH-UBND", "2024-03-05")
    assert read.head.subject == "Giảm nghèo năm 2024"
    assert [(one.name, one.note) for one in read.recipients] == [
        ("UBND huyện", "b/c"),
        ("Lưu: VT", None),
    ]
    assert (read.signature.position, read.signature.name) == ("CHỦ TỊCH", "Lý Văn Tám")
    assert read.findings == ()


def test_headings_numbered_by_word_are_found() -> None:
    paper = docx.Document()
    paper.add_paragraph("KẾ HOẠCH")
    paper.add_paragraph("Giảm nghèo năm 2024")
    paper.add_paragraph("Mục tiêu", style="List Number")
    paper.add_paragraph("Giảm 3 hộ nghèo", style="List Bullet")
    paper.add_paragraph("Tổ chức thực hiện", style="List Number")
    paper.add_paragraph("Trạm Y tế: Chủ trì cấp thẻ trước ngày 20/6.", style="List Bullet")
    read = read_plan(opened(paper)).structure
    assert [(one.number, one.title) for one in read.sections if one.level] == [
        ("1", "Mục tiêu"),
        ("2", "Tổ chức thực hiện"),
    ]
    assert [one.offices for one in read.assignments] == [("Trạm Y tế",)]
    assert [one.date for one in read.deadlines] == ["2024-06-20"]
