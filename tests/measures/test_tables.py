"""Tables measured: the same as counting by hand, on every engine, blanks as bounds."""

from __future__ import annotations

import subprocess
import sys
from fractions import Fraction
from itertools import product
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.measures.conftest import (
    INDICATORS,
    Row,
    as_csv,
    as_parquet,
    asked,
    cells,
    households,
)

LINE = {"rural": 1_500_000, "urban": 2_000_000}


def by_hand(rows: list[Row], k: int = 3) -> Row:
    """H, A, M0 and the counts, one household after the other, in exact fractions."""
    total = sum(row["persons"] for row in rows)
    low = [row for row in rows if row["income_per_person"] <= LINE[row["area"]]]
    poor = [row for row in low if sum(row[one] for one in INDICATORS) >= k]
    poor_persons = sum(row["persons"] for row in poor)
    lacked = sum(row["persons"] * sum(row[one] for one in INDICATORS) for row in poor)
    return {
        "households": sum(row["households"] for row in rows),
        "persons": total,
        "poor": sum(row["households"] for row in poor),
        "near_poor": sum(row["households"] for row in low) - sum(row["households"] for row in poor),
        "H": ratio(poor_persons, total),
        "A": ratio(lacked, 12 * poor_persons),
        "M0": ratio(lacked, 12 * total),
        "uncensored": {
            one: ratio(sum(row["persons"] for row in rows if row[one]), total) for one in INDICATORS
        },
        "censored": {
            one: ratio(sum(row["persons"] for row in poor if row[one]), total) for one in INDICATORS
        },
        "contribution": {
            one: ratio(sum(row["persons"] for row in poor if row[one]), lacked)
            for one in INDICATORS
        },
    }


def ratio(above: int, below: int) -> float | None:
    return float(Fraction(above, below)) if below else None


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("write", [as_csv, as_parquet], ids=["csv", "parquet"])
def test_every_group_is_as_counted_by_hand(write, seed: int, tmp_path: Path) -> None:
    rows = households(120, seed)
    path = write(tmp_path / f"ho{seed}.dat", rows)
    found = asked(path, by="province,area", k=2 + seed % 3)
    groups = {(row["province"], row["area"]) for row in rows}
    assert {tuple(one["by"].values()) for one in found} == groups
    for one in found:
        inside = [row for row in rows if {name: row[name] for name in one["by"]} == one["by"]]
        expected = by_hand(inside, 2 + seed % 3)
        assert {name: one[name] for name in expected} == expected


def test_several_files_of_several_kinds_add_up(tmp_path: Path) -> None:
    rows = households(90, 7)
    paths = [
        as_csv(tmp_path / "a.csv", rows[:30]),
        as_parquet(tmp_path / "b.parquet", rows[30:60]),
        as_csv(tmp_path / "c.csv", rows[60:]),
    ]
    (found,) = asked(*paths)
    expected = by_hand(rows)
    assert found["by"] == {}
    assert {name: found[name] for name in expected} == expected


@pytest.mark.parametrize("seed", range(4))
def test_bounds_hold_every_completion_of_a_blank(seed: int, tmp_path: Path) -> None:
    rows = households(8, seed)
    rows[0]["d01"] = rows[1]["d05"] = rows[2]["income_per_person"] = rows[3]["area"] = None
    (found,) = asked(as_csv(tmp_path / "a.csv", rows))
    fills = product((0, 1), (0, 1), (0, 1_700_000, 3_000_000), ("rural", "urban"))
    seen = []
    for first, second, income, area in fills:
        whole = [dict(row) for row in rows]
        whole[0]["d01"], whole[1]["d05"] = first, second
        whole[2]["income_per_person"], whole[3]["area"] = income, area
        seen.append(by_hand(whole))
    bounds = found["bounds"]
    for name in ("poor", "H", "M0"):
        assert bounds[name] == [min(one[name] for one in seen), max(one[name] for one in seen)]


TWICE = """
import sys
from pathlib import Path
from chungtay.measures.tables.engines import Spark
from tests.measures.conftest import cells
found = []
for _ in range(2):
    engine = Spark()
    found.append(cells(engine, Path(sys.argv[1]), by="province,area,year"))
    engine.close()
assert found[0] == found[1] != []
"""


