"""An officer opens the half-year tables, sees that they tie, and takes them along as Excel."""

import re

import pytest
from playwright.sync_api import Page, expect

from chungtay.files.opening import open_sheets
from tests.journeys.test_law import WIDTHS, fits_and_is_accessible
from tests.journeys.test_main_job import OFFICER, VILLAGE_HEAD, room

pytestmark = pytest.mark.browser

POOR = "#poor_movement"


def total_of(page: Page, section: str) -> list[int]:
    cells = page.locator(f"{section} tfoot td").all_inner_texts()
    return [int(re.sub(r"\D", "", cell.splitlines()[-1])) for cell in cells]


@pytest.mark.parametrize("width", WIDTHS)
def test_the_half_year_ties_and_leaves_as_excel(visit, width, tmp_path):
    page = visit(OFFICER, width=width)
    room(page, "Báo cáo")
    fits_and_is_accessible(page)
    page.get_by_role("link", name="Sáu tháng đầu năm").click()
    expect(page.get_by_text("từ 01/01/2023 đến 30/06/2023")).to_be_visible()
    fits_and_is_accessible(page)
    opening, *between, closing = total_of(page, POOR)
    assert opening - sum(between[:3]) + sum(between[3:]) == closing
    assert opening == 21
    with page.expect_download() as coming:
        page.locator(POOR).get_by_role("button", name="Tải Excel").click()
    coming.value.save_as(tmp_path / "bieu.xlsx")
    (sheet,) = open_sheets(tmp_path / "bieu.xlsx").sheets
    assert [cell.value for cell in sheet.rows[-1].cells][1:] == [opening, *between, closing]


def test_a_closing_leads_to_the_households_counted(visit):
    page = visit(OFFICER)
    room(page, "Báo cáo")
    closing = total_of(page, POOR)[-1]
    page.locator(f"{POOR} tfoot a").click()
    expect(page.get_by_text(f"{closing}/{closing} hộ")).to_be_visible()


def test_a_village_head_has_no_such_room(visit):
    page = visit(VILLAGE_HEAD)
    rooms = page.get_by_role("navigation", name="Các phòng làm việc")
    expect(rooms.get_by_role("link", name="Báo cáo")).to_have_count(0)
