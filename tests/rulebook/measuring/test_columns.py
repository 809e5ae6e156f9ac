"""Many cells in columns give the same whole numbers as cells one by one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chungtay.rulebook.measuring import Count, Cube, CubeError, Key, Measure, figures_of
from chungtay.rulebook.measuring.columns import Columns, rows_of
from chungtay.rulebook.measuring.ratios import row_of
from tests.rulebook.measuring.strategies import cube_of, households, measures


@given(rows=households(), measure=measures(), outright=st.booleans())
def test_columns_sum_what_cells_sum(
    rows: list[tuple[Key, int]], measure: Measure, outright: bool
) -> None:
    if outright:
        measure = replace(measure, income=True, outright=True)
        rows = [
            (
                key._replace(mask=key.mask | (measure.outright_bit if key.low and size > 3 else 0)),
                size,
            )
            for key, size in rows
        ]
    cube = cube_of(rows)
    groups = cube.groups()
    at = np.array([groups.index(key.by) for key in cube.cells], dtype=np.int64)
    found = rows_of(measure, Columns.of(cube), at, len(groups))
    expected = [list(row_of(one.sums)) for one in figures_of(cube, measure)]
    assert found.tolist() == expected
    order = np.argsort(at, kind="stable")
    columns = Columns.of(cube)
    kept = (columns.low, columns.mask, columns.households, columns.persons)
    again = rows_of(measure, Columns(*(one[order] for one in kept)), at[order], len(groups) + 1)
    assert again[:-1].tolist() == expected
    assert not again[-1].any()


def test_what_outgrows_64_bits_stays_exact() -> None:
    measure = Measure.weighted({"a": "1/1000003", "b": "1000002/1000003"}, "1/2")
    cube = Cube((), {Key((), None, 0b11): Count(1, 2**60 + 1)})
    found = rows_of(measure, Columns.of(cube), np.zeros(1, dtype=np.int64), 1)
    assert found.tolist() == [list(row_of(figures_of(cube, measure)[0].sums))]


def test_a_mask_beyond_the_measure_is_refused() -> None:
    cube = Cube((), {Key((), None, 0b100): Count(1, 1)})
    with pytest.raises(CubeError, match="more than the 2"):
        rows_of(Measure.counting(("a", "b"), 1), Columns.of(cube), np.zeros(1, dtype=np.int64), 1)


def test_weighted_counts_do_not_let_a_float_decide_who_is_poor() -> None:
    fine = 2**53 + 1
    measure = Measure.weighted({"a": f"{fine // 2}/{fine}", "b": f"{fine // 2 + 1}/{fine}"}, "1/2")
    cells = [(Key((), None, mask), Count(0.5, 1.5)) for mask in (0b01, 0b10)]
    cube = Cube((), dict(cells))
    found = rows_of(measure, Columns.of(cube), np.zeros(2, dtype=np.int64), 1)
    assert found[0, 2] == figures_of(cube, measure)[0].poor == 0.5
