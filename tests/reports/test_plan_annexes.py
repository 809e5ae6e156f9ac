"""Annexes and italics in the Word file; the month alone where the day is not known."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from docx import Document

from chungtay.reports.plan_document import (
    Annex,
    Column,
    Paragraph,
    PlanDocument,
    Run,
    Section,
    attached_line,
    body_blocks,
    place_and_date_line,
    runs_of,
)
from chungtay.reports.plan_word import write_plan

ANNEX = Annex(
    label="Phụ lục 1",
    title="Nhu cầu đăng ký",
    issuer="Ủy ban nhân dân xã Quang Trung",
    columns=(
        Column("TT", "middle", 10),
        Column("Nội dung", "text", 60),
        Column("Tiền", "number", 30),
    ),
    rows=(("1", "Bồn nước & <ống>", "1.500.000"), ("2", "Ti vi", "4.000.000")),
    total=("", "Cộng", "5.500.000"),
    measure="Đơn vị tính: đồng",
    note="Ghi chú: số liệu minh họa.",
)


def test_an_annex_stands_behind_the_signature_with_its_table(document: PlanDocument) -> None:
    written = write_plan(replace(document, annexes=(ANNEX,)), properties={})
    word = Document(BytesIO(written))
    table = word.tables[-1]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["TT", "Nội dung", "Tiền"],
        ["1", "Bồn nước & <ống>", "1.500.000"],
        ["2", "Ti vi", "4.000.000"],
        ["", "Cộng", "5.500.000"],
    ]
    texts = [one.text for one in word.paragraphs]
    at = texts.index("Phụ lục 1")
    assert texts[at + 1] == "NHU CẦU ĐĂNG KÝ"
    assert texts[at + 3 :] == ["Đơn vị tính: đồng", "Ghi chú: số liệu minh họa."]
    label = word.paragraphs[at]
    assert label.style is not None
    assert label.style.paragraph_format.page_break_before
    assert all(run.bold for cell in table.rows[-1].cells for run in cell.paragraphs[0].runs)
    assert "w:tblHeader" in table.rows[0]._tr.xml


def test_a_plan_without_annexes_ends_with_its_signature(document: PlanDocument) -> None:
    word = Document(BytesIO(write_plan(document, properties={})))
    assert len(word.tables) == 2


def test_the_line_under_the_title_names_the_plan(document: PlanDocument) -> None:
    line = attached_line(replace(document, number="7"), ANNEX)
    assert line == (
        "(Kèm theo Kế hoạch số 07/KH-UBND ngày 06 tháng 3 năm 2023 của "
        "Ủy ban nhân dân xã Quang Trung)"
    )


@pytest.mark.parametrize(
    ("month", "line"), [(6, "ngày tháng 6 năm 2023"), (2, "ngày tháng 02 năm 2023")]
)
def test_a_known_month_is_written_where_the_day_is_not(
    document: PlanDocument, month: int, line: str
) -> None:
    written = place_and_date_line(replace(document, issued_on=None, month=month))
    assert " ".join(written.split()) == f"Quang Trung, {line}"


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("một (*hai ba*) bốn", (Run("một ("), Run("hai ba", italic=True), Run(") bốn"))),
        ("*cả câu*", (Run("cả câu", italic=True),)),
        ("5 * 3 * 2 sao", (Run("5 * 3 * 2 sao"),)),
        ("một * lẻ", (Run("một * lẻ"),)),
        ("", ()),
    ],
)
def test_words_between_stars_stand_in_italics(text: str, runs: tuple[Run, ...]) -> None:
    assert runs_of(text) == runs


def test_a_part_may_run_into_its_text_in_capitals(document: PlanDocument) -> None:
    section = Section(1, "II", "Mục tiêu", (Paragraph("text", "Giảm."),), run_in=True)
    last = Section(1, "III", "Cuối", (Paragraph("text", "Hết."),))
    first = body_blocks(replace(document, sections=(section, last)))[0]
    assert (first.style, first.lead, first.text) == ("body", "II. MỤC TIÊU: ", "Giảm.")
