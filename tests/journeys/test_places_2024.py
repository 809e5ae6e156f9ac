"""The five places in 2024 and after: each officer sees where it stands, a district its sum."""

import re
from io import BytesIO

import docx
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


# Who downloads the plan of 2024, how she finds its promise on the page, what the paper says.
PAPERS = [
    ("canbo.tumorong", "hộ nghèo", ("2.913 triệu đồng", "khoảng 10,5%", "8-9%")),
    ("canbo.tankhai", "người Kinh", ("02 hộ nghèo người", "11 triệu đồng", "Khu phố 3: 01 hộ")),
    ("canbo.laocai", "hộ cận nghèo", ("02 trong 03 hộ cận nghèo", "tổ 25", "30/05/2024")),
    ("phong.longkhanh", "nghèo", ("giảm 35% hộ nghèo A", "383 triệu đồng", "PHÓ CHỦ TỊCH")),
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


@pytest.mark.changes  # a paper that leaves is a line in the journal
@pytest.mark.parametrize(("username", "promise", "says"), PAPERS)
def test_each_place_finds_its_promise_and_downloads_its_plan(visit, username, promise, says):
    page = visit(username)
    looking_at(page, 2024)
    page.get_by_role("navigation").get_by_role("link", name="Kế hoạch").click()
    expect(page.locator("main")).to_contain_text(promise)
    with page.expect_download() as download:
        page.get_by_role("button", name="Tải bản Word").click()
    text = text_of_paper(download.value.path().read_bytes())
    for words in says:
        assert words in text


def text_of_paper(content: bytes) -> str:
    """The words of a Word file, those in tables included, with ordinary spaces."""
    paper = docx.Document(BytesIO(content))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    text = "\n".join([*(paragraph.text for paragraph in paper.paragraphs), *cells])
    return text.replace("\u00a0", " ")


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
