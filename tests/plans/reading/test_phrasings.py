"""Targets, money and names in the words of plans that no rule was written on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.plans.reading.phrasings import cases, money_row, numbers_of, target_row

TARGETS = cases("target_phrasings.txt")
MONEY = cases("money_phrasings.txt")


def test_there_are_enough_of_them() -> None:
    assert len(TARGETS) > 90
    assert len(MONEY) > 25


@pytest.mark.parametrize(("said", "rows"), TARGETS, ids=[said for said, _rows in TARGETS])
def test_a_target(said: str, rows: list[str]) -> None:
    assert [target_row(one) for one in numbers_of(said).targets] == rows


@pytest.mark.parametrize(("said", "rows"), MONEY, ids=[said for said, _rows in MONEY])
def test_money(said: str, rows: list[str]) -> None:
    assert [money_row(one) for one in numbers_of(said).money] == rows


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            (
                "II. MỤC TIÊU\nPhấn đấu giảm 05 hộ nghèo. Trong đó: 03 hộ nghèo ở thôn 2 và 02 "
                "hộ nghèo ở thôn 4."
            ),
            [("poor", None, 5), ("poor", "thôn 2", 3), ("poor", "thôn 4", 2)],
        ),
        (
            "Giảm 05 hộ nghèo, trong đó: thôn 1 (02 hộ), thôn 2 (03 hộ).",
            [("poor", None, 5), ("poor", "thôn 1", 2), ("poor", "thôn 2", 3)],
        ),
        (
            (
                "II. CHỈ TIÊU\n1. Giảm 20 hộ nghèo A, 30 hộ cận nghèo, trong đó:\n"
                "- Phường Xuân An: 05 hộ nghèo A, 10 hộ cận nghèo;\n"
                "- Xã Bảo Quang: 15 hộ nghèo A, 20 hộ cận nghèo."
            ),
            [
                ("poor_a", None, 20),
                ("near_poor", None, 30),
                ("poor_a", "Phường Xuân An", 5),
                ("near_poor", "Phường Xuân An", 10),
                ("poor_a", "Xã Bảo Quang", 15),
                ("near_poor", "Xã Bảo Quang", 20),
            ],
        ),
        (
            "a) Giảm 07 hộ nghèo:\n- Ấp Bình Minh 04 hộ;\n- Ấp Tân Lập 03 hộ.",
            [("poor", None, 7), ("poor", "Ấp Bình Minh", 4), ("poor", "Ấp Tân Lập", 3)],
        ),
        (
            "1. Chỉ tiêu giảm hộ cận nghèo\n- Phấn đấu cả năm giảm 12 hộ.\n",
            [("near_poor", None, 12)],
        ),
    ],
)
def test_a_target_parted_over_places(text: str, rows: list[tuple[str, str | None, int]]) -> None:
    found = numbers_of(text).targets
    assert {one.kind for one in found} == {"reduction"}
    assert [(one.population, one.place, one.value) for one in found] == rows


@pytest.mark.parametrize(
    ("said", "heads"),
    [
        (
            "Hỗ trợ xây nhà cho hộ bà Lò Thị Pâng (bản Nà Hỳ).",
            [("Lò Thị Pâng", "bản Nà Hỳ", ("Hỗ trợ xây nhà",), ())],
        ),
        (
            "- Giúp đỡ hộ ông Y Blim Niê, buôn Ea Mấp vay vốn.",
            [("Y Blim Niê", "buôn Ea Mấp", ("vay vốn",), ())],
        ),
        (
            "Hộ ông A Thưn, thôn Đăk Hà: hỗ trợ con giống và vay vốn; Hội Nông dân giúp đỡ.",
            [("A Thưn", "thôn Đăk Hà", ("hỗ trợ con giống", "vay vốn"), ("Hội Nông dân",))],
        ),
        (
            (
                "Các hộ nghèo đăng ký thoát nghèo: ông Nguyễn Văn An (thôn 2), bà Trần Thị Bình "
                "(thôn 3)."
            ),
            [("Nguyễn Văn An", "thôn 2", (), ()), ("Trần Thị Bình", "thôn 3", (), ())],
        ),
        (
            "Đề nghị Hội Phụ nữ xã giúp đỡ hộ bà Hồ Thị Sáu (ấp 4) sửa chữa nhà ở.",
            [("Hồ Thị Sáu", "ấp 4", ("sửa chữa nhà ở",), ("Hội Phụ nữ xã",))],
        ),
        ("Chủ hộ: Đặng Văn Minh, tổ 5.", [("Đặng Văn Minh", "tổ 5", (), ())]),
        ("Hộ ông bà nào có nhu cầu thì đăng ký với thôn.", []),
        ("Phân công ông Nguyễn Văn Hùng - Phó Chủ tịch UBND phụ trách thôn 4.", []),
        ("Các hộ nghèo tại thôn Bình Minh được hỗ trợ con giống.", []),
    ],
)
def test_named_households(
    said: str, heads: list[tuple[str, str | None, tuple[str, ...], tuple[str, ...]]]
) -> None:
    found = numbers_of(said).households
    assert [(one.head, one.place, one.requests, one.asked_of) for one in found] == heads


TABLE = """II. CHỈ TIÊU
Chỉ tiêu giảm hộ nghèo năm 2024 giao cho các thôn:

