"""Adding a household by hand: forgiving, careful with doubles, clear about bad input."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from chungtay.acts.models import JournalLine
from chungtay.households.models import Household, Person
from chungtay.places.queries import villages_of

pytestmark = pytest.mark.database

OPENING = date(2023, 1, 1)


@pytest.fixture
def typed(quang_trung):
    def form(**more: str) -> dict[str, str]:
        return {
            "village": str(villages_of(quang_trung, OPENING)[0].pk),
            "p0_full_name": "Hà Thị Lan",
            "p1_full_name": "",
            "p2_full_name": "",
            "key": "k1",
            **more,
        }

    return form


@pytest.fixture
def send(browser):
    return lambda fields: browser.post(reverse("register_add"), fields)


def test_a_head_with_a_name_is_enough(send, typed, quang_trung):
    answer = send(typed())
    household = Household.objects.get()
    assert answer["Location"] == reverse("register_household", args=[household.pk])
    assert (household.head_name, household.commune) == ("Hà Thị Lan", quang_trung)
    assert household.valid_from == date(2023, 12, 31)
    assert JournalLine.objects.filter(act="households.add_household").count() == 1


def test_members_with_a_year_only_and_blank_rows_left_out(send, typed):
    send(
        typed(
            p0_birth_day="12",
            p0_birth_month="4",
            p0_birth_year="1974",
            p0_sex="female",
            p0_ethnicity="Mường",
            p0_citizen_id="038 174 000 123",
            p1_full_name="Hà Văn Nam",
            p1_relation="08",
            p1_birth_year="2001",
        )
    )
    head, child = Person.objects.order_by("memberships__position")
    assert (str(head.birth), head.sex, head.ethnicity) == ("12/04/1974", "female", "Mường")
    assert head.id_sealed is not None
    assert (str(child.birth), child.memberships.get().relation) == ("2001", "08")


def test_a_pasted_date_fills_the_boxes(send, typed):
    send(typed(p0_birth_day="15/3/1984"))
    assert str(Person.objects.get().birth) == "15/03/1984"


def test_villages_to_choose_are_the_own_ones(browser, neighbour, quang_trung, phu_son):
    own = browser.get(reverse("register_add")).content.decode()
    assert "Thôn 1" in own
    assert "Tổ dân phố" not in own.partition('name="village"')[2].partition("</select>")[0]
    other = neighbour.get(reverse("register_add")).content.decode()
    assert "Tổ dân phố 1" in other
    assert "Thôn 1" not in other


NEXT_YEAR = timezone.localdate().year + 1


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (
            {"p0_birth_day": "31", "p0_birth_month": "02", "p0_birth_year": "1980"},
            "Hà Thị Lan 31/02/1980 không có thật. Sửa thành ngày đúng, hoặc chỉ ghi năm 1980.",
        ),
        ({"p0_birth_year": str(NEXT_YEAR)}, "Hãy xem lại năm sinh."),
        ({"p0_birth_year": "1880"}, "Nếu đúng, tích “Vẫn ghi tuổi này”."),
        ({"p0_birth_year": "84"}, "cần năm đủ bốn chữ số"),
        ({"p0_birth_day": "3", "p0_birth_year": "1984"}, "có ngày mà chưa có tháng"),
        ({"p0_birth_year": "năm"}, "không đọc được"),
        ({"p0_full_name": ""}, "Hãy ghi họ và tên chủ hộ."),
        ({"p0_full_name": "", "p0_birth_year": "1980"}, "Họ và tên không được để trống."),
        ({"p0_full_name": "12345"}, "không giống một tên người"),
        ({"p1_birth_year": "2010"}, "Họ và tên không được để trống."),
        ({"village": ""}, "Hãy chọn thôn, tổ dân phố của hộ."),
        ({"village": "999999"}, "Hãy chọn thôn, tổ dân phố của hộ."),
        ({"p0_citizen_id": "0381740001"}, "đang có 10 chữ số"),
        ({"p0_citizen_id": "03817400012a"}, "chỉ gồm chữ số"),
        (
            {
                "p0_citizen_id": "038174000123",
                "p1_full_name": "Hà Văn Nam",
                "p1_citizen_id": "038174000123",
            },
            "trùng với một người khác trong hộ",
        ),
    ],
)
def test_bad_input_is_said_and_what_was_typed_is_kept(send, typed, more, sentence):
    fields = typed(address="xóm Đình", **more)
    answer = send(fields)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert 'role="alert"' in page
    assert "<title>Lỗi" in page
    assert 'value="xóm Đình"' in page
    assert Household.objects.count() == 0


def test_an_old_age_is_written_once_confirmed(send, typed):
    assert send(typed(p0_birth_year="1880", p0_old="1")).status_code == 302
    assert Person.objects.get().birth_year == 1880


def test_the_neighbours_village_is_unknown(send, typed, phu_son):
    village = villages_of(phu_son, OPENING)[0]
    assert send(typed(village=str(village.pk))).status_code == 422
    assert Household.objects.count() == 0


def test_a_likely_double_is_asked_about(send, typed, browser):
    send(typed())
    answer = send(typed(key="k2", p0_full_name="HÀ THỊ LAN"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Có thể hộ này đã có trong sổ" in page
    assert Household.objects.count() == 1
    send(typed(key="k3", p0_full_name="HÀ THỊ LAN", anyway="1"))
    assert Household.objects.count() == 2


def test_the_same_name_in_another_village_is_nobodys_double(send, typed, quang_trung):
    send(typed())
    other = str(villages_of(quang_trung, OPENING)[1].pk)
    assert send(typed(key="k2", village=other)).status_code == 302


def test_an_id_of_another_family_is_refused_in_words(send, typed, register):
    answer = send(typed(p0_citizen_id="038074000123"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "đang là của Lường Thị Quyên" in page
    assert page.count("038074000123") == 1


def test_a_code_in_use_is_refused_in_words(send, typed, register):
    answer = send(typed(code="QT-07"))
    assert answer.status_code == 422
    assert "QT-07" in answer.content.decode()


def test_more_rows_keep_what_was_typed(send, typed):
    page = send(typed(more="1", p0_full_name="Hà Thị")).content.decode()
    assert 'name="p5_full_name"' in page
    assert 'value="Hà Thị"' in page
    assert 'role="alert"' not in page


def test_a_double_click_adds_one(send, typed):
    first, second = send(typed()), send(typed(anyway="1"))
    assert first["Location"] == second["Location"]
    assert Household.objects.count() == 1


@pytest.mark.parametrize("who", ["finance", "village_head"])
def test_others_may_not_add(who, request):
    client = request.getfixturevalue(who)
    assert client.get(reverse("register_add")).status_code == 404


@pytest.mark.parametrize("other", [{"place": "0"}, {"day": "2022-12-31"}])
def test_a_form_opened_elsewhere_is_not_saved_and_keeps_what_was_typed(send, typed, other):
    answer = send(typed(**other))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "nay đang xem Xã Quang Trung tại ngày 31/12/2023" in page
    assert 'value="Hà Thị Lan"' in page
    assert not Household.objects.exists()


def test_the_form_carries_its_place_and_day(browser, send, typed, quang_trung):
    page = browser.get(reverse("register_add")).content.decode()
    assert f'name="place" value="{quang_trung.pk}"' in page
    assert 'name="day" value="2023-12-31"' in page
    assert send(typed(place=str(quang_trung.pk), day="2023-12-31")).status_code == 302


def test_a_year_after_the_communes_end_shows_its_last_day(client_of, officer, quang_trung):
    page = client_of(officer, year=2026).get(reverse("register_add")).content.decode()
    assert f'name="day" value="{quang_trung.valid_to.isoformat()}"' in page


def test_control_signs_in_a_name_are_left_out(send, typed):
    assert send(typed(p0_full_name="Hà\x00 Thị\tLan\x07", key="k\x00")).status_code == 302
    assert Household.objects.get().head_name == "Hà Thị Lan"
