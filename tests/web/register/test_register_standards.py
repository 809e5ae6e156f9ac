"""A household of Long Khánh by two standards: nationally near-poor, in the province poor."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from chungtay.households.models import Decision, Household
from chungtay.households.queries.differences import differing
from chungtay.households.queries.findings import findings_by_standard
from chungtay.households.services import decide_status
from chungtay.households.writing import PersonInput
from chungtay.places.models import Unit
from chungtay.places.queries import unit_by_code
from chungtay.places.services import add_villages

pytestmark = [pytest.mark.django_db, pytest.mark.database]

IN_2024 = date(2024, 1, 1)
END = date(2024, 12, 31)
NATIONAL, OWN = "nd-07-2021", "dong-nai-2022"
ALL_NO = {f"d{number:02d}": False for number in range(1, 13)}


@pytest.fixture
def ward(system) -> Unit:
    """Xã Bàu Trâm of Long Khánh, Đồng Nai, with one ấp."""
    district = unit_by_code("732", IN_2024, "district")
    commune = Unit.objects.get(parent=district, kind="Xã", name__contains="Bàu")
    add_villages(actor=system, commune=commune, names=["Ấp Bàu Trâm"], valid_from=None)
    return commune


@pytest.fixture
def decided(system, ward) -> Callable[..., None]:
    paper = Decision.objects.create(
        commune=ward, number="08/QĐ-UBND", issued_on=IN_2024, issuer="UBND xã"
    )

    def decide(household: Household, household_class: str, standard: str, subclass="") -> None:
        decide_status(
            actor=system,
            household=household,
            standard=standard,
            household_class=household_class,
            subclass=subclass,
            valid_from=IN_2024,
            decision=paper,
        )

    return decide


@pytest.fixture
def family(ward, add, decided) -> Household:
    """Rural, 1.4 million a month, lacking two of the indicators."""
    village = ward.children.get()
    household = add(
        village,
        PersonInput("Đặng Thị Lụa", "00", "female"),
        answers={**ALL_NO, "d09": True, "d10": True, "income_per_person_vnd": 1_400_000},
    )
    decided(household, "near_poor", NATIONAL)
    decided(household, "poor", OWN, "A")
    return household


@pytest.fixture
def browser(ward, hire, client_of) -> Client:
    return client_of(hire("officer", ward), 2024)


@pytest.fixture
def browser_there(officer, client_of) -> Client:
    """The officer of Quang Trung, Thanh Hóa, where only the national standard counts."""
    return client_of(officer)


def test_one_household_is_found_two_ways(family):
    found = findings_by_standard(family, END)
    assert {name: one.household_class for name, one in found.items()} == {
        NATIONAL: "near_poor",
        OWN: "poor",
    }
    assert list(found) == [NATIONAL, OWN]
    everyone = Household.objects.all()
    assert differing(everyone, END) == differing(everyone, END, OWN) == []


def test_the_page_shows_both_sides_and_where_they_part(browser, family, text_of):
    page = text_of(browser, "register_household", family.pk)
    assert "theo chuẩn nghèo đa chiều 2022–2026 (Nghị định 07/2021/NĐ-CP)." in page
    assert "theo chuẩn nghèo của tỉnh Đồng Nai 2022–2025." in page
    assert "Hộ nghèo A</span>" in page
    assert (
        "Các chuẩn cho kết luận khác nhau: theo chuẩn nghèo đa chiều 2022–2026 (Nghị định "
        "07/2021/NĐ-CP) là hộ cận nghèo; theo chuẩn nghèo của tỉnh Đồng Nai 2022–2025 là hộ nghèo."
    ) in page
    assert page.count('<details class="unfold" open>') == 2
    assert "Các chỉ số và lý do như ở chuẩn trên." in page
    assert page.count("Nguồn nước sinh hoạt</") + page.count("Nguồn nước sinh hoạt<span") == 1
    assert "tạm lấy 12 chỉ số của chuẩn quốc gia" in page
    assert "Công nhận: hộ nghèo A" in page


def test_those_without_sensitive_fields_see_the_classes_only(
    family, ward, hire, client_of, text_of
):
    page = text_of(client_of(hire("finance_officer", ward), 2024), "register_household", family.pk)
    assert "Các chuẩn cho kết luận khác nhau" in page
    assert "Nguồn nước" not in page


def test_a_place_without_its_own_standard_shows_one(quang_trung, add, browser_there, text_of):
    household = add(quang_trung.children.first(), PersonInput("Lê Văn An", "00"))
    page = text_of(browser_there, "register_household", household.pk)
    assert "Các chuẩn cho kết luận khác nhau" not in page
    assert page.count('class="status-line"') == 1
    assert '<summary><h3 class="d-inline">' not in page


def test_the_list_is_asked_by_either_standard(browser, family, ward, add, decided, text_of):
    other = add(ward.children.get(), PersonInput("Vũ Văn Bền", "00"))
    decided(other, "poor", OWN, "B")
    national = text_of(browser, "register")
    assert "Chuẩn nghèo của tỉnh Đồng Nai 2022–2025" in national
    assert "Hộ cận nghèo (1)" in national
    assert "Hộ nghèo (" not in national
    own = text_of(browser, "register", query=f"?standard={OWN}")
    assert "Hộ nghèo (2)" in own
    assert "– Hộ nghèo A (1)" in own
    assert "– Hộ nghèo B (1)" in own
    listed = text_of(browser, "register", query=f"?standard={OWN}&class=poor_B")
    assert "Vũ Văn Bền" in listed
    assert "Đặng Thị Lụa" not in listed


def test_a_standard_that_does_not_count_here_is_not_chosen(browser, family, text_of):
    page = text_of(browser, "register", query="?standard=tphcm-2024&class=near_poor")
    assert "Đặng Thị Lụa" in page


def test_elsewhere_there_is_nothing_to_choose(quang_trung, browser_there, add, text_of):
    add(quang_trung.children.first(), PersonInput("Lê Văn An", "00"))
    assert 'name="standard"' not in text_of(browser_there, "register")


def test_the_neighbour_sees_neither_side(family, phu_son, neighbour):
    assert neighbour.get(reverse("register_household", args=[family.pk])).status_code == 404


def test_the_running_result_follows_every_standard(browser, family, text_of, fields_of):
    typed = fields_of(text_of(browser, "register_answers", family.pk))
    address = reverse("register_answers_try", args=[family.pk])
    answer = browser.post(address, {**typed, "h_d09": "0"}).content.decode()
    national, own = answer.split("Chuẩn nghèo của tỉnh Đồng Nai 2022–2025</span>")
    assert "Chuẩn nghèo đa chiều 2022–2026" in national
    assert "bi-arrow-right" not in national
    assert "Hộ cận nghèo" in national
    assert "Hộ nghèo</span>" in own
    assert "Hộ cận nghèo</span>" in own


def test_an_earlier_year_is_read_by_its_own_standard(family, ward, hire, client_of, text_of):
    Household.objects.update(valid_from=None)
    there = client_of(hire("officer", ward), 2020)
    page = text_of(there, "register_household", family.pk)
    assert "Chuẩn nghèo đa chiều 2016–2021 (Quyết định 59/2015/QĐ-TTg)" in page
    assert "1.000.000" in page
    assert "đứng cạnh nhau" not in page
    assert "Chuẩn nghèo của tỉnh" not in text_of(there, "register")
