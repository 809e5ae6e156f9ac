"""`chungtay whatif` as a person runs it: a place of the register, a table, one-sentence ends."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.commands.conftest import chungtay

STANDARDS = ["--standard", "nd-07-2021", "--against", "nd-351-2025"]
LINES = [
    "area,income_per_person," + ",".join(f"d{n:02d}" for n in range(1, 13)),
    "rural,1400000,1,1,1,0,0,0,0,0,0,0,0,0",
    "rural,1800000,1,0,0,0,0,0,0,0,0,0,0,0",
    "rural,9000000,0,0,0,0,0,0,0,0,0,0,0,0",
    "rural,,1,0,0,0,0,0,0,0,0,0,0,0",
]
HEADER = ["Mã hộ", "Họ và tên", "Quan hệ với chủ hộ", "Ngày sinh", "Thôn", "Diện"]
ROWS = [
    ["A1", "Lò Thị Sen", "Chủ hộ", "15/3/1970", "Thôn 1", "Hộ nghèo"],
    ["A1", "Lò Văn Đá", "Con", "2001", "Thôn 1", ""],
    ["A2", "Vi Văn Suối", "Chủ hộ", "1965", "Thôn 2", "Hộ cận nghèo"],
]
ON = ["--on", "2023-01-01"]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "ho.csv"
    path.write_text("\n".join(LINES) + "\n", "utf-8")
    return path


@pytest.fixture
def register(run, tmp_path: Path) -> None:
    """Two households of Quang Trung, in two villages, of whom nobody was asked anything."""
    book = Workbook()
    for row in [HEADER, *ROWS]:
        book.active.append(row)
    book.save(tmp_path / "ds.xlsx")
    words = ["--place", "14824", *ON, "--apply", "--accept-doubtful", "--json"]
    assert run("import", "households", tmp_path / "ds.xlsx", *words).json["applied"]["added"] == 2


def numbers(moves):
    return {move: counts["households"] for move, counts in moves.items()}


def test_a_table_needs_no_database(tmp_path, table):
    done = chungtay(tmp_path / "nothing", tmp_path, "whatif", table, *STANDARDS, *ON, "--json")
    assert done.code == 0
    assert numbers(done.json["moves"]) == {
        "enters": 1, "leaves": 0, "stays": 1, "outside": 1, "undecided": 1,
    }  # fmt: skip
    assert not (tmp_path / "nothing" / "chungtay.sqlite3").exists()
    assert "persons" not in done.json
    asked = {(one["standard"], one["name"]) for one in done.json["missing"] if not one["of_law"]}
    assert ("nd-07-2021", "income_per_person_vnd") in asked
    lacking = {one["name"]: one for one in done.json["indicators"]}["Việc làm"]
    assert (lacking["lacking_by_standard"], lacking["lacking_by_against"]) == (3, 3)
    assert lacking["lacking_among_entering"] == 1
    assert any("tính thử" in one for one in done.json["doubts"]["nd-351-2025"])
    assert "Chưa tính kinh phí" in done.json["costs"]


def test_swapped_standards_turn_the_answer(run, table):
    there = run("whatif", table, *STANDARDS, *ON, "--json").json
    turned = ["--standard", "nd-351-2025", "--against", "nd-07-2021"]
    back = run("whatif", table, *turned, *ON, "--json").json
    assert back["moves"]["leaves"] == there["moves"]["enters"]
    assert sorted((one["against"], one["standard"]) for one in back["matrix"]) == sorted(
        (one["standard"], one["against"]) for one in there["matrix"]
    )


def test_a_table_for_the_eye_says_what_is_missing(run, table):
    done = run("whatif", table, *STANDARDS, *ON)
    assert done.code == 0
    assert "Chuẩn 2: Chuẩn nghèo đa chiều 2027–2030" in done.out
    assert "Truy cập internet" in done.out
    assert "Còn thiếu gì để xếp loại" in done.out


def test_a_place_is_counted_by_its_villages_and_written_with_a_journal_line(
    run, register, tmp_path
):
    said = run("whatif", "14824", *STANDARDS, *ON, "--json").json
    assert (said["place"], said["households"], said["persons"]) == ("Xã Quang Trung", 2, 3)
    assert [one["households"] for one in said["places"]] == [1, 1]
    assert numbers(said["moves"])["undecided"] == 2
    out = tmp_path / "hai-chuan.xlsx"
    assert run("whatif", "14824", *STANDARDS, *ON, "--out", out).code == 0
    rows = list(load_workbook(out).active.iter_rows(min_row=6, values_only=True))
    assert [(row[0], row[4], row[5]) for row in rows] == [("Thôn 1", 1, 2), ("Thôn 2", 1, 1)]
    assert run("check").code == 0


def test_progress_is_told_where_it_is_asked_for(run, table):
    table.write_text("\n".join([LINES[0], *LINES[1:2] * 600]) + "\n", "utf-8")
    done = run("whatif", table, *STANDARDS, *ON, "--progress", "--json")
    assert done.json["households"] == 600
    assert "Đang tính: 500/1.200" in done.err


def test_a_place_without_households_says_so(run):
    done = run("whatif", "14824", *ON)
    assert done.code == 0
    assert "Không có hộ nào trong sổ" in done.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["whatif"], "thiếu PLACE|FILE"),
        (["whatif", "khong-co.csv"], "không có tệp khong-co.csv"),
        (["whatif", "00000", *ON], "Không có đơn vị nào mang mã 00000"),
        (["whatif", "14824", *ON, "--standard", "x"], "Không có chuẩn nghèo “x”"),
        (["whatif", "14824", *ON, "--against", "x"], "Không có chuẩn nghèo “x”"),
        (["whatif", "14824", *ON, "--out", "x.pdf"], "phải có đuôi .xlsx"),
        (["whatif", "14824", *ON, "--as", "ai-do"], "không có tài khoản"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(refused, words, said):
    assert said in refused(*words)


def test_a_row_that_cannot_be_read_and_a_file_in_the_way(refused, table, tmp_path):
    taken = tmp_path / "x.xlsx"
    shutil.copy(table, taken)
    assert "đã có; chọn tên khác" in refused("whatif", table, *ON, "--out", taken)
    table.write_text("\n".join([*LINES, LINES[1].replace("rural", "núi")]) + "\n", "utf-8")
    assert "dòng 6" in refused("whatif", table, *ON)
