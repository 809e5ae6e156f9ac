"""The main job, as the officer of Quang Trung does it in her browser."""

import re
from io import BytesIO

import docx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

OFFICER, CHAIRMAN = "canbo.quangtrung", "chutich.quangtrung"
FINANCE, VILLAGE_HEAD = "ketoan.quangtrung", "truongthon1.quangtrung"
OUTSIDER = "canbo.phuson"
ASKED = "Ho de nghi bo sung 2023.xlsx"


def room(page: Page, name: str) -> None:
    page.get_by_role("navigation", name="Các phòng làm việc").get_by_role("link", name=name).click()


def open_household(page: Page, head: str) -> None:
    room(page, "Hộ dân")
    page.get_by_role("link", name=head, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(head)


def without_token(text: str) -> str:
    """A page without its form token, which differs at every answer."""
    return re.sub(r'"X-CSRFToken": "\w+"', "", text)


def test_the_first_page_says_what_was_promised_and_where_the_commune_stands(visit):
    page = visit(OFFICER)
    poor = page.locator(
        "section.tile", has=page.get_by_role("heading", name="Hộ nghèo", exact=True)
    )
    expect(poor).to_contain_text("19")
    expect(poor).to_contain_text("Đầu năm 21")
    expect(poor).to_contain_text("Chỉ tiêu 16")
    expect(poor).to_contain_text("Còn 3 hộ nữa")
    poor.get_by_role("link", name="19").click()
    expect(page.get_by_text("19/19 hộ")).to_be_visible()


@pytest.mark.changes
def test_a_list_is_imported_looked_at_applied_and_undone(visit, served):
    page = visit(OFFICER)
    room(page, "Hộ dân")
    page.get_by_role("link", name="Nhập từ Excel").click()
    page.set_input_files("#file", served.demo.folder / "samples" / ASKED)
    for part, value in (("day", "15"), ("month", "9"), ("year", "2023")):
        page.locator(f"#on_{part}").fill(value)
    page.get_by_role("button", name="Xem trước").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Xem trước")
    body = page.locator("main")
    expect(body).to_contain_text("31/02/1980 không có thật (dòng 18, cột F)")
    expect(body).to_contain_text("không có “Thon 11”")
    assert not re.search(r"\d{12}", body.inner_text())

    page.get_by_role("button", name="Ghi vào sổ …").first.click()
    page.get_by_role("dialog").get_by_role("button", name="Ghi vào sổ").click()
    expect(page.get_by_text(re.compile("Đã ghi 2 hộ"))).to_be_visible()
    room(page, "Hộ dân")
    expect(page.get_by_text("41/41 hộ")).to_be_visible()

    page.go_back()
    page.get_by_role("button", name="Hoàn tác …").click()
    page.get_by_role("dialog").get_by_role("button", name="Hoàn tác").click()
    expect(page.get_by_text("Đã hoàn tác lúc")).to_be_visible()
    room(page, "Hộ dân")
    expect(page.get_by_text("39/39 hộ")).to_be_visible()


def test_a_file_that_is_not_excel_is_met_with_a_sentence(visit, tmp_path):
    page = visit(OFFICER)
    room(page, "Hộ dân")
    page.get_by_role("link", name="Nhập từ Excel").click()
    path = tmp_path / "anh.xlsx"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    page.set_input_files("#file", path)
    page.get_by_role("button", name="Xem trước").click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("hình ảnh, không phải tệp Excel")
    expect(alert).to_be_focused()
    expect(page).to_have_title(re.compile("^Lỗi:"))


@pytest.mark.changes
def test_a_changed_answer_gives_a_new_finding_beside_the_decided_status(visit):
    page = visit(OFFICER)
    open_household(page, "Phùng Thị Lựu")
    card = page.locator("dl.versus")
    expect(card).to_contain_text(re.compile("Kết luận tính được.*Hộ nghèo", re.DOTALL))

    page.locator("summary", has_text="Ghi thay đổi").click()
    page.get_by_role("link", name="Câu trả lời của hộ").click()
    page.get_by_label(re.compile("thu nhập", re.IGNORECASE)).first.fill("1.600.000")
    expect(page.locator("#running")).to_contain_text("mức sống trung bình")
    page.get_by_label("Vì sao thay đổi?").fill("Con cả có việc làm ở thị xã")
    page.keyboard.press("Control+s")

    expect(card).to_contain_text(
        re.compile(
            "Kết luận tính được.*mức sống trung bình.*Diện đã quyết định.*Hộ nghèo", re.DOTALL
        )
    )
    expect(page.locator("main")).to_contain_text("Con cả có việc làm ở thị xã")


@pytest.mark.changes
def test_the_plan_follows_its_cells_and_downloads_as_the_official_paper(visit):
    page = visit(OFFICER)
    room(page, "Kế hoạch")
    expect(page.locator("article")).to_contain_text(
        "xã có 21 hộ nghèo chiếm tỷ lệ 1,49\u00a0%, 14 hộ cận nghèo chiếm tỷ lệ 0,99\u00a0%"
    )
    page.locator("#total").fill("1.398")
    expect(page.locator("main")).to_contain_text(
        "21 hộ = 1,49\u00a0% chỉ đúng với tổng số 1.405–1.414 hộ; đang ghi 1.398"
    )
    page.locator("#total").fill("1411")
    page.locator("#poor_reduction").fill("6")
    page.get_by_role("button", name=re.compile("^Lưu")).click()
    expect(page.locator("article")).to_contain_text("giảm 06 hộ nghèo, còn 15 hộ")

    with page.expect_download() as download:
        page.get_by_role("button", name="Tải bản Word").click()
    paper = docx.Document(BytesIO(download.value.path().read_bytes()))
    text = "\n".join(paragraph.text for paragraph in paper.paragraphs)
    assert "21 hộ nghèo chiếm tỷ lệ 1,49\u00a0%" in text
    assert "giảm 06 hộ nghèo, còn 15 hộ chiếm tỷ lệ 1,06\u00a0%" in text
    assert "bà Phùng Thị Lựu (thôn 4)" in text


def test_anything_finds_a_family(visit):
    page = visit(OFFICER)
    for text, head in (("phung thi lu", "Phùng Thị Lựu"), ("QT1-02", "Đỗ Văn Sơn")):
        page.get_by_label("Tìm hộ, người, thôn …").fill(text)
        page.locator("#search-found").get_by_role("link", name=re.compile(head)).wait_for()
    page.get_by_label("Tìm hộ, người, thôn …").press("Enter")
    expect(page.get_by_role("link", name="Đỗ Văn Sơn", exact=True)).to_be_visible()
    assert "QT1" not in page.url


def test_the_officer_of_the_next_commune_sees_none_of_it(visit, served):
    page = visit(OFFICER)
    open_household(page, "Phùng Thị Lựu")
    household = page.url
    room(page, "Kế hoạch")
    plan = page.url

    other = visit(OUTSIDER)
    expect(other.locator("main")).not_to_contain_text("Quang Trung")
    room(other, "Hộ dân")
    expect(other.get_by_text("3/3 hộ")).to_be_visible()
    other.get_by_label("Tìm hộ, người, thôn …").fill("phung thi luu")
    expect(other.locator("#search-found")).to_contain_text("Không thấy")
    nothing = other.goto(f"{served.address}/ho/00000000-0000-4000-8000-000000000000")
    missing = without_token(nothing.text())
    for address in (household, plan, f"{household}/tra-loi"):
        answer = other.goto(address)
        assert answer.status == 404
        assert without_token(answer.text()) == missing
    room_of_journal = other.goto(f"{served.address}/nhat-ky")
    assert "Quang Trung" not in room_of_journal.text()


def test_a_village_head_sees_only_his_village(visit):
    page = visit(VILLAGE_HEAD)
    room(page, "Hộ dân")
    expect(page.get_by_text("9/9 hộ")).to_be_visible()
    expect(page.locator("tbody")).not_to_contain_text("Thôn 4")


def test_the_finance_officer_sees_no_sensitive_field(visit):
    page = visit(FINANCE)
    open_household(page, "Phùng Thị Lựu")
    expect(page.locator("main")).not_to_contain_text("Kinh")
    expect(page.locator("main")).not_to_contain_text("Dinh dưỡng")


def test_a_closed_session_asks_to_log_in_again(visit, served):
    page = visit(OFFICER)
    page.get_by_text("Đặng Thu Hiền").first.click()
    page.get_by_role("button", name="Đăng xuất").click()
    page.goto(f"{served.address}/ho")
    expect(page.get_by_role("heading", name="Đăng nhập")).to_be_visible()


@pytest.mark.parametrize("width", [1366, 390])
def test_every_room_is_accessible_and_needs_no_sideways_scrolling(visit, served, width):
    page = visit(OFFICER, width=width)
    addresses = ["/", "/ho", "/ho/them", "/nhap", "/ke-hoach", "/nhat-ky"]
    page.goto(f"{served.address}/ho")
    household = page.locator("tbody a").first.get_attribute("href")
    for path in [*addresses, household, f"{household}/tra-loi"]:
        page.goto(served.address + path)
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, f"{path} is {wide} pixels too wide"
        found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa"]})
        assert found.violations_count == 0, f"{path}: {found.generate_report()}"
