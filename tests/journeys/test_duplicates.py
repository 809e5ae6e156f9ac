"""A family that was written twice, as the officer of Quang Trung finds and mends it."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.changes]

OFFICER, OUTSIDER = "canbo.quangtrung", "canbo.phuson"
HEAD, ADDRESS = "Phùng Thị Lựu", "Nhà cuối ngõ"


def write_again(page: Page, address: str) -> None:
    """The same family once more, by hand, the warning waved away."""
    page.goto(f"{address}/ho/them")
    page.locator("#p0_full_name").fill("Phùng Thị Lưu")
    page.locator("#p0_birth_year").fill("1963")
    page.get_by_label("Thôn, tổ dân phố").select_option(label="Thôn 4")
    page.get_by_label("Địa chỉ").fill(ADDRESS)
    page.get_by_role("button", name="Thêm hộ vào sổ").click()
    page.get_by_label("Đây là hộ khác, vẫn thêm").check()
    page.get_by_role("button", name="Thêm hộ vào sổ").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Phùng Thị Lưu")


def fits_and_is_accessible(page: Page) -> None:
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0, f"{page.url} is {wide} pixels too wide"
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa"]})
    assert found.violations_count == 0, found.generate_report()


def test_a_family_written_twice_is_found_merged_and_put_back(visit, served):
    page = visit(OFFICER)
    write_again(page, served.address)
    again = page.url
    page.goto(f"{served.address}/ho")
    expect(page.get_by_text("40/40 hộ")).to_be_visible()
    page.get_by_role("link", name="Tìm trùng").click()
    fits_and_is_accessible(page)
    pair = page.get_by_role("row").filter(has_text="Phùng Thị Lưu")
    expect(pair).to_contain_text("chủ hộ giống nhau")
    pair.get_by_role("link", name="So sánh").click()
    fits_and_is_accessible(page)
    side_by_side = page.url
    expect(page.locator("main")).to_contain_text("15/11/2022 (công chức ghi)")
    page.get_by_role("row", name="Địa chỉ").get_by_label(ADDRESS).check()
    keep_the_older(page)
    page.get_by_role("button", name="Gộp thành một hộ").click()

    expect(page.get_by_text(f"Đã gộp hai bản ghi của hộ {HEAD}")).to_be_visible()
    page.goto(again)
    assert page.url != again
    expect(page.get_by_role("heading", level=1)).to_contain_text(HEAD)
    expect(page.locator("main")).to_contain_text(ADDRESS)
    expect(page.locator("main")).to_contain_text("Gộp với bản ghi khác của hộ")

    other = visit(OUTSIDER)
    for address in (again, side_by_side):
        assert other.goto(address).status == 404

    page.goto(f"{served.address}/trung")
    page.get_by_role("button", name=re.compile("Hoàn tác")).click()
    expect(page.get_by_text("hai bản ghi trở lại như trước")).to_be_visible()
    page.goto(again)
    assert page.url == again


def keep_the_older(page: Page) -> None:
    """Keep the record that has answers: the one whose first member list is longer."""
    first = page.locator("section.section").filter(has_text="Bản ghi 1").first
    which = "Bản ghi 1" if "công chức ghi" in first.inner_text() else "Bản ghi 2"
    page.get_by_label(which, exact=True).check()


@pytest.mark.parametrize("width", [1366, 390])
def test_two_families_of_one_name_are_kept_apart_and_looked_at_again(visit, served, width):
    page = visit(OFFICER, width=width)
    write_again(page, served.address)
    page.goto(f"{served.address}/trung")
    pair = page.get_by_role("row").filter(has_text="Phùng Thị Lưu")
    pair.get_by_role("link", name="So sánh").click()
    fits_and_is_accessible(page)
    page.get_by_role("button", name="Không phải một").click()
    expect(page.get_by_text("đây là hai hộ khác nhau")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="Phùng Thị Lưu")).to_have_count(0)
    fits_and_is_accessible(page)
    page.get_by_role("button", name=re.compile("Xem lại")).click()
    expect(page.get_by_role("row").filter(has_text="Phùng Thị Lưu")).to_have_count(1)
