"""Very many cells at once (NumPy): the sums of every group in columns, the same whole numbers."""

from __future__ import annotations

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
    if len(cells.mask) and int(cells.mask.max()) >> indicators:
        raise CubeError(f"a mask speaks of more than the {indicators} indicators measured")
    households, persons, units = _safe(measure, cells)
    lacks = (cells.mask[:, None] >> np.arange(indicators)) & 1
    score = (lacks * units).sum(axis=1)
    able = cells.low == 1 if measure.income else np.ones(len(cells.low), dtype=bool)
    poor = able & (score >= measure.needed)
    near = able & ~poor & measure.income
    found = np.zeros((count, LISTS + 2 * indicators), dtype=persons.dtype)
    plain = [households, persons, households * poor, households * near]
    plain += [persons * poor, persons * near, persons * poor * score]
    for place, column in enumerate(plain):
        np.add.at(found[:, place], at, column)
    for place in range(indicators):
        lacking = persons * lacks[:, place]
        np.add.at(found[:, LISTS + place], at, lacking)
        np.add.at(found[:, LISTS + indicators + place], at, lacking * poor)
    return found


def _safe(measure: Measure, cells: Columns) -> tuple[Numbers, Numbers, Numbers]:
    """Counts and units in a type that holds every sum exactly (floats stay floats)."""
    units: Numbers = np.array(measure.units, dtype=object)
    households, persons = cells.households, cells.persons
    if persons.dtype.kind == "f":
        return households, persons, units.astype(np.float64)
    if float(persons.astype(np.float64).sum()) * measure.whole < LARGEST:
        return households, persons, units.astype(np.int64)
    return households.astype(object), persons.astype(object), units
