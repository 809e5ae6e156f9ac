"""Anyone is found by any one thing, and no name stands in an address."""

from __future__ import annotations

import base64
from datetime import date

import pytest
from django.urls import reverse

from chungtay.households.writing import PersonInput
from chungtay.places.queries import villages_of

pytestmark = pytest.mark.database

OPENING = date(2023, 1, 1)


def found(client, text: str) -> str:
    """The lines under the search box."""
    answer = client.post(reverse("register_search"), {"text": text}, HTTP_HX_REQUEST="true")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    "text",
    [
        "quyen",
        "luong thi",
        "LƯỜNG",
        "Lu\u031bo\u031b\u0300ng Thi\u0323",
        "uoc",
        "do van",
        "0123",
        "038074000123",
        "038 178 004 567",
        "4567",
        "qt-07",
        "thon 1",
        "Thôn 1",
        "quyen thon 1",
    ],
)
def test_the_household_is_found_by_any_one_thing(browser, register, text):
    assert "Lường Thị Quyên" in found(browser, text)


@pytest.mark.parametrize("text", ["thon 2", "an", "9999"])
def test_another_thing_finds_another_household(browser, register, text):
    assert "Trần Văn An" in found(browser, text)


def test_a_village_is_not_found_by_its_number_elsewhere(browser, register):
    assert "Quyên" not in found(browser, "thôn 2")


def test_a_member_found_is_named_with_the_household(browser, register):
    assert "có Đỗ Văn Ước" in found(browser, "uoc")


@pytest.mark.parametrize("text", ["0123", "038074000123"])
def test_one_who_sees_no_numbers_finds_nobody_by_them(finance, village_head, register, text):
    assert "Quyên" not in found(finance, text)
    assert "Quyên" not in found(village_head, text)
    answer = finance.post(reverse("register_search"), {"text": text}, follow=True)
    page = answer.content.decode()
    assert "Không có hộ nào như vậy" in page
    assert "Quyên" not in page


@pytest.mark.parametrize("text", ["00123", "8074000123", "74000123"])
def test_a_number_is_not_found_by_a_longer_ending(browser, register, text):
    assert "Quyên" not in found(browser, text)


def test_a_searched_text_lies_sealed_in_the_session(browser, register):
    answer = browser.post(reverse("register_search"), {"text": "038074000123"})
    token = answer["Location"].partition("?t=")[2]
    (kept,) = browser.session["searches"].values()
    assert list(browser.session["searches"]) == [token]
    assert b"038074000123" not in base64.b64decode(kept)
    session = browser.session
    session["searches"] = {token: "038074000123"}
    session.save()
    page = browser.get(answer["Location"]).content.decode()
    assert "Lần tìm này không còn được giữ" in page


def test_nothing_found_says_what_to_try(browser, register):
    assert "Không thấy" in found(browser, "zzz")


def test_an_empty_box_finds_nothing(browser, register):
    assert found(browser, "  ").strip() == ""


@pytest.mark.parametrize("text", ["%", "_", "%%%%", "'", "\\"])
def test_signs_of_the_database_are_only_signs(browser, register, text):
    assert "Quyên" not in found(browser, text)


@pytest.mark.parametrize("text", ["quyen", "0123", "qt-07", "thon 1"])
def test_neighbour_finds_nobody(neighbour, register, text):
    assert "Quyên" not in found(neighbour, text)


def test_full_search_goes_by_a_token(browser, register):
    answer = browser.post(reverse("register_search"), {"text": "Quyên"})
    assert answer.status_code == 302
    assert "uy" not in answer["Location"].partition("?t=")[0].lower()
    assert "quy" not in answer["Location"].lower()
    page = browser.get(answer["Location"]).content.decode()
    assert "Đang xem kết quả tìm “Quyên”." in page
    assert "1/1 hộ" in page


def test_the_token_means_nothing_to_another(browser, neighbour, register):
    answer = browser.post(reverse("register_search"), {"text": "Quyên"})
    page = neighbour.get(answer["Location"]).content.decode()
    assert "Lần tìm này không còn được giữ" in page
    assert "Quyên" not in page


def test_search_asks_for_a_post(browser, register):
    assert browser.get(reverse("register_search")).status_code == 405


def test_queries_of_a_search_do_not_grow(
    browser, register, quang_trung, add, django_assert_max_num_queries
):
    village = villages_of(quang_trung, OPENING)[0]
    for number in range(20):
        add(village, PersonInput(f"Hà Thị A{number:02d}", "00"))
    found(browser, "ha thi")
    with django_assert_max_num_queries(14):
        lines = found(browser, "ha thi")
    assert lines.count('class="found"') == 8
    assert "Còn 12 kết quả nữa" in lines


def test_the_differing_are_not_computed_above_the_commune(quang_trung, hire, client_of, register):
    district = client_of(hire("district_officer", quang_trung.parent))
    page = district.get(reverse("register"), {"differs": "1"}).content.decode()
    assert 'name="differs"' not in page
    assert "Trần Văn An" in page
    assert "Lường Thị Quyên" in page
