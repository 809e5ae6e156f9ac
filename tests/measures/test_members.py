"""Members in a file of their own: each judged by the law as the classifier judges them."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from chungtay.rulebook.classifying import Finding, find
from chungtay.rulebook.dates import PartialDate
from chungtay.rulebook.household import HouseholdFacts, MemberFacts
from chungtay.rulebook.lawbook import Standard
from chungtay.rulebook.loading import law
from tests.measures.conftest import Row, as_csv, as_parquet, asked, cells

DAYS = {"nd-07-2021": date(2023, 6, 15), "qd-59-2015": date(2018, 2, 28)}
YES_NO = (
    "able_to_work",
    "wants_work",
    "health_insurance",
    "undernourished",
    "disabled",
    "monthly_assistance",
)
CHOICES = ("schooling", "education", "work")
READY = ("d07", "d08", "d09", "d10", "d11", "d12")
Families = tuple[list[Row], list[Row]]


def families(count: int, seed: int, on: date) -> Families:
    """Made-up households and their members, some without any; births near the ages that count."""
    made = random.Random(seed)
    options = {name: [one.code for one in law().facts[name].options] for name in CHOICES}

    def maybe(value: Any) -> Any:
        return None if made.random() < 0.08 else value

    def birth() -> str | None:
        years = made.choice([0, 2, 3, 5, 6, 11, 12, 15, 16, 17, 18, 30, 31, 35, 56, 60, 61])
        month, day = made.choice([1, 2, 6, 7, 12]), made.choice([1, 14, 15, 16, 28])
        text = f"{on.year - years:04d}-{month:02d}-{day:02d}"
        return maybe(text[: made.choice([4, 7, 10, 10, 10])])

    homes, people = [], []
    for number in range(count):
        size = made.choice([0, 1, 2, 3, 5])
        homes.append(
            {
                "household_id": f"H{number:04d}",
                "area": maybe(made.choice(["rural", "urban"])),
                "persons": max(size, 1),
                "income_per_person": made.choice(
                    [600_000, 900_000, 1_250_000, 1_900_000, 9_000_000]
                ),
                "information_means": made.choice(["none", "tv;telephone"]),
                "internet_used": int(made.random() < 0.5),
                **{name: int(made.random() < 0.2) for name in READY},
            }
        )
        people += [
            {
                "household_id": f"H{number:04d}",
                "birth": birth(),
                "sex": maybe(made.choice(["male", "female"])),
                **{name: maybe(int(made.random() < 0.6)) for name in YES_NO},
                **{name: maybe(made.choice(options[name])) for name in CHOICES},
            }
            for _ in range(size)
        ]
    made.shuffle(people)
    return homes, people


def finding(standard: Standard, on: date, home: Row, people: Sequence[Row]) -> Finding:
    """What the rulebook finds of one household with its members."""
    members = tuple(
        MemberFacts(
            str(place),
            PartialDate(*(int(part) for part in row["birth"].split("-"))) if row["birth"] else None,
            row["sex"],
            {name: None if row[name] is None else bool(row[name]) for name in YES_NO}
            | {name: row[name] for name in CHOICES},
        )
        for place, row in enumerate(people)
    )
    answers = {name: bool(home[name]) for name in (*READY, "internet_used")} | {
        "income_per_person_vnd": Decimal(home["income_per_person"]),
        "information_means": [one for one in home["information_means"].split(";") if one != "none"],
    }
    return find(law(), standard, HouseholdFacts(on, home["area"], answers, members))


def expected(code: str, families: Families) -> list[tuple[str, tuple[int, int]]]:
    """The cells of households found one by one, without the bit of a lower line."""
    standard, found = law().standard(code), []
    homes, people = families
    for home in homes:
        inside = [row for row in people if row["household_id"] == home["household_id"]]
        one = finding(standard, DAYS[code], home, inside)
        mask = sum(1 << at for at, each in enumerate(one.deprivations) if each.deprived)
        unknown = sum(1 << at for at, each in enumerate(one.deprivations) if each.deprived is None)
        key = str(((home["household_id"],), one.income_low, mask, unknown))
        found.append((key, (1, home["persons"])))
    return sorted(found)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("engine", ["duck", "spark"])
def test_members_are_judged_as_the_classifier_does(
    engine: str, seed: int, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    code = "nd-07-2021"
    homes, people = families(120, seed, DAYS[code])
    path, beside = as_csv(tmp_path / "h.csv", homes), as_csv(tmp_path / "m.csv", people)
    words = {"by": "household_id", "on": DAYS[code], "members": [beside]}
    found = cells(request.getfixturevalue(engine), path, **words)
    assert found == expected(code, (homes, people))


@pytest.mark.parametrize("engine", ["duckdb", "spark"])
def test_the_official_counts_of_two_lines_with_members_are_the_classifiers(
    engine: str, spark, tmp_path: Path
) -> None:
    code = "qd-59-2015"
    homes, people = families(150, 5, DAYS[code])
    homes_file, members = as_parquet(tmp_path / "h.parquet", homes), tmp_path / "m.csv"
    as_csv(members, people)
    (found,) = asked(homes_file, on=DAYS[code], engine=engine, members=[members])
    standard, all_found = law().standard(code), []
    for home in homes:
        inside = [row for row in people if row["household_id"] == home["household_id"]]
        all_found.append(finding(standard, DAYS[code], home, inside))
    for name in ("poor", "near_poor"):
        surely = sum(one.possible_classes == (name,) for one in all_found)
        perhaps = sum(name in one.possible_classes for one in all_found)
        assert found["bounds"][name] == [surely, perhaps]
    assert 0 < found["bounds"]["near_poor"][0] < found["bounds"]["near_poor"][1]


def test_whole_dates_in_a_typed_column_and_several_files_count_the_same(
    duck, spark, tmp_path: Path
) -> None:
    code = "nd-07-2021"
    homes, people = families(80, 7, DAYS[code])
    people = [row | {"birth": row["birth"] and (row["birth"] + "-06-15")[:10]} for row in people]
    people = [row for row in people if not row["birth"] or len(row["birth"]) == 10]
    typed = [
        row | {"birth": date.fromisoformat(row["birth"]) if row["birth"] else None}
        for row in people[::2]
    ]
    paths = [as_csv(tmp_path / "a.csv", homes[:30]), as_parquet(tmp_path / "b.dat", homes[30:])]
    members = [as_csv(tmp_path / "m.csv", people[1::2]), tmp_path / "n.parquet"]
    pq.write_table(pa.Table.from_pylist(typed), members[1])
    words = {"by": "household_id", "on": DAYS[code], "members": members}
    counted = expected(code, (homes, people))
    assert cells(duck, *paths, **words) == counted
    assert cells(spark, *paths, **words) == counted


def test_a_ready_made_indicator_stands_where_members_leave_it_open(duck, tmp_path: Path) -> None:
    homes, _ = families(1, 1, DAYS["nd-07-2021"])
    ready = {"d01": 1, "d02": 1, "d03": 1, "d05": 0, "d06": 0, "d04": 0}
    path = as_csv(tmp_path / "h.csv", [homes[0] | ready])
    member = {"household_id": "H0000", "age_years": 40, "health_insurance": 0, "work": ""}
    beside = as_csv(tmp_path / "m.csv", [member])
    ((key, _count),) = cells(duck, path, on=DAYS["nd-07-2021"], members=[beside])
    mask = int(key.split(", ")[-2])
    assert mask & 0b111111 == 0b001011  # work, assistance open: as noted; insurance: by the member


@pytest.fixture
def small(tmp_path: Path) -> Callable[..., tuple[Path, list[Path]]]:
    """Files of two households and three members, with some cells written otherwise."""

    def write(*changes: tuple[str, int, str, Any]) -> tuple[Path, list[Path]]:
        homes, people = families(6, 3, DAYS["nd-07-2021"])
        rows = {"h": homes, "m": people}
        for file, place, column, value in changes:
            rows[file][place][column] = value
        return as_csv(tmp_path / "h.csv", homes), [as_csv(tmp_path / "m.csv", people)]

    return write


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            [("h", 3, "household_id", "H0001")],
            "dòng 5, cột household_id ghi “H0001” lần thứ hai (lần đầu: tệp h.csv, dòng 3)",
        ),
        (
            [("m", 1, "household_id", "X")],
            "tệp m.csv, dòng 3, cột household_id ghi “X”, mà không hộ nào có mã ấy",
        ),
        ([("m", 1, "household_id", "")], "tệp m.csv, dòng 3, cột household_id để trống"),
        ([("h", 2, "household_id", " "), ("m", 0, "sex", "x")], "household_id ghi “ ”"),
        ([("m", 2, "birth", "2001-02-30")], "tệp m.csv, dòng 4, cột birth ghi “2001-02-30”"),
        ([("m", 2, "birth", "17/5/2001")], "hãy ghi năm-tháng-ngày như 2001-05-17"),
        ([("m", 0, "schooling", "lớp 9")], "tệp m.csv, dòng 2, cột schooling ghi “lớp 9”"),
        ([("m", 0, "work", "2"), ("h", 1, "d07", 5)], "tệp h.csv, dòng 3, cột d07 ghi “5”"),
    ],
)
def test_a_wrong_row_is_named(small, refused, changes, said: str) -> None:
    path, members = small(*changes)
    if said.startswith("household_id"):
        members[0].write_text(
            "\n".join(
                line for line in members[0].read_text("utf-8").split("\n") if "H0002" not in line
            ),
            "utf-8",
        )
    assert said in refused(path, on=DAYS["nd-07-2021"], members=members)


def test_what_members_do_not_tell_must_be_in_the_table(small, refused, tmp_path: Path) -> None:
    homes, people = families(4, 3, DAYS["nd-07-2021"])
    path = as_csv(tmp_path / "h.csv", homes)
    for lacking, indicator in (("work", "d01"), ("birth", "d01"), ("undernourished", "d03")):
        rows = [{name: row[name] for name in row if name != lacking} for row in people]
        said = refused(path, on=DAYS["nd-07-2021"], members=[as_csv(tmp_path / "m.csv", rows)])
        assert f"thiếu cột {indicator}" in said
        assert "chungtay_" not in said
    rows = [{name: row[name] for name in row if name != "household_id"} for row in people]
    said = refused(path, on=DAYS["nd-07-2021"], members=[as_csv(tmp_path / "m.csv", rows)])
    assert "thiếu cột household_id" in said


def test_members_without_a_standard_are_refused(small, refused) -> None:
    path, members = small()
    said = refused(path, indicators="d07,d08", k=1, no_income=True, members=members)
    assert "--members chỉ dùng khi đo theo một chuẩn nghèo" in said
