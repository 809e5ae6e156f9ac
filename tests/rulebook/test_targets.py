"""The arithmetic of a promise: derived rests and rates, and totals that fit a rate."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chungtay.rulebook.targets import (
    RateClaim,
    TargetError,
    TotalRange,
    contradiction,
    contradictions,
    fitting_totals,
    plan_target,
    rate,
    totals_fitting_all,
)

QUANG_TRUNG = [
    RateClaim(21, Decimal("1.49")),
    RateClaim(14, Decimal("0.99")),
    RateClaim(16, Decimal("1.13")),
    RateClaim(12, Decimal("0.85")),
]


def plain(sentence: object) -> str:
    return str(sentence).replace("\u00a0", " ")


def test_quang_trung_2023() -> None:
    poor = plan_target(total=1411, opening=21, reduction=5)
    near_poor = plan_target(total=1411, opening=14, reduction=2)
    assert (poor.closing, poor.opening_rate, poor.closing_rate) == (
        16,
        Decimal("1.49"),
        Decimal("1.13"),
    )
    assert (near_poor.closing, near_poor.opening_rate, near_poor.closing_rate) == (
        12,
        Decimal("0.99"),
        Decimal("0.85"),
    )


def test_totals_that_fit_quang_trung() -> None:
    assert fitting_totals(21, Decimal("1.49")) == TotalRange(1405, 1414)
    assert totals_fitting_all(QUANG_TRUNG) == TotalRange(1410, 1414)
    assert contradictions(QUANG_TRUNG, 1411) == ()


def test_contradiction_names_the_totals_that_would_fit() -> None:
    said = contradiction(QUANG_TRUNG[0], 1398)
    assert plain(said) == "21 hộ = 1,49 % chỉ đúng với tổng số 1.405–1.414 hộ; đang ghi 1.398"
    assert contradiction(QUANG_TRUNG[0], 1405) is None


def test_claims_that_no_total_fits_together() -> None:
    claims = [RateClaim(21, Decimal("1.49")), RateClaim(14, Decimal("1.49"))]
    assert totals_fitting_all(claims) is None
    (said,) = contradictions(claims)
    assert "21 hộ = 1,49 % cần 1.405–1.414 hộ" in plain(said)


def test_zero_households_fit_any_total_and_only_the_rate_zero() -> None:
    assert fitting_totals(0, Decimal(0)) == TotalRange(1, None)
    assert fitting_totals(0, Decimal("0.01")) is None
    assert plain(contradiction(RateClaim(0, Decimal("0.01")), 5)) == (
        "0 hộ = 0,01 % không đúng với tổng số hộ nào; đang ghi 5"
    )
    assert fitting_totals(1, Decimal(0)) == TotalRange(20001, None)
    assert "từ 20.001 hộ trở lên" in plain(contradiction(RateClaim(1, Decimal(0)), 5))


def test_a_rate_with_more_decimals_than_it_may_have_fits_nothing() -> None:
    assert fitting_totals(21, Decimal("1.495"), 2) is None


def test_half_goes_up() -> None:
    assert rate(1, 8, 2) == Decimal("12.50")
    assert rate(1, 80, 1) == Decimal("1.3")
    assert str(rate(14, 1411)) == "0.99"


@pytest.mark.parametrize(
    ("numbers", "part"),
    [
        ({"total": 1411, "opening": 21, "reduction": 22}, "Không thể giảm 22 hộ"),
        ({"total": 1411, "opening": 21, "reduction": -1}, "không được âm"),
        ({"total": -1, "opening": 21, "reduction": 1}, "không được âm"),
        ({"total": 20, "opening": 21, "reduction": 1}, "tổng số hộ chỉ có 20"),
        ({"total": 0, "opening": 0, "reduction": 0}, "tổng số hộ chỉ có 0"),
    ],
)
def test_a_target_that_cannot_be_is_refused(numbers: dict[str, int], part: str) -> None:
    with pytest.raises(TargetError, match=part):
        plan_target(**numbers)


def test_no_rate_without_a_total() -> None:
    with pytest.raises(TargetError, match="lớn hơn 0"):
        rate(1, 0)


@given(st.integers(0, 60), st.integers(0, 10_000), st.integers(0, 2))
def test_fitting_totals_is_exact(count: int, steps: int, digits: int) -> None:
    stated = Decimal(steps).scaleb(-digits)
    found = fitting_totals(count, stated, digits)
    for total in range(max(count, 1), 1500):
        fits = rate(count, total, digits) == stated
        assert fits == (found is not None and total in found)


@given(st.integers(1, 400), st.integers(0, 3), st.data())
def test_both_ends_of_fitting_totals_are_sharp(
    count: int, digits: int, data: st.DataObject
) -> None:
    total = data.draw(st.integers(count, 50_000))
    found = fitting_totals(count, rate(count, total, digits), digits)
    assert found is not None
    assert total in found
    for outside in (found.low - 1, None if found.high is None else found.high + 1):
        if outside is not None and outside >= count:
            assert rate(count, outside, digits) != rate(count, total, digits)


@given(st.integers(0, 5000), st.integers(1, 5000), st.integers(0, 4))
def test_rate_is_the_exact_share_rounded_half_up(count: int, total: int, digits: int) -> None:
    exact = Fraction(100 * count, total) * 10**digits
    expected = Decimal(int(exact + Fraction(1, 2))).scaleb(-digits)
    assert rate(count, total, digits) == expected
    quotient = Decimal(100 * count) / Decimal(total)
    nearest = quotient.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    assert abs(nearest - expected) <= Decimal(1).scaleb(-digits)
