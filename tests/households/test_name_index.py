"""The names in memory find what the database finds, heads first."""

from __future__ import annotations

import pytest

from chungtay.households.models import Household
from chungtay.households.queries import name_index
from chungtay.households.queries.people import matching
from chungtay.households.writing import PersonInput
from chungtay.rulebook.folding import fold

pytestmark = [pytest.mark.django_db]
ASKED = (
    "van",
    "Văn hải",
    "hai",
    "ng",
    "h0",
    "qt1",
    "qt",
    "12",
    "thôn 1",
    "thon",
    "thôn 1 hải",
    "ho 3",
    "ô văn",
    "không có ai",
    "",
)


@pytest.fixture
def households(add, quang_trung):
    for number, head in enumerate(("Hồ Văn Hải", "Ngô Thị Vân", "Lò Hải", "Đỗ Văn Ước Hai", "An")):
        people = [PersonInput(head, "00"), PersonInput(f"Bùi Văn {number}", "08")]
        village = list(quang_trung.children.order_by("id"))[number % 3] if number < 4 else None
        add(at=village, members=people, code=f"QT{number}-0{number}", address=f"số {number} ngõ 12")
    return Household.objects.filter(commune=quang_trung)


def rank(head: str, text: str) -> int:
    """0 for a head with every word of a text, 1 with every word as a part of one, 2 without."""
    words, name = fold(text).split(), fold(head)
    if all(word in name.split() for word in words):
        return 0
    return 1 if all(word in name for word in words) else 2


@pytest.mark.parametrize("most", [2, 100])
@pytest.mark.parametrize("text", ASKED)
def test_it_finds_what_the_database_finds_heads_first(households, text: str, most: int) -> None:
    index = name_index.name_index(lambda: households, "all", 1)
    assert index is not None
    wanted = list(matching(households, text, numbers_in=()).order_by("head_sort_key", "id"))
    best = sorted(wanted, key=lambda one: rank(one.head_name, text))
    total, rows = index.find(text, most)
    assert total == len(wanted)
    assert [index.ids[at] for at in rows] == [one.pk for one in best[:most]]
    for at, one in zip(rows, best, strict=False):
        assert (index.heads[at], index.places[at]) == (one.head_name, one.village_id)


def test_too_many_are_left_to_the_database(households, monkeypatch) -> None:
    monkeypatch.setattr(name_index, "MOST_HOUSEHOLDS", 4)
    assert name_index.name_index(lambda: households, "too many", 1) is None


def test_it_is_built_once_a_version(households, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        for _ in range(2):
            name_index.name_index(lambda: households, "once", 1)
    with django_assert_num_queries(1):
        name_index.name_index(lambda: households, "once", 2)