| STT | Thôn | Hộ nghèo đầu năm | Hộ nghèo giảm | Hộ cận nghèo giảm | Tỷ lệ hộ nghèo cuối năm (%) |
|---|---|---|---|---|---|
| 1 | Nà Hỳ | 12 | 03 | 01 | 4,25 |
| 2 | Pá Mỳ | 1.204 | 02 | | 12 |
| | Tổng cộng | 1.216 | 05 | 01 | 11,9 |
"""


def test_a_table_of_places() -> None:
    found = numbers_of(TABLE)
    assert [target_row(one) for one in found.targets] == [
        "opening poor household count 12 @2024-01-01 in Nà Hỳ",
        "reduction poor household count 3 @2024 in Nà Hỳ",
        "reduction near_poor household count 1 @2024 in Nà Hỳ",
        "closing poor household rate 4.25 @2024-12-31 in Nà Hỳ",
        "opening poor household count 1204 @2024-01-01 in Pá Mỳ",
        "reduction poor household count 2 @2024 in Pá Mỳ",
        "closing poor household rate 12 @2024-12-31 in Pá Mỳ",
        "opening poor household count 1216 @2024-01-01",
        "reduction poor household count 5 @2024",
        "reduction near_poor household count 1 @2024",
        "closing poor household rate 11.9 @2024-12-31",
    ]
    assert [one.code for one in found.findings] == []


def test_a_table_whose_parts_do_not_make_its_whole() -> None:
    wrong = numbers_of(TABLE.replace("| 02 |", "| 03 |"))
    assert [one.code for one in wrong.findings] == ["parts_do_not_make_whole"]


def test_places_under_the_title_of_an_annex() -> None:
    text = (Path(__file__).parent / "plans" / "province_2026.txt").read_text("utf-8")
    assert [target_row(one) for one in numbers_of(text, 2026).targets][-2:] == [
        "reduction poor household count 12 @2026 in Xã An Bình",
        "reduction poor household count 5 @2026 in Phường Đông Hải",
    ]


def test_the_year_gone_by_is_no_promise() -> None:
    text = "I. KẾT QUẢ\nNăm 2023 xã đã giảm 12 hộ nghèo, còn 48 hộ nghèo.\n"
    text += "II. MỤC TIÊU\nGiảm 10 hộ nghèo."
    assert [target_row(one) for one in numbers_of(text).targets] == [
        "opening poor household count 48 @2023",
        "reduction poor household count 10 @2024",
    ]


MONEY_TABLE = """III. KINH PHÍ
Tổng hợp nhu cầu kinh phí năm 2024
(Đơn vị tính: triệu đồng)

