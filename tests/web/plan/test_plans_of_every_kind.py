"""The pages of the four plans of 2024: shares, ranges, parts, money, and who may do what."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document

from chungtay.places.queries import unit_by_code
from chungtay.plans.cells import Cells
from chungtay.plans.models import Plan
from chungtay.plans.services import open_plan
from chungtay.web.plan.cells import form_of
from tests.plans.small_registers import FIRST, lao_cai, long_khanh, tan_khai, tu_mo_rong
from tests.web.today.test_today import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]

MAKERS = {
    "tu_mo_rong": tu_mo_rong,
    "tan_khai": tan_khai,
    "lao_cai": lao_cai,
    "long_khanh": long_khanh,
}


@pytest.fixture
def opened(system, hire, client_of):
    """A place's plan and the browser of the officer who keeps it."""

    def make(name):
        plan = MAKERS[name](system)
        role = "district_officer" if plan.unit.level == "district" else "officer"
        return plan, client_of(hire(role, plan.unit), 2024)

    return make


def page_of(plan, browser):
    return text_of(browser.get(reverse("plan_page", args=[plan.pk]))).replace("\u00a0", " ")


def send(browser, plan, name="plan_page", **typed):
    form = {**form_of(Cells.of(plan)).typed, "version": plan.version, "key": "k1", **typed}
    return browser.post(reverse(name, args=[plan.pk]), form)


def live(answer, name):
    found = re.search(rf'oob="innerHTML:\.live-{name}">(.*?)</span>', answer.content.decode())
    return re.sub(r"<[^>]+>", "", found[1])


@pytest.mark.parametrize("name", list(MAKERS))
def test_every_plan_opens_saves_unchanged_and_downloads(opened, name):
    plan, browser = opened(name)
    assert browser.get(reverse("plan")).url == reverse("plan_page", args=[plan.pk])
    before = Cells.of(plan)
    assert send(browser, plan).status_code == 302
    assert Cells.of(Plan.objects.get(pk=plan.pk)) == before
    word = browser.post(reverse("plan_word", args=[plan.pk]))
    assert "{{" not in "".join(one.text for one in Document(BytesIO(word.content)).paragraphs)


def test_points_ranges_and_money_are_read_and_followed(opened):
    plan, browser = opened("tu_mo_rong")
    page = page_of(plan, browser)
    assert "Hộ nghèo, hộ cận nghèo giảm khoảng điểm % ít nhất 51 hộ đã giảm 0 điểm" in page
    assert "39–43 hộ" in page
    assert "2.913.000.000" in page
    assert "Phụ lục Chi tiết kinh phí" in page
    assert "Ghi chú: số liệu minh họa." in page
    answer = send(browser, plan, "plan_compute", poor_value="9,5", poor_value_to="10")
    assert live(answer, "poor_follows") == "46–48 hộ"
    assert live(answer, "poor_value") == "9,5-10%"
    answer = send(browser, plan, "plan_compute", line_housing="400.000.000")
    assert live(answer, "money_sum") == "3.013.000.000"
    assert live(answer, "recurrent_million") == "1.036"


