"""Reporting in the browser: sent by the commune, returned, sent again, accepted and added up."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from docx import Document
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

COMMUNE, ABOVE, HEAD = "canbo.quangtrung", "phong.bimson", "truongthon1.quangtrung"
NEIGHBOUR = "canbo.phuson"
HALF = "Báo cáo 6 tháng đầu năm 2023"
PATHS = ("/bao-cao/lich", "/bao-cao/lich/mo", "/bao-cao/lich/dot-xuat", "/bao-cao/tong-hop")


def calendar(page: Page) -> None:
    rooms = page.get_by_role("navigation", name="Các phòng làm việc")
    rooms.get_by_role("link", name="Báo cáo").click()
    page.get_by_role("link", name="Lịch báo cáo").click()


def open_year(page: Page) -> None:
    calendar(page)
    page.get_by_role("link", name="Xem lịch thường gặp rồi mở").click()
    expect(page.locator("main")).to_contain_text("không phải quy định của pháp luật")
    page.get_by_role("button", name="Mở 14 báo cáo").click()
    expect(page.locator("main")).to_contain_text("Đã mở 14 báo cáo.")
    expect(page.locator("main")).to_contain_text("14 báo cáo quá hạn chưa gửi")


def fits_and_is_accessible(page: Page, width: int) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.changes
def test_a_six_month_report_goes_up_comes_back_and_is_added_up(visit, served, tmp_path: Path):
    commune = visit(COMMUNE)
    open_year(commune)
    commune.get_by_role("link", name="Nơi này phải gửi").click()
    commune.get_by_role("link", name=HALF).click()
    commune.get_by_label("Kết quả, nhận xét").fill("Đã rà soát toàn xã.")
    commune.get_by_label("Khó khăn, đề xuất").fill("Thiếu vốn vay.")
    commune.get_by_role("button", name="Gửi báo cáo").click()
    expect(commune.locator("main")).to_contain_text("Số liệu được giữ nguyên như lúc gửi.")
    address = commune.url

    above = visit(ABOVE)
    above.goto(f"{served.address}/noi-va-nam?year=2023")
    above.goto(f"{served.address}/")
    above.get_by_role("link", name="1 báo cáo gửi đến đang chờ xét").click()
    above.get_by_role("link", name=HALF).click()
    above.get_by_role("button", name="Trả lại", exact=True).click()
    expect(above.get_by_role("alert")).to_contain_text("Chưa ghi ý kiến trả lại.")
    above.get_by_label("Ý kiến trả lại").fill("Ghi rõ số vốn còn thiếu.")
    above.get_by_role("button", name="Trả lại", exact=True).click()
    expect(above.locator("main")).to_contain_text("Đã trả lại báo cáo cùng ý kiến.")

    commune.goto(address)
    expect(commune.locator(".note-needs").first).to_contain_text("Ghi rõ số vốn còn thiếu.")
    box = commune.get_by_label("Khó khăn, đề xuất")
    expect(box).to_have_value("Thiếu vốn vay.")
    box.fill("Thiếu vốn vay cho 3 hộ.")
    commune.get_by_role("button", name="Gửi báo cáo").click()
    with commune.expect_download() as coming:
        commune.get_by_role("button", name="Tải Word").click()
    coming.value.save_as(tmp_path / "bao-cao.docx")
    said = "\n".join(one.text for one in Document(str(tmp_path / "bao-cao.docx")).paragraphs)
    assert "Đầu kỳ có 21 hộ nghèo." in said
    assert "Thiếu vốn vay cho 3 hộ." in said

    above.goto(address)
    above.get_by_role("button", name="Chấp nhận").click()
    expect(above.locator("main")).to_contain_text("Đã chấp nhận báo cáo.")
    above.goto(f"{served.address}/bao-cao/tong-hop")
    expect(above.locator("main")).to_contain_text("1 nơi đã gửi, trong đó 0 báo cáo chờ xét")
    total = above.locator("#poor_movement tfoot tr").first
    expect(total).to_contain_text("Cộng các báo cáo")
    expect(total.locator("td").first).to_contain_text("21")
    expect(above.locator("main")).to_contain_text("Thiếu vốn vay cho 3 hộ.")
    with above.expect_download() as coming:
        above.get_by_role("button", name="Tải Word").click()
    assert coming.value.suggested_filename.endswith("thi-xa-bim-son.docx")

    assert visit(NEIGHBOUR).goto(address).status == 404


@pytest.mark.changes
def test_a_village_finds_what_it_owes_on_the_first_page(visit, served):
    open_year(visit(COMMUNE))
    head = visit(HEAD, width=390)
    head.get_by_role("link", name=f"Mở {HALF}").click()
    fits_and_is_accessible(head, 390)
    head.get_by_label("Kết quả, nhận xét").fill("Đã họp thôn.")
    head.get_by_role("button", name="Gửi báo cáo").click()
    expect(head.locator("main")).to_contain_text("gửi trễ hạn")
    fits_and_is_accessible(head, 390)
    for width in (1366, 390):
        officer = visit(COMMUNE, width=width)
        for path in PATHS:
            officer.goto(f"{served.address}{path}")
            fits_and_is_accessible(officer, width)
