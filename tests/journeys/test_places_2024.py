"""The five places in 2024 and after: each officer sees where it stands, a district its sum."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

# Who logs in, which year, and what the first page says of the place.
STANDS = [
    ("canbo.tumorong", 2024, "Xã Tu Mơ Rông năm 2024", "180", "40"),
    ("canbo.tankhai", 2024, "Thị trấn Tân Khai năm 2024", "6", "6"),
    ("canbo.laocai", 2024, "Phường Lào Cai năm 2024", "0", "2"),
    ("canbo.baoquang", 2024, "Xã Bảo Quang năm 2024", "11", "12"),
    ("canbo.tumorong26", 2026, "Xã Tu Mơ Rông năm 2026", "145", "37"),
]


def looking_at(page: Page, year: int) -> None:
    page.goto(re.sub(r"(//[^/]+/).*", rf"\1noi-va-nam?year={year}", page.url))


@pytest.mark.parametrize(("username", "year", "lead", "poor", "near_poor"), STANDS)
def test_each_officer_sees_where_the_place_stands(visit, username, year, lead, poor, near_poor):
    page = visit(username)
    looking_at(page, year)
    expect(page.locator("main")).to_contain_text(lead)
    by_village = page.locator("main table").last.locator("tfoot")
    expect(by_village).to_contain_text(re.compile(rf"Cộng\s*{poor}\s*{near_poor}"))


@pytest.mark.parametrize("width", [1366, 390])
def test_the_district_officer_sees_15_units_and_their_sum(visit, width):
    page = visit("phong.longkhanh", width=width)
    looking_at(page, 2024)
    table = page.locator("main table")
    expect(table.locator("tbody tr")).to_have_count(15)
    expect(table.locator("tfoot")).to_contain_text("Cộng 15 đơn vị")
    total = table.locator("tfoot td")
    shown = table.locator("tbody tr")
    for column in (1, 2, 3, 4):  # poor, A, B, near-poor
        cells = shown.locator(f"td:nth-of-type({column + 1})").all_inner_texts()
        assert sum(int(re.sub(r"\D", "", text)) for text in cells) == int(
            re.sub(r"\D", "", total.nth(column).inner_text())
        )
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0
    if width > 1000:
        table.get_by_role("link", name="Xã Bảo Quang").click()
        expect(page.get_by_text(re.compile(r"\d+/\d+ hộ"))).to_be_visible()
        expect(page.get_by_label("Theo chuẩn")).to_have_value("dong-nai-2022")


def test_in_2026_the_province_stands_right_above_its_communes(visit):
    page = visit("so.dongnai26")
    looking_at(page, 2026)
    table = page.locator("main table")
    expect(table.locator("tbody tr")).to_have_count(6)
    expect(table).to_contain_text("Phường Long Khánh")
    expect(table).to_contain_text("Tân Khai")
    expect(page.locator("main")).to_contain_text("89 đơn vị chưa có hộ nào trong sổ")
