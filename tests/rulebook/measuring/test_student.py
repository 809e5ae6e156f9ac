"""Quantiles of Student against the published tables."""

from __future__ import annotations

from math import atan, inf, pi, sqrt

import pytest

from chungtay.rulebook.measuring.student import outside, t_quantile

# two-sided 95 % and 99 %, from the tables of the distribution
TABLE = [
    (0.95, 1, 12.706204736),
    (0.95, 2, 4.302652730),
    (0.95, 5, 2.570581836),
    (0.95, 10, 2.228138852),
    (0.95, 30, 2.042272456),
    (0.95, 100, 1.983971519),
    (0.95, 1000, 1.962339081),
    (0.95, inf, 1.959963985),
    (0.99, 1, 63.656741162),
    (0.99, 10, 3.169272673),
    (0.99, 60, 2.660283029),
    (0.90, 7, 1.894578605),
]


@pytest.mark.parametrize(("level", "freedom", "expected"), TABLE)
def test_the_tables(level: float, freedom: float, expected: float) -> None:
    assert t_quantile(level, freedom) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("t", [1e-6, 0.1, 1.0, 2.5, 40.0, 1e5])
def test_the_closed_forms_of_one_and_two_degrees(t: float) -> None:
    assert outside(t, 1) == pytest.approx(1 - 2 * atan(t) / pi, rel=1e-9, abs=1e-15)
    assert outside(t, 2) == pytest.approx(1 - t / sqrt(2 + t * t), rel=1e-4, abs=1e-15)


def test_many_degrees_come_to_the_normal_without_a_step() -> None:
    near, beyond = t_quantile(0.95, 2**20 - 1), t_quantile(0.95, 2**20 + 1)
    assert near == pytest.approx(beyond, rel=1e-10)
    assert t_quantile(0.95, inf) < beyond


@pytest.mark.parametrize(("level", "freedom"), [(0, 5), (1, 5), (0.95, 0), (1.2, 3)])
def test_there_is_no_quantile_of_nothing(level: float, freedom: float) -> None:
    with pytest.raises(ValueError, match="no quantile"):
        t_quantile(level, freedom)
