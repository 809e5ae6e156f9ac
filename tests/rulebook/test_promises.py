"""Promises of every kind: read, refused, made into whole households, split, combined; all exact."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chungtay.rulebook.promise_words import (
    number_words,
    population_words,
    promise_words,
    span_words,
)
from chungtay.rulebook.promises import (
    Amount,
    Base,
    Kind,
    Population,
    Span,
    households_for_points,
    needed_of_each,
    points,
    reached,
    refuse_unclear,
    span_of,
    split_evenly,
    whole_households,
)
from chungtay.rulebook.targets import TargetError

POOR_A = Population(subclass="A")
PERIOD = Base(POOR_A, from_year=2022, to_year=2025)
SHARE = Kind(POOR_A, "share", base=PERIOD)


def amount(value, value_to=None, base_count=None):
    return Amount(Fraction(value), None if value_to is None else Fraction(value_to), base_count)


# ---- a promise that cannot be read ----


@pytest.mark.parametrize(
    ("kind", "promised", "sentence"),
    [
        (Kind(measure="share"), amount(35), "chưa nói là phần trăm của số hộ nào"),
        (Kind(measure="share"), amount(35, base_count=160), "chưa nói là phần trăm"),
        (SHARE, amount(35), "chưa nói là phần trăm"),
        (
            replace(SHARE, base=Base(POOR_A, from_year=2022)),
            amount(35, base_count=160),
            "vào ngày nào hoặc trong giai đoạn nào",
        ),
        (Kind(Population(classes=("near_poor",), subclass="A")), amount(1), "Chỉ hộ nghèo"),
        (Kind(measure="points", comparator="between"), amount(8), "cần hai số"),
        (Kind(measure="points"), amount(8, 9), "chỉ cần một số"),
        (Kind(measure="points", comparator="between"), amount(9, 8), "từ số nhỏ đến số lớn"),
        (Kind(measure="points"), amount(-1), "không được âm"),
        (Kind(measure="coverage"), amount(101), "không được quá 100"),
    ],
)
def test_a_promise_that_cannot_be_read_says_why(kind, promised, sentence):
    with pytest.raises(TargetError, match=sentence):
        refuse_unclear(kind, promised)


@pytest.mark.parametrize(
    ("kind", "promised"),
    [
        (SHARE, amount(35, base_count=160)),
        (replace(SHARE, base=Base(POOR_A, on=date(2023, 12, 31))), amount(35, base_count=0)),
        (Kind(measure="points", comparator="between"), amount(8, 9)),
        (Kind(measure="count"), amount(200)),
    ],
)
def test_a_promise_that_says_all_may_be(kind, promised):
    refuse_unclear(kind, promised)


# ---- words ----


@pytest.mark.parametrize(
    ("kind", "promised", "words"),
    [
        (
            Kind(measure="points", comparator="about"),
            amount("10.5"),
            "giảm khoảng 10,5 điểm phần trăm",
        ),
        (
            Kind(measure="points", comparator="between"),
            amount(8, 9),
            "giảm từ 8 đến 9 điểm phần trăm",
        ),
        (Kind(measure="points", comparator="over"), amount(1), "giảm trên 1 điểm phần trăm"),
        (
            SHARE,
            amount(35, base_count=160),
            "giảm 35\u00a0% của 160 hộ nghèo A giai đoạn 2022–2025",
        ),
        (Kind(measure="coverage", comparator="at_least"), amount(92), "đạt ít nhất 92\u00a0%"),
        (Kind(), amount(2), "giảm 2 hộ"),
    ],
)
def test_a_promise_in_words(kind, promised, words):
    assert promise_words(kind, promised) == words


@pytest.mark.parametrize(
    ("population", "words"),
    [
        (POOR_A, "hộ nghèo A"),
        (Population(group="Kinh"), "hộ nghèo người Kinh"),
        (Population("worker", ("poor", "near_poor", "newly_escaped"), registered_need=True),
         "người lao động thuộc hộ nghèo, hộ cận nghèo, hộ mới thoát nghèo có nhu cầu"),
        (Population("child", ("poor",), age_from=3, age_to=15),
         "trẻ em từ 3 đến 15 tuổi thuộc hộ nghèo"),
        (Population("poverty_officer", ()), "cán bộ làm công tác giảm nghèo"),
    ],
)  # fmt: skip
def test_a_population_in_words(population, words):
    assert population_words(population) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("10.5", "10,5"),
        ("1500", "1.500"),
        ("-0.25", "-0,25"),
        ("0.005", "0,01"),
        ("1/3", "0,33"),
        ("2", "2"),
    ],
)
def test_a_number_is_written_exactly_and_rounded_half_up(number, words):
    assert number_words(Fraction(number)) == words


# ---- whole households ----


@pytest.mark.parametrize(
    ("comparator", "value", "base", "count", "rounded"),
    [
        ("exactly", 35, 160, 56, False),
        ("exactly", 35, 180, 63, False),
        ("exactly", 35, 161, 56, True),
        ("exactly", 50, 3, 2, True),
        ("about", 35, 161, 56, True),
        ("at_least", 35, 161, 57, True),
        ("over", 35, 160, 57, True),
    ],
)
def test_a_share_in_whole_households(comparator, value, base, count, rounded):
    kind = replace(SHARE, comparator=comparator)
    whole = whole_households(kind, amount(value, base_count=base))
    assert (whole.count, whole.rounded) == (count, rounded)


def test_points_in_whole_households():
    between = Kind(measure="points", comparator="between")
    assert households_for_points(between, amount(8, 9), 480) == (39, 43)
    assert points(210, 171, 480) == Fraction("8.125")
    over = Kind(measure="points", comparator="over")
    assert households_for_points(over, amount(1), 500) == (6, None)


@given(
    total=st.integers(1, 5000),
    low=st.fractions(0, 40, max_denominator=10),
    width=st.fractions(Fraction(1, 10), 20, max_denominator=10),
)
def test_as_many_households_as_said_keep_the_promise_and_one_fewer_does_not(total, low, width):
    kind = Kind(measure="points", comparator="between")
    promised = Amount(low, low + width)
    fewest, most = households_for_points(kind, promised, total)
    assert reached(kind, promised, points(fewest, 0, total))
    assert fewest == 0 or not reached(kind, promised, points(fewest - 1, 0, total))
    assert most is not None
    assert points(most + 1, 0, total) not in span_of(kind, promised)


@pytest.mark.parametrize(
    ("comparator", "measured", "kept"),
    [
        ("exactly", "10", True),
        ("exactly", "9.99", False),
        ("over", "10", False),
        ("over", "10.01", True),
        ("at_least", "10", True),
        ("about", "11", True),
    ],
)
def test_reached_at_its_edge(comparator, measured, kept):
    kind = Kind(measure="points", comparator=comparator)
    assert reached(kind, amount(10), Fraction(measured)) is kept


# ---- parts and wholes ----


def test_the_fall_of_tu_mo_rong_is_reached_only_if_the_near_poor_fall_by_enough():
    whole = span_of(Kind(comparator="about"), amount("10.5"))
    poor = span_of(Kind(comparator="between"), amount(8, 9))
    near_poor = span_of(Kind(comparator="over"), amount(1))
    needed = needed_of_each(whole, [poor, near_poor])
    assert needed == [poor, Span(Fraction("1.5"), Fraction("2.5"))]
    assert span_words(needed[1]) == "từ 1,5 đến 2,5"


def test_parts_that_cannot_make_the_whole():
    whole, part = Span(Fraction(20), Fraction(20)), Span(Fraction(8), Fraction(9))
    assert needed_of_each(whole, [part, part]) == [None, None]


TENTHS = st.integers(0, 200).map(lambda tenths: Fraction(tenths, 10))


@given(st.lists(st.tuples(TENTHS, TENTHS, TENTHS), min_size=1, max_size=6))
def test_what_is_needed_of_each_part_can_be_had(drawn):
    parts = [Span(low, low + below + above) for low, below, above in drawn]
    chosen = [low + below for low, below, _above in drawn]
    whole = Span(sum(chosen), sum(chosen))
    for needed, number in zip(needed_of_each(whole, parts), chosen, strict=True):
        assert needed is not None
        assert number in needed


@given(
    st.lists(st.integers(0, 500), min_size=1, max_size=20)
    .filter(any)
    .flatmap(lambda weights: st.tuples(st.just(weights), st.integers(0, sum(weights))))
)
def test_parts_make_the_whole_and_none_exceeds_its_weight(drawn):
    weights, whole = drawn
    parts = split_evenly(whole, weights)
    assert sum(parts) == whole
    exact = [Fraction(whole * weight, sum(weights)) for weight in weights]
    for part, weight, share in zip(parts, weights, exact, strict=True):
        assert 0 <= part <= weight
        assert abs(part - share) < 1


def test_equal_remainders_go_to_the_heavier_then_the_earlier():
    assert split_evenly(1, [1, 1]) == [1, 0]
    assert split_evenly(0, [0, 0]) == [0, 0]
    with pytest.raises(TargetError, match="Không chia được 3 hộ"):
        split_evenly(3, [0, 0])
