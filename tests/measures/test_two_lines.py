"""A standard of two income lines over a table: what the classifier says household by household."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from chungtay.rulebook.classifying import Finding, find
from chungtay.rulebook.household import HouseholdFacts
from chungtay.rulebook.loading import law
from tests.measures.conftest import Row, as_csv, as_parquet, asked, cells

ON = date(2018, 6, 1)
ID = "qd-59-2015"
INCOMES = (700_000, 700_001, 800_000, 900_000, 900_001, 1_000_000, 1_000_001, 1_300_000, 1_300_001)
READY = ("d04", "d07", "d08", "d09", "d10")


def households(count: int, seed: int) -> list[Row]:
    """Made-up households with incomes about the two lines, and some blanks."""
    made = random.Random(seed)

    def maybe(value: object) -> object:
        return None if made.random() < 0.1 else value

    return [
        {
            "province": made.choice(["01", "75"]),
            "area": maybe(made.choice(["rural", "urban"])),
            "persons": made.randint(1, 7),
            "income_per_person": maybe(made.choice(INCOMES)),
            "internet_used": maybe(int(made.random() < 0.5)),
            "information_means": maybe(made.choice(["none", "tv", "telephone;radio"])),
            **{name: maybe(int(made.random() < 0.35)) for name in READY},
        }
        for _ in range(count)
    ]


def finding(row: Row) -> Finding:
    """What the rulebook finds of one household alone."""
    answers = {name: None if row[name] is None else bool(row[name]) for name in READY}
    income, means, net = (
        row[name] for name in ("income_per_person", "information_means", "internet_used")
    )
    answers |= {
        "income_per_person_vnd": None if income is None else Decimal(income),
        "internet_used": None if net is None else bool(net),
        "information_means": means and [one for one in means.split(";") if one != "none"],
    }
    return find(law(), law().standard(ID), HouseholdFacts(ON, row["area"], answers))


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("engine", ["duckdb", "spark"])
def test_the_official_counts_are_those_of_the_classifier(
    engine: str, seed: int, spark, tmp_path: Path
) -> None:
    rows = households(150, seed)
    path = as_parquet(tmp_path / "a.parquet", rows)
    for found in asked(path, on=ON, by="province", engine=engine):
        inside = [finding(row) for row in rows if row["province"] == found["by"]["province"]]
        assert found["poor"] == sum(one.household_class == "poor" for one in inside)
        for name in ("poor", "near_poor"):
            surely = sum(one.possible_classes == (name,) for one in inside)
            perhaps = sum(name in one.possible_classes for one in inside)
            assert found["bounds"][name] == [surely, perhaps]


def test_both_engines_count_the_same_integers(spark, duck, tmp_path: Path) -> None:
    rows = households(200, 9)
    text = as_csv(tmp_path / "a.csv", rows)
    expected = cells(duck, text, on=ON, by="province")
    assert len(expected) > 50
    assert cells(spark, text, on=ON, by="province") == expected
    assert cells(duck, as_parquet(tmp_path / "a.parquet", rows), on=ON, by="province") == expected


@pytest.mark.parametrize("k", [1, 2, 3])
def test_who_is_poor_outright_counts_with_what_little_it_lacks(k: int, tmp_path: Path) -> None:
    lines = {"rural": (700_000, 1_000_000), "urban": (900_000, 1_300_000)}
    names = ("a", "b", "c", "d")
    made = random.Random(k)
    rows = [
        {
            "area": made.choice(["rural", "urban"]),
            "persons": made.randint(1, 6),
            "income_per_person": made.choice(INCOMES),
            **{name: int(made.random() < 0.3) for name in names},
        }
        for _ in range(120)
    ]
    (found,) = asked(as_csv(tmp_path / "a.csv", rows), on=ON, indicators=",".join(names), k=k)
    low = [row for row in rows if row["income_per_person"] <= lines[row["area"]][1]]
    poor = [
        row
        for row in low
        if row["income_per_person"] <= lines[row["area"]][0] or sum(row[one] for one in names) >= k
    ]
    persons = sum(row["persons"] for row in poor)
    lacked = sum(row["persons"] * sum(row[one] for one in names) for row in poor)
    assert (found["poor"], found["near_poor"]) == (len(poor), len(low) - len(poor))
    assert found["A"] == float(Fraction(lacked, 4 * persons))
    assert found["M0"] == float(Fraction(lacked, 4 * sum(row["persons"] for row in rows)))
    assert sum(found["contribution"].values()) == pytest.approx(1)


def test_a_sample_and_a_year_are_measured_by_two_lines_too(tmp_path: Path) -> None:
    rows = [
        row | {"psu": place % 8, "year": 2017 + place % 2}
        for place, row in enumerate(households(160, 5))
    ]
    path = as_csv(tmp_path / "a.csv", rows)
    plain = asked(path, on=ON, by="year")
    sampled = asked(path, on=ON, by="year", survey="psu=psu")
    assert [row["H"] for row in sampled] == [row["H"] for row in plain]
    assert all(row["se"]["H"] > 0 for row in sampled)
    assert "change" in asked(path, on=ON, over="year")[1]
