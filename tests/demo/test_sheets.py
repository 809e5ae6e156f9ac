"""The sample lists: laid out as they really come, and read by the import as intended."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from chungtay.acts.services import System
from chungtay.demo.loading import load_demo
from chungtay.demo.sheets import (
    ASKED_FILE,
    NEIGHBOUR_FILE,
    REGISTER_FILE,
    write_sample_files,
)
from chungtay.places.queries import unit_by_code
from chungtay.sync.proposals import Preview
from chungtay.sync.services import read_file

OPENING = date(2023, 1, 1)
AUTUMN = date(2023, 9, 15)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("samples") / "made"
    write_sample_files(folder)
    return folder


def preview(path: Path, code: str, on: date) -> Preview:
    return read_file(path.read_bytes(), unit_by_code(code, OPENING), on)


def test_the_paths_written_are_answered(tmp_path: Path) -> None:
    written = write_sample_files(tmp_path)
    assert [path.name for path in written] == [REGISTER_FILE, ASKED_FILE, NEIGHBOUR_FILE]
    assert all(path.stat().st_size > 0 for path in written)


def test_the_register_list_has_titles_and_a_header_of_two_rows(folder: Path) -> None:
    sheet = openpyxl.load_workbook(folder / REGISTER_FILE).active
    merged = {str(cells) for cells in sheet.merged_cells.ranges}
    assert {"A1:M1", "F5:G5", "A5:A6"} <= merged
    assert [sheet["F5"].value, sheet["F6"].value, sheet["G6"].value] == ["Ngày sinh", "Nam", "Nữ"]
    codes = {row[1] for row in sheet.iter_rows(min_row=7, values_only=True) if row[1]}
    assert len(codes) == 35
    heads = [row[2] for row in sheet.iter_rows(min_row=7, values_only=True)]
    assert None in heads
    assert max(Counter(name for name in heads if name).values()) > 1


def test_the_list_of_those_who_asked_holds_its_traps(folder: Path) -> None:
    sheet = openpyxl.load_workbook(folder / ASKED_FILE, data_only=True).active
    cells = [cell for row in sheet.iter_rows(min_row=7) for cell in row]
    assert any(cell.value == "#N/A" for cell in cells)
    assert any(cell.value == "31/02/1980" for cell in cells)
    assert sorted(len(str(c.value)) for c in cells if c.column == 7 and c.data_type == "n")[
        -2:
    ] == [
        11,
        11,
    ]
    assert any(isinstance(c.value, str) and c.value != c.value.strip() for c in cells)
    assert any(str(cell.value).startswith("Tổng cộng") for cell in cells)
    assert any(cell.value == "CHỦ TỊCH" for cell in cells)


def test_the_neighbour_s_list_is_clean(folder: Path) -> None:
    with (folder / NEIGHBOUR_FILE).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len({row["Mã hộ"] for row in rows}) == 5
    assert all(len(row["Số CCCD"]) == 12 for row in rows)


@pytest.mark.django_db
def test_the_register_list_comes_out_unchanged_but_for_three_households(
    folder: Path, system: System
) -> None:
    load_demo(actor=system, places=("quang_trung",))
    found = preview(folder / REGISTER_FILE, "14824", OPENING)
    assert found.counts() == {
        "read": 35,
        "added": 0,
        "changed": 3,
        "unchanged": 32,
        "doubtful": 0,
        "refused": 0,
    }
    changed = [one for one in found.proposals if one.outcome == "changed"]
    assert [one.draft.household_code for one in changed] == ["QT1-08", "QT4-05", "QT6-04"]
    assert [len(one.changes) for one in changed] == [1, 1, 1]


@pytest.mark.django_db
def test_those_who_asked_are_two_added_three_doubtful_and_three_refused(
    folder: Path, system: System
) -> None:
    load_demo(actor=system, places=("quang_trung",))
    found = preview(folder / ASKED_FILE, "14824", AUTUMN)
    by_outcome: dict[str, list[str | None]] = {}
    for one in found.proposals:
        by_outcome.setdefault(one.outcome, []).append(one.draft.household_code)
    assert by_outcome == {
        "added": ["DN-01", "DN-02"],
        "doubtful": ["DN-03", "DN-04", "DN-06"],
        "refused": ["DN-05", "DN-07", "DN-08"],
    }
    said = {
        one.draft.household_code: {message.code for message in one.messages}
        for one in found.proposals
    }
    assert said["DN-03"] == {"id_lost_zero"}
    assert said["DN-04"] == {"error_cell"}
    assert said["DN-05"] == {"date_not_real"}
    assert said["DN-06"] == {"alike", "moves_here"}  # the household, and the son in it
    assert said["DN-07"] == {"unknown_village"}
    assert said["DN-08"] == {"two_heads"}


@pytest.mark.django_db
def test_the_neighbour_s_list_adds_two_households(folder: Path, system: System) -> None:
    load_demo(actor=system, places=("quang_trung",))
    counts = preview(folder / NEIGHBOUR_FILE, "14823", AUTUMN).counts()
    assert counts == {
        "read": 5,
        "added": 2,
        "changed": 0,
        "unchanged": 3,
        "doubtful": 0,
        "refused": 0,
    }
