"""Figures against worked examples, against households counted one by one, and as properties."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chungtay.rulebook.measuring import (
    Count,
    Cube,
    CubeError,
    Figures,
    Key,
    Measure,
    MeasureError,
    Weighing,
    as_row,
    figures_at,
    figures_of,
)
from tests.rulebook.measuring.strategies import cube_of, households, measures

# Alkire and Foster 2011: years of schooling, self-assessed health, and two more, with their
# cut-offs; four people, who is deprived where the achievement lies below the cut-off
ACHIEVEMENTS = [(13.1, 14, 4, 1), (15.2, 7, 5, 0), (12.5, 10, 1, 0), (20.0, 11, 3, 1)]
CUTOFFS = (13, 12, 3, 1)


def masks(rows: list[tuple[float, ...]], cutoffs: tuple[float, ...]) -> list[int]:
    return [
        sum(1 << place for place, value in enumerate(row) if value < cutoffs[place]) for row in rows
    ]


def plain(deprived: list[int]) -> Cube:
    return Cube.counted((), ((Key((), None, mask), Count(1, 1)) for mask in deprived))


def test_the_example_of_alkire_and_foster() -> None:
    deprived = masks(ACHIEVEMENTS, CUTOFFS)
    assert deprived == [0b0000, 0b1010, 0b1111, 0b0010]
    measure = Measure.counting(("income", "schooling", "health", "insured"), 2)
    (found,) = figures_of(plain(deprived), measure)
    assert found.headcount == Fraction(1, 2)
    assert found.intensity == Fraction(3, 4)
    assert found.adjusted_headcount == Fraction(3, 8)
    assert found.censored == {
        "income": Fraction(1, 4),
        "schooling": Fraction(1, 2),
        "health": Fraction(1, 4),
        "insured": Fraction(1, 2),
    }
    assert found.uncensored["schooling"] == Fraction(3, 4)
    assert found.contribution["insured"] == Fraction(1, 3)


@pytest.mark.parametrize("needed", [5, 7, 10])
def test_who_lacks_just_enough_is_poor_where_floats_would_miss_them(needed: int) -> None:
    measure = Measure.counting([f"d{n:02d}" for n in range(1, 13)], needed)
    at, below = 2**needed - 1, 2 ** (needed - 1) - 1
    (found,) = figures_of(plain([at, below]), measure)
    assert found.poor == 1
    assert found.intensity == Fraction(needed, 12)
    assert measure.cutoff == Fraction(needed, 12)


def test_income_parts_the_poor_from_the_near_poor_and_from_the_others() -> None:
    measure = Measure.counting([f"d{n:02d}" for n in range(1, 13)], 3, income=True)
    cube = Cube(
        ("area",),
        {
            Key(("rural",), True, 0b111): Count(2, 9),
            Key(("rural",), True, 0b11): Count(3, 10),
            Key(("urban",), False, 0b1111): Count(5, 20),
            Key(("urban",), True, 0b1111): Count(1, 1),
        },
    )
    rural, urban = figures_of(cube, measure)
    assert (rural.poor, rural.near_poor, rural.poor_rate) == (2, 3, Fraction(2, 5))
    assert (rural.headcount, rural.poor_persons, rural.near_poor_persons) == (
        Fraction(9, 19),
        9,
        10,
    )
    assert (urban.poor, urban.near_poor, urban.near_poor_rate) == (1, 0, 0)
    assert urban.uncensored["d01"] == 1
    assert urban.censored["d01"] == Fraction(1, 21)
    (total,) = figures_of(cube, measure, ())
    assert (total.by, total.households, total.poor) == ({}, 11, 3)
    assert as_row(rural)["by"] == {"area": "rural"}


def test_a_place_without_poor_has_no_intensity() -> None:
    measure = Measure.counting(("a", "b"), 2, dimensions=(("all", ("a", "b")),))
    row = as_row(figures_of(plain([0, 1]), measure)[0])
    assert (row["H"], row["A"], row["M0"]) == (0, None, 0)
    assert row["contribution"] == {"a": None, "b": None}
    (nobody,) = figures_of(Cube((), {}), measure)
    assert (nobody.households, nobody.headcount, nobody.poor_rate) == (0, None, None)


def one_by_one(rows: list[tuple[Key, int]], measure: Measure) -> dict[str, Any]:
    """The definitions written out over households, in Fractions."""
    poor = []
    for key, _ in rows:
        lacks = [place for place in range(len(measure.indicators)) if key.mask >> place & 1]
        score = sum((measure.weights[place] for place in lacks), Fraction(0))
        able = key.low is True or not measure.income
        poor.append((able and score >= measure.cutoff, able and score < measure.cutoff, score))
    persons = sum(size for _, size in rows)
    heads = sum(size for (_, size), (is_poor, _, _) in zip(rows, poor, strict=True) if is_poor)
    depth = sum(size * one[2] for (_, size), one in zip(rows, poor, strict=True) if one[0])
    return {
        "poor": sum(one[0] for one in poor),
        "near_poor": sum(one[1] for one in poor) if measure.income else 0,
        "headcount": Fraction(heads, persons) if persons else None,
        "intensity": Fraction(depth, heads) if heads else None,
        "adjusted_headcount": Fraction(depth, persons) if persons else None,
        "censored": {
            name: Fraction(
                sum(
                    size
                    for (key, size), one in zip(rows, poor, strict=True)
                    if one[0] and key.mask >> place & 1
                ),
                persons,
            )
            if persons
            else None
            for place, name in enumerate(measure.indicators)
        },
    }


@given(rows=households(), measure=measures())
def test_the_cube_says_what_the_households_say(
    rows: list[tuple[Key, int]], measure: Measure
) -> None:
    (found,) = figures_of(cube_of(rows), measure, ())
    expected = one_by_one(rows, measure)
    assert {name: getattr(found, name) for name in expected} == expected


@given(rows=households(unknowns=False), measure=measures())
def test_what_must_hold_of_every_figure(rows: list[tuple[Key, int]], measure: Measure) -> None:
    for found in figures_of(cube_of(rows), measure):
        if found.headcount is None:
            continue
        assert found.adjusted_headcount == found.headcount * (found.intensity or 0)
        for name in measure.indicators:
            assert (found.censored[name] or 0) <= (found.uncensored[name] or 0) <= 1
        if found.intensity is not None:
            assert measure.cutoff <= found.intensity <= 1
            assert sum(filter(None, found.contribution.values())) == 1
            if measure.dimensions:
                assert sum(filter(None, found.dimension_contribution.values())) == 1


@given(rows=households(), measure=measures(), split=st.integers(0, 12), random=st.randoms())
def test_order_and_partition_do_not_matter(
    rows: list[tuple[Key, int]], measure: Measure, split: int, random: Any
) -> None:
    whole = cube_of(rows)
    shuffled = random.sample(rows, len(rows))
    parts = [cube_of(shuffled[:split]), cube_of(shuffled[split:])]
    assert sum(parts) == whole
    assert [sums_of(one) for one in figures_of(parts[1] + parts[0], measure)] == [
        sums_of(one) for one in figures_of(whole, measure)
    ]


def sums_of(found: Figures) -> Any:
    return found.group, found.sums


@given(rows=households(), measure=measures())
def test_roll_ups_add(rows: list[tuple[Key, int]], measure: Measure) -> None:
    cube = cube_of(rows)
    (total,) = figures_of(cube, measure, ())
    for by in [("place",), ("number",), ("number", "place")]:
        found = figures_of(cube, measure, by)
        assert sum(one.poor for one in found) == total.poor
        assert sum(one.sums.score for one in found) == total.sums.score
        again = figures_of(cube.rolled_up(*by), measure)
        assert [sums_of(one) for one in again] == [sums_of(one) for one in found]
    assert cube.rolled_up("place").rolled_up() == cube.rolled_up()


@given(rows=households())
def test_every_cut_off_is_read_off_one_weighing(rows: list[tuple[Key, int]]) -> None:
    cube = cube_of(rows)
    measure = Measure.counting(("a", "b", "c", "d"), 1, income=True)
    weighing = Weighing.of(cube, measure, ())
    every = [measure.at(Fraction(needed, 4)) for needed in range(1, 5)]
    found = [figures_at(weighing, one)[0] for one in every]
    assert [sums_of(one) for one in found] == [
        sums_of(figures_of(cube, one, ())[0]) for one in every
    ]
    assert all(more.poor >= fewer.poor for more, fewer in pairwise(found))
    with pytest.raises(CubeError, match="each weighting"):
        figures_at(weighing, Measure.weighted({"a": "1/2", "b": "1/2"}, "1/2"))


def test_a_weighted_cube_sums_exactly_whatever_the_order() -> None:
    weights = [0.1, 0.2, 0.3, 1e16, 1.0, 1e-3]
    measure = Measure.counting(("a", "b"), 1)
    rows = [(Key((n,), None, n % 4), Count(w, w)) for n, w in enumerate(weights)]
    forth, back = (
        figures_of(Cube.counted(("n",), order), measure, ())[0] for order in (rows, rows[::-1])
    )
    assert forth.headcount == back.headcount
    total = sum(map(Fraction, weights))
    poor = sum(Fraction(one) for n, one in enumerate(weights) if n % 4)
    assert forth.headcount == poor / total
    assert forth.households == float(total)


def test_weights_must_be_exact_and_make_one() -> None:
    with pytest.raises(MeasureError, match="17/18"):
        Measure.weighted({"a": "1/2", "b": "4/9"}, "1/3")
    with pytest.raises(MeasureError, match="phân số"):
        Measure.weighted({"a": 0.5, "b": 0.5}, "1/3")  # type: ignore[dict-item]
    with pytest.raises(MeasureError, match="phân số"):
        Measure.weighted({"a": "1/0", "b": 1}, "1/3")
    with pytest.raises(MeasureError, match="số âm"):
        Measure.weighted({"a": "3/2", "b": "-1/2"}, "1/3")
    with pytest.raises(MeasureError, match="lớn hơn 0"):
        Measure.weighted({"a": 1}, 0)
    with pytest.raises(MeasureError, match="1 đến 62"):
        Measure.counting([], 1)
    with pytest.raises(MeasureError, match="hai lần: a"):
        Measure.counting(["a", "a"], 1)
    with pytest.raises(MeasureError, match="trọng số"):
        Measure(("a", "b"), (Fraction(1),), Fraction(1))
    with pytest.raises(MeasureError, match="z"):
        Measure.counting(("a",), 1, dimensions=(("x", ("z",)),))


def test_a_mask_beyond_the_measure_is_refused() -> None:
    with pytest.raises(CubeError, match="more than the 2"):
        figures_of(plain([0b100]), Measure.counting(("a", "b"), 1))
