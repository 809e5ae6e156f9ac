"""Every number of the five plans against an expectation written by hand, and their defects."""

from __future__ import annotations

import pytest

from chungtay.plans.reading.whole import as_object, read_plan
from tests.plans.reading.phrasings import target_row
from tests.plans.reading.seeds import NAMES, seed

TARGETS = {
    "quang_trung": [
        "opening poor household count 21 @2023-01-01",
        "opening poor household rate 1.49 @2023-01-01",
        "opening near_poor household count 14 @2023-01-01",
        "opening near_poor household rate 0.99 @2023-01-01",
        "reduction poor household count 5 @2023-12-31",
        "closing poor household count 16 @2023-12-31",
        "closing poor household rate 1.13 @2023-12-31",
        "reduction near_poor household count 2 @2023-12-31",
        "closing near_poor household count 12 @2023-12-31",
        "closing near_poor household rate 0.85 @2023-12-31",
        "coverage newly_escaped+near_poor person coverage 100 @2023",
    ],
    "tu_mo_rong": [
        "reduction poor+near_poor household percentage_points about 10.5 @2024",
        "reduction poor household percentage_points 8–9 @2024",
        "reduction near_poor household percentage_points > 1 @2024",
    ],
    "tan_khai": [
        "reduction poor_kinh household count 2 @2024",
        "reduction poor_kinh household count 1 @2024 in Khu phố 1",
        "reduction poor_kinh household count 1 @2024 in Khu phố 3",
    ],
    "lao_cai": [
        "reduction near_poor household count 2 @2024 of near_poor@None(3)",
        "coverage task task coverage 100 @2024",
    ],
    "long_khanh": [
        "reduction poor_a household share_of_baseline 35 @2024 of poor@2022/2025",
        "reduction near_poor household share_of_baseline 35 @2024 of near_poor@2023-12-31",
        "coverage poor+near_poor person count >= 1 @2024 if trong độ tuổi lao động",
        "coverage officer officer coverage 100 @2024",
        "coverage poor+near_poor+newly_escaped worker coverage 100 @2024 if có nhu cầu",
        "coverage poor+near_poor+newly_escaped person coverage 100 @2024",
        "coverage poor+near_poor child coverage > 96 @2024",
        "coverage poor+near_poor household coverage > 95 @2024",
        "coverage poor+near_poor household coverage >= 92 @2024",
        "coverage poor+near_poor household coverage 100 @2024 if có nhu cầu",
        (
            "coverage poor+near_poor+newly_escaped household coverage 100 @2024 if có nhu cầu vay "
            "vốn, có phương án sản xuất, kinh doanh"
        ),
        (
            "coverage poor person coverage 100 @2024 if trừ trẻ em dưới 6 tuổi và các đối tượng "
            "đã có BHYT bằng các nguồn khác"
        ),
        "coverage poor+near_poor child coverage 100 @2024",
    ],
}
FINDINGS = {
    "quang_trung": {
        ("rates_need_total", "info"),
        ("fewer_names_than_target", "warning"),
        ("heading_deeper_than_next", "info"),
    },
    "tu_mo_rong": {("points_need_range", "info"), ("words_of_another_level", "info")},
    "tan_khai": {("words_of_another_place", "info")},
    "lao_cai": {("exceeds_exact_target", "info")},
    "long_khanh": {("base_differs_from_basis", "warning")},
}
MILLION = 10**6
CTMTQG = "Chương trình mục tiêu quốc gia"


@pytest.mark.parametrize("name", NAMES)
def test_the_targets(name: str) -> None:
    assert [target_row(one) for one in read_plan(seed(name)).numbers.targets] == TARGETS[name]


@pytest.mark.parametrize("name", NAMES)
def test_the_defects_and_no_other(name: str) -> None:
    found = [(one.code, one.severity) for one in read_plan(seed(name)).numbers.findings]
    assert len(found) == len(set(found))
    assert set(found) == FINDINGS[name]


def test_the_sentences_of_the_defects() -> None:
    said = {
        one.code: str(one.message)
        for name in NAMES
        for one in read_plan(seed(name)).numbers.findings
    }
    assert "1.410–1.414 hộ" in said["rates_need_total"]
    assert "giảm 5 hộ" in said["fewer_names_than_target"]
    assert "4 hộ" in said["fewer_names_than_target"]
    assert "hộ cận nghèo giảm 1,5–2,5 điểm" in said["points_need_range"]
    assert "“của huyện”" in said["words_of_another_level"]
    assert "“ấp, sóc”" in said["words_of_another_place"]
    assert "hộ nghèo A" in said["base_differs_from_basis"]


