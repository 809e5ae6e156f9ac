"""The traffic light of a promise: pure, exact, said in words."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from chungtay.rulebook.lights import Thresholds, elapsed, light_of
from chungtay.rulebook.wording import Sentence

THRESHOLDS = Thresholds(Fraction(9, 10), Fraction(6, 10))
TOLD = Sentence("Đã đạt {measured}/{promised} hộ", measured="3", promised="5")


def light(share: Fraction | None, passed: Fraction, *, kept: bool = False) -> tuple[str, str]:
    found = light_of(share, kept=kept, passed=passed, thresholds=THRESHOLDS, told=TOLD)
    return found.colour, str(found.why)


@pytest.mark.parametrize(
    ("share", "passed", "colour"),
    [
        (Fraction(45, 100), Fraction(1, 2), "green"),
        (Fraction(44, 100), Fraction(1, 2), "yellow"),
        (Fraction(30, 100), Fraction(1, 2), "yellow"),
        (Fraction(29, 100), Fraction(1, 2), "red"),
        (Fraction(0), Fraction(0), "green"),
        (Fraction(99, 100), Fraction(1), "red"),
    ],
)
def test_the_share_reached_against_the_share_of_the_year(
    share: Fraction, passed: Fraction, colour: str
) -> None:
    assert light(share, passed)[0] == colour


def test_a_kept_promise_is_green_whatever_the_day() -> None:
    assert light(Fraction(1), Fraction(1), kept=True)[0] == "green"
    assert light(Fraction(1, 10), Fraction(1, 2), kept=True)[0] == "green"


def test_why_is_said_in_words() -> None:
    assert light(Fraction(3, 5), Fraction(92, 100))[1] == (
        "Đã đạt 3/5 hộ khi năm đã qua 92\u00a0%."
    )
    assert light(None, Fraction(1, 2)) == (
        "unknown",
        "Chưa có số liệu, nên chưa biết nhanh hay chậm.",
    )


@pytest.mark.parametrize(
    ("on", "share"),
    [
        (date(2022, 12, 31), Fraction(0)),
        (date(2023, 1, 1), Fraction(1, 365)),
        (date(2024, 1, 1), Fraction(1)),
        (date(2023, 12, 31), Fraction(1)),
    ],
)
def test_how_much_of_a_year_has_passed(on: date, share: Fraction) -> None:
    assert elapsed(2023, on) == share
