"""A row is the same again after it was JSON, whatever its fields hold."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from uuid import UUID

import pytest
from django.core.exceptions import ValidationError
from django.db import models

from chungtay.acts.models import JournalLine, PersonalTrace
from chungtay.acts.rows import fields_of, from_json, row_to_json, to_json
from chungtay.households.models import Household, Membership

HANOI = timezone(timedelta(hours=7))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (models.BinaryField(), bytes(range(256))),
        (models.DateField(), date(2023, 2, 28)),
        (models.DateTimeField(), datetime(2023, 2, 28, 23, 59, 59, 999_999, tzinfo=UTC)),
        (models.DecimalField(max_digits=5, decimal_places=2), Decimal("1.10")),
        (models.UUIDField(), UUID(int=7)),
        (models.JSONField(), {"members": {"b": [1, None, True], "a": "ộ"}}),
        (models.TextField(), "Lò Thị Sen\u2028\n\"'"),
        (models.BooleanField(), False),
        (models.BigIntegerField(), 2**60),
        (models.TextField(null=True), None),
    ],
)
def test_a_value_comes_back_as_it_was(field, value):
    kept = json.loads(json.dumps(to_json(field, value), ensure_ascii=False))
    back = from_json(field, kept)
    assert (back, type(back)) == (value, type(value))


def test_what_a_driver_gives_is_read_like_what_was_written():
    assert to_json(models.BinaryField(), memoryview(b"ab")) == to_json(models.BinaryField(), b"ab")
    moment = datetime(2023, 3, 1, 6, 59, tzinfo=HANOI)
    assert from_json(models.DateTimeField(), to_json(models.DateTimeField(), moment)) == moment


@pytest.mark.parametrize(
    ("field", "text"),
    [
        (models.BinaryField(), "ộ"),
        (models.DateField(), "31/02/2023"),
        (models.DateTimeField(), "hôm qua"),
        (models.UUIDField(), "x"),
        (models.BigIntegerField(), "một"),
    ],
)
def test_what_cannot_be_is_an_error(field, text):
    with pytest.raises((ValueError, ValidationError)):
        from_json(field, text)


def test_the_names_are_those_of_the_columns():
    assert {"household_id", "person_id", "withdrawn"} <= set(fields_of(Membership))
    row = Membership(household=Household(pk=UUID(int=1)), person_id=UUID(int=2))
    assert row_to_json(row, ["household_id", "valid_from"]) == {
        "household_id": str(UUID(int=1)), "valid_from": None,
    }  # fmt: skip
    field = fields_of(Membership)["household_id"]
    assert from_json(field, str(UUID(int=1))) == UUID(int=1)
    assert {"line_id"} <= set(fields_of(PersonalTrace))
    assert isinstance(fields_of(JournalLine)["at"], models.DateTimeField)
