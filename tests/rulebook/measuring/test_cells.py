"""The cube: what a cell may be, households in and out, roll-ups, slices."""

from __future__ import annotations

import pickle
import subprocess
import sys
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chungtay.rulebook.measuring import Count, Cube, CubeBuilder, CubeError, Key
from tests.rulebook.measuring.strategies import cube_of, households, keys

A, B = Key(("p", 1), True, 0b11), Key(("q", 1), True, 0b1, 0b10)


def test_one_household_moves_from_cell_to_cell() -> None:
    cube = cube_of([(A, 4), (A, 2)])
    after = cube.moved((A, 4), (B, 5))
    assert after.cells == {A: Count(1, 2), B: Count(1, 5)}
    assert cube.cells == {A: Count(2, 6)}, "the cube itself stays as it was"
    assert after.moved((B, 5), None).moved(None, (A, 4)) == cube
    assert after.moved((A, 2), None).cells == {B: Count(1, 5)}, "an empty cell does not exist"


@pytest.mark.parametrize("gone", [(B, 1), (A, 7), (A, 5)])
def test_nobody_leaves_who_was_not_there(gone: tuple[Key, int]) -> None:
    with pytest.raises(CubeError, match="cannot be taken out"):
        cube_of([(A, 6)]).moved(gone, None)


@pytest.mark.parametrize(
    ("key", "count"),
    [
        (Key(("p",), True, 1), Count(1, 1)),
        (Key(("p", 1), True, 1, 1), Count(1, 1)),
        (Key(("p", 1), True, 1 << 62), Count(1, 1)),
        (Key(("p", 1), True, -1), Count(1, 1)),
        (A, Count(-1, 1)),
        (A, Count(1, -1)),
        (A, Count(float("nan"), 1)),
        (A, Count(1.0, float("inf"))),
    ],
)
def test_an_impossible_cell_is_refused(key: Key, count: Count) -> None:
    with pytest.raises(CubeError):
        Cube(("place", "number"), {key: count})


def test_the_last_of_62_indicators_has_a_bit() -> None:
    key = Key((), None, 1 << 61)
    assert Cube((), {key: Count(1, 1)}).cells == {key: Count(1, 1)}


def test_roll_up_filter_and_slice() -> None:
    cube = cube_of([(A, 4), (B, 3), (Key(("p", 2), False, 0), 1)])
    assert cube.rolled_up("place").groups() == (("p",), ("q",))
    assert cube.rolled_up("number", "place").by == ("number", "place")
    assert cube.where(place="p").total == Count(2, 5)
    assert cube.where(lambda key: key.low is False).total == Count(1, 1)
    sliced = cube.where(place="p").rolled_up("number")
    assert (sliced.by, sliced.groups()) == (("number",), ((1,), (2,)))
    with pytest.raises(CubeError, match="not by 'district'"):
        cube.rolled_up("district")
    with pytest.raises(CubeError, match="do not add"):
        cube + sliced


def test_weighted_counts_may_be_fractions() -> None:
    half = Count(Fraction(1, 2), Fraction(3, 2))
    assert Cube.counted((), [(Key((), True, 0), half)] * 2).total == Count(1, 3)


@given(rows=households())
def test_a_cube_goes_to_a_worker_and_back(rows: list[tuple[Key, int]]) -> None:
    cube = cube_of(rows)
    assert pickle.loads(pickle.dumps(cube)) == cube
    assert Cube(cube.by, cube.cells) == cube


@given(rows=households(), steps=st.lists(st.tuples(st.integers(0, 99), keys(), st.integers(0, 7))))
def test_kept_up_to_date_it_equals_a_new_count(rows: list[Any], steps: list[Any]) -> None:
    builder, present = CubeBuilder.of(cube_of(rows)), list(rows)
    for place, key, persons in steps:
        if place % 3 == 0 or not present:
            present.append((key, persons))
            builder.put(key, persons)
            continue
        before, size = present.pop(place % len(present))
        if place % 3 == 1:
            builder.take(before, size)
        else:
            builder.move(before, key, size)
            present.append((key, size))
    assert builder.cube() == cube_of(present)


def test_the_doors_bring_in_nothing_heavy() -> None:
    asked = "import sys, chungtay.rulebook.measuring; print('numpy' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"
