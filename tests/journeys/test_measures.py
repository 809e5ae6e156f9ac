"""From a figure of poverty to its households, and back after an answer was changed."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.test_law import WIDTHS, fits_and_is_accessible
from tests.journeys.test_main_job import OFFICER, OUTSIDER

pytestmark = pytest.mark.browser

DISTRICT = "phong.bimson"


def looking_at(page: Page, year: int) -> None:
    page.goto(re.sub(r"(//[^/]+/).*", rf"\1noi-va-nam?year={year}", page.url))


def open_measures(page: Page) -> None:
    page.get_by_role("link", name="Đo lường nghèo đa chiều").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đo lường nghèo đa chiều")


def figure(page: Page, label: str):
    return page.get_by_role("row").filter(has_text=label).get_by_role("link").first


@pytest.mark.parametrize("width", WIDTHS)
def test_a_figure_opens_exactly_its_households(visit, width):
    page = visit(OFFICER, width=width)
    open_measures(page)
    fits_and_is_accessible(page)
    poor = figure(page, "Hộ nghèo đa chiều")
    count = int(poor.inner_text())
    poor.click()
    expect(page.locator("main tbody tr")).to_have_count(count)
    fits_and_is_accessible(page)
    page.get_by_label("Đường dẫn").get_by_role("link", name="Đo lường nghèo đa chiều").click()
    page.get_by_role("link", name="Xem qua các năm").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nghèo đa chiều qua các năm")
    fits_and_is_accessible(page)


@pytest.mark.changes
def test_a_changed_answer_changes_the_figure(visit):
    page = visit(OFFICER)
    open_measures(page)
    measures = page.url
    before = int(figure(page, "Hộ nghèo đa chiều").inner_text())
    figure(page, "Hộ nghèo đa chiều").click()
    page.locator("main tbody tr").first.get_by_role("link").click()
    page.get_by_text("Ghi thay đổi").first.click()
    page.get_by_role("link", name="Câu trả lời của hộ").click()
    page.get_by_label(re.compile("thu nhập", re.IGNORECASE)).first.fill("9.000.000")
    page.get_by_label("Vì sao thay đổi?").fill("hộ báo lại thu nhập")
    page.keyboard.press("Control+s")
    expect(page.locator("main")).to_contain_text("hộ báo lại thu nhập")
    page.goto(measures)
    assert int(figure(page, "Hộ nghèo đa chiều").inner_text()) == before - 1


def test_the_district_sees_its_units_and_their_sum(visit):
    page = visit(DISTRICT)
    looking_at(page, 2023)
    open_measures(page)
    table = page.locator("main table").last
    expect(table.get_by_role("rowheader", name="Xã Quang Trung")).to_be_visible()
    parts = [int(one.locator("td").first.inner_text()) for one in table.locator("tbody tr").all()]
    assert sum(parts) == int(table.locator("tfoot td").first.inner_text())


@pytest.mark.changes
def test_the_neighbour_sees_nothing_of_it_and_english_reads_whole(visit):
    page = visit(OUTSIDER)
    open_measures(page)
    expect(page.locator("main")).not_to_contain_text("Quang Trung")
    page.locator(".chrome-person summary").click()
    page.get_by_role("button", name="English").click()
    page.goto(re.sub(r"(//[^/]+/).*", r"\1do-luong", page.url))
    expect(page.get_by_role("heading", level=1)).to_have_text("Multidimensional poverty measured")
