"""A decision in the browser: begun from the plan, issued under its number, kept with its scan."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

OFFICER, NEIGHBOUR = "canbo.quangtrung", "canbo.phuson"


def room(page, name: str) -> None:
    page.get_by_role("navigation", name="Các phòng làm việc").get_by_role("link", name=name).click()


def begin(page, kind: str) -> None:
    page.get_by_label("Loại văn bản").select_option(label=kind)
    page.get_by_role("button", name="Soạn văn bản").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(kind)


@pytest.mark.changes
def test_a_decision_is_written_issued_and_kept_with_its_scan(visit, served, tmp_path: Path):
    page = visit(OFFICER)
    room(page, "Kế hoạch")
    page.get_by_text("Việc khác").click()
    page.get_by_role("link", name="Văn bản", exact=True).click()
    begin(page, "Quyết định giao chỉ tiêu")
    page.get_by_label("Điều 2").fill("Các thôn báo cáo kết quả trước ngày 10/12/2023.")
    page.get_by_role("button", name="Lưu bản nháp").click()
    expect(page.locator("article.paper")).to_contain_text("từ 21 hộ đầu năm còn 16 hộ cuối năm")
    with page.expect_download() as loaded:
        page.get_by_role("button", name="Tải bản Word").click()
    assert loaded.value.suggested_filename.startswith("quyet-dinh-giao-chi-tieu")
    assert Path(loaded.value.path()).read_bytes().startswith(b"PK")

    page.get_by_role("link", name="Ghi số, ngày ban hành").click()
    page.get_by_label("Số", exact=True).fill("15")
    day = page.get_by_role("group", name="Ngày ban hành")
    for label, value in (("Ngày", "10"), ("Tháng", "3"), ("Năm", "2023")):
        day.get_by_label(label).fill(value)
    page.get_by_role("button", name="Ghi và khóa văn bản").click()
    expect(page.locator("main")).to_contain_text("đánh dấu ô xác nhận")
    page.get_by_label("Tôi đã đối chiếu").check()
    page.get_by_role("button", name="Ghi và khóa văn bản").click()
    expect(page.locator("article.paper")).to_contain_text("Số: 15/QĐ-UBND")
    expect(page.get_by_role("link", name="Sửa", exact=True)).to_have_count(0)

    scan = tmp_path / "ban-ky.pdf"
    scan.write_bytes(b"%PDF-1.7\n" + b"0" * 40)
    page.locator("#file").set_input_files(scan)
    page.get_by_role("button", name="Giữ bản quét").click()
    expect(page.get_by_role("link", name="ban-ky.pdf")).to_be_visible()
    address = page.url

    page = visit(NEIGHBOUR)
    assert page.goto(address).status == 404


@pytest.mark.changes
def test_the_desk_is_accessible_and_needs_no_sideways_scrolling(visit, served):
    page = visit(OFFICER)
    page.goto(f"{served.address}/van-ban")
    begin(page, "Quyết định phân công giúp đỡ hộ")
    page.get_by_role("button", name="Lưu bản nháp").click()
    one = page.url
    for width in (1366, 390):
        page = visit(OFFICER, width=width)
        for path in ("/van-ban", "/van-ban/moi?loai=reminder"):
            looked_at(page, f"{served.address}{path}", width)
        for path in (one, f"{one}/sua", f"{one}/ban-hanh"):
            looked_at(page, path, width)


def looked_at(page, address: str, width: int) -> None:
    page.goto(address)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
