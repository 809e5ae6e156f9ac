"""One household's page: who sees it, and how much of it."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from chungtay.acts.models import JournalLine
from chungtay.acts.remembering import forget_all
from chungtay.households.models import Household
from chungtay.households.services import correct_household, record_answers
from chungtay.households.writing import PersonInput
from chungtay.places.queries import villages_of

pytestmark = pytest.mark.database

OPENING = date(2023, 1, 1)
SENSITIVE = ["Mường", "Khuyết tật", "Dinh dưỡng", "Nguồn nước", "nguồn nước không được bảo vệ"]


def test_class_date_and_decision_stand_in_one_sentence(browser, register, text_of):
    page = text_of(browser, "register_household", register.poor.pk)
    assert (
        "từ ngày 01/01/2023, theo Quyết định số 215/QĐ-UBND ngày 01/01/2023 "
        "của UBND xã Quang Trung, theo chuẩn nghèo đa chiều 2022–2026 "
        "(Nghị định 07/2021/NĐ-CP)." in page
    )


def test_members_with_age_on_the_viewing_day(browser, register, text_of):
    page = text_of(browser, "register_household", register.poor.pk)
    assert "12/04/1974" in page
    assert "49 tuổi" in page
    assert "52 tuổi" in page
    assert "2/2 người" in page


def test_the_finding_stands_beside_the_status_with_reasons(browser, register, text_of):
    page = text_of(browser, "register_household", register.poor.pk)
    for said in (
        "Kết luận tính được",
        "Diện đã quyết định",
        "chuẩn 1.500.000",
        "1.200.000 đồng/người/tháng",
        "nguồn nước không được bảo vệ",
        "chưa đối chiếu văn bản",
        "Nếu … thì …",
    ):
        assert said in page, said


def test_a_finding_that_differs_is_said(browser, register, system, text_of):
    record_answers(
        actor=system,
        household=register.poor,
        on=date(2023, 6, 1),
        answers={"income_per_person_vnd": 1_600_000},
        members={},
        expected_version=None,
        reason="có việc làm mới",
    )
    page = text_of(browser, "register_household", register.poor.pk)
    assert "Diện đã quyết định là hộ nghèo, số liệu hiện có cho kết luận" in page
    assert "Diện chỉ đổi khi có quyết định mới." in page
    assert "Lý do: có việc làm mới." in page


def test_an_undecided_household_says_what_is_missing(browser, register, text_of):
    page = text_of(browser, "register_household", register.other.pk)
    assert "chưa có quyết định nào về diện của hộ này" in page
    assert "Còn chưa rõ" in page
    assert (
        f"{reverse('register_answers', args=[register.other.pk])}#h_income_per_person_vnd" in page
    )


def test_the_day_before_the_household_shows_its_first_day(officer, client_of, register, text_of):
    page = text_of(client_of(officer, 2022), "register_household", register.poor.pk)
    assert "Hộ này không có trong sổ tại ngày 31/12/2022; đang xem ngày 01/01/2023." in page


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    "name", ["register_household", "register_answers", "register_answers_try", "register_correct"]
)
def test_neighbour_gets_the_answer_of_a_missing_page(neighbour, register, name, method):
    answer = getattr(neighbour, method)(reverse(name, args=[register.poor.pk]))
    assert answer.status_code in (404, 405)
    assert "Quyên" not in answer.content.decode()


@pytest.mark.parametrize("name", ["register_person", "register_read_id"])
def test_neighbour_reaches_no_person(neighbour, register, person_of, name):
    person = person_of(register.poor, "Lường Thị Quyên")
    address = reverse(name, args=[register.poor.pk, person.pk])
    answer = neighbour.post(address, {"reason": "xem", "version": "1"})
    assert answer.status_code == 404


def test_a_person_of_another_household_is_missing(browser, register, person_of):
    person = person_of(register.other, "Trần Văn An")
    address = reverse("register_person", args=[register.poor.pk, person.pk])
    assert browser.get(address).status_code == 404


def test_village_head_sees_no_other_village(village_head, register):
    own = reverse("register_household", args=[register.poor.pk])
    other = reverse("register_household", args=[register.other.pk])
    assert village_head.get(own).status_code == 200
    assert village_head.get(other).status_code == 404


def test_village_head_may_not_change(village_head, register, text_of):
    page = text_of(village_head, "register_household", register.poor.pk)
    assert "Ghi thay đổi" not in page
    address = reverse("register_answers", args=[register.poor.pk])
    assert village_head.get(address).status_code == 404


def test_finance_sees_class_and_counts_only(finance, register, text_of):
    page = text_of(finance, "register_household", register.poor.pk)
    assert "Hộ nghèo" in page
    assert "Thiếu hụt" in page
    for hidden in (*SENSITIVE, "1.200.000", "…123", "0123", "Số định danh"):
        assert hidden not in page, hidden


def test_finance_sees_nothing_sensitive_in_the_timeline(finance, register, system, text_of):
    record_answers(
        actor=system,
        household=register.poor,
        on=date(2023, 6, 1),
        answers={},
        members={str(register.poor.memberships.first().person_id): {"disabled": True}},
        expected_version=None,
        reason="mới bị tai nạn",
    )
    page = text_of(finance, "register_household", register.poor.pk)
    assert "Câu trả lời: 1 mục" in page
    for hidden in ("tai nạn", "khuyết tật", "Khuyết tật"):
        assert hidden not in page


def test_only_the_tail_of_an_id_is_shown(browser, register, text_of):
    page = text_of(browser, "register_household", register.poor.pk)
    assert "…123" in page
    for hidden in ("038074000123", "000123", "0123"):
        assert hidden not in page


def test_reading_an_id_is_an_act_with_its_reason(browser, register, person_of, text_of):
    person = person_of(register.poor, "Lường Thị Quyên")
    address = reverse("register_read_id", args=[register.poor.pk, person.pk])
    answer = browser.post(address, {"reason": "làm thẻ bảo hiểm"})
    assert "038074000123" in answer.content.decode()
    assert answer.headers["Cache-Control"] == "no-store"
    line = JournalLine.objects.get(act="households.read_citizen_id")
    assert line.reason == "làm thẻ bảo hiểm"
    assert "038074000123" not in line.details
    page = text_of(browser, "register_household", register.poor.pk)
    assert "Xem số định danh đầy đủ" in page
    assert "038074000123" not in page


def test_an_id_is_not_shown_without_a_reason(browser, register, person_of):
    person = person_of(register.poor, "Lường Thị Quyên")
    address = reverse("register_read_id", args=[register.poor.pk, person.pk])
    answer = browser.post(address, {"reason": "  "}, follow=True)
    page = answer.content.decode()
    assert "Hãy ghi lý do cần xem số định danh đầy đủ." in page
    assert "038074000123" not in page
    assert not JournalLine.objects.filter(act="households.read_citizen_id").exists()


@pytest.mark.parametrize("who", ["finance", "village_head"])
def test_others_may_not_read_an_id(who, request, register, person_of):
    client = request.getfixturevalue(who)
    person = person_of(register.poor, "Lường Thị Quyên")
    address = reverse("register_read_id", args=[register.poor.pk, person.pk])
    assert client.post(address, {"reason": "xem"}).status_code == 404


def test_queries_do_not_grow_with_members(browser, quang_trung, add):
    village = villages_of(quang_trung, OPENING)[0]
    small = add(village, PersonInput("Hà Thị Một", "00"))
    more = [PersonInput(f"Hà Văn Con {number}", "08") for number in range(9)]
    large = add(village, PersonInput("Hà Thị Mười", "00"), *more)
    counted = []
    for household in (small, small, large):
        forget_all()
        with CaptureQueriesContext(connection) as captured:
            browser.get(reverse("register_household", args=[household.pk]))
        counted.append(len(captured))
    assert counted[1] == counted[2]


def test_a_page_seen_again_is_the_same_until_an_act_and_has_its_own_token(
    browser, register, text_of, system
):
    address = reverse("register_household", args=[register.poor.pk])
    with CaptureQueriesContext(connection) as first:
        before = browser.get(address).content.decode()
    with CaptureQueriesContext(connection) as again:
        after = browser.get(address).content.decode()
    token = re.compile(r'(csrfmiddlewaretoken" value=|X-CSRFToken": )"\w+"')
    assert token.sub("", before) == token.sub("", after)
    assert len(again) < len(first)
    household = Household.objects.select_related("commune", "village").get(pk=register.poor.pk)
    correct_household(
        actor=system,
        household=household,
        village=household.village,
        code="MOI-01",
        address="",
        expected_version=None,
        reason="ghi lại mã",
    )
    assert "MOI-01" in text_of(browser, "register_household", household.pk)
