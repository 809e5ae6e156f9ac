"""The Word file opened again: layout of NĐ 30/2020, numbers bound to the data, properties."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph as WordParagraph

from chungtay.reports.plan_content import build_document, read_content
from chungtay.reports.plan_document import PlanDocument
from chungtay.reports.plan_word import write_plan
from chungtay.reports.rendering import RenderingError, render_in_child

HALF_A_MILLIMETRE = Mm(0.5)
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def paragraphs(word: WordDocument) -> Iterator[WordParagraph]:
    """Every paragraph of the body in reading order, those of the two tables included."""
    for block in word.iter_inner_content():
        if isinstance(block, WordParagraph):
            yield block
        else:
            for row in block.rows:
                for cell in row.cells:
                    yield from cell.paragraphs


def text_of(word: WordDocument) -> str:
    return "\n".join(each.text for each in paragraphs(word)).replace("\u00a0", " ")


def numbers(text: str) -> set[str]:
    """Numbers as written, without leading zeros and with one kind of decimal mark."""
    return {found.replace(",", ".").lstrip("0") or "0" for found in NUMBER.findall(text)}


def near(length: int | None, wanted: int) -> bool:
    return length is not None and abs(length - wanted) < HALF_A_MILLIMETRE


def test_all_numbers_of_the_seed_are_in_the_document(opened: WordDocument, seed_text: str) -> None:
    assert numbers(seed_text) - numbers(text_of(opened)) == set()


def test_the_named_households_and_no_tag_are_in_it(
    opened: WordDocument, values: dict[str, str]
) -> None:
    text = text_of(opened)
    for name in ("household_1", "household_2", "household_3", "household_4"):
        assert values[name] in text
    assert "{{" not in text
    assert "{%" not in text


def test_the_promise_in_full(opened: WordDocument) -> None:
    assert (
        "Đầu năm 2023, xã có 21 hộ nghèo chiếm tỷ lệ 1,49 %, 14 hộ cận nghèo chiếm tỷ lệ 0,99 %; "
        "cuối năm 2023 phấn đấu toàn xã giảm 05 hộ nghèo, còn 16 hộ chiếm tỷ lệ 1,13 %; "
        "giảm 02 hộ cận nghèo, còn 12 hộ chiếm tỷ lệ 0,85 %."
    ) in text_of(opened)


def test_a_changed_promise_changes_the_paper(
    raw_content: dict[str, Any], values: dict[str, str]
) -> None:
    changed = values | {
        "poor_reduction": "06",
        "poor_closing": "15",
        "poor_closing_rate": "1,06\u00a0%",
    }
    document = build_document(read_content(raw_content), changed)
    text = text_of(Document(BytesIO(write_plan(document, properties={}))))
    assert "giảm 06 hộ nghèo, còn 15 hộ chiếm tỷ lệ 1,06 %" in text
    assert "còn 16 hộ" not in text
    assert "1,13 %" not in text


def test_the_sheet_is_a4_with_official_margins(opened: WordDocument) -> None:
    (section,) = opened.sections
    assert near(section.page_width, Mm(210))
    assert near(section.page_height, Mm(297))
    assert near(section.top_margin, Mm(20))
    assert near(section.bottom_margin, Mm(20))
    assert near(section.left_margin, Mm(30))
    assert near(section.right_margin, Mm(15))


def test_the_page_number_is_in_the_top_margin_from_page_two(opened: WordDocument) -> None:
    (section,) = opened.sections
    assert section.different_first_page_header_footer
    assert "PAGE" not in section.first_page_header._element.xml
    assert " PAGE " in section.header._element.xml
    (number,) = section.header.paragraphs
    assert number.style is not None
    assert number.style.paragraph_format.alignment == WD_ALIGN_PARAGRAPH.CENTER
    assert number.style.font.size == Pt(14)


@pytest.mark.parametrize(
    ("beginning", "size", "bold", "italic"),
    [
        ("UBND THỊ XÃ BỈM SƠN", 13, None, None),
        ("ỦY BAN NHÂN DÂN\nXÃ QUANG TRUNG", 13, True, None),
        ("Số:", 13, None, None),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, True, None),
        ("Độc lập - Tự do - Hạnh phúc", 14, True, None),
        ("Quang Trung, ngày 06 tháng 3 năm 2023", 14, None, True),
        ("KẾ HOẠCH", 14, True, None),
        ("Thực hiện công tác giảm nghèo", 14, True, None),
        ("Thực hiện Kế hoạch số 428/KH-UBND", 14, None, True),
        ("UBND xã ban hành", 14, None, None),
        ("I. MỤC ĐÍCH, YÊU CẦU", 14, True, None),
        ("1. Mục đích", 14, True, None),
        ("3.5. Đề nghị UBMTTQ xã", 14, True, None),
        ("- UBMTTQ xã đấu mối", 14, None, None),
        ("Nơi nhận:", 12, True, True),
        ("- Lưu: VT.", 11, None, None),
        ("TM. ỦY BAN NHÂN DÂN", 14, True, None),
        ("CHỦ TỊCH", 14, True, None),
        ("Lê Quang Hòa", 14, True, None),
    ],
)
def test_size_and_weight(
    opened: WordDocument, beginning: str, size: int, bold: bool | None, italic: bool | None
) -> None:
    found = next(each for each in paragraphs(opened) if each.text.startswith(beginning))
    assert found.style is not None
    font = found.style.font
    assert (font.size, font.bold, font.italic) == (Pt(size), bold, italic)


def test_the_body_is_justified_indented_and_spaced(opened: WordDocument) -> None:
    body = [each for each in paragraphs(opened) if each.style and "Nội dung" in each.style.name]
    assert len(body) > 20
    for each in body:
        assert each.style is not None
        layout = each.style.paragraph_format
        assert layout.alignment == WD_ALIGN_PARAGRAPH.JUSTIFY
        assert near(layout.first_line_indent, Mm(12.7))
        assert layout.space_after is not None
        assert layout.space_after >= Pt(6)


def test_headings_and_signature_do_not_stand_alone(opened: WordDocument) -> None:
    kept = {
        "Đề mục I",
        "Đề mục 1",
        "Đề mục 1.1",
        "Đề mục a",
        "Nội dung cuối",
        "Nơi nhận",
        "Nơi nhận dòng",
    }
    for name in kept | {"Quyền hạn chức vụ"}:
        assert opened.styles[name].paragraph_format.keep_with_next, name
    last = [each for each in opened.paragraphs if each.text][-1]
    assert last.text.endswith("./.")
    assert last.style is not None
    assert last.style.name == "Nội dung cuối"


def test_everything_is_times_new_roman_in_vietnamese(word_file: bytes) -> None:
    with zipfile.ZipFile(BytesIO(word_file)) as package:
        styles = package.read("word/styles.xml").decode()
        body = package.read("word/document.xml").decode()
    assert set(re.findall(r'w:ascii="([^"]+)"', styles + body)) == {"Times New Roman"}
    assert "Theme=" not in body
    assert 'w:val="vi-VN"' in styles


def test_the_journal_head_is_in_the_properties_and_not_on_the_paper(
    word_file: bytes, opened: WordDocument
) -> None:
    with zipfile.ZipFile(BytesIO(word_file)) as package:
        custom = package.read("docProps/custom.xml").decode()
        paper = [name for name in package.namelist() if name.startswith("word/")]
        assert not any(b"5f2c5f2c" in package.read(name) for name in paper)
    assert 'name="journal_head"' in custom
    assert "5f2c" * 16 in custom
    core = opened.core_properties
    assert core.title.startswith("Kế hoạch Thực hiện công tác giảm nghèo bền vững năm 2023")
    assert core.author == "ỦY BAN NHÂN DÂN XÃ QUANG TRUNG"
    assert core.identifier == "quang_trung_2023"


def test_the_moment_of_writing_is_kept_in_utc(document: PlanDocument) -> None:
    written = write_plan(document, properties={"written_at": "2023-03-06T08:30:00+07:00"})
    core = Document(BytesIO(written)).core_properties
    assert core.created is not None
    assert core.created.isoformat().startswith("2023-03-06T01:30:00")


def test_signs_of_markup_and_of_templates_are_only_text(document: PlanDocument) -> None:
    strange = "Phòng LĐTB&XH <b> {{ 7 * 7 }}\x07 {% x %}"
    word = write_plan(replace(document, recipients=(strange, "Lưu: VT")), properties={})
    assert "- Phòng LĐTB&XH <b> {{ 7 * 7 }}  {% x %};" in text_of(Document(BytesIO(word)))


def test_a_commune_without_superior_line_has_none(document: PlanDocument) -> None:
    word = Document(BytesIO(write_plan(replace(document, superior_authority=()), properties={})))
    assert word.tables[0].cell(0, 0).paragraphs[0].text.startswith("ỦY BAN NHÂN DÂN")


def test_the_child_process_writes_the_same_paper(
    document: PlanDocument, opened: WordDocument
) -> None:
    word = Document(BytesIO(render_in_child(document, properties={"journal_head": "ab"})))
    assert text_of(word) == text_of(opened)


def test_a_child_that_fails_speaks_to_people_and_keeps_the_detail(
    document: PlanDocument,
) -> None:
    with pytest.raises(RenderingError, match="Chưa làm được tệp Word") as caught:
        render_in_child(replace(document, sections=()))
    assert "ValueError" in caught.value.detail
    assert "Traceback" not in str(caught.value)


def test_asking_for_a_paper_loads_no_word_library() -> None:
    code = (
        "import sys, chungtay.reports.rendering, chungtay.reports.plan_content;"
        "print([m for m in ('docx', 'docxtpl', 'lxml', 'jinja2') if m in sys.modules])"
    )
    assert _run(code) == "[]"


def _run(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    return done.stdout.strip()