| STT | Nội dung | Số hộ | Tổng số | NSTW | NS tỉnh |
|---|---|---|---|---|---|
| 1 | Hỗ trợ nhà ở | 10 | 1.200,5 | 1.000 | 200,5 |
| 2 | Đa dạng hóa sinh kế | 25 | 450 | 400 | 50 |
| | Tổng cộng | | 1.650,5 | 1.400 | 250,5 |
"""


def test_a_table_of_money() -> None:
    found = numbers_of(MONEY_TABLE)
    assert [(one.purpose, one.amount_vnd, one.role, one.source) for one in found.money] == [
        ("Hỗ trợ nhà ở", 1_200_500_000, "line", None),
        ("Hỗ trợ nhà ở", 1_000_000_000, "part", "NSTW"),
        ("Hỗ trợ nhà ở", 200_500_000, "part", "NS tỉnh"),
        ("Đa dạng hóa sinh kế", 450_000_000, "line", None),
        ("Đa dạng hóa sinh kế", 400_000_000, "part", "NSTW"),
        ("Đa dạng hóa sinh kế", 50_000_000, "part", "NS tỉnh"),
        ("Tổng cộng", 1_650_500_000, "total", None),
        ("Tổng cộng", 1_400_000_000, "part", "NSTW"),
        ("Tổng cộng", 250_500_000, "part", "NS tỉnh"),
    ]
    assert [one.households for one in found.money][:4] == [10, 10, 10, 25]
    assert [one.code for one in found.findings] == []


def test_a_table_of_money_whose_lines_do_not_make_its_total() -> None:
    found = numbers_of(MONEY_TABLE.replace("| 450 |", "| 550 |"))
    assert [one.code for one in found.findings] == [
        "money_parts_do_not_add_up",
        "money_parts_do_not_add_up",
    ]


def test_a_table_of_money_with_groups_and_a_head_of_two_lines() -> None:
    text = """Biểu số 02: Phân bổ kinh phí. Đơn vị tính: nghìn đồng

| TT | Danh mục | Kinh phí | Trong đó: | |
| | | | Vốn đầu tư | Vốn sự nghiệp |
|---|---|---|---|---|
| (1) | (2) | (3) | (4) | (5) |
| I | Dự án 1 | 500.000 | 400.000 | 100.000 |
| 1 | Sửa đường thôn 2 | 400.000 | 400.000 | |
| 2 | Tập huấn | 100.000 | | 100.000 |
| II | Dự án 2 | 36.000 | | 36.000 |
"""
    found = numbers_of(text)
    assert [
        (one.purpose, one.amount_vnd, one.role, one.capital)
        for one in found.money
        if one.role != "part"
    ] == [
        ("Dự án 1", 500_000_000, "line", None),
        ("Sửa đường thôn 2", 400_000_000, "line", "investment"),
        ("Tập huấn", 100_000_000, "line", "recurrent"),
        ("Dự án 2", 36_000_000, "line", "recurrent"),
    ]
    assert {one.capital for one in found.money if one.role == "part"} == {
        "investment",
        "recurrent",
    }
    assert {one.stage for one in found.money} == {"allocated"}
    assert found.findings == ()
    wrong = numbers_of(text.replace("| 100.000 | | 100.000 |", "| 150.000 | | 150.000 |"))
    assert {one.code for one in wrong.findings} == {"money_parts_do_not_add_up"}


def test_digits_and_words_that_disagree() -> None:
    said = "Kinh phí: 120.000.000 đồng (Một trăm hai mươi triệu đồng), nguồn ngân sách xã."
    assert numbers_of(said).findings == ()
    (wrong,) = numbers_of(said.replace("hai mươi", "ba mươi")).findings
    assert (wrong.code, wrong.severity) == ("money_words_differ", "error")


def test_a_table_without_a_unit_is_no_money() -> None:
    assert numbers_of(MONEY_TABLE.replace("(Đơn vị tính: triệu đồng)", "")).money == ()
