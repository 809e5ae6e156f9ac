"""A year's plan written: begun from last year's, filled in, its wording and duties changed."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import docx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.changes]

OFFICER = "canbo.quangtrung"


def to_plans(page: Page, year: int = 2023) -> None:
    page.goto(f"{page.url.split('/', 3)[0]}//{page.url.split('/')[2]}/noi-va-nam?year={year}")
    page.get_by_role("navigation", name="Các phòng làm việc").get_by_role(
        "link", name="Kế hoạch"
    ).click()


def word(page: Page) -> str:
    """Everything the plan's Word file says."""
    with page.expect_download() as download:
        page.get_by_role("button", name="Tải bản Word").click()
    document = docx.Document(BytesIO(Path(download.value.path()).read_bytes()))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*cells, *(one.text for one in document.paragraphs)])


def sound(page: Page) -> None:
    assert Axe().run(page).violations_count == 0
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")


def other_acts(page: Page, name: str) -> None:
    head = page.locator(".page-head")
    head.get_by_text("Việc khác").click()
    head.get_by_role("link", name=name).click()


def edit(page: Page, section: str) -> None:
    page.locator(".sections-list").get_by_role("link", name=section).click()


def test_a_new_year_begins_from_last_years_plan(visit):
    page = visit(OFFICER)
    to_plans(page, 2024)
    page.get_by_role("link", name="Lập từ kế hoạch năm trước").click()
    sound(page)
    page.get_by_role("button", name="Lập bản nháp năm 2024").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kế hoạch năm 2024")
    expect(page.locator("#mang-sang")).to_contain_text("4 hộ có tên trong kế hoạch năm 2023")
    expect(page.locator("#kiem-tra")).to_contain_text("Chỉ tiêu “Hộ nghèo” chưa có số")
    sound(page)
    assert "giảm …… hộ nghèo" in word(page)

    page.get_by_role("link", name="Trình duyệt").click()
    expect(page.locator("main")).to_contain_text("chỗ để trống nên chưa trình duyệt được")
    expect(page.get_by_role("button", name="Trình duyệt")).to_have_count(0)
    page.get_by_role("link", name="Mở kế hoạch để ghi tiếp").click()
    page.get_by_label("Hộ nghèo, giảm trong năm").fill("3")
    page.get_by_label("Hộ cận nghèo, giảm trong năm").fill("1")
    page.get_by_role("button", name="Lưu các con số").first.click()
    expect(page.locator("#notices")).to_contain_text("Đã ghi các con số")
    expect(page.locator("#kiem-tra")).not_to_contain_text("chưa có số")
    expect(page.locator("#kiem-tra")).to_contain_text("Mục III.3.5 còn chỗ để trống")
    assert "giảm 03 hộ nghèo" in word(page)

    to_plans(page)
    expect(page.get_by_label("Hộ nghèo, giảm trong năm")).to_have_value("5")


def test_the_wording_is_changed_with_live_numbers(visit):
    page, other = visit(OFFICER), visit(OFFICER)
    to_plans(page)
    to_plans(other)
    for each in (page, other):
        other_acts(each, "Sửa lời văn")
        expect(each.locator("#so-go")).to_contain_text("khớp với dữ liệu")
    sound(page)
    edit(page, "Sửa 2. Mục tiêu cụ thể")
    edit(other, "Sửa 2. Mục tiêu cụ thể")
    box = page.get_by_label("Nội dung")
    box.fill("Cuối năm 2023 phấn đấu giảm 6 hộ nghèo, đầu năm có ")
    page.get_by_role("button", name="21 Hộ nghèo, đầu năm", exact=True).click()
    box.press("End")
    box.press_sequentially(" hộ.")
    sound(page)
    page.get_by_role("button", name="Lưu mục").click()
    expect(page.locator("#so-go")).to_contain_text(
        "số giảm hộ nghèo là 6, dữ liệu của kế hoạch là 5"
    )

    other.get_by_label("Nội dung").fill("Chữ của người đến sau.")
    other.get_by_role("button", name="Lưu mục").click()
    expect(other.locator(".error-summary")).to_contain_text("vừa được người khác sửa")
    expect(other.get_by_label("Nội dung")).to_have_value("Chữ của người đến sau.")
    expect(other.locator("main")).to_contain_text("phấn đấu giảm 6 hộ nghèo")
    other.get_by_role("link", name="Thôi").click()

    edit(page, "Sửa 2. Mục tiêu cụ thể")
    page.get_by_label("Nội dung").fill("Giảm ")
    page.get_by_role("button", name="05 Hộ nghèo, số giảm", exact=True).click()
    page.get_by_label("Nội dung").press_sequentially(" hộ nghèo bằng việc làm tại chỗ.")
    page.get_by_role("button", name="Lưu mục").click()
    expect(page.locator("#so-go")).to_contain_text("khớp với dữ liệu")
    page.get_by_role("link", name="Điều đã đổi").click()
    expect(page.get_by_role("table", name="Câu chữ, từng đoạn")).to_contain_text("việc làm tại chỗ")
    to_plans(page)
    assert "Giảm 05 hộ nghèo bằng việc làm tại chỗ." in word(page)


def test_duties_are_changed_and_printed(visit):
    page = visit(OFFICER)
    to_plans(page)
    page.get_by_role("button", name="Lấy phân công từ nội dung kế hoạch").click()
    expect(page.locator("#notices")).to_contain_text("Đã lấy")
    other_acts(page, "Sửa phân công")
    page.get_by_role("link", name="Thêm thời hạn").click()
    page.get_by_role("textbox", name="Việc", exact=True).fill("Báo cáo 6 tháng về UBND xã")
    page.get_by_label("Thời hạn", exact=True).fill("31/02/2023")
    page.get_by_label("Tính").select_option(label="trước ngày")
    page.get_by_label("Ai làm").fill("Các thôn")
    page.get_by_role("button", name="Thêm", exact=True).click()
    expect(page.locator(".error-summary")).to_contain_text("không có thật")
    expect(page.get_by_label("Ai làm")).to_have_value("Các thôn")
    page.get_by_label("Thời hạn", exact=True).fill("20/6/2023")
    page.get_by_role("button", name="Thêm", exact=True).click()
    expect(page.locator("#han")).to_contain_text("trước ngày 20/06/2023")
    sound(page)

    first = page.locator("#viec .sections-list > li").first
    first.get_by_role("link", name="Sửa").click()
    page.get_by_label("Việc được giao").fill("Chủ trì rà soát hộ nghèo cuối năm")
    page.get_by_label("Vai").select_option(label="chủ trì")
    page.get_by_role("button", name="Lưu", exact=True).click()
    second = page.locator("#viec .sections-list > li").nth(1)
    second.locator("summary").click()
    second.get_by_role("button", name="Bỏ khỏi kế hoạch").click()
    expect(page.locator("#viec")).to_contain_text("Đã bỏ: 1")
    to_plans(page)
    text = word(page)
    assert "Chủ trì rà soát hộ nghèo cuối năm" in text
    assert "trước ngày 20/06/2023" in text

    narrow = visit(OFFICER, width=390)
    narrow.goto(page.url)
    narrow.get_by_text("Việc khác").click()
    expect(narrow.get_by_role("link", name="Sửa phân công").first).to_be_in_viewport()
    narrow.get_by_role("link", name="Sửa phân công").first.click()
    sound(narrow)
