"""The register's life in the browser: a birth, a split undone, a move taken in next door."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.test_main_job import OFFICER, OUTSIDER, open_household, room

pytestmark = pytest.mark.browser

HEAD, OTHER = "Lê Thị Bưởi", "Lê Văn Quyền"


def happen(page: Page, title: str, day: tuple[str, str, str]) -> None:
    """Open the form of an event from the household's page and fill in its day."""
    page.locator("summary", has_text="Ghi thay đổi").click()
    page.get_by_role("link", name=title, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    for part, value in zip(("day", "month", "year"), day, strict=True):
        page.locator(f"#on_{part}").fill(value)


@pytest.mark.changes
def test_a_birth_a_split_undone_and_a_move_taken_in_next_door(visit):
    page = visit(OFFICER)
    open_household(page, HEAD)

    happen(page, "Sinh", ("15", "6", "2023"))
    page.get_by_label("Họ và tên").fill("Lê Thị Mầm")
    page.get_by_role("button", name="Ghi vào sổ").click()
    expect(page.get_by_text("Đã ghi trẻ sinh trong hộ.")).to_be_visible()
    expect(page.locator("#thanh-vien")).to_contain_text("Lê Thị Mầm")

    happen(page, "Tách hộ", ("1", "9", "2023"))
    page.get_by_label(OTHER).first.check()
    page.get_by_label("Chủ hộ của hộ mới").select_option(label=OTHER)
    page.get_by_role("button", name="Xem lại").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Xem lại trước khi ghi")
    page.get_by_role("button", name="Ghi vào sổ").click()
    expect(page.locator("#thanh-vien tbody")).not_to_contain_text(OTHER)
    room(page, "Hộ dân")
    expect(page.get_by_role("link", name=OTHER, exact=True)).to_be_visible()

    open_household(page, HEAD)
    page.get_by_role("button", name=re.compile("Hoàn tác: Tách hộ")).click()
    expect(page.get_by_text("Đã hoàn tác “Tách hộ” của hộ.")).to_be_visible()
    expect(page.locator("#thanh-vien tbody")).to_contain_text(OTHER)

    happen(page, "Chuyển đi", ("1", "12", "2023"))
    page.get_by_label("Tìm xã, phường nơi đến").fill("phú sơn")
    page.locator("main").get_by_role("button", name="Tìm").click()
    page.get_by_label(re.compile("Phường Phú Sơn.*Bỉm Sơn")).check()
    page.get_by_role("button", name="Xem lại").click()
    page.get_by_role("button", name="Ghi vào sổ").click()
    expect(page.get_by_text("đang chờ nơi đến nhận").first).to_be_visible()

    neighbour = visit(OUTSIDER)
    neighbour.get_by_role("link", name="Mở danh sách chờ nhận").click()
    neighbour.get_by_role("link", name=HEAD, exact=True).click()
    expect(neighbour.locator("main")).to_contain_text("Hộ cận nghèo từ ngày 01/01/2023")
    neighbour.get_by_role("button", name="Nhận hộ").click()
    expect(neighbour.get_by_text("Đã nhận hộ.")).to_be_visible()
    expect(neighbour.locator("#thanh-vien tbody")).to_contain_text("Lê Thị Mầm")

    page.reload()
    expect(page.get_by_text("đã được nhận").first).to_be_visible()
