"""Year sheets and nominations in the browser: a number opened, a remark, a village commended."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

OFFICER, HEAD = "canbo.quangtrung", "truongthon1.quangtrung"
CHAIRMAN, NEIGHBOUR = "chutich.quangtrung", "canbo.phuson"


def desk(page, part: str) -> None:
    rooms = page.get_by_role("navigation", name="Các phòng làm việc")
    rooms.get_by_role("link", name="Công việc").click()
    page.get_by_role("link", name="Giám sát", exact=True).click()
    page.get_by_role("link", name=part, exact=True).click()


def accessible(page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.changes
def test_from_a_number_to_the_families_and_from_the_sheet_to_a_commendation(visit, served):
    page = visit(OFFICER)
    desk(page, "Phiếu năm")
    with page.expect_download() as loaded:
        page.get_by_role("button", name="Tải Excel").click()
    assert loaded.value.suggested_filename == "phieu-nam-2023-thon-xa-quang-trung.xlsx"
    page.get_by_role("link", name="Thôn 1", exact=True).click()
    row = page.get_by_role("row", name="Hộ thoát nghèo")
    row.get_by_role("link", name="1", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hộ thoát nghèo: 1")
    expect(page.locator("main ul.tasks li")).to_have_count(1)
    accessible(page)

    page.get_by_role("link", name="Thôn 1", exact=True).click()
    page.get_by_role("link", name="Đề nghị khen thưởng").click()
    page.get_by_label("Giấy khen").check()
    page.get_by_label("Thành tích ghi thêm").fill("Cả thôn góp 40 ngày công dựng nhà.")
    page.get_by_role("button", name="Lưu bản nháp").click()
    page.get_by_label("Nêu tên 3 hộ nghèo").uncheck()
    accessible(page)
    page.get_by_role("button", name="Lưu và trình Chủ tịch").click()
    expect(page.locator("main")).to_contain_text("Có 1 hộ thoát nghèo trên 5 hộ nghèo đầu năm.")
    expect(page.locator("main")).not_to_contain_text("Nêu tên 3 hộ nghèo")
    address = page.url

    page = visit(CHAIRMAN)
    page.goto(address)
    page.get_by_role("button", name="Không đồng ý").click()
    expect(page.get_by_role("alert")).to_contain_text("Chưa ghi lý do không đồng ý.")
    page.get_by_role("button", name="Đồng ý", exact=True).click()
    expect(page.locator("main")).to_contain_text("đã đồng ý")

    page = visit(OFFICER)
    desk(page, "Khen thưởng")
    page.get_by_role("link", name="Soạn tờ trình").click()
    page.get_by_role("button", name="Lưu bản nháp").click()
    expect(page.locator("article.paper")).to_contain_text("khen thưởng 01 tập thể")
    expect(page.locator("main")).to_contain_text("Cả thôn góp 40 ngày công dựng nhà.")

    page = visit(NEIGHBOUR)
    assert page.goto(address).status == 404


@pytest.mark.changes
def test_a_person_writes_to_her_own_sheet(visit, served):
    page = visit(HEAD)
    desk(page, "Phiếu năm")
    page.get_by_role("link", name="Cao Xuân Lưỡng").click()
    page.get_by_label("Ý kiến của tôi về phiếu này").fill("Tháng tư tôi nghỉ ốm.")
    page.get_by_role("button", name="Ghi ý kiến").click()
    expect(page.locator(".said")).to_contain_text("Tháng tư tôi nghỉ ốm.")
    address = page.url

    page = visit(CHAIRMAN)
    page.goto(address)
    expect(page.locator(".said")).to_contain_text("Tháng tư tôi nghỉ ốm.")
    expect(page.get_by_role("button", name="Ghi ý kiến")).to_have_count(0)
    accessible(page)


def test_the_desks_are_accessible_and_need_no_sideways_scrolling(visit, served):
    paths = (
        "/phieu-nam?xem=thon",
        "/phieu-nam?xem=co-quan",
        "/phieu-nam?xem=nguoi",
        "/phieu-nam/co-quan/finance_officer",
        "/khen-thuong",
        "/khen-thuong/de-nghi/ho",
    )
    for width in (1366, 390):
        page = visit(OFFICER, width=width)
        for path in paths:
            page.goto(f"{served.address}{path}")
            accessible(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