def test_one_process_may_ask_spark_twice(tmp_path: Path) -> None:
    path = as_parquet(tmp_path / "a.parquet", households(400, 17))
    done = subprocess.run(
        [sys.executable, "-c", TWICE, str(path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]


def test_both_engines_count_the_same_integers(spark, duck, tmp_path: Path) -> None:
    rows = households(400, 11, blank=0.05)
    text = as_csv(tmp_path / "a.csv", rows)
    binary = as_parquet(tmp_path / "a.parquet", rows)
    words = {"by": "province,area,year"}
    expected = cells(duck, text, **words)
    assert len(expected) > 100
    assert cells(duck, binary, **words) == expected
    assert cells(spark, text, **words) == expected
    assert cells(spark, binary, **words) == expected
    sampled = words | {"survey": "strata=area,psu=year,weight=persons"}
    assert cells(spark, binary, **sampled) == cells(duck, text, **sampled) != expected


def test_narrow_columns_and_words_written_otherwise_count_the_same(
    spark, duck, tmp_path: Path
) -> None:
    rows = households(200, 13, blank=0.05)
    wide = as_parquet(tmp_path / "wide.parquet", rows)
    table = pa.Table.from_pylist(
        [row | {"area": row["area"] and f" {row['area'].title()}"} for row in rows]
    )
    fields = [
        pa.field(one.name, pa.uint8() if one.name in INDICATORS[:6] else pa.int8())
        if one.name in INDICATORS
        else one
        for one in table.schema
    ]
    narrow = tmp_path / "narrow.parquet"
    pq.write_table(table.cast(pa.schema(fields)), narrow)
    expected = cells(duck, wide, by="province,year")
    assert cells(duck, narrow, by="province,year") == expected
    assert cells(spark, narrow, by="province,year") == expected


@pytest.mark.parametrize("kind", [pa.int8(), pa.uint8(), pa.int16(), pa.int64()], ids=str)
def test_the_largest_wrong_cell_is_refused_not_added_up(
    kind, duck, refused, tmp_path: Path
) -> None:
    largest = 2 ** (kind.bit_width - (0 if str(kind).startswith("u") else 1)) - 1
    names = [f"x{place}" for place in range(23)]
    table = pa.table({name: pa.array([0, largest], kind) for name in names})
    path = tmp_path / "a.parquet"
    pq.write_table(table, path)
    said = refused(path, indicators=",".join(names), k=3, no_income=True)
    assert f"dòng 2, cột x0 ghi “{largest}”" in said


def test_a_table_of_facts_is_judged_by_the_law_itself(spark, duck, tmp_path: Path) -> None:
    ready = {name: 0 for name in INDICATORS if name not in ("d07", "d08", "d09", "d10", "d12")}
    facts = [
        ("false", "false", "true", "unprotected", "none", "tv; radio", 30),
        ("true", "", "true", "", "septic", "none", 32),
        ("1", "0", "0", "unprotected", "unhygienic", "", ""),
    ]
    names = ("wall_durable", "pillar_durable", "roof_durable", "water_source", "latrine")
    rows = [
        {"area": "rural", "persons": 4, "income_per_person": 900_000, **ready}
        | dict(zip((*names, "information_means", "house_area_m2"), answers, strict=True))
        for answers in facts
    ]
    path = as_csv(tmp_path / "a.csv", rows)
    d07, d08, d09, d10, d12 = (1 << int(one) - 1 for one in ("07", "08", "09", "10", "12"))
    expected = sorted(
        (str(((), True, mask, unknown)), (1, 4))
        for mask, unknown in [
            (d07 | d08 | d09 | d10, 0),
            (d12, d09),
            (d07 | d09 | d10, d08 | d12),
        ]
    )
    assert cells(duck, path) == expected
    assert cells(spark, path) == expected


def test_a_large_file_is_measured_in_little_memory(tmp_path: Path) -> None:
    rows = households(500, 3)
    part = pa.Table.from_pylist(rows)
    path = tmp_path / "a.parquet"
    with pq.ParquetWriter(path, part.schema) as writer:
        for _ in range(400):
            writer.write_table(part)
    (found,) = asked(path)
    expected = by_hand(rows)
    assert found["households"] == 400 * expected["households"]
    assert found["poor"] == 400 * expected["poor"]
    assert found["M0"] == expected["M0"]
