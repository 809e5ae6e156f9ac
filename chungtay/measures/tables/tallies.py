"""Cells that come in batches, in the order of their groups, to the figures of each group.

The sums of all groups of a batch are taken in columns of numbers at once; what is not known stays
with its group as single cells, for the bounds. Only one batch and the figures are in memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from chungtay.rulebook.measuring import Figures, Measure, Weighing
from chungtay.rulebook.measuring.columns import Columns, rows_of
from chungtay.rulebook.measuring.weighing import OpenCell, Sums, Weighed

Group = tuple[Any, ...]
COUNTS = ("mask", "unknown", "households", "persons")


@dataclass
class Tally:
    """One group: its sums in a row, its cells with something unknown, how many rows were read."""

    group: Group
    sums: NDArray[Any]
    open_cells: list[OpenCell] = field(default_factory=list)
    rows: int = 0

    def take(self, other: Tally) -> None:
        """Add the rest of the same group, of a later batch."""
        self.sums = self.sums + other.sums
        self.open_cells += other.open_cells
        self.rows += other.rows


def tallied(measure: Measure, keys: Sequence[str], batches: Iterable[Any]) -> Iterator[Tally]:
    """One tally a group, in the order in which the groups come."""
    last: Tally | None = None
    for batch in batches:
        for tally in _of_batch(measure, keys, batch):
            if last is not None and last.group == tally.group:
                last.take(tally)
                continue
            if last is not None:
                yield last
            last = tally
    if last is not None:
        yield last


def figures_of_tally(measure: Measure, names: tuple[str, ...], tally: Tally) -> Figures:
    """The figures of a group from its sums."""
    sums = _sums(measure, tally.sums)
    weighed = {tally.group: Weighed({}, tally.open_cells)}
    weighing = Weighing(measure, names, weighed, 1, sums.persons.bit_length() + 1)
    return Figures(measure, names, tally.group, sums, weighing)


def _of_batch(measure: Measure, keys: Sequence[str], batch: Any) -> list[Tally]:
    if not batch.num_rows:
        return []
    starts = _starts(keys, batch)
    at = np.zeros(batch.num_rows, dtype=np.int64)
    at[starts[1:]] = 1
    at = at.cumsum()
    mask, unknown, households, persons = (_numbers(batch.column(name)) for name in COUNTS)
    low = _numbers(pc.fill_null(batch.column("low").cast(pa.int8()), -1))
    sums = rows_of(measure, Columns(low, mask, households, persons), at, len(starts))
    rows = np.add.reduceat(_numbers(batch.column("rows")), starts)
    columns = [batch.column(name).take(pa.array(starts)).to_pylist() for name in keys]
    groups = list(zip(*columns, strict=True)) if keys else [()]
    found = [
        Tally(group, row, [], int(count))
        for group, row, count in zip(groups, sums, rows, strict=True)
    ]
    still_open = (unknown != 0) | ((low < 0) & measure.income)
    for place in np.flatnonzero(still_open):
        lowness = None if low[place] < 0 else bool(low[place])
        cell = lowness, *(int(one[place]) for one in (mask, unknown, households, persons))
        found[at[place]].open_cells.append(cell)
    return found


def _sums(measure: Measure, row: NDArray[Any]) -> Sums:
    households, persons, poor, near, poor_persons, near_persons, score, *lists = (
        int(one) for one in row
    )
    middle = len(measure.indicators)
    return Sums(
        *(households, persons, poor, near, poor_persons, near_persons, score),
        tuple(lists[:middle]),
        tuple(lists[middle:]),
    )


def _starts(keys: Sequence[str], batch: Any) -> NDArray[np.int64]:
    """Where each group begins."""
    changes = np.zeros(batch.num_rows, dtype=bool)
    changes[0] = True
    for name in keys:
        column = batch.column(name)
        before, after = column.slice(0, batch.num_rows - 1), column.slice(1)
        other = pc.fill_null(pc.not_equal(before, after), False)
        one_blank = pc.xor(pc.is_null(before), pc.is_null(after))
        changes[1:] |= pc.or_(other, one_blank).to_numpy(zero_copy_only=False)
    return np.flatnonzero(changes).astype(np.int64)


def _numbers(column: Any) -> NDArray[np.int64]:
    found: NDArray[np.int64] = column.to_numpy(zero_copy_only=False).astype(np.int64, copy=False)
    return found
