"""The list: filters, order, counts that tie, and nobody else's households."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from chungtay.households.models import Household, Membership
from chungtay.households.services import record_answers
from chungtay.households.writing import PersonInput
from chungtay.places.queries import villages_of

pytestmark = pytest.mark.database

OPENING = date(2023, 1, 1)


def listed(page: str) -> list[str]:
    """The heads in the list, in order."""
    return re.findall(r'class="row-name"><a href="[^"]+">([^<]+)</a>', page)


def test_officer_sees_both_households_with_class_and_count(browser, register, text_of):
    page = text_of(browser, "register")
    assert listed(page) == ["Trần Văn An", "Lường Thị Quyên"]
    assert "2/2 hộ" in page
    assert "Hộ nghèo" in page
    assert "Không thuộc diện (1)" in page


def test_counts_of_classes_add_up_to_the_whole(browser, register, text_of):
    counts = re.findall(r"<option value=\"\w+\">[^<(]+\((\d+)\)", text_of(browser, "register"))
    assert sum(map(int, counts)) == 2


def test_class_filter_narrows(browser, register, text_of):
    page = text_of(browser, "register", query="?class=poor")
    assert listed(page) == ["Lường Thị Quyên"]
    assert "1/1 hộ" in page


def test_households_without_class(browser, register, text_of):
    assert listed(text_of(browser, "register", query="?class=none")) == ["Trần Văn An"]


def test_village_filter_narrows(browser, register, text_of):
    village = register.poor.village_id
    page = text_of(browser, "register", query=f"?village={village}")
    assert listed(page) == ["Lường Thị Quyên"]


def test_differing_households_are_those_to_look_at(browser, register, system, text_of):
    assert listed(text_of(browser, "register", query="?differs=1")) == []
    record_answers(
        actor=system,
        household=register.poor,
        on=date(2023, 6, 1),
        answers={"income_per_person_vnd": 1_600_000},
        members={},
        expected_version=None,
    )
    page = text_of(browser, "register", query="?differs=1")
    assert listed(page) == ["Lường Thị Quyên"]


@pytest.mark.parametrize("query", ["?village=x", "?class=rich", "?page=abc", "?sort=id", "?t=no"])
def test_nonsense_in_the_address_is_no_error(browser, register, query):
    assert browser.get(reverse("register") + query).status_code == 200


def test_villages_sort_by_number(browser, register, quang_trung, add, text_of):
    last = villages_of(quang_trung, OPENING).last()
    add(last, PersonInput("Bùi Văn Ba", "00"))
    page = text_of(browser, "register", query="?sort=village")
    assert listed(page) == ["Lường Thị Quyên", "Trần Văn An", "Bùi Văn Ba"]


def test_fifty_a_page_and_the_count_of_all(browser, register, quang_trung, add, text_of):
    village = villages_of(quang_trung, OPENING)[0]
    for number in range(50):
        add(village, PersonInput(f"Hà Thị {'ABCDE'[number % 5]}{number:02d}", "00"))
    first, second = text_of(browser, "register"), text_of(browser, "register", query="?page=2")
    assert (len(listed(first)), len(listed(second))) == (50, 2)
    assert "50/52 hộ" in first
    assert "2/52 hộ" in second
    assert not set(listed(first)) & set(listed(second))


def test_neighbour_sees_none_of_it(neighbour, register, text_of):
    page = text_of(neighbour, "register")
    assert listed(page) == ["Kiều Thị Sương"]
    assert "1/1 hộ" in page
    for hidden in ("Thôn 1", "Thôn 2", "Quyên", "Hộ nghèo ("):
        assert hidden not in page


def test_neighbours_village_in_the_address_shows_nothing(neighbour, register, text_of):
    page = text_of(neighbour, "register", query=f"?village={register.poor.village_id}")
    assert listed(page) == []


def test_village_head_sees_only_her_village(village_head, register, text_of):
    page = text_of(village_head, "register")
    assert listed(page) == ["Lường Thị Quyên"]
    assert "Thôn 2" not in page
    assert reverse("register_add") not in page


def test_empty_register_says_what_to_do(browser, quang_trung, text_of):
    assert "Chưa có hộ nào. Nhập từ Excel hoặc thêm một hộ." in text_of(browser, "register")


def test_queries_do_not_grow_with_households(
    browser, quang_trung, add, django_assert_num_queries, text_of
):
    village = villages_of(quang_trung, OPENING)[0]
    for number in range(5):
        add(village, PersonInput(f"Hà Thị A{number:02d}", "00"))
    text_of(browser, "register")
    few = _queries(browser, reverse("register"))
    few_differing = _queries(browser, reverse("register") + "?differs=1")
    for number in range(5, 50):
        add(village, PersonInput(f"Hà Thị A{number:02d}", "00"))
    assert Household.objects.count() == Membership.objects.count() == 50
    text_of(browser, "register")  # after an act the first page asks anew who is here
    with django_assert_num_queries(few):
        browser.get(reverse("register"))
    with django_assert_num_queries(few_differing):
        browser.get(reverse("register") + "?differs=1")


def _queries(browser, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(address).status_code == 200
    return len(captured)
