"""`chungtay measure` as a person runs it: JSON, a table, files out, one-sentence ends."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from openpyxl import load_workbook

from tests.commands.conftest import chungtay

LINES = [
    "province,area,persons,income_per_person," + ",".join(f"d{n:02d}" for n in range(1, 13)),
    "01,rural,4,1400000,1,1,1,0,0,0,0,0,0,0,0,0",
    "01,urban,6,2100000,1,1,1,0,0,0,0,0,0,0,0,0",
    "75,rural,5,900000,1,0,0,0,0,0,0,0,,0,0,0",
]
FIELDS = {
    *("by", "households", "persons", "poor", "near_poor", "H", "A", "M0"),
    *("uncensored", "censored", "contribution", "se", "ci"),
}


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "ho.csv"
    path.write_text("\n".join(LINES) + "\n", "utf-8")
    return path


def test_the_whole_is_one_row_of_json(run, table):
    (row,) = run("measure", table, "--on", "2023-12-31", "--json").json["rows"]
    assert row.keys() >= FIELDS
    assert row["by"] == {}
    assert (row["households"], row["persons"], row["poor"], row["near_poor"]) == (3, 15, 1, 1)
    assert (row["H"], row["A"], row["M0"]) == (4 / 15, 0.25, 1 / 15)


def test_groups_and_another_cut_off(run, table):
    words = ["--standard", "nd-07-2021", "--by", "province,area", "--k", "1", "--json"]
    rows = run("measure", table, *words).json["rows"]
    assert [row["by"] for row in rows] == [
        {"province": "01", "area": "rural"},
        {"province": "01", "area": "urban"},
        {"province": "75", "area": "rural"},
    ]
    assert [row["poor"] for row in rows] == [1, 0, 1]


def test_the_cut_off_of_a_province_is_its_own(run, table):
    table.write_text("\n".join([*LINES, LINES[1].replace("1,1,1", "1,1,0")]) + "\n", "utf-8")
    (row,) = run("measure", table, "--standard", "dong-nai-2022", "--json").json["rows"]
    assert row["poor"] == 3


def test_a_table_for_the_eye(run, table):
    done = run("measure", table, "--by", "province")
    assert done.code == 0
    head, first, second = done.out.splitlines()
    assert head.split()[0] == "province"
    assert first.split()[:4] == ["01", "2", "10", "1"]
    assert "100,00 %" in second
    assert "chỉ đếm điều chắc chắn" in done.err


def test_files_out_hold_the_same_figures(run, table, tmp_path):
    for ending in ("csv", "xlsx", "parquet"):
        done = run("measure", table, "--by", "province", "--out", tmp_path / f"x.{ending}")
        assert "Đã ghi 2 dòng" in done.out
    with (tmp_path / "x.csv").open(encoding="utf-8") as file:
        text = list(csv.DictReader(file))
    header, *cells = load_workbook(tmp_path / "x.xlsx").active.values
    binary = pq.read_table(tmp_path / "x.parquet").to_pylist()
    assert [row["province"] for row in text] == ["01", "75"]
    assert binary[0]["M0"] == 0.1
    assert float(text[0]["M0"]) == dict(zip(header, cells[0], strict=True))["M0"] == 0.1
    assert float(text[1]["bounds.M0.low"]) == binary[1]["bounds.M0.low"] == 0


def test_other_names_come_from_a_schema_file(run, table, tmp_path):
    table.write_text(table.read_text("utf-8").replace("persons", "so_khau"), "utf-8")
    schema = tmp_path / "cot.toml"
    schema.write_text('persons = "so_khau"\n', "utf-8")
    done = run("measure", table, "--schema", schema, "--json")
    assert done.json["rows"][0]["persons"] == 15


def test_spark_says_the_same_and_nothing_else(run, table):
    words = ["measure", table, "--by", "province", "--json"]
    done = run(*words, "--engine", "spark")
    assert done.err.count("\n") == 1
    assert done.json == run(*words).json


def test_progress_is_told_where_it_is_asked_for(run, table):
    assert run("measure", table, "--progress").code == 0


def test_bad_input_ends_in_one_sentence(refused, table, tmp_path):
    assert "thiếu cột xa;" in refused("measure", table, "--by", "xa")
    assert "không có tệp" in refused("measure", tmp_path / "khong.csv")
    assert "hãy đổi đuôi tệp" in refused("measure", table, "--out", tmp_path / "x.docx")
    assert "--engine" in refused("measure", table, "--engine", "polars")
    assert "--schema" in refused("measure", table, "--schema", tmp_path / "khong.toml")
    both = ["--standard", "nd-07-2021", "--on", "2023-01-01"]
    assert "hãy chỉ ghi một trong hai" in refused("measure", table, *both)
    table.write_text(table.read_text("utf-8").replace("urban", "thành phố"), "utf-8")
    assert "ho.csv, dòng 3, cột area ghi “thành phố”" in refused("measure", table)


def test_weights_that_were_divided_are_said(run, table):
    words = ["--indicators", "d01,d02", "--weights", "d01=2,d02=1", "--cutoff", "1/2"]
    done = run("measure", table, *words, "--income", "none", "--json")
    assert done.json["rows"][0]["H"] == 1.0
    assert "cộng lại là 3" in done.err


@pytest.mark.parametrize(("library", "extra"), [("ibis", "tables"), ("pyspark", "spark")])
def test_a_missing_extra_is_told_in_one_sentence(data, table, tmp_path, library, extra):
    folder = tmp_path / "without"
    folder.mkdir()
    lacking = f"raise ModuleNotFoundError('none here', name={library!r})"
    (folder / f"{library}.py").write_text(lacking, "utf-8")
    path = f"{folder}{os.pathsep}{Path.cwd()}"
    words = ["measure", table, "--engine", "spark"]
    done = chungtay(data, tmp_path, *words, settings={"PYTHONPATH": path})
    assert done.code == 2
    assert done.err.count("\n") == 1
    assert f"pip install 'chungtay[{extra}]'" in done.err


def test_members_in_a_file_of_their_own_decide_what_is_said_of_them(run, refused, table, tmp_path):
    lines = table.read_text("utf-8").splitlines()
    named = tmp_path / "h.csv"
    named.write_text(
        "\n".join(
            [f"household_id,{lines[0]}", *(f"{at},{line}" for at, line in enumerate(lines[1:]))]
        ),
        "utf-8",
    )
    people = tmp_path / "m.csv"
    people.write_text(
        "household_id,birth,health_insurance\n2,1980,0\n2,2019,0\n0,1980,1\n", "utf-8"
    )
    words = ["--on", "2023-12-31", "--by", "household_id", "--members", people, "--json"]
    rows = run("measure", named, *words).json["rows"]
    assert [row["uncensored"]["d04"] for row in rows] == [0, 0, 1]
    people.write_text("household_id,birth,health_insurance\n9,1980,0\n", "utf-8")
    assert "tệp m.csv, dòng 2, cột household_id ghi “9”" in refused("measure", named, *words)
