"""The four plans of 2024 against their seeds: every number, every section, every office."""

from __future__ import annotations

import re
from collections import Counter
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.text.paragraph import Paragraph

from chungtay.commands import plan_write
from chungtay.plans.models import Plan
from chungtay.plans.tokens import TOKEN
from chungtay.plans.values import values_of
from chungtay.reports.plan_annexes import annexes_of
from chungtay.reports.plan_content import build_document, read_content
from chungtay.reports.plan_document import PlanDocument
from chungtay.reports.plan_paper import printed_part
from chungtay.reports.plan_word import write_plan
from tests.plans.small_registers import PLACES

pytestmark = pytest.mark.django_db

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
# A document number (84/KH-UBND), a date (24/6/2024), a range (8-9), a count, per cent, money.
FIGURE = re.compile(r"\d+(?:[.,/-]\d+)*(?:[-/ ]{1,3}[A-ZĐ][A-ZĐa-z&]*(?:[-/][A-ZĐ][A-Za-zĐ]*)*)?")
NUMBERED = re.compile(r"^(?:#+ )?\**((?:I{1,3}|IV|V)\.|\d+\.(?:\d+\.)?|[a-zđ][.)]) ")
OFFICES = {"001": 7, "002": 11, "003": 5, "004": 13}
RECIPIENTS = {"001": 7, "002": 6, "003": 6, "004": 8}
BASES = {"001": 8, "002": 1, "003": 2, "004": 2}


@pytest.fixture(params=list(PLACES))
def place(request) -> str:
    return request.param


@pytest.fixture
def plan(place, system) -> Plan:
    return PLACES[place](system)


@pytest.fixture
def document(plan) -> PlanDocument:
    values = values_of(plan)
    content = read_content(printed_part(plan.content))
    return build_document(content, values, annexes_of(plan, values))


@pytest.fixture
def paper_text(document) -> str:
    return text_of(write_plan(document, properties={}))


def text_of(word: bytes) -> str:
    """Every paragraph in reading order, tables included."""
    found = []
    for block in Document(BytesIO(word)).iter_inner_content():
        if isinstance(block, Paragraph):
            found.append(block.text)
        else:
            found += [cell.text for row in block.rows for cell in row.cells]
    return "\n".join(found).replace("\u00a0", " ")


def figures(text: str) -> Counter[str]:
    """How often each figure stands in a text; spaces and dashes inside one are tidied."""
    joined = re.sub(r"[ \t]*[–-][ \t]*", "-", text.replace("*", ""))
    return Counter(re.sub(r"\s+", " ", found) for found in FIGURE.findall(joined))


def seed_text(place: str) -> str:
    return (SEEDS / f"{place}.txt").read_text("utf-8")


def test_every_figure_of_the_seed_stands_in_the_paper_as_often(place, paper_text):
    """Counts, per cent, money, dates and document numbers, each at least as often."""
    wanted, there = figures(seed_text(place)), figures(paper_text)
    assert sum(wanted.values()) > 20
    assert wanted - there == Counter()


def test_the_sections_are_numbered_as_in_the_seed(place, paper_text):
    def numbers(text):
        # The annexes number their rows in cells of their own, without words behind.
        found = (NUMBERED.match(line.strip()) for line in text.splitlines())
        return [match[1].rstrip(".)") for match in found if match]

    assert numbers(paper_text) == numbers(seed_text(place))


def test_offices_recipients_and_bases_are_as_many_as_in_the_seed(place, plan, document):
    seed = place[:3]
    assert len(plan.content["assignments"]) == OFFICES[seed]
    assert len(document.recipients) == RECIPIENTS[seed]
    assert len(document.legal_bases) == BASES[seed]


def test_no_figure_of_a_target_or_of_money_is_typed_into_a_sentence(plan):
    """Whatever stands before %, hộ, triệu or nhu cầu in a sentence is a live value."""
    typed = re.compile(r"\d[\d.,]*\s*(?:%|triệu|hộ\b|nhu cầu)")
    for section in plan.content["sections"]:
        for paragraph in section.get("paragraphs", []):
            assert not typed.search(TOKEN.sub("", paragraph["text"])), paragraph["text"]


def test_what_is_made_up_is_marked_in_data_and_on_the_paper(place, plan, paper_text):
    assert plan.made_up
    notes = [annex["made_up_reason"] for annex in plan.content.get("annexes", [])]
    assert len(notes) == (0 if place.startswith("003") else 1)
    for note in notes:
        assert note in plan.made_up
        assert f"Ghi chú: số liệu minh họa. {note}" in paper_text


HEADS = {
    "001": ("UBND HUYỆN TU MƠ RÔNG", "XÃ TU MƠ RÔNG", "Số: /KH-UBND", "ngày tháng năm 2024"),
    "002": ("UBND HUYỆN HỚN QUẢN", "THỊ TRẤN TÂN KHAI", "Số: /KH-UBND", "ngày tháng 6 năm 2024"),
    "003": ("UBND THÀNH PHỐ LÀO CAI", "PHƯỜNG LÀO CAI", "Số: /KH-UBND",
            "P. Lào Cai, ngày 20 tháng 3 năm 2024"),
    "004": ("UBND TỈNH ĐỒNG NAI", "THÀNH PHỐ LONG KHÁNH", "Số: 498/KH-UBND",
            "Long Khánh, ngày 01 tháng 4 năm 2024"),
}  # fmt: skip
SIGNATURES = {
    "001": "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nĐinh Văn Lực",
    "002": "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n",
    "003": "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nPhạm Văn Bách",
    "004": "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nHuỳnh Quốc Thịnh",
}


def test_head_and_signature_are_those_of_the_place(place, paper_text):
    tidied = re.sub(r" +", " ", paper_text)
    for line in HEADS[place[:3]]:
        assert line in tidied
    assert SIGNATURES[place[:3]] in paper_text
    assert paper_text.count("./.") == 1


def test_words_in_italics_are_runs_not_stars(place, document):
    word = Document(BytesIO(write_plan(document, properties={})))
    italics = [run.text for one in word.paragraphs for run in one.runs if run.font.italic]
    assert not any("*" in one.text for one in word.paragraphs)
    assert ("qua đ/c Lâm - Công chức VHXH" in italics) is place.startswith("003")
    assert ("giảm hộ nghèo từ 8-9%, giảm hộ cận nghèo trên 1%" in italics) is place.startswith(
        "001"
    )


def test_the_command_writes_the_paper_of_every_place(place, plan, tmp_path, capsys):
    out = tmp_path / "ke-hoach.docx"
    words = ["--place", plan.unit.code, "--year", "2024", "--level", plan.unit.level]
    assert plan_write.run(plan_write.parser("t").parse_args([*words, "--out", str(out)])) == 0
    assert "{{" not in text_of(out.read_bytes())
    assert "Đã viết" in capsys.readouterr().out
