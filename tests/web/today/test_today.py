"""Hôm nay with the demonstration: the numbers, what calls for a look, and who sees what."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.urls import reverse

from chungtay.households.models import Household
from chungtay.households.queries.nameless import short_findings
from chungtay.households.services import add_household, record_answers
from chungtay.households.writing import HouseholdInput, PersonInput
from chungtay.plans.models import Plan
from chungtay.staff.services import give_post

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def text_of(answer):
    """What a reader sees: no tags, single spaces."""
    main = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


@pytest.fixture
def seen_by(demo, client_of):
    return lambda username, year=2023: text_of(client_of(demo(username), year).get("/"))


def test_the_officer_sees_where_the_promise_stands(seen_by):
    page = seen_by("canbo.quangtrung")
    assert "Xã Quang Trung năm 2023, số liệu tại ngày 31/12/2023" in page
    assert "Hộ nghèo 19 hộ Đầu năm 21 1,49\u00a0% Chỉ tiêu 16 1,13\u00a0%" in page.replace(
        " %", "\u00a0%"
    )
    assert "Còn 3 hộ nữa thì đạt chỉ tiêu." in page
    assert "Còn 2 hộ nữa thì đạt chỉ tiêu." in page


def test_the_households_to_look_at_are_named_with_the_reason(seen_by):
    page = seen_by("canbo.quangtrung")
    assert "Cần xem lại 4 hộ 2 hộ có diện chưa khớp với số liệu." in page
    assert "2 hộ chưa có quyết định nhưng số liệu cho kết luận nghèo" in page
    assert (
        "Trần Thị Lành · Thôn 2 Diện đã quyết định là hộ nghèo, số liệu hiện có cho kết luận "
        "hộ cận nghèo." in page
    )
    assert "Đinh Thị Thoan · Thôn 6 Còn thiếu câu trả lời nên chưa tính được diện." in page
    assert (
        "Lê Văn Chuẩn · Thôn 1 Chưa có quyết định; số liệu hiện có cho kết luận hộ nghèo." in page
    )


def test_the_number_to_look_at_is_the_list_behind_it(demo, client_of):
    officer = client_of(demo("canbo.quangtrung"))
    behind = officer.get(reverse("register"), {"differs": "1"}).content.decode()
    for name in ("Trần Thị Lành", "Đinh Thị Thoan", "Lê Văn Chuẩn", "Hoàng Thị Quế Chi"):
        assert name in behind
    assert "Vũ Đình Khải" not in behind


def test_villages_add_up_and_the_plan_is_told(seen_by):
    page = seen_by("canbo.quangtrung")
    assert "Thôn 1 4 4 Thôn 2 3 2 Thôn 3 2 2 Thôn 4 5 2 Thôn 5 3 2 Thôn 6 2 2 Cộng 19 14" in page
    assert "Kế hoạch năm 2023: 2 điều cần xem" in page


def test_deprivations_are_counted_over_the_poor(seen_by):
    page = seen_by("canbo.quangtrung")
    assert "Thiếu hụt của hộ nghèo" in page
    assert page.count("/ 19") == 12


def test_an_earlier_year_shows_its_own_day(seen_by):
    page = seen_by("canbo.quangtrung", 2022)
    assert "số liệu tại ngày 31/12/2022" in page
    assert "Chỉ tiêu" not in page


def test_the_finance_officer_sees_promises_but_no_sensitive_table(seen_by):
    page = seen_by("ketoan.quangtrung")
    assert "Hộ nghèo 19 hộ" in page
    assert "Chỉ tiêu 16" in page
    assert "Thiếu hụt" not in page


def test_a_village_head_sees_the_village_alone(seen_by):
    page = seen_by("truongthon1.quangtrung")
    assert "Thôn 1 năm 2023" in page
    assert "Hộ nghèo 4 hộ Hộ cận nghèo 4 hộ" in page
    assert "Lê Văn Chuẩn" in page
    for other in ("Trần Thị Lành", "Đinh Thị Thoan", "Chỉ tiêu", "Kế hoạch"):
        assert other not in page


def test_the_neighbour_sees_her_own(seen_by):
    page = seen_by("canbo.phuson")
    assert "Phường Phú Sơn năm" in page
    for foreign in ("Quang Trung", "Trần Thị Lành", "Chỉ tiêu"):
        assert foreign not in page


def test_the_district_sees_counts_by_commune_and_no_names(seen_by):
    page = seen_by("phong.bimson")
    assert "Thị xã Bỉm Sơn năm 2023" in page
    assert "Tỷ lệ nghèo Giảm hộ nghèo" in page
    assert "Xã Quang Trung 1.411 19 14 1,35 % 2/5" in page.replace("\u00a0", " ")
    assert "Phường Phú Sơn 357 1 2 0,28 % –" in page.replace("\u00a0", " ")
    assert "Cộng 2 đơn vị 1.768 20 16 1,13 % 2/5" in page.replace("\u00a0", " ")
    assert "5 đơn vị chưa có hộ nào trong sổ tại ngày này" in page
    assert "Trần Thị Lành" not in page


def test_an_empty_commune_says_what_to_do(client_of, officer, hire, quang_trung):
    page = text_of(client_of(officer).get("/"))
    assert (
        "Chưa có hộ nào trong sổ tại ngày này. Nhập danh sách từ Excel, hoặc thêm một hộ." in page
    )
    assert "Nhập từ Excel" in page
    chairman = text_of(client_of(hire("chairman", quang_trung)).get("/"))
    assert "Chưa có hộ nào trong sổ" in chairman
    assert "Nhập từ Excel" not in chairman


def test_each_place_shows_its_own_households(client_of, officer, system, phu_son, quang_trung):
    give_post(
        actor=system,
        user_id=officer.pk,
        unit=phu_son,
        role="officer",
        valid_from=date(2023, 1, 1),
    )
    given = HouseholdInput(None, [PersonInput("Lê Văn An", relation="00")])
    add_household(actor=system, commune=phu_son, given=given, on=date(2023, 1, 1))
    held = client_of(officer)
    assert "Chưa có hộ nào" in text_of(held.get("/"))
    held.get(reverse("choose"), {"place": phu_son.pk, "year": "2023"})
    assert "Chưa có hộ nào" not in text_of(held.get("/"))


def test_the_queries_do_not_grow_with_the_register(
    demo, client_of, system, django_assert_max_num_queries
):
    officer = client_of(demo("canbo.quangtrung"))
    officer.get("/")
    commune = Plan.objects.get().unit
    for at in range(15):
        given = HouseholdInput(None, [PersonInput(f"Người {at}", relation="00")])
        add_household(actor=system, commune=commune, given=given, on=date(2023, 1, 1))
    assert Household.objects.filter(commune=commune).count() > 50
    with django_assert_max_num_queries(41):
        officer.get("/")


def test_what_was_found_is_kept_until_something_is_done(demo, client_of, monkeypatch, system):
    officer = client_of(demo("canbo.quangtrung"))
    before = text_of(officer.get("/"))
    asked = []
    real = short_findings

    def counted(households, *rest):
        listed = list(households)
        asked.append(len(listed))
        return real(listed, *rest)

    monkeypatch.setattr("chungtay.households.queries.verdicts.short_findings", counted)
    assert text_of(officer.get("/")) == before
    assert asked == []
    household = Household.objects.select_related("commune", "village").get(code="QT1-02")
    record_answers(
        actor=system,
        household=household,
        on=date(2023, 12, 1),
        answers={"income_per_person_vnd": 3_000_000},
        members={},
        expected_version=None,
        reason="hộ báo",
    )
    after = text_of(officer.get("/"))
    assert "Cần xem lại 5 hộ" in after
    assert asked == [39]


def test_only_the_first_households_to_look_at_are_listed(demo, client_of, system):
    officer = client_of(demo("canbo.quangtrung"))
    commune = Plan.objects.get().unit
    answers = {"income_points": 100, "income_per_person_vnd": 9_000_000}
    for at in range(12):
        given = HouseholdInput(None, [PersonInput(f"Người {at}", relation="00")], answers=answers)
        add_household(actor=system, commune=commune, given=given, on=date(2023, 1, 1))
    page = text_of(officer.get("/"))
    assert "Cần xem lại 16 hộ 2 hộ có diện chưa khớp" in page
    assert "Xem tất cả 16 hộ" in page
    looks = page.partition("Việc cần xem")[2]
    assert looks.count("Mở Hai câu trả lời") + looks.count(" Mở ") <= 14
