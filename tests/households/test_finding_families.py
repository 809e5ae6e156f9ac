"""Found by any one thing; ordered as Vietnamese lists are; citizen IDs sealed."""

from __future__ import annotations

import random

import pytest
from django.db import connection

from chungtay.acts import sealing
from chungtay.households.citizen_ids import citizen_id_of, masked
from chungtay.households.models import Household, Person
from chungtay.households.queries.people import (
    households_seen_by,
    matching,
    members_on,
    standing_on,
)
from chungtay.households.writing import PersonInput
from chungtay.places.models import Unit
from chungtay.places.queries import villages_of
from chungtay.rulebook.folding import sort_key
from tests.households.conftest import HEAD_ID, OPENING, WIFE_ID

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def found(text, households=None):
    seen = households if households is not None else Household.objects.filter(withdrawn=False)
    units = Unit.objects.filter(level="commune", code__in=("14824", "14823"))
    return sorted(matching(seen, text, numbers_in=units).values_list("head_name", flat=True))


@pytest.fixture
def register(add, add_head, quang_trung):
    add(code="QT1-01", address="Ngõ 12 đường Bà Triệu")
    add_head("Phùng Thị Lựu", at=villages_of(quang_trung, OPENING)[3], code="QT4-02")
    add_head("Đặng Quốc Hoà")


@pytest.mark.parametrize(
    ("text", "heads"),
    [
        ("hoa", ["Nguyễn Thị Hòa", "Đặng Quốc Hoà"]),
        ("HÒA", ["Nguyễn Thị Hòa", "Đặng Quốc Hoà"]),
        ("thi hoa", ["Nguyễn Thị Hòa"]),
        ("hoa nguyen", ["Nguyễn Thị Hòa"]),
        ("van uoc", ["Nguyễn Thị Hòa"]),
        ("uoc", ["Nguyễn Thị Hòa", "Đặng Quốc Hoà"]),
        ("luu", ["Phùng Thị Lựu"]),
        ("dang", ["Đặng Quốc Hoà"]),
        ("QT4-02", ["Phùng Thị Lựu"]),
        ("qt", ["Nguyễn Thị Hòa", "Phùng Thị Lựu"]),
        ("thôn 4", ["Phùng Thị Lựu"]),
        ("thon 4 luu", ["Phùng Thị Lựu"]),
        ("ba trieu", ["Nguyễn Thị Hòa"]),
        (HEAD_ID, ["Nguyễn Thị Hòa"]),
        ("038 074 000 123", ["Nguyễn Thị Hòa"]),
        (HEAD_ID[-4:], ["Nguyễn Thị Hòa"]),
        (WIFE_ID[-4:], ["Nguyễn Thị Hòa"]),
        (HEAD_ID[-5:], []),
        (HEAD_ID[-7:], []),
        (HEAD_ID[-11:], []),
        (HEAD_ID[-9:], []),
        ("99990123", []),
        ("9999", []),
        ("038074", []),
        ("không có ai", []),
    ],
)
def test_a_family_is_found_by_any_one_thing(register, text, heads):
    assert found(text) == sorted(heads)


def test_letters_typed_apart_find_the_same(register):
    decomposed = "Ho\u0300a"
    assert found(decomposed) == found("Hòa")


def test_signs_of_the_search_language_are_plain_letters(register):
    assert found("%") == []
    assert found("h_a") == []
    assert found("o'; --") == []


def test_nobody_sees_the_families_of_the_neighbour(register, outsider, officer, acting):
    assert found("hoa", households_seen_by(acting(outsider))) == []
    assert len(found("hoa", households_seen_by(acting(officer)))) == 2


def test_a_village_head_finds_in_the_village_alone(register, hire, acting, quang_trung):
    fourth = villages_of(quang_trung, OPENING)[3]
    seen = households_seen_by(acting(hire("village_head", fourth)))
    assert found("thi", seen) == ["Phùng Thị Lựu"]
    assert seen.count() == 1


def test_a_withdrawn_and_an_ended_household_are_not_there(register, officer, acting):
    Household.objects.filter(head_name="Phùng Thị Lựu").update(withdrawn=True)
    Household.objects.filter(head_name="Đặng Quốc Hoà").update(valid_to=OPENING)
    seen = households_seen_by(acting(officer))
    assert seen.count() == 2
    assert standing_on(seen, OPENING).count() == 2
    assert [one.head_name for one in standing_on(seen, OPENING.replace(day=2))] == [
        "Nguyễn Thị Hòa"
    ]


