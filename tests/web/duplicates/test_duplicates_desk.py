"""The duplicates desk as an officer uses it, and as a neighbour must not see it."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from chungtay.households.models import Household, KeptApart, Membership, Person, RecordMerge
from chungtay.households.models import StatusSpell as Spell
from chungtay.households.queries.people import members_on
from chungtay.households.services import add_household, correct_household
from chungtay.households.writing import HouseholdInput, PersonInput
from chungtay.places.queries import villages_of
from chungtay.rulebook.dates import PartialDate
from tests.conftest import THEN

pytestmark = pytest.mark.django_db

BORN = PartialDate(1974, 4, 12)


@pytest.fixture
def add(system, quang_trung):
    def add_one(*members, commune=quang_trung, **more):
        village = villages_of(commune, THEN).first()
        given = HouseholdInput(village, list(members), **more)
        pk = add_household(actor=system, commune=commune, given=given, on=THEN)
        return Household.objects.select_related("commune", "village").get(pk=pk)

    return add_one


@pytest.fixture
def twice(add):
    """A family written twice, sorted as the addresses are."""
    made = [
        add(
            PersonInput("Lường Thị Quyên", "00", "female", BORN, "038174000123"),
            PersonInput("Đỗ Văn Ước", "01"),
            code="A1",
        ),
        add(
            PersonInput("Lường Thị Quyển", "00", "female", PartialDate(1974)),
            PersonInput("Đỗ Thị Bé", "08"),
            code="A2",
            address="Số 9",
        ),
    ]
    return sorted(made, key=lambda one: one.pk)


@pytest.fixture
def browser(officer, client_of):
    return client_of(officer)


def households_page(both):
    return reverse("register_duplicates_households", args=[one.pk for one in both])


def form_of(both, **more):
    return {f"version_{one.pk}": one.version for one in both} | {"keep": "first", "key": "k"} | more


def pairing(both):
    """The second head is the first."""
    heads = [members_on(one.pk, None)[0].person_id for one in both]
    return {f"pair_{heads[1]}": str(heads[0])}


def test_the_register_leads_to_the_pairs_and_a_pair_to_its_page(browser, twice):
    assert reverse("register_duplicates") in browser.get(reverse("register")).content.decode()
    page = browser.get(reverse("register_duplicates")).content.decode()
    assert households_page(twice) in page
    assert "chủ hộ giống nhau" in page
    text = browser.get(households_page(twice)).content.decode()
    assert "Có phải cùng một hộ?" in text
    assert text.count("khác nhau</span>") == 2
    assert "Số 9" in text
    assert "038174000123" not in text


def test_an_empty_desk_says_so(browser, add):
    add(PersonInput("Lường Thị Quyên", "00"))
    assert (
        "Không thấy người hay hộ nào"
        in browser.get(reverse("register_duplicates")).content.decode()
    )


def test_two_households_are_merged_and_put_back(browser, twice):
    answer = browser.post(
        households_page(twice),
        form_of(twice, **pairing(twice), field_address="second"),
        follow=True,
    )
    assert "Đã gộp hai bản ghi của hộ" in answer.content.decode()
    kept, lost = (Household.objects.get(pk=one.pk) for one in twice)
    assert (lost.merged_into_id, lost.withdrawn) == (kept.pk, True)
    assert kept.address == twice[1].address
    assert Membership.objects.filter(household=kept, withdrawn=False).count() == 3
    head = Person.objects.get(pk=members_on(kept.pk, None)[0].person_id)
    assert head.birth == BORN
    assert head.id_sealed is not None
    undo = re.search(r'action="(/trung/gop/[^"]+)"', answer.content.decode()).group(1)
    back = browser.post(undo, {"key": "u"}, follow=True).content.decode()
    assert "Đã hoàn tác lần gộp" in back
    assert not Household.objects.get(pk=lost.pk).withdrawn


def test_the_second_record_may_be_the_one_that_is_kept(browser, twice):
    browser.post(households_page(twice), form_of(twice, **pairing(twice), keep="second"))
    assert Household.objects.get(pk=twice[0].pk).merged_into_id == twice[1].pk
    head = members_on(twice[1].pk, None)[0].person
    assert (head.birth, head.id_sealed is not None) == (BORN, True)


def test_a_link_to_the_lost_record_leads_to_the_kept_one(browser, twice, outsider, client_of):
    browser.post(households_page(twice), form_of(twice, **pairing(twice)))
    lost = reverse("register_household", args=[twice[1].pk])
    kept = reverse("register_household", args=[twice[0].pk])
    answer = browser.get(lost)
    assert (answer.status_code, answer.headers["Location"]) == (302, kept)
    assert client_of(outsider).get(lost).status_code == 404
    page = browser.get(kept).content.decode()
    assert "Gộp với bản ghi khác của hộ" in page
    assert page.count("Thêm hộ vào sổ") == 2
    assert kept in browser.get(reverse("journal")).content.decode()


def test_classes_that_clash_must_be_decided_and_nothing_typed_is_lost(browser, twice):
    for household, name in zip(twice, ("poor", "near_poor"), strict=True):
        Spell.objects.create(
            household=household,
            standard="nd-07-2021",
            household_class=name,
            valid_from=THEN,
            source=Spell.Source.IMPORTED_LIST,
        )
    form = form_of(twice, **pairing(twice), field_code="second", keep="second")
    answer = browser.post(households_page(twice), form)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Hãy chọn diện của hộ nào đúng" in text
    assert 'name="field_code" value="second" checked' in text
    assert re.search(r'name="keep" value="second"[^>]* checked', text)
    browser.post(households_page(twice), form | {"spells_nd-07-2021": "first", "key": "k2"})
    kept = Household.objects.get(pk=twice[1].pk)
    assert [one.household_class for one in kept.statuses.filter(withdrawn=False)] == ["poor"]
    assert kept.code == twice[1].code


def test_a_stale_form_shows_both_records_as_they_are_now(browser, twice, system):
    form = form_of(twice, **pairing(twice))
    correct_household(
        actor=system, household=twice[1], village=twice[1].village, code="A9", address="",
        expected_version=None, reason="ghi sai",
    )  # fmt: skip
    answer = browser.post(households_page(twice), form)
    assert answer.status_code == 409
    assert "A9" in answer.content.decode()
    assert not RecordMerge.objects.exists()


def test_a_double_click_merges_once(browser, twice, outsider, client_of):
    form = form_of(twice, **pairing(twice))
    browser.post(households_page(twice), form)
    again = browser.post(households_page(twice), form, follow=True)
    assert "đã được gộp thành một" in again.content.decode()
    assert RecordMerge.objects.count() == 1
    assert client_of(outsider).post(households_page(twice), form).status_code == 404


def test_a_pair_that_is_not_the_same_goes_and_comes_back(browser, twice):
    apart = reverse("register_duplicates_households_apart", args=[one.pk for one in twice])
    page = browser.post(apart, {"key": "a"}, follow=True).content.decode()
    assert "Đã ghi nhớ: đây là hai hộ khác nhau" in page
    assert households_page(twice) not in page
    again = reverse("register_duplicates_again", args=[KeptApart.objects.get().pk])
    page = browser.post(again, {"key": "b"}, follow=True).content.decode()
    assert households_page(twice) in page


def test_two_people_are_merged_into_the_household_that_is_chosen(browser, add):
    first = add(PersonInput("Vi Văn Đá", "00"), PersonInput("Hà Thị Mơ", "08", birth=BORN))
    second = add(PersonInput("Lò Văn Tre", "00"), PersonInput("Hà Thị Mơ", "01", birth=BORN))
    rows = [members_on(one.pk, None)[1] for one in (first, second)]
    rows.sort(key=lambda row: row.person_id)
    page = reverse("register_duplicates_people", args=[row.person_id for row in rows])
    assert page in browser.get(reverse("register_duplicates")).content.decode()
    shown = browser.get(page).content.decode()
    assert "Người này thuộc hộ nào?" in shown
    form = form_of((first, second))
    assert "Hãy chọn người này thuộc hộ nào" in browser.post(page, form).content.decode()
    answer = browser.post(page, form | {"home": str(second.pk), "key": "k2"}, follow=True)
    assert "Đã gộp hai bản ghi của Hà Thị Mơ" in answer.content.decode()
    for row in rows:
        old = browser.get(reverse("register_person", args=[second.pk, row.person_id]))
        assert "Hà Thị Mơ" in old.content.decode()
    assert [len(members_on(one.pk, None)) for one in (first, second)] == [1, 2]


def test_a_neighbour_sees_and_merges_nothing(client_of, outsider, twice, add, phu_son, browser):
    neighbour = client_of(outsider)
    foreign = add(PersonInput("Lường Thị Quyên", "00", "female", BORN), commune=phu_son)
    assert "Lường" not in neighbour.get(reverse("register_duplicates")).content.decode()
    for pair in (twice, (twice[0], foreign)):
        assert neighbour.get(households_page(pair)).status_code == 404
        assert neighbour.post(households_page(pair), form_of(pair)).status_code == 404
        people = [members_on(one.pk, None)[0].person_id for one in pair]
        page = reverse("register_duplicates_people", args=people)
        assert neighbour.get(page).status_code == 404
    assert browser.get(households_page((twice[0], foreign))).status_code == 404
    assert browser.get(households_page((twice[0], twice[0]))).status_code == 404
    assert not RecordMerge.objects.exists()


def test_a_household_without_anybody_is_not_left_behind(browser, add):
    alone = add(PersonInput("Hà Thị Mơ", "00", birth=BORN))
    second = add(PersonInput("Lò Văn Tre", "00"), PersonInput("Hà Thị Mơ", "01", birth=BORN))
    people = [members_on(alone.pk, None)[0], members_on(second.pk, None)[1]]
    page = reverse("register_duplicates_people", args=[row.person_id for row in people])
    form = form_of((alone, second), home=str(second.pk))
    answer = browser.post(page, form)
    assert answer.status_code == 422
    assert "sẽ không còn ai" in answer.content.decode()
