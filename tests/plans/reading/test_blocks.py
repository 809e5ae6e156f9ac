"""A plan's text cut into blocks: head, bases, headings, recipients, and what hangs together."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chungtay.plans.reading.blocks import Block, split
from tests.plans.reading.seeds import NAMES, seed, wrapped

WORD = re.compile(r"\w+")


def kinds(blocks: tuple[Block, ...], kind: str) -> list[Block]:
    return [block for block in blocks if block.kind == kind]


def outline(blocks: tuple[Block, ...]) -> list[tuple[int, str, tuple[str, ...]]]:
    return [(block.level, block.label, block.section) for block in kinds(blocks, "heading")]


@pytest.mark.parametrize(
    ("name", "bases", "headings", "recipients", "signature"),
    [
        ("quang_trung", 1, 18, 6, ["CHỦ TỊCH", "Lê Quang Hòa"]),
        ("tu_mo_rong", 8, 23, 7, ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Đinh Văn Lực"]),
        ("tan_khai", 1, 23, 6, ["CHỦ TỊCH"]),
        ("lao_cai", 1, 18, 6, ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Phạm Văn Bách"]),
        ("long_khanh", 2, 32, 8, ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Huỳnh Quốc Thịnh"]),
    ],
)
def test_the_parts_of_each_plan(
    name: str, bases: int, headings: int, recipients: int, signature: list[str]
) -> None:
    blocks = split(seed(name))
    assert len(kinds(blocks, "basis")) == bases
    assert len(kinds(blocks, "heading")) == headings
    assert len(kinds(blocks, "recipients")) == recipients + 1  # with the line "Nơi nhận:"
    assert [block.text for block in kinds(blocks, "signature")] == signature
    assert [block.number for block in blocks] == list(range(1, len(blocks) + 1))


def test_a_sentence_broken_by_a_page_is_one_block() -> None:
    said = {block.text for block in split(seed("tu_mo_rong"))}
    assert (
        "Triển khai thực hiện theo Luật Đầu tư công, Luật xây dựng và các văn bản "
        "có liên quan khác." in said
    )
    assert any("tổng hợp, phân tích, đánh giá thông tin, đề xuất" in text for text in said)


def test_a_heading_that_runs_on_is_parted_from_its_text() -> None:
    blocks = split(seed("tan_khai"))
    at = next(block.number for block in blocks if block.label == "7")
    heading, text = blocks[at - 1], blocks[at]
    assert heading.text.endswith("văn hóa - Thông tin, Đài Truyền thanh thị trấn:")
    assert text.text.startswith("Thực hiện các nội dung giảm nghèo về thông tin")
    assert (heading.section, text.section) == (("IV",), ("IV", "7"))


def test_levels_follow_the_labels_and_not_the_marks() -> None:
    found = [one for one in outline(split(seed("quang_trung"))) if one[2][:1] == ("III",)]
    assert found[2:5] == [(2, "3", ("III",)), (3, "3.1", ("III", "3")), (3, "3.2", ("III", "3"))]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("width", [60, 75])
def test_a_narrow_page_changes_nothing(name: str, width: int) -> None:
    plain, narrow = split(seed(name)), split(wrapped(seed(name), width))
    assert [(one.kind, one.label, one.text) for one in narrow] == [
        (one.kind, one.label, one.text) for one in plain
    ]


@pytest.mark.parametrize("name", NAMES)
def test_marks_of_markdown_change_nothing(name: str) -> None:
    bare = re.sub(r"^#+ +|\*", "", seed(name), flags=re.MULTILINE)
    assert [(one.kind, one.label, one.text) for one in split(bare)] == [
        (one.kind, one.label, one.text) for one in split(seed(name))
    ]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.sampled_from([line for name in NAMES for line in seed(name).splitlines()]),
            st.text(max_size=60),
        ),
        max_size=25,
    ).map("\n".join)
)
def test_no_word_is_lost_from_any_text(text: str) -> None:
    blocks = split(text)
    kept = " ".join(f"{block.label} {block.text}" for block in blocks)
    # A word that a page broke at a hyphen is put together again.
    assert sorted(words(text)) == sorted(words(kept))


def words(text: str) -> str:
    return "".join(WORD.findall(unicodedata.normalize("NFC", text))).replace("_", "")
