"""The lines on the paper, before any Word file: blanks, end marks, numbering of every seed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from chungtay.reports.plan_document import (
    Block,
    Paragraph,
    PlanDocument,
    Section,
    body_blocks,
    legal_basis_lines,
    number_line,
    place_and_date_line,
    printable,
    recipient_lines,
)


@pytest.mark.parametrize(
    ("day", "line"),
    [
        (date(2023, 3, 6), "Quang Trung, ngày 06 tháng 3 năm 2023"),
        (date(2024, 2, 27), "Quang Trung, ngày 27 tháng 02 năm 2024"),
        (date(2024, 10, 10), "Quang Trung, ngày 10 tháng 10 năm 2024"),
    ],
)
def test_days_below_ten_and_the_first_two_months_have_a_zero(
    document: PlanDocument, day: date, line: str
) -> None:
    assert place_and_date_line(replace(document, issued_on=day)) == line


def test_a_missing_date_leaves_room_to_write(document: PlanDocument) -> None:
    line = place_and_date_line(replace(document, issued_on=None)).replace("\u00a0", " ")
    assert line == "Quang Trung, ngày      tháng      năm 2023"


def test_a_missing_number_leaves_room_to_write(document: PlanDocument) -> None:
    assert number_line(document).replace("\u00a0", " ") == "Số:       /KH-UBND"
    assert number_line(replace(document, number="7")) == "Số: 07/KH-UBND"
    assert number_line(replace(document, number="498")) == "Số: 498/KH-UBND"


def test_bases_and_recipients_end_as_the_rules_say(document: PlanDocument) -> None:
    assert [line[-1] for line in legal_basis_lines(document)] == [";", "."]
    lines = recipient_lines(document)
    assert len(lines) == 6
    assert lines[0] == "- UBND thị xã (b/c);"
    assert lines[-1] == "- Lưu: VT."
    marked = replace(document, legal_bases=("Căn cứ A;", "Căn cứ B."))
    assert legal_basis_lines(marked) == ("Căn cứ A;", "Căn cứ B.")


def test_the_plan_ends_with_one_closing_mark(document: PlanDocument) -> None:
    blocks = body_blocks(document)
    assert blocks[-1].text.endswith("thoát nghèo bền vững./.")
    assert sum("./." in block.text for block in blocks) == 1


def test_a_plan_ending_with_a_bare_heading_is_refused(document: PlanDocument) -> None:
    bare = replace(document, sections=(*document.sections, Section(1, "V", "Báo cáo")))
    with pytest.raises(ValueError, match="mục cuối cùng"):
        body_blocks(bare)


def blocks_of(document: PlanDocument, *sections: Section) -> list[tuple[str, str, str]]:
    closing = Section(1, "X", "Cuối", (Paragraph("text", "Hết."),))
    blocks = body_blocks(replace(document, sections=(*sections, closing)))
    return [(block.style, block.lead, block.text) for block in blocks[:-2]]


def test_headings_by_level(document: PlanDocument) -> None:
    assert blocks_of(
        document,
        Section(1, "II", "Mục tiêu"),
        Section(2, "1", "Mục tiêu chung"),
        Section(3, "2.1", "Hạ tầng"),
        Section(3, "a", "Nước sinh hoạt"),
    ) == [
        ("part", "", "II. MỤC TIÊU"),
        ("heading", "", "1. Mục tiêu chung"),
        ("subheading", "", "2.1. Hạ tầng"),
        ("item", "", "a) Nước sinh hoạt"),
    ]


def test_a_section_without_title_opens_with_its_number(document: PlanDocument) -> None:
    section = Section(2, "1", "", (Paragraph("text", "Rà soát."), Paragraph("dash", "Thêm.")))
    assert blocks_of(document, section) == [
        ("body", "", "1. Rà soát."),
        ("body", "", "- Thêm."),
    ]


def test_a_title_may_run_into_its_paragraph(document: PlanDocument) -> None:
    section = Section(2, "3", "Trạm Y tế", (Paragraph("text", "Chủ trì."),), run_in=True)
    assert blocks_of(document, section) == [("body", "3. Trạm Y tế: ", "Chủ trì.")]


def test_letters_follow_the_vietnamese_alphabet(document: PlanDocument) -> None:
    items = tuple(Paragraph("letter", "mục") for _ in range(7))
    section = Section(2, "1", "Danh mục", items)
    marks = [text.split()[0] for _, _, text in blocks_of(document, section)[1:]]
    assert marks == ["a)", "b)", "c)", "d)", "đ)", "e)", "g)"]


def test_control_signs_become_spaces_and_letters_compose() -> None:
    assert printable("Quỹ\x07Vì\x0c") == "Quỹ Vì "
    assert printable("nghe\u0300o") == "nghèo"


def test_a_block_is_plain_data() -> None:
    assert Block("body", "", "Hết./.").text == "Hết./."
