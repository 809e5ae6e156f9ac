"""What a citizen ID says of its holder, and in which words it is doubted."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chungtay.rulebook.citizen_numbers import (
    NumberSays,
    disagreements,
    number_says,
    told_to_reader,
    told_to_writer,
)
from chungtay.rulebook.dates import PartialDate

PROVINCES = frozenset({"01", "38", "79"})


@pytest.mark.parametrize(
    ("number", "says"),
    [
        ("038084996102", NumberSays("038", "male", 1984)),
        ("038185996102", NumberSays("038", "female", 1985)),
        ("079203000123", NumberSays("079", "male", 2003)),
        ("001309000123", NumberSays("001", "female", 2009)),
        ("001599000123", NumberSays("001", "female", 2199)),
        ("172345678", None),
        ("03808499610x", None),
        ("٠٣٨٠٨٤٩٩٦١٠٢", None),
        ("", None),
    ],
)
def test_what_a_number_says(number: str, says: NumberSays | None) -> None:
    assert number_says(number) == says


@pytest.mark.parametrize(
    ("sex", "birth", "parts"),
    [
        ("female", PartialDate(1985, 3, 2), ()),
        ("male", PartialDate(1958), ("sex", "birth_year")),
        ("female", PartialDate(1958), ("birth_year",)),
        ("", None, ()),
        (None, PartialDate(1985), ()),
    ],
)
def test_where_a_number_disagrees(sex, birth, parts) -> None:
    assert disagreements("038185996102", sex, birth, PROVINCES) == parts


def test_an_unknown_province_is_asked_only_where_provinces_are_known() -> None:
    for number in ("003185996102", "101185996102", "138185996102"):
        assert disagreements(number, "female", None, PROVINCES) == ("province",)
        assert disagreements(number, "female", None, ()) == ()


def test_an_old_number_has_no_rule() -> None:
    assert told_to_writer("172345678", "male", PartialDate(1958), PROVINCES) == []
    assert told_to_reader("172345678", "male", PartialDate(1958), PROVINCES) == []


def test_the_writer_is_told_what_the_number_says() -> None:
    sex, year = told_to_writer("038185996102", "male", PartialDate(1958), PROVINCES)
    assert str(sex).startswith("Số này là của nữ, đang ghi nam.")
    assert str(year).startswith("Số này là của người sinh năm 1985, đang ghi 1958.")
    (man,) = told_to_writer("038084996102", "female", None, PROVINCES)
    assert str(man).startswith("Số này là của nam, đang ghi nữ.")


@given(st.from_regex(r"[0-9]{12}", fullmatch=True), st.sampled_from(["male", "female"]))
def test_the_reader_can_read_no_digit_from_it(number: str, sex: str) -> None:
    """Two numbers that disagree alike are told alike, whatever their digits."""
    told = told_to_reader(number, sex, PartialDate(1958), PROVINCES)
    said = " ".join(map(str, told))
    assert set(re.findall(r"\d+", said)) <= {"1958"}
    assert len(told) == len(disagreements(number, sex, PartialDate(1958), PROVINCES))
