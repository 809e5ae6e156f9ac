"""What a plan's text lacks as a paper."""

from __future__ import annotations

import pytest

from chungtay.plans.models import Plan
from chungtay.plans.structure import defects_of


def sections(*numbers):
    return [{"level": level, "number": number} for level, number in numbers]


def said(**content):
    return [str(one) for one in defects_of(Plan(content=content))]


@pytest.mark.parametrize(
    "numbers",
    [
        [(1, "I"), (2, "1"), (2, "2"), (3, "2.1"), (3, "2.2"), (1, "II"), (2, "1")],
        [(1, "I"), (3, "a"), (3, "b"), (3, "c"), (3, "d"), (3, "đ"), (3, "e")],
        [(2, "1"), (3, "a"), (3, "b"), (2, "2"), (3, "a")],
        [(1, ""), (2, "1")],
        [],
    ],
)
def test_numbers_in_their_order_are_no_defect(numbers):
    assert said(sections=sections(*numbers)) == []


@pytest.mark.parametrize(
    ("numbers", "sentence"),
    [
        ([(1, "I"), (1, "II"), (1, "IV")], "Kế hoạch đánh số chưa liền nhau: sau mục II là mục IV"),
        ([(1, "II"), (2, "2")], "Kế hoạch mở đầu bằng mục II"),
        ([(1, "I"), (2, "2")], "Mục I mở đầu bằng mục 2"),
        ([(1, "I"), (2, "1"), (2, "1")], "Mục I đánh số chưa liền nhau: sau mục 1 là mục 1"),
        ([(1, "I"), (3, "a"), (3, "c")], "sau mục a là mục c"),
    ],
)
def test_a_number_skipped_or_repeated_is_said(numbers, sentence):
    assert said(sections=sections(*numbers))[0].startswith(("Kế hoạch", "Mục"))
    assert any(sentence in one for one in said(sections=sections(*numbers)))


def test_a_missing_date_signer_and_annex_are_said_and_a_missing_number_is_not():
    announced = [
        {
            "level": 1,
            "number": "I",
            "paragraphs": [{"kind": "text", "text": "(Có Phụ lục chi tiết kèm theo)"}],
        }
    ]
    found = said(issued={"year": 2024}, signature={"position": "CHỦ TỊCH"}, sections=announced)
    assert [one.split(". ")[0] for one in found] == [
        "Kế hoạch chưa ghi đủ ngày ban hành",
        "Kế hoạch chưa có tên người ký",
        "Kế hoạch nói có phụ lục kèm theo nhưng chưa có phụ lục nào",
    ]
    assert said(head={"symbol": "KH-UBND"}, sections=announced, annexes=[{"kind": "lines"}]) == []
