"""People and roles in the browser: a post changes hands, and its new holder begins to work."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

CHAIRMAN, OFFICER = "chutich.quangtrung", "canbo.quangtrung"


def room(page, name: str) -> None:
    page.get_by_role("navigation", name="Các phòng làm việc").get_by_role("link", name=name).click()


@pytest.mark.changes
def test_a_post_is_handed_over_and_its_new_holder_begins(visit, served):
    page = visit(CHAIRMAN)
    room(page, "Cán bộ")
    page.get_by_role("link", name="Công chức Văn hóa – Xã hội").click()
    page.get_by_role("link", name="Bàn giao").click()
    page.get_by_label("Họ và tên").fill("Lò Thị Mới")
    page.get_by_label("Tên đăng nhập").fill("lo.moi")
    page.get_by_role("button", name="Kiểm tra rồi giao").click()
    expect(page.locator("main")).to_contain_text("đến hết ngày 30/12/2023")
    page.get_by_role("button", name="Giao chức danh").click()
    password = page.locator("dd.big").inner_text()
    page.locator("summary[aria-label^='Tài khoản']").click()
    page.get_by_role("button", name="Đăng xuất").click()
    page.get_by_label("Tên đăng nhập").fill("lo.moi")
    page.get_by_label("Mật khẩu").fill(password)
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tài khoản")
    page.get_by_label("Mật khẩu đang dùng").fill(password)
    page.get_by_label("Mật khẩu mới", exact=True).fill("nuoc-song-ma-xanh")
    page.get_by_label("Gõ lại mật khẩu mới").fill("nuoc-song-ma-xanh")
    page.get_by_role("button", name="Đổi mật khẩu").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hôm nay")
    room(page, "Hộ dân")
    expect(page.get_by_role("link", name="Thêm một hộ")).to_be_visible()


def test_the_desk_is_accessible_and_needs_no_sideways_scrolling(visit, served):
    for width in (1366, 390):
        page = visit(CHAIRMAN, width=width)
        for path in ("/can-bo", "/can-bo/mo", "/tai-khoan"):
            page.goto(f"{served.address}{path}")
            found = Axe().run(page)
            assert found.violations_count == 0, found.generate_report()
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.goto(f"{served.address}/can-bo")
        page.locator("td.row-name a").first.click()
        assert Axe().run(page).violations_count == 0
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.changes
def test_the_switch_speaks_english_from_the_login_on(visit, served):
    page = visit(OFFICER)
    page.locator("summary[aria-label^='Tài khoản']").click()
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Today")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert Axe().run(page).violations_count == 0
    page.locator("summary[aria-label^='Account']").click()
    page.get_by_role("button", name="Tiếng Việt").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hôm nay")
