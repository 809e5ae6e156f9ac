"""Pairs that are probably one are found in a few queries, and never outside what one may see."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chungtay.households.citizen_ids import set_citizen_id
from chungtay.households.models import Household
from chungtay.households.queries.comparing import differing_people, probable_pairs
from chungtay.households.queries.duplicates import LARGEST_BLOCK, likely_duplicates_in
from chungtay.households.queries.likeness import ENOUGH, POINTS, WORDS, Likeness
from chungtay.households.queries.people import households_seen_by, members_on
from chungtay.households.services.merging import keep_apart
from chungtay.households.writing import PersonInput
from chungtay.places.queries import villages_of
from chungtay.rulebook.dates import PartialDate
from tests.households.conftest import HEAD_ID, OPENING, WIFE_ID

BORN = (1970, 3, 2)

pytestmark = pytest.mark.django_db


def one(name, relation="00", year=None, month=None, day=None, **more):
    birth = PartialDate(year, month, day) if year else None
    return PersonInput(name, relation, birth=birth, **more)


def pairs(commune, on=None):
    found = likely_duplicates_in(Household.objects.filter(commune=commune, withdrawn=False), on)
    return [(pair.kind, set(pair.likeness.parts)) for pair in found.pairs]


@pytest.fixture
def other_village(quang_trung):
    return villages_of(quang_trung, OPENING)[1]


def test_the_same_number_comes_first_whatever_the_name(add, quang_trung):
    add(members=[one("Lò Thị Sen"), one("Vi Văn Đá", "08", citizen_id=HEAD_ID)])
    second = add(members=[one("Hà Văn Núi"), one("Đào Thị Mơ", "08")])
    add(members=[one("Lò Thị Sen", year=1970), one("Hà Văn Tư", "08", year=1990)])
    # A number twice in a commune is refused at the door; two lists of two places bring it.
    person = members_on(second.pk, None)[1].person
    set_citizen_id(person, HEAD_ID)
    person.save()
    found = pairs(quang_trung)
    assert found[0] == ("person", {"same_id", "same_village"})
    assert ("household", {"same_head", "same_village"}) in found


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        (("Lò Thị Sen", 1970), ("Lò Thị Sên", 1970), {"same_name", "same_birth_year"}),
        (("Lò Thị Sen", 1970, 3, 2), ("Lò Thị Sen", 1970, 3, 2), {"same_name", "same_birth"}),
        (("Lò Thị Sen", 1970), ("Lò Thị Sen", 1971), None),
        (("Lò Thị Sen", 1970), ("Hà Thị Sen", 1970), None),
        (("Lường Thị Sen", *BORN), ("Lường Thị Sến", *BORN), {"same_name", "same_birth"}),
        (("Lường Thị Sen", *BORN), ("Lường Thị Senn", *BORN), {"near_name", "same_birth"}),
    ],
)  # fmt: skip
def test_names_and_births_are_weighed(add, quang_trung, first, second, found):
    add(members=[one("Vi Văn Một"), one(first[0], "08", *first[1:])])
    add(members=[one("Hà Văn Hai"), one(second[0], "08", *second[1:])])
    expected = [("person", found | {"same_village"})] if found else []
    assert pairs(quang_trung) == expected


def test_two_numbers_or_two_sexes_speak_against_it(add, quang_trung):
    for number, sex in ((HEAD_ID, "male"), (WIFE_ID, "male"), (None, "female")):
        add(members=[one("Vi Văn Một", sex=sex, year=1970, citizen_id=number)])
    assert pairs(quang_trung) == []


def test_the_same_name_elsewhere_in_the_commune_needs_the_year(add, quang_trung, other_village):
    add(members=[one("Vi Văn Một"), one("Lò Thị Sen", "08")])
    add(at=other_village, members=[one("Hà Văn Hai"), one("Lò Thị Sen", "08")])
    assert pairs(quang_trung) == []
    add(members=[one("Vi Văn Ba"), one("Hà Thị Mơ", "08", 1990)])
    add(at=other_village, members=[one("Hà Văn Tư"), one("Hà Thị Mơ", "08", 1990)])
    assert pairs(quang_trung) == [("person", {"same_name", "same_birth_year"})]


def test_a_household_written_twice_is_one_pair_not_many(add, family, quang_trung):
    add()
    add(members=[one("Nguyễn Thị Hoà", year=1974), one("Đỗ Thị Bé", "08")])
    assert pairs(quang_trung) == [("household", {"same_head", "same_member", "same_village"})]


def test_one_person_twice_in_a_household(add, quang_trung):
    add(members=[one("Lò Thị Sen", year=1970), one("Lò Thị Sen", "08", 1970)])
    assert pairs(quang_trung) == [("person", {"same_name", "same_birth_year", "same_household"})]


def test_a_pair_kept_apart_is_not_found_again(add, quang_trung, system):
    first = add(members=[one("Lò Thị Sen", year=1970)])
    second = add(members=[one("Lò Thị Sen", year=1970)])
    assert [kind for kind, _ in pairs(quang_trung)] == ["household"]
    words = {"actor": system, "household": first}
    keep_apart(kind="household", one=first.pk, other=second.pk, **words)
    assert pairs(quang_trung) == []
    people = [members_on(household.pk, None)[0].person for household in (first, second)]
    for person in people:
        set_citizen_id(person, HEAD_ID)
        person.save()
    assert [kind for kind, _ in pairs(quang_trung)] == ["person"]
    keep_apart(kind="person", one=people[0].pk, other=people[1].pk, **words)
    assert pairs(quang_trung) == []


def test_nothing_is_compared_across_what_one_may_see(
    add, acting, officer, outsider, phu_son, quang_trung
):
    add(members=[one("Lò Thị Sen", year=1970, citizen_id=HEAD_ID)])
    add(
        commune=phu_son,
        at=villages_of(phu_son, OPENING).first(),
        members=[one("Lò Thị Sen", year=1970, citizen_id=HEAD_ID)],
    )
    for user in (officer, outsider):
        seen = households_seen_by(acting(user), "households.change")
        assert likely_duplicates_in(seen, None).pairs == []
    assert len(likely_duplicates_in(Household.objects.all(), None).pairs) == 1


def test_those_who_left_are_not_compared(add, quang_trung):
    add(members=[one("Vi Văn Một"), one("Lò Thị Sen", "08", 1970)])
    gone = add(members=[one("Hà Văn Hai"), one("Lò Thị Sen", "08", 1970)])
    row = members_on(gone.pk, None)[1]
    row.valid_to = date(2023, 6, 30)
    row.save()
    assert pairs(quang_trung) == []
    assert len(pairs(quang_trung, on=date(2023, 3, 1))) == 1


def test_a_name_too_common_without_a_year_is_said_not_compared(add, quang_trung):
    children = [one("Lò Thị Sen", "08") for _ in range(LARGEST_BLOCK)]
    add(members=[one("Vi Văn Một"), *children])
    add(members=[one("Hà Văn Hai"), one("Lò Thị Sen", "08")])
    found = likely_duplicates_in(Household.objects.filter(commune=quang_trung), None)
    assert (found.pairs, found.too_common) == ([], 1)


def test_the_queries_do_not_grow_with_the_register(add, quang_trung):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            likely_duplicates_in(Household.objects.filter(commune=quang_trung), None)
        return len(asked)

    add(members=[one("Lò Thị Sen", year=1970)])
    add(members=[one("Lò Thị Sen", year=1970)])
    few = queries()
    for number in range(12):
        add(members=[one(f"Vi Văn {number}", year=1970)])
        add(members=[one(f"Vi Văn {number}", year=1970)])
    assert queries() == few <= 3


def test_every_part_has_points_and_words():
    assert set(POINTS) == set(WORDS)
    found = Likeness(("same_name", "same_birth_year", "same_member", "same_member"))
    assert found.score == sum(POINTS[part] for part in found.parts) >= ENOUGH
    assert len(found.reasons) == 3


def test_side_by_side_the_newer_value_that_is_not_blank_would_hold(add):
    first = add(members=[one("Lò Thị Sen", year=1970, ethnicity="Thái", citizen_id=HEAD_ID)])
    second = add(members=[one("Lò Thị Sên", year=1970, month=3, day=2, sex="female")])
    rows = [members_on(household.pk, None)[0] for household in (first, second)]
    found = differing_people(rows[0].person, rows[1].person, "second")
    assert {one.name: one.holds for one in found} == {
        "full_name": "second",
        "sex": "second",
        "birth": "second",
        "ethnicity": "first",
        "citizen_id": "first",
    }
    found = differing_people(rows[0].person, rows[1].person, "first")
    assert {one.name: one.holds for one in found}["full_name"] == "first"
    assert {one.name: one.holds for one in found}["birth"] == "second"


def test_who_is_probably_whom(add):
    first = add()
    second = add(members=[one("Đỗ Văn Út"), one("Nguyễn Thị Hoà", "01"), one("Đỗ Thị Bé", "08")])
    own, other = members_on(first.pk, None), members_on(second.pk, None)
    names = {row.person_id: row.person.full_name for row in (*own, *other)}
    found = {names[a]: names[b] for a, b in probable_pairs(own, other).items()}
    assert found == {"Nguyễn Thị Hoà": "Nguyễn Thị Hòa", "Đỗ Thị Bé": "Đỗ Thị Bé"}
