"""A scanned card fills a form without saving; a number that looks odd is said and saved."""

from __future__ import annotations

import logging

import pytest
from django.urls import reverse

from chungtay.acts.models import JournalLine
from chungtay.households.models import Household
from chungtay.places.queries import villages_of
from tests.sync.reading.test_cards import INSURANCE, LINE
from tests.web.register.conftest import OPENING

pytestmark = pytest.mark.django_db
NUMBER = "038185996102"


def test_a_card_fills_the_head_and_nothing_is_saved(browser, register, quang_trung, caplog):
    lines = JournalLine.objects.count()
    with caplog.at_level(logging.DEBUG):
        answer = browser.post(reverse("register_add"), {"card": LINE, "p0_full_name": ""})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert f'name="p0_citizen_id" value="{NUMBER}"' in page
    assert 'name="p0_full_name" value="Lường Thị Quyên"' in page
    assert 'name="p0_birth_year" type="text" inputmode="numeric" maxlength="10"' in page
    assert 'value="1985"' in page
    assert "Đã điền chủ hộ Lường Thị Quyên" in page
    village = next(one for one in villages_of(quang_trung, OPENING) if one.name == "Thôn 1")
    assert f'<option value="{village.id}" selected>' in page
    assert (Household.objects.count(), JournalLine.objects.count()) == (3, lines)
    assert NUMBER not in caplog.text + answer.request["QUERY_STRING"]


def test_the_next_card_fills_the_next_row_and_what_was_typed_stays(browser, register) -> None:
    typed = {"p0_full_name": "Lường Văn Chủ", "p1_full_name": "", "p2_full_name": ""}
    page = browser.post(reverse("register_add"), {"card": LINE, **typed}).content.decode()
    assert 'name="p0_full_name" value="Lường Văn Chủ"' in page
    assert 'name="p1_full_name" value="Lường Thị Quyên"' in page
    assert "chọn quan hệ" in page


def test_a_card_scanned_twice_fills_one_row_and_a_full_form_grows(browser, register) -> None:
    once = {"p0_full_name": "Lường Thị Quyên", "p0_citizen_id": NUMBER}
    page = browser.post(reverse("register_add"), {"card": LINE, **once}).content.decode()
    assert page.count(f'value="{NUMBER}"') == 1
    page = browser.post(
        reverse("register_add"), {"card": LINE, "p0_full_name": "Lường Văn Chủ"}
    ).content.decode()
    assert 'name="p1_citizen_id" value="038185996102"' in page


def test_a_line_left_in_the_box_is_not_saved_unseen(browser, register, quang_trung) -> None:
    village = villages_of(quang_trung, OPENING)[0]
    typed = {"card": INSURANCE, "village": village.id, "p0_full_name": "Lường Văn Chủ", "key": "k"}
    assert browser.post(reverse("register_add"), typed).status_code == 200
    assert not Household.objects.filter(head_name="Lường Văn Chủ").exists()


@pytest.mark.parametrize(
    ("sent", "said"), [({"card": "abc|def"}, "chỉ có 2 phần"), ({"scan": "1"}, "Chưa có dòng nào")]
)
def test_a_wrong_line_says_what_was_expected(browser, register, sent, said) -> None:
    page = browser.post(reverse("register_add"), {"p0_full_name": "Lò Văn A", **sent})
    assert page.status_code == 422
    assert page.content.decode().count(said) == 2  # on top and beside the box
    assert 'value="Lò Văn A"' in page.content.decode()


def test_a_card_fills_the_form_of_a_person(browser, register, person_of) -> None:
    person = person_of(register.poor, "Lường Thị Quyên")
    address = reverse("register_person", args=[register.poor.id, person.id])
    sent = {"card": LINE, "reason": "theo thẻ", "full_name": "sai", "version": "1"}
    page = browser.post(address, sent).content.decode()
    assert f'name="citizen_id" value="{NUMBER}"' in page
    assert 'name="full_name" value="Lường Thị Quyên"' in page
    assert 'name="reason" value="theo thẻ"' in page
    person.refresh_from_db()
    assert person.birth_year == 1974


def test_an_odd_number_is_said_and_saved(browser, register, quang_trung) -> None:
    village = villages_of(quang_trung, OPENING)[0]
    typed = {"village": village.id, "p0_full_name": "Lò Văn A", "p0_sex": "male", "key": "k2"}
    typed |= {"p0_citizen_id": NUMBER, "p0_birth_year": "1958"}
    page = browser.post(reverse("register_add"), typed, follow=True).content.decode()
    assert Household.objects.filter(head_name="Lò Văn A").exists()
    assert "Số này là của nữ, đang ghi nam" in page
    assert "Cần xem lại" in page
    assert "không khớp với năm sinh đã ghi (1958)" in page


def test_the_list_to_fix_is_for_those_who_see_the_last_digits(
    register, village_head, browser, person_of, text_of
) -> None:
    person = person_of(register.poor, "Lường Thị Quyên")
    assert "Cần xem lại" in text_of(browser, "register_household", register.poor.id)
    assert "Cần xem lại" not in text_of(village_head, "register_household", register.poor.id)
    page = text_of(browser, "register_person", register.poor.id, person.id)
    assert "Số định danh không khớp với giới tính đã ghi" in page


def test_the_number_is_checked_while_it_is_typed(browser, village_head) -> None:
    sent = {"prefix": "p1_", "p1_citizen_id": "003185996102", "p1_sex": "male"}
    page = browser.post(reverse("register_check_number"), sent).content.decode()
    assert "Số này là của nữ" in page
    assert "Ba số đầu" in page
    assert village_head.post(reverse("register_check_number"), sent).status_code == 404
