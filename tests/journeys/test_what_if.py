"""From the measures to the next standard: who enters, by whom the number stands, swapped back."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.test_law import WIDTHS, fits_and_is_accessible
from tests.journeys.test_main_job import OFFICER, OUTSIDER
from tests.journeys.test_measures import open_measures

pytestmark = pytest.mark.browser

TITLE = "Hai chuẩn nghèo đặt cạnh nhau"


def open_two_standards(page: Page) -> None:
    open_measures(page)
    page.get_by_role("link", name="Đặt hai chuẩn cạnh nhau").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)


def row(page: Page, label: str):
    return page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=label)).first


@pytest.mark.parametrize("width", WIDTHS)
def test_who_enters_is_opened_and_the_standards_are_swapped(visit, width):
    page = visit(OFFICER, width=width)
    open_two_standards(page)
    fits_and_is_accessible(page)
    entering = row(page, "Vào diện nghèo, cận nghèo").get_by_role("link")
    count = int(entering.inner_text())
    entering.click()
    expect(page.locator("main tbody tr")).to_have_count(count)
    fits_and_is_accessible(page)
    page.get_by_label("Đường dẫn").get_by_role("link", name="Hai chuẩn").click()
    page.get_by_role("link", name="Đổi chỗ hai chuẩn").click()
    leaving = row(page, "Ra khỏi diện nghèo, cận nghèo").get_by_role("link")
    expect(leaving).to_have_text(str(count))


def test_two_other_standards_are_chosen_with_the_keyboard(visit):
    page = visit(OFFICER)
    open_two_standards(page)
    page.get_by_label("Chuẩn 1").select_option("qd-59-2015")
    page.get_by_label("Chuẩn 2, đặt cạnh").select_option("nd-07-2021")
    page.get_by_role("button", name="So sánh").press("Enter")
    expect(page).to_have_url(re.compile("standard=qd-59-2015&against=nd-07-2021"))
    expect(page.get_by_label("Chuẩn 1")).to_have_value("qd-59-2015")
    expect(page.locator("main")).to_contain_text("Tiếp cận các dịch vụ y tế")


def test_the_file_is_taken_and_the_neighbour_sees_its_own_alone(visit):
    page = visit(OFFICER)
    open_two_standards(page)
    with page.expect_download() as taken:
        page.get_by_role("button", name="Tải Excel").click()
    assert taken.value.suggested_filename == "hai-chuan-xa-quang-trung-2023-12-31.xlsx"
    page = visit(OUTSIDER)
    open_two_standards(page)
    expect(page.locator("main")).not_to_contain_text("Quang Trung")
