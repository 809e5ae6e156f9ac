"""The guarded writer: nothing is calculated, turned into a number, or cut off."""

from __future__ import annotations

import csv
import dataclasses
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chungtay.files.opening import open_sheets
from chungtay.files.writing import (
    CELL_CHARACTERS,
    SHEET_ROWS,
    Table,
    TableColumn,
    TableRefused,
    guarded,
    write_csv,
    write_xlsx,
)
from chungtay.rulebook.dates import PartialDate

COLUMNS = (
    TableColumn("Họ và tên", width=28),
    TableColumn("Số CCCD"),
    TableColumn("Ngày sinh", "date"),
    TableColumn("Điểm B1", "number"),
)
ROWS = (
    ("Nguyễn Văn An", "038057000123", date(1957, 3, 15), 142.5),
    ("=HYPERLINK(1)", "001203000123", PartialDate(1984), None),
    ("@Trần", "", PartialDate(1990, 2, 28), 0),
)


def table(rows: Any = ROWS, **changes: Any) -> Table:
    count = changes.pop("row_count", len(rows) if isinstance(rows, tuple | list) else 0)
    plain = Table(
        title="Danh sách hộ nghèo",
        place="Xã Quang Trung",
        on=date(2023, 6, 5),
        who="Lê Thị Hạnh",
        source="Sổ hộ dân",
        columns=COLUMNS,
        rows=rows,
        row_count=count,
    )
    return dataclasses.replace(plain, **changes)


def test_the_head_says_place_date_who_source_and_count(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    assert write_xlsx(path, table(of_count=12_345)) == 3
    sheet = openpyxl.load_workbook(path).active
    assert [sheet.cell(row, 1).value for row in range(1, 5)] == [
        "Danh sách hộ nghèo",
        "Xã Quang Trung · ngày 05/06/2023",
        "Người xuất: Lê Thị Hạnh · Nguồn: Sổ hộ dân",
        "3/12.345 dòng",
    ]
    assert [cell.value for cell in sheet[5]] == [column.title for column in COLUMNS]


def test_ids_stay_text_and_dates_are_dates(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    write_xlsx(path, table())
    rows = open_sheets(path).sheets[0].rows[-3:]
    assert [rows[0].at(n).kind for n in (1, 2, 3, 4)] == ["text", "text", "date", "number"]
    assert rows[0].at(2).value == "038057000123"
    assert rows[0].at(3).day == date(1957, 3, 15)
    assert rows[1].at(3).value == "1984"
    assert rows[2].at(3).day == date(1990, 2, 28)
    assert rows[2].at(4).value == 0


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_text_that_would_be_calculated_is_neutralised(tmp_path: Path, start: str) -> None:
    dangerous = f"{start}1+1"
    path = tmp_path / "out.xlsx"
    rows = ((dangerous, None, None, None),)
    write_xlsx(path, table(rows, title=dangerous))
    book = openpyxl.load_workbook(path)
    cell = book.active.cell(6, 1)
    assert cell.data_type in {"s", "inlineStr"}
    assert cell.style is not None
    assert cell.quotePrefix
    assert book.active.cell(1, 1).quotePrefix
    plain = tmp_path / "out.csv"
    write_csv(plain, table(rows))
    with plain.open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file))[-1][0] == "'" + dangerous
    assert open_sheets(plain).sheets[0].rows[-1].at(1).value == dangerous


def test_how_it_prints(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    write_xlsx(path, table())
    sheet = openpyxl.load_workbook(path).active
    assert sheet.page_setup.orientation == "landscape"
    assert str(sheet.page_setup.paperSize) == sheet.PAPERSIZE_A4
    assert sheet.print_title_rows in {"$5:$5", "5:5"}
    assert sheet.freeze_panes == "A6"


@pytest.mark.parametrize("write", [write_xlsx, write_csv])
@pytest.mark.parametrize("promised", [2, 4])
def test_a_wrong_count_leaves_no_file(tmp_path: Path, write: Any, promised: int) -> None:
    path = tmp_path / "out.xlsx"
    with pytest.raises(TableRefused, match=f"hứa {promised} dòng"):
        write(path, table(row_count=promised))
    assert list(tmp_path.iterdir()) == []


def test_more_rows_than_a_sheet_holds_is_refused_before_a_row_is_asked_for(tmp_path: Path) -> None:
    def rows() -> Iterator[tuple[str, ...]]:
        raise AssertionError("a row was asked for")
        yield ()

    with pytest.raises(TableRefused, match="nhiều hơn một trang Excel"):
        write_xlsx(tmp_path / "out.xlsx", table(rows(), row_count=SHEET_ROWS))


def test_a_cell_too_long_for_excel_is_refused_and_kept_whole_in_csv(tmp_path: Path) -> None:
    long = (("x" * (CELL_CHARACTERS + 1), None, None, None),)
    with pytest.raises(TableRefused, match="nhiều hơn một ô Excel"):
        write_xlsx(tmp_path / "out.xlsx", table(long))
    write_csv(tmp_path / "out.csv", table(long))
    assert "x" * (CELL_CHARACTERS + 1) in (tmp_path / "out.csv").read_text(encoding="utf-8-sig")


def test_a_row_of_another_width_is_an_error_and_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="zip"):
        write_xlsx(tmp_path / "out.xlsx", table((("one",),)))
    assert list(tmp_path.iterdir()) == []


def test_an_old_file_stays_when_the_new_one_fails(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    path.write_bytes(b"old")
    with pytest.raises(TableRefused):
        write_xlsx(path, table(row_count=9))
    assert path.read_bytes() == b"old"


def test_guarded_leaves_plain_text_alone() -> None:
    assert guarded("Nguyễn - An") == "Nguyễn - An"
    assert guarded("-An") == "'-An"


TEXTS = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1, max_size=40)


@given(texts=st.lists(TEXTS.filter(str.strip), min_size=1, max_size=8))
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_text_comes_back_as_it_was_written(texts: list[str], tmp_path: Path) -> None:
    rows = [(text, None, None, None) for text in texts]
    for name, write in (("out.xlsx", write_xlsx), ("out.csv", write_csv)):
        path = tmp_path / name
        write(path, table(rows))
        read = open_sheets(path).sheets[0].rows[-len(texts) :]
        assert [row.at(1).value for row in read] == texts


def test_a_long_title_has_room_for_its_lines(tmp_path):
    column = TableColumn("(9) Cuối kỳ\n= 1 − 2 − 3 − 4 + 5 + 6 + 7 + 8", "number", 14)
    table = Table("Biểu", "Xã", date(2023, 1, 1), "Lò", "sổ hộ", [column], [[1]], 1)
    write_xlsx(tmp_path / "bieu.xlsx", table)
    with ZipFile(tmp_path / "bieu.xlsx") as whole:
        sheet = whole.read("xl/worksheets/sheet1.xml").decode()
    heights = re.findall(r'<row r="5"[^>]* ht="(\d+)"', sheet)
    assert heights
    assert int(heights[0]) >= 4 * 15
