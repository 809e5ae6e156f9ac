"""Bounds against every completion of what is not known: they hold all, and they are reached."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from chungtay.rulebook.measuring import (
    Count,
    Cube,
    Figures,
    Key,
    Measure,
    as_row,
    figures_of,
    ratios_of,
)
from chungtay.rulebook.measuring.bounds import least_sum
from tests.rulebook.measuring.strategies import measures

Row = tuple[Key, int]
OUTRIGHT = 1 << 4


@st.composite
def blanks(draw: st.DrawFn) -> list[Row]:
    """Up to four households with at most two unknown answers each, few enough to complete."""
    rows: list[Row] = []
    for _ in range(draw(st.integers(1, 3))):
        unknown = sum({1 << draw(st.integers(0, 3)) for _ in range(draw(st.integers(0, 2)))})
        low = draw(st.sampled_from([True, True, True, False, None]))
        mask = draw(st.integers(0, 15)) & ~unknown
        rows.append((Key((), low, mask, unknown), draw(st.integers(0, 4))))
    if draw(st.booleans()):
        rows.append((Key((), True, draw(st.integers(0, 15))), 3))
    return rows


@st.composite
def blanks_by_two_lines(draw: st.DrawFn) -> Row:
    """A household whose income may be above, between or below two lines, or not be known."""
    low, outright, open_line = draw(
        st.sampled_from(
            [
                *[(False, 0, 0), (True, 0, 0), (True, OUTRIGHT, 0)],
                *[(None, 0, 0), (True, 0, OUTRIGHT), (None, 0, OUTRIGHT)],
            ]
        )
    )
    unknown = draw(st.sampled_from([0, 1, 2, 6]))
    mask = draw(st.integers(0, 15)) & ~unknown
    return Key((), low, mask | outright, unknown | open_line), draw(st.integers(0, 4))


def completions(key: Key) -> Iterator[Key]:
    """Every way in which one household's unknowns may be answered."""
    parts = [1 << place for place in range(5) if key.unknown >> place & 1]
    for low in (False, True) if key.low is None else (key.low,):
        for chosen in product((0, 1), repeat=len(parts)):
            more = sum(part for part, yes in zip(parts, chosen, strict=True) if yes)
            if not low and more & OUTRIGHT:
                continue  # below the lower line is below the upper one
            yield Key((), low, key.mask | more)


def counted(rows: list[Row], measure: Measure) -> Figures:
    cube = Cube.counted((), ((key, Count(1, size)) for key, size in rows))
    return figures_of(cube, measure)[0]


@settings(max_examples=60, deadline=None)
@given(rows=blanks(), measure=measures())
def test_bounds_hold_every_completion_and_are_reached(rows: list[Row], measure: Measure) -> None:
    compared(rows, measure)


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(blanks_by_two_lines(), min_size=1, max_size=3), measure=measures())
def test_bounds_of_a_measure_by_two_income_lines_are_reached(
    rows: list[Row], measure: Measure
) -> None:
    compared(rows, replace(measure, income=True, outright=True))


def compared(rows: list[Row], measure: Measure) -> None:
    found = counted(rows, measure)
    every = [
        counted([(key, size) for key, (_, size) in zip(keys, rows, strict=True)], measure)
        for keys in product(*(tuple(completions(key)) for key, _ in rows))
    ]
    for place, ratio in enumerate(ratios_of(measure)):
        values = [one.ratios[place][1] for one in every]
        known = [value for value in values if value is not None]
        expected = (min(known), max(known)) if known else None
        assert found.bounds.of(ratio) == expected, ratio
    poor, near_poor = [one.poor for one in every], [one.near_poor for one in every]
    assert found.bounds.poor == (min(poor), max(poor))
    assert found.bounds.near_poor == (min(near_poor), max(near_poor))
    assert found.certain == ("bounds" not in as_row(found))


def test_what_is_certain_stands_between_the_bounds() -> None:
    measure = Measure.counting([f"d{n:02d}" for n in range(1, 13)], 3, income=True)
    rows = [
        (Key((), True, 0b111), 4),
        (Key((), True, 0b11, 0b100), 5),
        (Key((), None, 0b1111), 1),
        (Key((), True, 0), 10),
    ]
    found = counted(rows, measure)
    assert (found.poor, found.bounds.poor, found.bounds.undecided) == (1, (1, 3), 2)
    assert (found.near_poor, found.bounds.near_poor) == (2, (1, 2))
    row = as_row(found)
    assert row["H"] == 0.2
    assert row["bounds"]["H"] == [0.2, 0.5]
    assert row["bounds"]["undecided"] == 2


def test_an_unknown_income_is_no_matter_where_income_is_not_asked() -> None:
    found = counted([(Key((), None, 0b1), 2)], Measure.counting(("a", "b"), 1))
    assert found.certain
    assert (found.poor, found.headcount) == (1, 1)


@given(units=st.lists(st.integers(0, 30), min_size=1, max_size=8), part=st.fractions(0, 1))
def test_the_least_sum_that_reaches(units: list[int], part: Fraction) -> None:
    need = int(sum(units) * part)
    sums = {
        sum(unit for unit, yes in zip(units, chosen, strict=True) if yes)
        for chosen in product((0, 1), repeat=len(units))
    }
    assert least_sum(units, need) == min(one for one in sums if one >= need)


@settings(max_examples=30, deadline=None)
@given(rows=blanks())
def test_weights_too_fine_to_list_still_give_valid_bounds(rows: list[Row]) -> None:
    fine = Fraction(1, 1_000_003)
    weights = (Fraction(1, 4) + fine, Fraction(1, 4) - fine, Fraction(1, 8), Fraction(3, 8))
    measure = Measure(("a", "b", "c", "d"), weights, Fraction(5, 8), income=True)
    found = counted(rows, measure)
    for keys in product(*(tuple(completions(key)) for key, _ in rows)):
        one = counted([(key, size) for key, (_, size) in zip(keys, rows, strict=True)], measure)
        for ratio, value in one.ratios:
            if value is not None:
                least, most = found.bounds.of(ratio) or (2, -1)
                assert least <= value <= most, ratio