@pytest.mark.parametrize(
    ("name", "typed", "field", "sentence"),
    [
        ("long_khanh", {"poor_a_base": ""}, "poor_a_base", "Chưa ghi số gốc."),
        ("long_khanh", {"poor_a_value": ""}, "poor_a_value", "Ô này cần một số phần trăm"),
        ("long_khanh", {"school_value": "120"}, "school_value", "Tỷ lệ “120” không đọc được"),
        ("long_khanh", {"poor_a_part_3_typed": "x"}, "poor_a_part_3_typed", "Số hộ “x”"),
        ("long_khanh", {"poor_a_part_3_typed": "8"}, "total", "Không thể giảm 8 hộ"),
        ("tu_mo_rong", {"poor_value": "9"}, "poor_value_to", "từ số nhỏ đến số lớn hơn"),
        ("tu_mo_rong", {"line_housing": "ba trăm"}, "line_housing", "Số tiền “ba trăm” không"),
        ("tan_khai", {"poor_kinh_part_1_typed": ""}, "poor_kinh_part_1_typed", "cần một số hộ"),
        ("tan_khai", {"need_1_television": "4.500.000"}, "need_1_television", "vượt mức cao nhất"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_at_its_field_and_nothing_is_lost(
    opened, name, typed, field, sentence
):
    plan, browser = opened(name)
    answer = send(browser, plan, **typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    if field != "total":
        assert f'id="{field}-error"' in page
    for value in filter(None, typed.values()):
        assert f'value="{value}"' in page
    assert Plan.objects.get(pk=plan.pk).version == plan.version


def test_the_rows_of_wards_tie_with_the_sum(opened):
    plan, browser = opened("long_khanh")
    page = page_of(plan, browser)
    assert "Phường Xuân Bình 7 2 0 9 3 0" in page
    assert "Cộng 160 56 0 180 63 0" in page
    answer = send(browser, plan, "plan_compute", poor_a_value="40", poor_a_part_1_typed="0")
    parts = [int(live(answer, f"poor_a_part_{n}_rest")) for n in range(1, 16)]
    assert sum(parts) == int(live(answer, "poor_a_whole")) == 64


def test_villages_that_miss_the_whole_have_a_row_of_their_own(opened):
    plan, browser = opened("tan_khai")
    assert send(browser, plan, poor_kinh_reduction="3").status_code == 302
    page = page_of(plan, browser)
    assert "Chưa giao cho nơi nào 1" in page
    assert "còn 1 hộ chưa giao cho nơi nào" in page
    assert "không quá 4.000.000 đồng" in page
    assert "Bồn chứa nước: 1.500.000 đồng" in page


def test_the_words_in_italics_and_titles_that_run_in(opened):
    plan, browser = opened("lao_cai")
    page = browser.get(reverse("plan_page", args=[plan.pk])).content.decode()
    assert "<i>qua đ/c Lâm - Công chức VHXH</i>" in page
    assert "<b>II. MỤC TIÊU:</b> Thực hiện mục tiêu giảm cận nghèo" in page
    assert "Hộ cận nghèo: có tên 3 trên 2 hộ đã hứa" in text_of(
        browser.get(reverse("plan_page", args=[plan.pk]))
    )


def test_the_district_reads_its_communes_plans_beside_its_own(opened, system):
    plan, browser = opened("long_khanh")
    ward = unit_by_code("26089", FIRST)
    cells = Cells(None, ())
    below = open_plan(
        actor=system, unit=ward, year=2024, subject="Kế hoạch xã", content={}, cells=cells
    )
    page = browser.get(reverse("plan_page", args=[plan.pk])).content.decode()
    assert reverse("plan_page", args=[below]) in page
    assert "Xã Bình Lộc, 2024" in page


def test_a_ward_and_another_district_find_no_plan_of_the_city(opened, hire, client_of):
    plan, _browser = opened("long_khanh")
    for user in (
        hire("officer", unit_by_code("26089", FIRST), "phuong"),
        hire("district_officer", unit_by_code("731", date(2024, 1, 1), "district"), "huyen"),
    ):
        outsider = client_of(user, 2024)
        assert outsider.get(reverse("plan_page", args=[plan.pk])).status_code == 404
        assert send(outsider, plan).status_code == 404
        assert outsider.post(reverse("plan_word", args=[plan.pk])).status_code == 404
        assert "Long Khánh năm 2024" not in outsider.get(reverse("plan")).content.decode()
    assert Plan.objects.get(pk=plan.pk).version == plan.version


def test_the_province_reads_and_changes_nothing(opened, hire, client_of):
    plan, _browser = opened("long_khanh")
    province = client_of(hire("province_officer", plan.unit.parent), 2024)
    answer = province.get(reverse("plan_page", args=[plan.pk]))
    assert answer.status_code == 200
    assert "Lưu các con số" not in answer.content.decode()
    assert send(province, plan, poor_a_base="200").status_code == 404


def test_the_page_of_a_city_costs_as_many_questions_as_that_of_a_commune(
    opened, django_assert_max_num_queries
):
    plan, browser = opened("long_khanh")
    with django_assert_max_num_queries(48):
        browser.get(reverse("plan_page", args=[plan.pk]))


@pytest.mark.parametrize("name", list(MAKERS))
def test_every_plan_goes_on_in_the_next_year_with_blanks(opened, name):
    """Shares, ranges, parts, money: nothing of last year's numbers stands as the new year's."""
    plan, browser = opened(name)
    session = browser.session
    session["year"] = 2025
    session.save()
    browser.post(reverse("plan_start"), {"source": plan.pk, "key": "start"})
    new = Plan.objects.get(year=2025)
    cells = Cells.of(new)
    assert all(one.is_open for one in cells.targets)
    shown = page_of(new, browser)
    assert "Bản này bắt đầu từ kế hoạch năm 2024" in shown
    assert "chưa có số" in shown
    assert browser.post(reverse("plan_word", args=[new.pk])).content.startswith(b"PK")
    assert browser.get(reverse("plan_board", args=[new.pk])).status_code == 200
    for target in new.targets.all():
        handing = browser.get(reverse("plan_hand_down", args=[new.pk, target.pk]))
        assert handing.status_code == 200
    saved = send(browser, new)
    assert saved.status_code == 302
    assert browser.get(reverse("today")).status_code == 200