def test_the_money_of_tu_mo_rong_adds_up_both_ways() -> None:
    rows = read_plan(seed("tu_mo_rong")).numbers.money
    assert [(one.amount_vnd // MILLION, one.stage, one.capital) for one in rows] == [
        *((amount, "assigned", None) for amount in (1977, 516, 300, 40, 50, 30)),
        (2913, "allocated", None),
        (1977, "allocated", "investment"),
        (936, "allocated", "recurrent"),
    ]
    assert sum(one.amount_vnd for one in rows[:6]) == rows[6].amount_vnd
    assert rows[7].amount_vnd + rows[8].amount_vnd == rows[6].amount_vnd
    assert [one.purpose for one in rows[:3]] == [
        "Công tác hỗ trợ đầu tư phát triển hạ tầng kinh tế - xã hội",
        "Công tác hỗ trợ đa dạng hóa sinh kế, phát triển mô hình giảm nghèo",
        "Công tác hỗ trợ nhà ở cho hộ nghèo, hộ cận nghèo",
    ]
    assert [one.source for one in rows[6:]] == [CTMTQG] * 3


def test_the_money_of_tan_khai() -> None:
    rows = read_plan(seed("tan_khai")).numbers.money
    assert [
        (one.amount_vnd, one.quantity, one.stage, one.cap_per_household_vnd) for one in rows
    ] == [
        (11 * MILLION, 4, "expected", None),
        (3 * MILLION, 2, "expected", None),
        (8 * MILLION, 2, "expected", 4 * MILLION),
    ]
    assert {one.source for one in rows} == {"nguồn xã hội hóa"}
    assert [one.purpose for one in rows[1:]] == ["Nhu cầu Bồn chứa nước", "Nhu cầu ti vi"]


def test_the_money_of_long_khanh() -> None:
    (row,) = read_plan(seed("long_khanh")).numbers.money
    assert (row.amount_vnd, row.stage, row.source) == (383 * MILLION, "expected", "Ngân sách tỉnh")
    assert row.purpose == "Đa dạng hóa sinh kế, phát triển mô hình giảm nghèo"
    assert read_plan(seed("quang_trung")).numbers.money == ()
    assert read_plan(seed("lao_cai")).numbers.money == ()


def test_the_households_of_quang_trung_with_five_kinds_of_help() -> None:
    rows = read_plan(seed("quang_trung")).numbers.households
    front = ("UB.MTTQ xã", "UB. MTTQ thị xã")
    assert [(one.head, one.place, one.status, one.requests, one.asked_of) for one in rows] == [
        ("Phùng Thị Lựu", "thôn 4", "poor", ("hỗ trợ xây dựng nhà ở",), front),
        ("Vũ Đình Khải", "thôn 1", "poor", ("hỗ trợ con giống (gia súc)",), front),
        (
            *("Đỗ Văn Sơn", "Thôn 1", "poor"),
            ("hỗ trợ chi phí học tập", "hỗ trợ kinh phí mua bảo hiểm y tế"),
            ("Hội liên hiệp Phụ nữ", "Hội Nông dân", "Hội Cựu chiến binh"),
        ),
        (
            *("Trịnh Thị Hạnh", "thôn 1", "poor"),
            ("hướng dẫn gia đình kê khai đề nghị hưởng trợ cấp bảo trợ xã hội hàng tháng",),
            ("UBND xã",),
        ),
    ]


def test_the_households_of_lao_cai() -> None:
    rows = read_plan(seed("lao_cai")).numbers.households
    assert [(one.head, one.place, one.status) for one in rows] == [
        ("Hoàng Thị Sen", "tổ 04", "near_poor"),
        ("Trần Thị Kim Oanh", "tổ 23", "near_poor"),
        ("Vũ Thu Nga", "tổ 25", "near_poor"),
    ]
    assert {one.requests + one.asked_of for one in rows} == {()}


@pytest.mark.parametrize("name", NAMES)
def test_the_keys_of_the_printed_object(name: str) -> None:
    said = as_object(read_plan(seed(name)))
    for one in said["targets"]:
        assert list(one) == [
            *("kind", "population", "unit", "measure", "comparator", "value", "value_to", "on"),
            *("baseline", "denominator", "condition", "place", "text"),
        ]
        assert isinstance(one["value"], int | float)
        assert one["baseline"] is None or set(one["baseline"]) == {"population", "on", "count"}
    for one in said["money"]:
        assert list(one) == [
            *("amount_vnd", "purpose", "capital", "source", "stage", "quantity", "households"),
            *("cap_per_household_vnd", "text"),
        ]
        assert isinstance(one["amount_vnd"], int)
    for one in said["households"]:
        assert list(one) == ["head", "place", "status", "requests", "asked_of", "text"]
        assert isinstance(one["requests"], list)


def test_the_base_of_a_share_is_named_as_the_plan_names_it() -> None:
    first, second = read_plan(seed("long_khanh")).numbers.targets[:2]
    assert first.denominator == "tổng số hộ nghèo giai đoạn 2022-2025"
    assert second.denominator == "hộ cận nghèo cuối năm 2023"
