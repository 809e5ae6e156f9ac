"""Corrections of a person and of a household, each with its reason in the journal."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from chungtay.acts.models import JournalLine
from chungtay.households.citizen_ids import citizen_id_of
from chungtay.households.models import Household, Person
from chungtay.households.services import correct_household
from chungtay.places.queries import villages_of

pytestmark = pytest.mark.database

OPENING = date(2023, 1, 1)


@pytest.fixture
def person(register, person_of) -> Person:
    return person_of(register.poor, "Lường Thị Quyên")


@pytest.fixture
def send(browser, register, person):
    def post(client=browser, **more: str):
        fields = {
            "full_name": "Lường Thị Quyên",
            "sex": "female",
            "birth_day": "12",
            "birth_month": "4",
            "birth_year": "1974",
            "ethnicity": "Mường",
            "citizen_id": "",
            "reason": "theo giấy khai sinh",
            "version": str(register.poor.version),
            "key": "k1",
            **more,
        }
        return client.post(reverse("register_person", args=[register.poor.pk, person.pk]), fields)

    return post


def test_the_form_never_shows_the_id(browser, register, person, text_of):
    page = text_of(browser, "register_person", register.poor.pk, person.pk)
    assert 'value="Lường Thị Quyên"' in page
    assert "000123" not in page


def test_only_what_differs_is_corrected(send, person):
    assert send(birth_day="13").status_code == 302
    person.refresh_from_db()
    assert str(person.birth) == "13/04/1974"
    assert citizen_id_of(person) == "038074000123"
    line = JournalLine.objects.get(act="households.correct_person")
    assert line.details == '{"fields":["birth"]}'
    assert line.reason == "theo giấy khai sinh"


def test_a_corrected_head_is_found_by_the_new_name(send, register, browser, text_of):
    send(full_name="Lương Thị Quyền")
    assert Household.objects.get(pk=register.poor.pk).head_name == "Lương Thị Quyền"
    page = text_of(browser, "register_household", register.poor.pk)
    assert "Sửa thông tin một người" in page
    assert "họ và tên" in page


def test_a_new_id_is_sealed_and_in_no_journal_detail(send, person):
    send(citizen_id="038174000999")
    person.refresh_from_db()
    assert citizen_id_of(person) == "038174000999"
    line = JournalLine.objects.get(act="households.correct_person")
    assert "038174000999" not in line.details


def test_an_ethnic_name_no_list_knows_is_kept_as_written(send, browser, register, person, text_of):
    Person.objects.filter(pk=person.pk).update(ethnicity="Mường Bi")
    page = text_of(browser, "register_person", register.poor.pk, person.pk)
    assert '<option value="Mường Bi" selected>' in page
    send(ethnicity="Mường Bi", birth_day="13")
    person.refresh_from_db()
    assert person.ethnicity == "Mường Bi"


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"full_name": " "}, "Họ và tên không được để trống."),
        ({"birth_day": "31", "birth_month": "02", "birth_year": "1980"}, "không có thật"),
        ({"birth_year": "2999", "birth_day": "", "birth_month": ""}, "Hãy xem lại năm sinh."),
        ({"birth_year": "1880"}, "Vẫn ghi tuổi này"),
        ({"citizen_id": "12345"}, "đang có 5 chữ số"),
        ({"reason": ""}, "Hãy ghi lý do sửa"),
    ],
)
def test_bad_input_changes_nothing(send, person, more, sentence):
    answer = send(**{"sex": "male", **more})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    person.refresh_from_db()
    assert person.sex == "female"


def test_a_stale_correction_shows_both(send, register, system, person):
    correct_household(
        actor=system,
        household=register.poor,
        village=register.poor.village,
        code="QT-08",
        address="",
        expected_version=None,
        reason="ghi nhầm",
    )
    Person.objects.filter(pk=person.pk).update(birth_day=20)
    answer = send(birth_day="13")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Hộ này vừa được người khác sửa" in page
    assert "Đang lưu: 20/04/1974" in page
    assert 'name="birth_day" type="text"' in page
    assert 'value="13"' in page


def test_a_household_moves_to_its_right_village(browser, register, quang_trung):
    second = villages_of(quang_trung, OPENING)[1]
    answer = browser.post(
        reverse("register_correct", args=[register.poor.pk]),
        {
            "village": str(second.pk),
            "code": "QT-08",
            "address": "xóm Đình",
            "reason": "nhập nhầm thôn",
            "version": str(register.poor.version),
        },
    )
    assert answer.status_code == 302
    moved = Household.objects.get(pk=register.poor.pk)
    assert (moved.village, moved.code, moved.address) == (second, "QT-08", "xóm Đình")
    line = JournalLine.objects.get(act="households.correct_household")
    assert line.reason == "nhập nhầm thôn"


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"reason": ""}, "Hãy ghi lý do sửa"),
        ({"village": "0"}, "không thuộc xã của hộ này"),
        ({"village": "x"}, "không thuộc xã của hộ này"),
    ],
)
def test_a_bad_correction_changes_nothing(browser, register, more, sentence):
    fields = {"village": str(register.poor.village_id), "code": "QT-99", "reason": "x"}
    fields |= {"version": str(register.poor.version), **more}
    answer = browser.post(reverse("register_correct", args=[register.poor.pk]), fields)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert sentence in page
    assert 'value="QT-99"' in page
    assert Household.objects.get(pk=register.poor.pk).code == "QT-07"


def test_the_neighbours_villages_are_not_offered(browser, register, phu_son, text_of):
    page = text_of(browser, "register_correct", register.poor.pk)
    village = villages_of(phu_son, OPENING)[0]
    assert f'value="{village.pk}"' not in page


def test_a_stale_household_shows_both(browser, register, system):
    correct_household(
        actor=system,
        household=register.poor,
        village=register.poor.village,
        code="QT-08",
        address="",
        expected_version=None,
        reason="ghi nhầm",
    )
    fields = {"village": str(register.poor.village_id), "code": "QT-99", "reason": "x"}
    answer = browser.post(
        reverse("register_correct", args=[register.poor.pk]),
        fields | {"version": str(register.poor.version)},
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Đang lưu: QT-08" in page
    assert 'value="QT-99"' in page
