"""A plan submitted, returned, mended, approved and issued: its number stands in the Word file."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import docx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.changes]

OFFICER, CHAIRMAN = "canbo.quangtrung", "chutich.quangtrung"


def open_plan(page: Page) -> None:
    page.get_by_role("navigation", name="Các phòng làm việc").get_by_role(
        "link", name="Kế hoạch"
    ).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Kế hoạch năm 2023")


def submit(page: Page, comment: str) -> None:
    page.get_by_role("link", name="Trình duyệt").click()
    page.get_by_label("Lời trình").fill(comment)
    page.get_by_role("button", name="Trình duyệt").click()
    expect(page.locator("#notices")).to_contain_text("Đã trình duyệt kế hoạch")


def decide(page: Page, remarks: str, button: str) -> None:
    """From the first page, where what waits stands on top."""
    page.get_by_role("navigation", name="Các phòng làm việc").get_by_role(
        "link", name="Hôm nay"
    ).click()
    page.get_by_role("link", name="Xem và duyệt").click()
    assert Axe().run(page).violations_count == 0
    page.get_by_label("Ý kiến").fill(remarks)
    page.get_by_role("button", name=button, exact=True).click()


def issue(page: Page) -> None:
    """A number that cannot be is said; the last page asks once more."""
    page.get_by_role("link", name="Cấp số và ban hành").click()
    page.get_by_label("Số", exact=True).fill("không số")
    for part, value in (("day", "6"), ("month", "3"), ("year", "2023")):
        page.locator(f"#on_{part}").fill(value)
    page.get_by_role("button", name="Xem lại trước khi ban hành").click()
    expect(page.locator(".error-summary")).to_contain_text("phải là chữ số")
    page.get_by_label("Số", exact=True).fill("8")
    page.get_by_role("button", name="Xem lại trước khi ban hành").click()
    expect(page.locator("main")).to_contain_text("không hoàn tác được")
    expect(page.locator("main")).to_contain_text("08/KH-UBND")
    page.get_by_role("button", name="Ban hành", exact=True).click()
    expect(page.locator("#notices")).to_contain_text("Đã ban hành kế hoạch")


def downloaded(page: Page) -> bytes:
    with page.expect_download() as download:
        page.get_by_role("button", name="Tải bản đã ban hành").click()
    return Path(download.value.path()).read_bytes()


def test_a_plan_is_returned_mended_approved_issued_and_frozen(visit):
    officer, chairman = visit(OFFICER), visit(CHAIRMAN)
    open_plan(officer)
    submit(officer, "Kính trình Chủ tịch")
    expect(officer.get_by_role("button", name="Lưu các con số")).to_have_count(0)
    decide(chairman, "Ghi lại tổng số hộ", "Trả lại để sửa")
    expect(chairman.locator("#notices")).to_contain_text("Đã trả lại kế hoạch")

    officer.reload()
    expect(officer.locator(".plan-life")).to_contain_text("Ghi lại tổng số hộ")
    officer.get_by_label("Tổng số hộ dân cư").fill("1412")
    officer.get_by_role("button", name="Lưu các con số").first.click()
    expect(officer.locator("#notices")).to_contain_text("Đã ghi các con số")
    submit(officer, "Đã ghi lại")

    decide(chairman, "", "Duyệt")
    expect(chairman.locator("#notices")).to_contain_text("Đã duyệt kế hoạch")
    issue(chairman)
    expect(chairman.locator(".plan-life")).to_contain_text("08/KH-UBND")
    assert Axe().run(chairman).violations_count == 0

    paper = downloaded(chairman)
    document = docx.Document(BytesIO(paper))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    text = "\n".join([*cells, *(one.text for one in document.paragraphs)])
    assert "Số: 08/KH-UBND" in text
    assert "Quang Trung, ngày 06 tháng 3 năm 2023" in text
    officer.reload()
    expect(officer.get_by_role("button", name="Lưu các con số")).to_have_count(0)
    expect(officer.get_by_role("link", name="Trình duyệt")).to_have_count(0)
    assert downloaded(officer) == paper

    officer.get_by_role("button", name="Lập kế hoạch sửa đổi, bổ sung").click()
    expect(officer.get_by_role("heading", level=1)).to_contain_text("sửa đổi, bổ sung năm 2023")
    officer.get_by_label("Tổng số hộ dân cư").fill("1413")
    officer.get_by_role("button", name="Lưu các con số").first.click()
    expect(officer.locator("#notices")).to_contain_text("Đã ghi các con số")
    difference = officer.get_by_role("table", name="Chỉ tiêu và con số")
    expect(difference.get_by_role("row", name="Tổng số hộ dân cư")).to_contain_text("1.413")
    assert Axe().run(officer).violations_count == 0

    narrow = visit(OFFICER, width=390)
    narrow.goto(officer.url)
    assert not narrow.evaluate("document.documentElement.scrollWidth > innerWidth")
