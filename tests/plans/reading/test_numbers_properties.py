"""A plan typed, wrapped or scanned another way reads the same; nothing is invented; no crash."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chungtay.plans.reading.numbers.plain import clean, flatten
from chungtay.plans.reading.numbers.quantities import decimal_of
from chungtay.plans.reading.numbers.rows import Target
from chungtay.plans.reading.whole import as_object, read_plan
from tests.plans.reading.phrasings import money_row, numbers_of, target_row
from tests.plans.reading.seeds import NAMES, seed, wrapped

WORDS = {1: "một", 2: "hai", 3: "ba", 4: "bốn", 5: "năm", 8: "tám", 12: "mười hai"}
DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
SCALES = (1, 10**3, 10**6, 10**9)
PIECES = st.sampled_from(
    [
        *(
            "giảm ",
            "còn ",
            "từ ",
            "xuống ",
            "đến ",
            "hộ ",
            "nghèo ",
            "cận nghèo ",
            "chiếm ",
            "tỷ lệ ",
        ),
        *(
            "khoảng ",
            "trên ",
            "ít nhất ",
            "trở lên ",
            "%",
            " điểm phần trăm",
            "năm ",
            "đầu năm ",
            ",",
        ),
        *(
            "cuối năm 2024 ",
            "trong đó ",
            "thôn 1 ",
            "tổ ",
            "triệu đồng ",
            "tỷ ",
            "tổng ",
            "vốn đầu tư ",
        ),
        *(
            "hai ",
            "mười ",
            "05 ",
            "1.977 ",
            "1,49 ",
            "8-9",
            "3/5 ",
            "100",
            "/hộ ",
            ". ",
            "; ",
            ": ",
            "\n",
        ),
        *(
            "- ",
            "hộ bà Lê Thị Tư ",
            "hỗ trợ ",
            "và ",
            "của ",
            "(",
            ")",
            "so với ",
            "giai đoạn 2022-2025 ",
        ),
        *(
            "\n1. ",
            "\nII. MỤC TIÊU\n",
            "không còn hộ nghèo ",
            "ngày 31/12/2024 ",
            "Căn cứ ",
            "## ",
            "**",
        ),
    ]
)
TEXTS = st.one_of(st.lists(PIECES, max_size=40).map("".join), st.text(max_size=200))


def stated(text: str) -> set[Decimal]:
    """Every number of a text, in each of the ways its digits or words may be read."""
    found: set[Decimal] = set()
    for said in DIGITS.findall(text):
        for part in (said, *re.split(r"[.,]", said)):
            found |= {decimal_of(part, grouped=True), decimal_of(part, grouped=False)}
    low = text.lower()
    for word in re.findall(r"\w+", low):
        found |= {Decimal(value) for value, name in WORDS.items() if name == word}
    tens = ("mười", "mươi")
    if any(one in low for one in tens):
        found |= {Decimal(value) for value in range(10, 100)}
    if "không còn" in low or "khong con" in flatten(text):
        found.add(Decimal(0))
    return found | {Decimal(9), Decimal(6), Decimal(7)} if re.search("chín|sáu|bảy", low) else found


def values(one: Target) -> list[Decimal]:
    base = one.baseline.count if one.baseline else None
    return [
        one.value,
        *([] if one.value_to is None else [one.value_to]),
        *([] if base is None else [Decimal(base)]),
    ]


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_no_text_makes_it_fail_and_no_number_is_invented(text: str) -> None:
    found = numbers_of(text)
    said = stated(unicodedata.normalize("NFKC", text))
    for one in found.targets:
        assert set(values(one)) <= said
    for row in found.money:
        sums = {value * scale for value in said for scale in SCALES}
        pairs = {one + other for one in sums for other in sums} if "tỷ" in text.lower() else set()
        assert Decimal(row.amount_vnd) in sums | pairs
    for household in found.households:
        assert household.head in clean(text)


@pytest.mark.parametrize("name", NAMES)
def test_what_was_read_stands_in_the_text(name: str) -> None:
    plain = " ".join(re.sub(r"[*#]", "", seed(name)).split())
    found = read_plan(seed(name)).numbers
    for one in (*found.targets, *found.money, *found.households):
        for part in re.split(r"(?<=:)\s|^\W+", one.text):
            assert part in plain or part in plain.replace("- ", "")
    said = stated(plain)
    for target in found.targets:
        assert set(values(target)) <= said


def same(text: str, other: str) -> None:
    """The same targets, sums and names, wherever the lines end."""
    one, two = read_plan(text).numbers, read_plan(other).numbers
    assert [target_row(row) for row in one.targets] == [target_row(row) for row in two.targets]
    assert [money_row(row) for row in one.money] == [money_row(row) for row in two.money]
    assert [row.head for row in one.households] == [row.head for row in two.households]
    assert [row.code for row in one.findings] == [row.code for row in two.findings]


@pytest.mark.parametrize("name", NAMES)
def test_wrapped_lines_read_the_same(name: str) -> None:
    same(seed(name), wrapped(seed(name), 90))


@pytest.mark.parametrize("name", NAMES)
def test_decomposed_letters_and_windows_lines_read_the_same(name: str) -> None:
    same(seed(name), unicodedata.normalize("NFD", seed(name)).replace("\n", "\r\n"))


@pytest.mark.parametrize("name", ["quang_trung", "long_khanh", "tan_khai"])
def test_slips_of_scanning_read_the_same(name: str) -> None:
    slips = {"Phấn đấu": "Phân đâu", "phấn đấu": "phán đấu", "tỷ lệ": "tỉ lệ", "giảm ": "giám "}
    text = other = seed(name)
    for right, wrong in slips.items():
        other = other.replace(right, wrong)
    assert [target_row(row) for row in read_plan(text).numbers.targets] == [
        target_row(row) for row in read_plan(other).numbers.targets
    ]


@pytest.mark.parametrize("name", ["tu_mo_rong", "lao_cai", "tan_khai"])
def test_marks_of_markdown_read_the_same(name: str) -> None:
    bold = re.sub(r"(\d+(?:[.,]\d+)? (?:hộ|triệu đồng))", r"**\1**", seed(name))
    same(seed(name), bold)


def test_the_same_text_gives_the_same_object() -> None:
    assert as_object(read_plan(seed("long_khanh"))) == as_object(read_plan(seed("long_khanh")))
