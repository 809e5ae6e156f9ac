"""Very many cells at once (NumPy): the sums of every group in columns, the same whole numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chungtay.rulebook.measuring.cells import Cube, CubeError, Number
from chungtay.rulebook.measuring.measures import Measure
from chungtay.rulebook.measuring.ratios import LISTS

Ints = NDArray[np.int64]
Numbers = NDArray[Any]
LARGEST = 2**61


@dataclass(frozen=True)
class Columns:
    """Cells in columns: low income (1, 0, or -1 for not known), masks, households, persons."""

    low: Ints
    mask: Ints
    households: Numbers
    persons: Numbers

    @classmethod
    def of(cls, cube: Cube) -> Columns:
        """The cells of a cube in its own order; whole counts stay whole, others become floats."""
        low = [-1 if key.low is None else int(key.low) for key in cube.cells]
        mask = [key.mask for key in cube.cells]
        return cls(
            np.array(low, dtype=np.int64),
            np.array(mask, dtype=np.int64),
            _numbers([count.households for count in cube.cells.values()]),
            _numbers([count.persons for count in cube.cells.values()]),
        )


def _numbers(counts: list[Number]) -> Numbers:
    if all(isinstance(one, int) for one in counts):
        return np.array(counts, dtype=np.int64 if sum(counts) < LARGEST else object)
    return np.array([float(one) for one in counts])


def rows_of(measure: Measure, cells: Columns, at: Ints, count: int) -> Numbers:
    """The sums of `count` groups, one a row in the places of `ratios`; cell n is of group at[n].

    Whole numbers stay exact; where they might outgrow 64 bits they become Python's.
    """
    indicators = len(measure.indicators)
    if len(cells.mask) and int(cells.mask.max()) >> measure.places:
        raise CubeError(f"a mask speaks of more than the {indicators} indicators measured")
    households, persons, units = _safe(measure, cells)
    add = _adder(at, count)
    score = np.zeros(len(at), dtype=units.dtype)
    for place, unit in enumerate(units):
        score += unit * (cells.mask >> place & 1)
    able = cells.low == 1 if measure.income else np.ones(len(at), dtype=bool)
    poor = able & ((score >= measure.needed) | (cells.mask & measure.outright_bit != 0))
    near = able & ~poor & measure.income
    poor_persons = persons * poor
    columns = [households, persons, households * poor, households * near]
    columns += [poor_persons, persons * near, poor_persons * score]
    found = np.zeros((count, LISTS + 2 * indicators), dtype=persons.dtype)
    for place, column in enumerate(columns):
        found[:, place] = add(column)
    for place in range(indicators):
        lacks = cells.mask >> place & 1
        found[:, LISTS + place] = add(persons * lacks)
        found[:, LISTS + indicators + place] = add(poor_persons * lacks)
    return found


def _adder(at: Ints, count: int) -> Callable[[Numbers], Numbers]:
    """How a column is summed by group: in one sweep where the cells stand in order of groups."""
    in_order = bool((at[1:] >= at[:-1]).all())
    starts = np.flatnonzero(np.r_[True, at[1:] != at[:-1]]) if len(at) else at

    def add(column: Numbers) -> Numbers:
        sums = np.zeros(count, dtype=column.dtype)
        if not in_order:
            np.add.at(sums, at, column)
        elif len(at):
            sums[at[starts]] = np.add.reduceat(column, starts)
        return sums

    return add


def _safe(measure: Measure, cells: Columns) -> tuple[Numbers, Numbers, Numbers]:
    """Counts, and units in whole numbers, in types that hold every sum exactly (but floats)."""
    units: Numbers = np.array(measure.units, dtype=object)
    if measure.whole < LARGEST:
        units = units.astype(np.int64)
    households, persons = cells.households, cells.persons
    whole_persons = persons.dtype.kind != "f"
    if whole_persons and float(persons.astype(np.float64).sum()) * measure.whole >= LARGEST:
        return households.astype(object), persons.astype(object), units.astype(object)
    return households, persons, units
