"""From a plan to tasks in the browser: its duties given out, one done, and the plan says so."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.test_law import WIDTHS, fits_and_is_accessible
from tests.journeys.test_tasks import room

pytestmark = pytest.mark.browser

OFFICER, ACCOUNTANT, OUTSIDER = "canbo.tumorong", "ketoan.tumorong", "canbo.quangtrung"


def take_duties(page) -> None:
    room(page, "Kế hoạch")
    page.get_by_role("button", name="Lấy phân công từ nội dung kế hoạch").click()
    expect(page.locator("#notices")).to_contain_text("Đã lấy 18 nhiệm vụ và 4 thời hạn")
    page.get_by_role("link", name="Giao việc theo kế hoạch").click()


@pytest.mark.changes
def test_duties_become_tasks_and_the_plan_says_how_far_they_are(visit, served):
    page = visit(OFFICER)
    take_duties(page)
    reports = page.locator("label", has_text="Báo cáo kết quả triển khai").filter(
        has_text="trước ngày 20/06/2024"
    )
    reports.get_by_role("checkbox").check()
    money = page.locator("label", has_text="Tham mưu bố trí vốn thực hiện")
    money.get_by_role("checkbox").check()
    page.get_by_role("button", name="Giao các việc đã đánh dấu").click()
    expect(page.locator("#notices")).to_contain_text("Đã mở 2 việc từ kế hoạch.")
    duties = page.locator("#phan-cong")
    expect(duties).to_contain_text("Công chức Tài chính – Kế toán, Xã Tu Mơ Rông: chưa mở")
    address = page.url.split("#")[0]

    page = visit(ACCOUNTANT)
    room(page, "Công việc")
    page.get_by_role("link", name=re.compile("^Tham mưu bố trí vốn")).click()
    page.get_by_role("link", name="Mở nội dung liên quan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kế hoạch năm 2024")
    expect(page.locator("#phan-cong")).not_to_contain_text("Giao việc theo kế hoạch")
    page.go_back()
    page.get_by_role("button", name="Ghi: xong").click()
    expect(page.locator("main")).to_contain_text("xong ngày")

    page = visit(OFFICER)
    page.goto(address)
    expect(page.locator("#phan-cong")).to_contain_text(
        re.compile("Công chức Tài chính – Kế toán, Xã Tu Mơ Rông: xong ngày")
    )
    page.get_by_role("link", name="Giao việc theo kế hoạch").click()
    expect(page.locator("main")).to_contain_text("Đã giao:")
    outsider = visit(OUTSIDER)
    assert outsider.goto(page.url).status == 404


@pytest.mark.changes
@pytest.mark.parametrize("width", WIDTHS)
def test_the_bridge_is_accessible_and_needs_no_sideways_scrolling(visit, width):
    page = visit(OFFICER, width=width)
    take_duties(page)
    page.locator("summary", has_text="Sửa trước khi giao").first.click()
    fits_and_is_accessible(page)


@pytest.mark.changes
def test_a_reason_and_a_typed_progress_are_said_on_the_plan(visit):
    page = visit("canbo.quangtrung")
    room(page, "Kế hoạch")
    expect(page.locator("#following")).to_contain_text("còn thiếu tên 1 hộ")
    page.get_by_role("link", name=re.compile("^Ghi lý do")).first.click()
    page.get_by_label("Vì sao chưa có đủ tên?").fill("Thôn 3 chưa họp bình xét")
    page.get_by_role("button", name="Ghi lý do").click()
    expect(page.locator("#following .remarks")).to_contain_text("Thôn 3 chưa họp bình xét")
    fits_and_is_accessible(page)

    page = visit("phong.longkhanh")
    room(page, "Kế hoạch")
    trained = page.locator("#tien-do tr", has_text="Cán bộ làm công tác giảm nghèo")
    expect(trained).to_contain_text("Chưa biết")
    trained.get_by_role("link").click()
    page.get_by_label("Đã đạt").fill("100")
    page.get_by_label("Nguồn số liệu").fill("Danh sách dự tập huấn")
    page.get_by_role("button", name="Ghi tiến độ").click()
    expect(page.locator("main")).to_contain_text("Đã ghi tiến độ của chỉ tiêu.")
    fits_and_is_accessible(page)
    page.get_by_role("link", name="Kế hoạch năm 2024").click()
    expect(trained).to_contain_text("Theo Danh sách dự tập huấn, tính đến 31/12/2024.")
    expect(trained).to_contain_text("Xanh")