NAMES = [
    "Nguyễn Văn An",
    "Lê Thị Ân",
    "Trần Ấn",
    "Đỗ Ban",
    "Vũ Bàn",
    "Hồ Bản",
    "Bùi Dũng",
    "Cao Đăng",
    "Lưu Đằng",
    "Nguyễn Thị Hoa",
    "Nguyễn Thị Hòa",
    "Nguyễn Thị Hoà",
    "Trịnh Thị Hoả",
    "Mai Ơn",
    "Mai Ông",
    "Mai Oanh",
    "Phạm Văn Ước",
    "Phạm Văn Uyên",
    "Y Blôk Niê",
    "H'Hen Niê",
    "Lê",
    "Jarai Wơn",
    "Thạch Sóc 2",
]


def test_the_database_orders_names_as_the_sort_key_does(add_head):
    shuffled = NAMES[:]
    random.Random(7).shuffle(shuffled)
    for name in shuffled:
        add_head(name)
    ordered = list(Household.objects.order_by("head_sort_key").values_list("head_name", flat=True))
    keys = [sort_key(name) for name in ordered]
    assert keys == sorted(keys)
    assert ordered[0] == "Thạch Sóc 2"
    assert ordered[1:4] == ["Nguyễn Văn An", "Lê Thị Ân", "Trần Ấn"]
    assert ordered.index("Bùi Dũng") < ordered.index("Cao Đăng") < ordered.index("Lưu Đằng")
    assert ordered.index("Mai Oanh") < ordered.index("Mai Ông") < ordered.index("Mai Ơn")
    assert sort_key("Nguyễn Thị Hòa") == sort_key("Nguyễn Thị Hoà")


def test_no_digit_of_an_id_lies_in_the_tables(add):
    add()
    raw = {}
    with connection.cursor() as cursor:
        for table in ("households_person", "households_household", "acts_personaltrace"):
            cursor.execute(f"SELECT * FROM {table}")
            raw[table] = [_bytes(value) for row in cursor.fetchall() for value in row]
    for table, values in raw.items():
        for number in (HEAD_ID, WIFE_ID):
            assert not any(number.encode() in value for value in values), table
            assert not any(number[-6:].encode() in value for value in values), table
    assert not any(HEAD_ID.encode().hex().encode() in value for value in raw["households_person"])


def _bytes(value):
    if isinstance(value, bytes | memoryview):
        return bytes(value)
    return str(value).encode()


def test_an_id_opens_only_for_its_own_person(add):
    household = add()
    head, wife, child = (row.person for row in members_on(household.id, None))
    assert (citizen_id_of(head), citizen_id_of(wife)) == (HEAD_ID, WIFE_ID)
    assert citizen_id_of(child) is None
    wife.id_sealed = head.id_sealed
    with pytest.raises(sealing.Unreadable):
        citizen_id_of(wife)


def test_equal_ids_have_equal_indexes_and_another_sealing(add, add_head, phu_son):
    add()
    quarter = villages_of(phu_son, OPENING).first()
    members = [PersonInput("Lê Văn An", relation="00", citizen_id=HEAD_ID)]
    add(members=members, commune=phu_son, at=quarter)
    first, second = Person.objects.exclude(id_index=None).filter(
        full_name__in=["Nguyễn Thị Hòa", "Lê Văn An"]
    )
    assert bytes(first.id_index) == bytes(second.id_index)
    assert bytes(first.id_tail_index) == bytes(second.id_tail_index)
    assert bytes(first.id_sealed) != bytes(second.id_sealed)


@pytest.mark.parametrize(
    ("number", "shown"),
    [(HEAD_ID, "••••••••0123"), ("123456789", "•••••6789"), (None, ""), ("", "")],
)
def test_a_masked_id_shows_the_four_digits_it_is_found_by(number, shown):
    assert masked(number) == shown


@pytest.mark.parametrize("text", [HEAD_ID, HEAD_ID[-4:]])
def test_numbers_are_searched_only_where_they_are_seen(register, phu_son, text):
    seen = Household.objects.filter(withdrawn=False)
    assert not matching(seen, text, numbers_in=[]).exists()
    assert not matching(seen, text, numbers_in=[phu_son]).exists()


def test_digits_of_a_code_are_found_without_the_right_to_numbers(add_head):
    add_head("Lê Văn An", code="2023-00417")
    seen = Household.objects.filter(withdrawn=False)
    assert matching(seen, "00417", numbers_in=[]).get().head_name == "Lê Văn An"
