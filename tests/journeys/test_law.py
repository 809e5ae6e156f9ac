"""An officer who doubts a number follows it to the law, and sees what was never compared."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.journeys.test_main_job import OFFICER

pytestmark = pytest.mark.browser

WIDTHS = [pytest.param(1366, id="wide"), pytest.param(390, id="phone")]


def open_law(page: Page) -> None:
    page.locator(".chrome-person summary").click()
    page.get_by_role("link", name="Luật đang dùng").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Luật đang dùng")


def fits_and_is_accessible(page: Page) -> None:
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0, page.url
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], page.url


@pytest.mark.parametrize("width", WIDTHS)
def test_from_the_menu_to_a_line_and_its_article(visit, width):
    page = visit(OFFICER, width=width)
    open_law(page)
    fits_and_is_accessible(page)
    main = page.locator("main")
    expect(main).to_contain_text("Tại Xã Quang Trung")
    expect(main).to_contain_text("Bảng điểm B1 để thử cách tính")
    main.get_by_role("link", name="Chuẩn của tỉnh Đồng Nai").click()
    expect(main).to_contain_text("Không áp dụng tại Xã Quang Trung")
    expect(main).to_contain_text("2.500.000 đồng/người/tháng")
    expect(main.get_by_text("chưa đối chiếu văn bản").first).to_be_visible()
    fits_and_is_accessible(page)
    page.get_by_label("Đường dẫn").get_by_role("link", name="Luật đang dùng").click()
    expect(page).to_have_url(re.compile("/luat$"))
