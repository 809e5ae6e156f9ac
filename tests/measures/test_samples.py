"""Samples, other measures and years: through files the same as the rulebook's own numbers."""

from __future__ import annotations

import random
from fractions import Fraction
from pathlib import Path

import pytest

from chungtay.measures.tables.tallies import figures_of_tally, tallied
from chungtay.rulebook.measuring import Count, Cube, Key, Measure, figures_of
from chungtay.rulebook.measuring.samples import sample_of
from tests.measures.conftest import Row, as_csv, as_parquet, asked, households

WEIGHTS = {"a": Fraction(1, 6), "b": Fraction(1, 18), "c": Fraction(7, 9)}
OWN = {
    "indicators": "a,b,c",
    "weights": "a=1/6,b=1/18,c=7/9",
    "cutoff": "2/9",
    "no_income": True,
}


def persons(count: int, seed: int) -> list[Row]:
    """A made-up sample of persons with strata, clusters and weights."""
    made = random.Random(seed)
    return [
        {
            "vung": made.choice("AB"),
            "cum": made.randint(1, 5),
            "w": made.choice([0.5, 1.25, 3.0]),
            "year": made.choice([2014, 2021]),
            **{name: int(made.random() < 0.4) for name in "abc"},
        }
        for _ in range(count)
    ]


def cube_of(rows: list[Row], *by: str) -> Cube:
    return Cube.counted(
        by,
        (
            (
                Key(
                    tuple(row[name] for name in by), None, row["a"] | row["b"] << 1 | row["c"] << 2
                ),
                Count(row["w"], row["w"]),
            )
            for row in rows
        ),
    )


@pytest.mark.parametrize("write", [as_csv, as_parquet], ids=["csv", "parquet"])
def test_a_sample_is_estimated_as_the_rulebook_does(write, tmp_path: Path) -> None:
    rows = persons(300, 5)
    path = write(tmp_path / "mau.dat", rows)
    found = asked(path, by="vung", survey="strata=vung,psu=cum,weight=w", **OWN)
    measure = Measure.weighted(WEIGHTS, "2/9")
    sample = sample_of(cube_of(rows, "vung", "cum"), measure, ["vung"], psu="cum", stratum="vung")
    assert [one["by"]["vung"] for one in found] == ["A", "B"]
    for one in found:
        estimates = sample.estimates[one["by"]["vung"],]
        ratios = {ratio.kind: ratio for ratio in sample.ratios if not ratio.name}
        for name in ("H", "A", "M0"):
            assert one[name] == pytest.approx(estimates.value(ratios[name]))
            assert one["se"][name] == pytest.approx(estimates.error(ratios[name]))
            assert one["ci"][name] == pytest.approx(list(estimates.interval(ratios[name])))
        assert one["se"]["censored"]["a"] > 0


def test_another_measure_needs_neither_income_nor_area_nor_persons(tmp_path: Path) -> None:
    rows = persons(200, 6)
    (found,) = asked(as_csv(tmp_path / "mau.csv", rows), **OWN)
    scores = [sum(WEIGHTS[name] for name in "abc" if row[name]) for row in rows]
    poor = [score for score in scores if score >= Fraction(2, 9)]
    assert found["persons"] == 200
    assert found["H"] == len(poor) / 200
    assert found["M0"] == float(sum(poor) / 200)
    assert found["near_poor"] == 0
    assert found["se"] == {}


@pytest.mark.parametrize("k", [5, 7, 10])
def test_cut_offs_where_floats_fail(tmp_path: Path, k: int) -> None:
    names = [f"x{number}" for number in range(12)]
    rows = [
        {name: int(place < lacking) for place, name in enumerate(names)} for lacking in (k, k - 1)
    ]
    words = {"indicators": ",".join(names), "cutoff": f"{k}/12", "no_income": True}
    (found,) = asked(as_csv(tmp_path / "a.csv", rows), **words)
    assert (found["H"], found["A"]) == (0.5, k / 12)


def test_sixty_two_indicators_fit(tmp_path: Path) -> None:
    names = [f"x{number}" for number in range(62)]
    rows = [dict.fromkeys(names, 1), dict.fromkeys(names, 0) | {"x61": 1}]
    words = {"indicators": ",".join(names), "k": 2, "no_income": True}
    (found,) = asked(as_parquet(tmp_path / "a.parquet", rows), **words)
    assert (found["H"], found["A"]) == (0.5, 1.0)
    assert found["uncensored"]["x61"] == 1.0


def test_weights_that_do_not_make_one_are_divided_by_their_sum(tmp_path: Path) -> None:
    path = as_csv(tmp_path / "mau.csv", persons(50, 2))
    (one,) = asked(path, **OWN)
    (other,) = asked(path, **OWN | {"weights": "a=3,b=1,c=14"})
    assert one == other


def test_years_are_held_against_each_other(tmp_path: Path) -> None:
    rows = persons(400, 8)
    path = as_csv(tmp_path / "mau.csv", rows)
    before, after = asked(path, over="year", **OWN)
    assert [one["by"]["year"] for one in (before, after)] == [2014, 2021]
    assert "change" not in before
    change = after["change"]
    assert (change["from"], change["to"]) == (2014, 2021)
    assert change["absolute"]["M0"] == pytest.approx(after["M0"] - before["M0"])
    assert change["relative"]["H"] == pytest.approx(100 * (after["H"] / before["H"] - 1))
    assert change["absolute"]["se"] == {}
    sampled = asked(path, over="year", survey="psu=cum,weight=w", **OWN)[1]["change"]
    assert sampled["absolute"]["se"]["M0"] > 0


def test_groups_cut_apart_by_batches_come_together_again(tmp_path: Path) -> None:
    import pyarrow as pa  # noqa: PLC0415 only here are batches made by hand

    made = random.Random(4)
    measure = Measure.counting(("a", "b"), 1, income=True)
    cells = [
        {
            "by0": by,
            "low": made.choice([True, False, None]),
            "mask": made.choice([0, 1]),
            "unknown": made.choice([0, 2]),
            "rows": 1,
            "households": made.randint(1, 9),
            "persons": made.randint(0, 30),
        }
        for by in ("x", "y", None)
        for _ in range(20)
    ]
    table = pa.Table.from_pylist(cells)
    found = [
        figures_of_tally(measure, ("place",), tally)
        for tally in tallied(measure, ["by0"], table.to_batches(max_chunksize=7))
    ]
    keys = [Key((one["by0"],), one["low"], one["mask"], one["unknown"]) for one in cells]
    counts = [Count(one["households"], one["persons"]) for one in cells]
    cube = Cube.counted(("place",), zip(keys, counts, strict=True))
    expected = {one.group: one for one in figures_of(cube, measure)}
    assert [one.group for one in found] == [("x",), ("y",), (None,)]
    for one in found:
        assert one.sums == expected[one.group].sums
        assert one.bounds.poor == expected[one.group].bounds.poor
        assert one.ratios == expected[one.group].ratios


def test_a_register_over_years_by_place(tmp_path: Path) -> None:
    rows = households(200, 9)
    path = as_csv(tmp_path / "ho.csv", rows)
    found = asked(path, by="province", over="year")
    single = asked(path, by="province,year")
    assert [one["H"] for one in found if one["by"]["province"] == "01"] == [
        one["H"] for one in single if one["by"]["province"] == "01"
    ]
