"""Numbers of a register: compared without leading zeros, whatever the letter's case."""

from __future__ import annotations

import pytest

from chungtay.rulebook.paper_numbers import register_number


@pytest.mark.parametrize(
    ("text", "number"),
    [("07", "7"), (" 120 ", "120"), ("15A", "15a"), ("3Đ", "3đ"), ("999999", "999999")],
)
def test_a_number_is_read_as_it_is_compared(text: str, number: str) -> None:
    assert register_number(text) == number


@pytest.mark.parametrize("text", ["", "0", "00", "12ab", "1.2", "-1", "1000000", "số 5", "٣"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert register_number(text) is None
