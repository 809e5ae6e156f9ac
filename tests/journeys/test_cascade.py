"""Long Khánh's target handed down to fifteen units, answered from one of them, the board ties."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.changes]

PAPER_DAYS = {"on": (2, 4, 2024), "answer_by": (20, 4, 2024), "plan_by": (30, 4, 2024)}


def to_the_year(page: Page) -> None:
    page.goto(page.url.rstrip("/") + "/noi-va-nam?year=2024")


def open_board(page: Page) -> None:
    page.get_by_role("navigation").get_by_role("link", name="Kế hoạch").click()
    page.get_by_text("Việc khác").click()
    page.get_by_role("link", name="Bảng giao chỉ tiêu").click()


def hand_down(page: Page) -> None:
    """One number too many is said at once; divided by the base again it fits."""
    page.get_by_role("link", name="Giao xuống Hộ nghèo A").click()
    first = page.get_by_label("Phường Bảo Vinh, giao")
    first.fill("9")
    expect(page.locator("#difference")).to_contain_text("thừa 4 hộ")
    page.get_by_role("button", name="Chia theo số gốc").click()
    expect(page.locator("#difference")).to_contain_text("Khớp với chỉ tiêu")
    page.get_by_label("Số, ký hiệu văn bản giao").fill("120/QĐ-UBND")
    for name, days in PAPER_DAYS.items():
        for part, number in zip(("day", "month", "year"), days, strict=True):
            page.locator(f"#{name}_{part}").fill(str(number))
    page.get_by_role("button", name="Giao xuống").last.click()
    expect(page.locator("#notices")).to_contain_text("Đã giao chỉ tiêu cho 15 nơi")


def answer(page: Page) -> None:
    """Five with a reason and their names, where seven were asked."""
    expect(page.locator("main")).to_contain_text("1 chỉ tiêu được giao đang chờ trả lời")
    page.get_by_role("link", name="Trả lời").click()
    page.get_by_role("link", name="Trả lời Hộ nghèo A").click()
    page.get_by_label("Nhận giảm bao nhiêu hộ?").fill("5")
    boxes = page.locator("input[name=household]")
    for at in range(5):
        boxes.nth(at).check()
    page.get_by_role("button", name="Gửi câu trả lời").click()
    expect(page.locator(".error-summary")).to_contain_text("hãy ghi lý do")
    page.get_by_label("Lý do, nếu khác số được giao").fill("Hai hộ không còn lao động")
    page.get_by_role("button", name="Gửi câu trả lời").click()
    expect(page.locator("#notices")).to_contain_text("Đã gửi câu trả lời")


def column(page: Page, at: int) -> list[int]:
    cells = page.locator(f".board tbody tr td:nth-of-type({at})").all_inner_texts()
    return [int(text) if re.fullmatch(r"\d+", text.strip()) else 0 for text in cells]


def test_a_target_goes_down_to_15_units_and_one_of_them_answers(visit):
    city = visit("phong.longkhanh")
    to_the_year(city)
    open_board(city)
    hand_down(city)
    ward = visit("canbo.baoquang")
    to_the_year(ward)
    answer(ward)
    city.reload()
    foot = city.locator(".board tfoot tr").last.locator("td")
    for at, whole in ((1, 56), (2, 5), (3, 5), (4, 51)):
        assert len(column(city, at)) == 15
        assert sum(column(city, at)) == whole == int(foot.nth(at - 1).inner_text())
    city.get_by_role("link", name="Xem Xã Bảo Quang").click()
    expect(city.locator("main")).to_contain_text("Hai hộ không còn lao động")
    city.get_by_role("button", name="Chấp nhận").click()
    expect(city.locator(".board")).to_contain_text("đã chấp nhận")
    where = city.url

    narrow = visit("phong.longkhanh", width=390)
    narrow.goto(where)
    assert narrow.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0

    stranger = visit("phong.honquan")
    assert stranger.goto(where).status == 404
