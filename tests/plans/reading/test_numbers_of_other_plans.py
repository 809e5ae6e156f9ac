"""The numbers of whole plans of other places, invented, with last year's results in them."""

from __future__ import annotations

from pathlib import Path

from chungtay.plans.reading.numbers import Numbers
from chungtay.plans.reading.whole import read_plan
from tests.plans.reading.phrasings import target_row

FOLDER = Path(__file__).parent / "plans"
MILLION = 10**6


def read(name: str) -> Numbers:
    return read_plan((FOLDER / name).read_text("utf-8")).numbers


def test_a_commune_that_reports_on_last_year_first() -> None:
    found = read("commune_results_2025.txt")
    assert [target_row(one) for one in found.targets] == [
        "opening poor household count 142 @2024-12-31",
        "opening poor household rate 12.59 @2024-12-31",
        "opening near_poor household count 208 @2024-12-31",
        "opening near_poor household rate 18.44 @2024-12-31",
        "opening poor household rate 12.59 @2025",
        "closing poor household rate 8.5 @2025",
        "reduction poor household count 46 @2025",
        "closing near_poor household rate 15 @2025",
        "reduction poor_minority household percentage_points >= 4 @2025",
        "coverage poor+near_poor household coverage 100 @2025 if có đủ điều kiện",
        "coverage house house count 35 @2025",
        "coverage house house count 33 @2025",
        "coverage house house count 2 @2025",
        "coverage poor person coverage 100 @2025",
        "coverage worker worker count > 50 @2025",
        "coverage worker worker count 10 @2025",
        "reduction poor household count >= 2 @2025 if mỗi thôn",
    ]


def test_its_money_by_sources() -> None:
    found = read("commune_results_2025.txt")
    assert [(one.amount_vnd // MILLION, one.source) for one in found.money] == [
        (3215, None),
        (2100, None),
        (4560, None),
        (4000, "Ngân sách trung ương"),
        (400, "Ngân sách tỉnh"),
        (100, "Ngân sách huyện"),
        (60, "Nguồn huy động khác"),
    ]
    assert found.money[1].cap_per_household_vnd == 60 * MILLION
    assert [(one.code, one.severity) for one in found.findings] == [
        ("money_without_source", "warning")
    ]


def test_a_ward_and_its_quarters() -> None:
    found = read("ward_quarters_2026.txt")
    assert [target_row(one) for one in found.targets] == [
        "opening poor household count 18 @2026-01-01",
        "opening poor household rate 0.21 @2026-01-01",
        "opening near_poor household count 95 @2026-01-01",
        "opening near_poor household rate 1.1 @2026-01-01",
        "reduction poor household count 6 @2026-12-31",
        "reduction near_poor household count 15–20 @2026-12-31",
        "coverage poor child coverage 100 @2026",
        "coverage house house count 2 @2026",
        "reduction poor household count 2 @2026 in Khu phố 1",
        "reduction near_poor household count 5 @2026 in Khu phố 1",
        "reduction poor household count 1 @2026 in Khu phố 2",
        "reduction near_poor household count 4 @2026 in Khu phố 2",
        "reduction poor household count 3 @2026-12-31 in Khu phố 3",
        "reduction near_poor household count 6 @2026 in Khu phố 3",
    ]
    assert [one.head for one in found.households] == ["Nguyễn Thị Ánh Tuyết", "Trần Quang"]
    assert {one.asked_of for one in found.households} == {("Ngân hàng Chính sách xã hội",)}
    assert {one.code for one in found.findings} == {"target_without_office"}
