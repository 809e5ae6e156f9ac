"""Many rows written by one statement are the rows bulk_create would have written."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from chungtay.acts.inserting import (
    insert,
    joined,
    large_cache,
    look_over_tables,
    ready,
    ready_values,
)
from chungtay.households.models import AnswerSheet, Household, Membership, Person
from chungtay.households.writing import build_household, write_built
from tests.households.conftest import *  # noqa: F403 a family to write

pytestmark = [pytest.mark.django_db, pytest.mark.database]
ON = date(2023, 1, 1)


@pytest.fixture
def built(quang_trung, village, family):
    return [
        build_household(quang_trung, family(village, answers={"internet_used": False}), ON)
        for _ in range(3)
    ]


def test_every_kind_of_value_comes_back_as_it_went_in(built) -> None:
    write_built(built)
    for one in built:
        kept = Household.objects.get(pk=one.household.pk)
        assert (kept.commune, kept.village) == (one.household.commune, one.household.village)
        assert (kept.valid_from, kept.valid_to, kept.withdrawn) == (ON, None, False)
        person = Person.objects.get(pk=one.people[0].pk)
        assert bytes(person.id_sealed) == bytes(one.people[0].id_sealed)
        assert (person.birth, person.sex) == (one.people[0].birth, "female")
        sheet = AnswerSheet.objects.get(household=kept)
        assert sheet.answers == one.sheet.answers
        assert sheet.written_at is not None
        assert kept.memberships.count() == 3


def test_a_key_the_database_counts_is_counted_on(built) -> None:
    write_built(built)
    last = Membership.objects.order_by("pk").last()
    before = date(2022, 12, 31)
    again = Membership.objects.create(
        household=built[0].household, person=built[1].people[2], valid_from=before, valid_to=before
    )
    assert again.pk > last.pk


def test_one_statement_a_table_whatever_the_number(built, django_assert_num_queries) -> None:
    with django_assert_num_queries(5):
        write_built(built)
    assert Household.objects.count() == 3


def test_the_database_still_refuses_what_cannot_be(built) -> None:
    row = built[0].memberships[0]
    twice = Membership(household=row.household, person=row.person, relation="01", valid_from=ON)
    write_built(built)
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(ready([twice]))


def test_nothing_is_nothing() -> None:
    assert ready([]) is None
    assert ready_values(Membership, ("household", "person"), []) is None
    insert(None)
    assert Membership.objects.count() == 0


def test_parts_of_one_table_are_written_together(built, django_assert_num_queries) -> None:
    parts = [ready([one.household]) for one in built]
    rows = joined([*parts, None])
    with django_assert_num_queries(1):
        insert(rows)
    assert set(Household.objects.values_list("pk", flat=True)) == {
        one.household.pk for one in built
    }
    assert joined([None, None]) is None


def test_the_cache_is_put_back_to_what_it_was() -> None:
    def size() -> int:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA cache_size")
            return int(cursor.fetchone()[0])

    if connection.vendor != "sqlite":
        with large_cache():
            assert Household.objects.count() == 0
        return
    before = size()
    with large_cache():
        assert size() < before
    assert size() == before


def test_the_tables_are_looked_over_where_the_database_plans_by_it(built) -> None:
    write_built(built)
    look_over_tables()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            named = "SELECT reltuples FROM pg_class WHERE relname = 'households_household'"
            cursor.execute(named)
            assert int(cursor.fetchone()[0]) == len(built)
    assert Household.objects.count() == len(built)
