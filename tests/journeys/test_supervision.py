"""Supervision in the browser: a finding mended and closed, a difficulty passed up and answered."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

OFFICER, HEAD = "canbo.quangtrung", "truongthon1.quangtrung"
CHAIRMAN, NEIGHBOUR = "chutich.quangtrung", "canbo.phuson"


def desk(page, part: str = "") -> None:
    rooms = page.get_by_role("navigation", name="Các phòng làm việc")
    rooms.get_by_role("link", name="Công việc").click()
    page.get_by_role("link", name="Giám sát", exact=True).click()
    if part:
        page.get_by_role("link", name=part, exact=True).click()


def fill_day(page, name: str, day: str, month: str, year: str) -> None:
    boxes = page.get_by_role("group", name=name, exact=True)
    for label, value in (("Ngày", day), ("Tháng", month), ("Năm", year)):
        boxes.get_by_label(label).fill(value)


def accessible(page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.changes
def test_a_finding_becomes_a_task_and_is_closed(visit, served):
    page = visit(OFFICER)
    desk(page)
    page.get_by_role("link", name="Ghi một cuộc").first.click()
    page.get_by_label("Nơi được kiểm tra, giám sát").select_option(label="Thôn 1")
    fill_day(page, "Ngày kiểm tra", "10", "5", "2023")
    page.get_by_label("Hoặc đoàn, ban đã làm").fill("Đoàn kiểm tra của xã")
    page.get_by_label("Nội dung kiểm tra, giám sát").fill("Việc niêm yết danh sách")
    page.get_by_role("button", name="Ghi", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Kiểm tra tại Thôn 1, ngày 10/05/2023"
    )
    page.get_by_label("Điều đã kết luận").fill("Danh sách chưa niêm yết ở nhà văn hóa")
    page.get_by_label("thiếu sót").check()
    head = page.get_by_label("Chức danh phải khắc phục").locator("option", has_text="Trưởng thôn")
    page.get_by_label("Chức danh phải khắc phục").select_option(head.first.get_attribute("value"))
    fill_day(page, "Hạn khắc phục", "20", "6", "2023")
    page.get_by_role("button", name="Ghi và giao việc khắc phục").click()
    expect(page.locator("main")).to_contain_text("Quá hạn, chưa khép lại.")
    address = page.url

    page = visit(HEAD)
    page.goto(f"{served.address}/viec")
    page.get_by_role("link", name="Khắc phục sau kiểm tra").click()
    page.get_by_role("button", name="Ghi: xong").click()
    page.get_by_role("link", name="Mở nội dung liên quan").click()
    expect(page.locator("main")).to_contain_text("Danh sách chưa niêm yết")
    expect(page.get_by_text("Khép lại", exact=True)).to_have_count(0)

    page = visit(OFFICER)
    page.goto(address)
    expect(page.locator("main")).to_contain_text("Nơi nhận báo đã xong.")
    page.get_by_text("Khép lại", exact=True).click()
    page.get_by_label("Đã khắc phục như thế nào").fill("Đã niêm yết, có ảnh")
    page.get_by_role("button", name="Khép lại điều này").click()
    expect(page.locator("main")).to_contain_text("Đã niêm yết, có ảnh")
    accessible(page)

    page = visit(NEIGHBOUR)
    assert page.goto(address).status == 404


@pytest.mark.changes
def test_a_difficulty_is_passed_up_and_answered(visit, served):
    page = visit(HEAD)
    desk(page, "Khó khăn, kiến nghị")
    page.get_by_role("link", name="Ghi khó khăn, kiến nghị").first.click()
    page.get_by_label("Việc gì").fill("Đường vào thôn bị sạt")
    page.get_by_label("Nội dung").fill("Mùa mưa xe không vào được.")
    page.get_by_role("button", name="Ghi và gửi đi").click()
    expect(page.locator("main")).to_contain_text("chờ trả lời")
    address = page.url

    page = visit(CHAIRMAN)
    page.goto(address)
    page.get_by_label("Lời trả lời").fill("Xã sửa trong tháng 8.")
    page.get_by_role("button", name="Trả lời", exact=True).click()
    expect(page.locator("main")).to_contain_text("đã trả lời")
    accessible(page)

    page = visit(HEAD)
    page.goto(address)
    expect(page.locator("main")).to_contain_text("Xã sửa trong tháng 8.")

    page = visit(NEIGHBOUR)
    assert page.goto(address).status == 404


@pytest.mark.changes
def test_who_came_to_a_training_is_counted(visit, served):
    page = visit(OFFICER)
    desk(page, "Tuyên truyền, tập huấn")
    page.get_by_role("link", name="Ghi hoạt động").first.click()
    page.get_by_label("tập huấn", exact=True).check()
    fill_day(page, "Ngày", "12", "4", "2023")
    page.get_by_label("Chủ đề").fill("Rà soát hộ nghèo")
    page.get_by_role("button", name="Ghi", exact=True).click()
    page.get_by_label("Đã dự: Cao Xuân Lưỡng").check()
    page.get_by_role("button", name="Ghi danh sách").click()
    accessible(page)
    page.get_by_role("link", name="Tuyên truyền, tập huấn").click()
    expect(page.locator("main")).to_contain_text("1 trên 2 người")


def test_the_desk_is_accessible_and_needs_no_sideways_scrolling(visit, served):
    parts = ("", "/ghi", "/kien-nghi", "/kien-nghi/ghi", "/hoat-dong", "/hoat-dong/ghi", "/gop-y")
    for width in (1366, 390):
        page = visit(OFFICER, width=width)
        for part in parts:
            page.goto(f"{served.address}/giam-sat{part}")
            accessible(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
