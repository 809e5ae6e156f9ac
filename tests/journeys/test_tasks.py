"""A task in the browser: opened for an office, done there, and handed on with the post."""

from datetime import date
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

CHAIRMAN, OFFICER, ACCOUNTANT = "chutich.quangtrung", "canbo.quangtrung", "ketoan.quangtrung"
NEIGHBOUR = "canbo.phuson"


def room(page, name: str) -> None:
    page.get_by_role("navigation", name="Các phòng làm việc").get_by_role("link", name=name).click()


@pytest.mark.changes
def test_a_task_is_opened_worked_on_and_handed_over(visit, served, tmp_path: Path):
    page = visit(OFFICER)
    room(page, "Công việc")
    page.get_by_role("link", name="Giao việc").click()
    page.get_by_label("Việc phải làm").fill("Đối chiếu số dư cuối quý")
    page.get_by_label("Chủ trì").select_option(
        label="Công chức Tài chính – Kế toán, Xã Quang Trung (giao)"
    )
    due = page.get_by_role("group", name="Hạn", exact=True)
    for label, value in (("Ngày", "1"), ("Tháng", "10"), ("Năm", "2023")):
        due.get_by_label(label).fill(value)
    page.get_by_role("button", name="Giao việc").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đối chiếu số dư cuối quý")
    expect(page.locator("main")).to_contain_text("Ngày 01/10/2023 là ngày nghỉ (Chủ nhật)")

    picture = tmp_path / "bien-ban.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + b"0" * 40)
    page = visit(ACCOUNTANT)
    expect(page.locator("main")).to_contain_text("Việc hôm nay")
    room(page, "Công việc")
    expect(page.locator("table")).to_contain_text("quá hạn 91 ngày")
    page.get_by_role("link", name="Đối chiếu số dư cuối quý").click()
    page.get_by_label("Lời trao đổi").fill("Đã có sao kê của Kho bạc.")
    page.get_by_role("button", name="Gửi", exact=True).click()
    page.locator("#file").set_input_files(picture)
    page.get_by_role("button", name="Giữ tệp").click()
    expect(page.get_by_role("link", name="bien-ban.png")).to_be_visible()
    page.get_by_role("button", name="Ghi: đang làm").click()
    expect(page.locator("main")).to_contain_text("Đã ghi tiến độ: đang làm.")
    address = page.url

    page = visit(CHAIRMAN)
    room(page, "Cán bộ")
    page.get_by_role("link", name="Công chức Tài chính – Kế toán").click()
    page.get_by_role("link", name="Bàn giao").click()
    page.get_by_label("Họ và tên").fill("Lò Thị Mới")
    page.get_by_label("Tên đăng nhập").fill("lo.moi")
    page.get_by_role("button", name="Kiểm tra rồi giao").click()
    page.get_by_role("button", name="Giao chức danh").click()
    page.goto(address)
    expect(page.locator("main")).to_contain_text("Lò Thị Mới")
    expect(page.locator("main")).to_contain_text("Đã có sao kê của Kho bạc.")
    page.get_by_role("button", name="Ghi: xong").click()
    expect(page.locator("main")).to_contain_text("xong ngày")

    page = visit(NEIGHBOUR)
    assert page.goto(address).status == 404


def test_the_desk_is_accessible_and_needs_no_sideways_scrolling(visit, served):
    month = f"{date(2023, 12, 1):%Y-%m}"
    for width in (1366, 390):
        page = visit(OFFICER, width=width)
        for path in ("/viec", f"/viec/lich?thang={month}", "/viec/mo", "/viec/phieu"):
            page.goto(f"{served.address}{path}")
            found = Axe().run(page)
            assert found.violations_count == 0, found.generate_report()
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.goto(f"{served.address}/viec")
        page.locator("td.row-name a").first.click()
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_phone_shows_the_month_as_an_agenda(visit, served):
    page = visit(OFFICER, width=390)
    page.goto(f"{served.address}/viec/lich?thang=2023-12")
    expect(page.locator(".calendar")).to_be_hidden()
    expect(page.locator(".agenda")).to_contain_text("Chủ nhật, 31/12/2023")
