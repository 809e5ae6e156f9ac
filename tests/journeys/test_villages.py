"""An officer merges two villages of Quang Trung and finds last year's figures still there."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.journeys.test_main_job import OFFICER, OUTSIDER, room, without_token

pytestmark = pytest.mark.browser

PAPER = "Nghị quyết số 12/NQ-HĐND ngày 15/5/2024"


def open_places(page: Page) -> None:
    page.locator("header details.menu summary").first.click()
    page.get_by_role("link", name="Địa bàn: thôn, tổ, số hộ").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Xã Quang Trung")


def choose_year(page: Page, year: int) -> None:
    page.locator("header details.menu summary").first.click()
    page.get_by_role("link", name=f"Năm {year}").click()


def village_rows(page: Page) -> dict[str, str]:
    """The last number of each row of the table of villages: households in the register."""
    table = page.locator("table", has_text="Thôn, tổ dân phố").first
    rows = table.locator("tbody tr")
    return {
        row.locator("td").first.inner_text().strip(): row.locator("td").last.inner_text().strip()
        for row in (rows.nth(number) for number in range(rows.count()))
    }


def fill_merger(page: Page) -> None:
    page.get_by_role("link", name="Sáp nhập thôn, tổ").click()
    page.get_by_label("Thôn 1", exact=True).check()
    page.get_by_label("Thôn 2", exact=True).check()
    page.get_by_label("Tên thôn, tổ mới").fill("Thôn Đoàn Kết")
    for part, value in (("day", "1"), ("month", "6"), ("year", "2024")):
        page.locator(f"#on_{part}").fill(value)
    page.get_by_label("Theo văn bản").fill(PAPER)
    page.get_by_role("button", name="Xem lại").click()


@pytest.mark.changes
def test_two_villages_are_merged_and_last_years_figures_are_still_there(visit):
    page = visit(OFFICER)
    open_places(page)
    before = village_rows(page)
    assert (before["Thôn 1"], before["Thôn 2"]) == ("9", "6")

    fill_merger(page)
    main = page.locator("main")
    expect(main).to_contain_text("Thôn 1 (9 hộ), Thôn 2 (6 hộ)")
    expect(main).to_contain_text("15 hộ chuyển sang Thôn Đoàn Kết từ ngày 01/06/2024.")
    page.get_by_role("button", name="Sửa lại").click()
    expect(page.get_by_label("Tên thôn, tổ mới")).to_have_value("Thôn Đoàn Kết")
    expect(page.get_by_label("Thôn 2", exact=True)).to_be_checked()
    page.get_by_role("button", name="Xem lại").click()
    page.get_by_role("button", name="Sáp nhập", exact=True).click()
    expect(page.locator("#notices")).to_contain_text("Đã sáp nhập 2 thôn, tổ; 15 hộ đi theo.")
    assert village_rows(page) == before

    choose_year(page, 2024)
    open_places(page)
    after = village_rows(page)
    assert after["Thôn Đoàn Kết"] == "15"
    assert not {"Thôn 1", "Thôn 2"} & set(after)
    room(page, "Hộ dân")
    expect(page.locator("tbody")).to_contain_text("Thôn Đoàn Kết")

    choose_year(page, 2023)
    room(page, "Hộ dân")
    expect(page.locator("tbody")).not_to_contain_text("Thôn Đoàn Kết")
    expect(page.get_by_text("39/39 hộ")).to_be_visible()
    open_places(page)
    page.get_by_role("listitem").filter(has_text="Sáp nhập thôn, tổ").get_by_role(
        "button", name="Hoàn tác"
    ).click()
    expect(page.locator("#notices")).to_contain_text("Đã hoàn tác")
    assert village_rows(page) == before


def test_the_pages_of_places_are_accessible_and_need_no_sideways_scrolling(visit, served):
    for width in (1366, 390):
        page = visit(OFFICER, width=width)
        page.goto(f"{served.address}/dia-ban")
        village = page.get_by_role("link", name="Thôn 1", exact=True).get_attribute("href")
        commune = page.get_by_role("link", name="Sáp nhập thôn, tổ").get_attribute("href")
        assert village
        assert commune
        number, home = village.rpartition("/")[2], commune.rpartition("/")[0]
        acts = [f"{home}/{act}" for act in ("sap-nhap", "so-ho", "them-thon")]
        forms = ("doi-ten", "dinh-chinh", "chia", "thoi-dung")
        acts += [f"/dia-ban/thon/{number}/{act}" for act in forms]
        for path in ["/dia-ban", village, *acts]:
            page.goto(served.address + path)
            wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            assert wide <= 0, f"{path} is {wide} pixels too wide"
            found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa"]})
            assert found.violations_count == 0, f"{path}: {found.generate_report()}"


def test_the_officer_of_the_next_commune_cannot_open_or_merge_them(visit, served):
    page = visit(OFFICER)
    open_places(page)
    merge = page.get_by_role("link", name="Sáp nhập thôn, tổ").get_attribute("href")
    village = page.get_by_role("link", name="Thôn 1", exact=True).get_attribute("href")
    other = visit(OUTSIDER)
    missing = without_token(other.goto(f"{served.address}/dia-ban/987654").text())
    for path in (merge, village):
        answer = other.goto(f"{served.address}{path}")
        assert answer.status == 404
        assert without_token(answer.text()) == missing
    expect(other.get_by_role("heading", level=1)).not_to_contain_text(re.compile("Thôn"))
