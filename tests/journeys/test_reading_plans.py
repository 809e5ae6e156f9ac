"""A plan that exists is read, one datum corrected, and made the plan of its commune."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.test_law import WIDTHS, fits_and_is_accessible
from tests.journeys.test_main_job import OUTSIDER

pytestmark = pytest.mark.browser

OFFICER = "canbo.tumorong"
PAPER = Path(__file__).parent.parent / "seeds" / "001_tu_mo_rong_2024.txt"


def read_paper(page: Page) -> None:
    page.get_by_role("link", name="Kế hoạch", exact=True).first.click()
    page.get_by_text("Việc khác").click()
    page.get_by_role("link", name="Đọc kế hoạch có sẵn").click()
    page.locator("input[type=file]").set_input_files(PAPER)
    page.get_by_role("button", name=re.compile("Đọc")).last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Xem bản đọc kế hoạch")


@pytest.mark.changes
@pytest.mark.parametrize("width", WIDTHS)
def test_what_was_read_stands_beside_its_sentence(visit, width):
    page = visit(OFFICER, width=width)
    read_paper(page)
    fits_and_is_accessible(page)
    expect(page.locator(".reading-paper")).to_contain_text("Căn cứ Nghị định số 07/2021/NĐ-CP")
    link = page.get_by_role("link", name="Xem câu gốc").last
    link.click()
    expect(page.locator(link.get_attribute("href") or "")).to_be_in_viewport()


@pytest.mark.changes
def test_a_corrected_datum_stands_in_the_plan_that_is_made(visit):
    page = visit(OFFICER)
    read_paper(page)
    money = page.locator("#nhom-money li").filter(has_text=re.compile(r"\b40\.000\.000 đồng"))
    money.get_by_role("link", name=re.compile("Sửa")).first.click()
    page.locator("[name*=purpose]").first.fill("Truyền thông ở tám thôn")
    page.get_by_role("button", name=re.compile("Ghi|Lưu")).last.click()
    expect(page.locator("#nhom-money")).to_contain_text("Truyền thông ở tám thôn")
    page.get_by_role("button", name=re.compile("Xác nhận tất cả còn lại")).last.click()
    page.locator("#ghi [name=edition]").fill("2")
    page.get_by_role("button", name="Ghi thành kế hoạch").click()
    expect(page.locator("#notices")).to_contain_text("Đã ghi kế hoạch từ bản đọc")
    main = page.locator("main")
    expect(main).to_contain_text("Truyền thông ở tám thôn")
    expect(main).to_contain_text("Phân công")
    fits_and_is_accessible(page)
    page.get_by_role("button", name="Hoàn tác").first.click()
    expect(page.locator("#notices")).to_contain_text("Đã hoàn tác")


@pytest.mark.changes
def test_a_plan_that_stands_already_is_not_written_twice(visit):
    page = visit(OFFICER)
    read_paper(page)
    page.get_by_role("button", name=re.compile("Xác nhận tất cả còn lại")).last.click()
    page.get_by_role("button", name="Ghi thành kế hoạch").click()
    expect(page.locator("main")).to_contain_text("đã có kế hoạch này của năm 2024")


@pytest.mark.changes
def test_another_commune_sees_nothing_of_it(visit):
    page = visit(OFFICER)
    read_paper(page)
    address = page.url
    other = visit(OUTSIDER)
    answer = other.goto(address)
    assert answer is not None
    assert answer.status == 404
    other.goto(re.sub(r"/ke-hoach/doc/.*", "/ke-hoach/doc", address))
    expect(other.locator("main")).not_to_contain_text("001_tu_mo_rong")
