"""Opening real workbooks: what a value alone would lose is kept."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from chungtay.files.cells import EMPTY, Limits, column_letter, column_number
from chungtay.files.child import answer
from chungtay.files.number_formats import serial_to_iso, shows_date
from chungtay.files.opening import open_sheets


def saved(book: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def one_sheet(*rows: list[object]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    return saved(book)


def test_every_kind_of_cell_comes_through_the_child(tmp_path: Path) -> None:
    path = tmp_path / "danh sách.xlsx"
    path.write_bytes(one_sheet(["Hộ", 3, 2.5, True, date(1984, 3, 15), None, "cuối"]))
    book = open_sheets(path)
    assert book.form == "xlsx"
    row = book.sheets[0].rows[0]
    assert [cell.kind for cell in row.cells] == [
        *["text", "number", "number", "bool", "date", "empty", "text"]
    ]
    assert [row.at(n).value for n in (1, 2, 3, 4)] == ["Hộ", 3, 2.5, True]
    assert row.at(5).day == date(1984, 3, 15)
    assert row.at(99) is EMPTY


def test_error_cells_are_named_with_their_code() -> None:
    sheet = open_sheets(one_sheet(["#DIV/0!", "#N/A", "#REF!", "chữ #N/A"])).sheets[0]
    assert [(cell.kind, cell.value) for cell in sheet.rows[0].cells] == [
        ("error", "#DIV/0!"),
        ("error", "#N/A"),
        ("error", "#REF!"),
        ("text", "chữ #N/A"),
    ]


def test_an_id_kept_as_a_number_comes_with_its_format_of_zeros(tmp_path: Path) -> None:
    path = tmp_path / "ids.xlsx"
    with xlsxwriter.Workbook(path) as book:
        zeros = book.add_format({"num_format": "000000000000"})
        book.add_worksheet().write_number(0, 0, 38057000123, zeros)
    cell = open_sheets(path).sheets[0].rows[0].at(1)
    assert (cell.kind, cell.value, cell.number_format) == ("number", 38057000123, "0" * 12)


def test_formulas_keep_their_stored_value_and_show_when_there_is_none(tmp_path: Path) -> None:
    path = tmp_path / "formulas.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_formula(0, 0, "=1+1", None, 2)
        sheet.write_formula(0, 1, '="Hộ "&1', None, "Hộ 1")
        sheet.write_formula(0, 2, "=1/0", None, "#DIV/0!")
    cells = open_sheets(path).sheets[0].rows[0].cells
    assert [(cell.value, cell.formula) for cell in cells] == [
        (2, True),
        ("Hộ 1", True),
        ("#DIV/0!", True),
    ]
    bare = open_sheets(one_sheet(["x", "=1+1"])).sheets[0].rows[0].at(2)
    assert (bare.kind, bare.formula) == ("empty", True)


def test_merged_ranges_and_hidden_parts_are_reported_and_read() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["a", "b", "c"], ["d", None, "e"], ["f", "g", "h"]):
        sheet.append(row)
    sheet.merge_cells("B2:B3")
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["C"].hidden = True
    other = book.create_sheet("Ẩn")
    other.append(["giấu"])
    other.sheet_state = "hidden"
    read = open_sheets(saved(book))
    first, second = read.sheets
    (merge,) = first.merges
    assert (merge.first_row, merge.first_column, merge.last_row, merge.last_column) == (2, 2, 3, 2)
    assert first.hidden_rows == (3,)
    assert first.hidden_columns == (3,)
    assert first.rows[2].at(1).value == "f"
    assert second.hidden
    assert second.rows[0].at(1).value == "giấu"


def test_rich_text_and_escaped_characters_are_joined(tmp_path: Path) -> None:
    path = tmp_path / "rich.xlsx"
    with xlsxwriter.Workbook(path) as book:
        bold = book.add_format({"bold": True})
        book.add_worksheet().write_rich_string(0, 0, "Quan hệ ", bold, "với\nchủ hộ")
    assert open_sheets(path).sheets[0].rows[0].at(1).value == "Quan hệ với\nchủ hộ"


def test_blank_rows_are_left_out_and_numbers_stay_those_of_the_sheet() -> None:
    rows = open_sheets(one_sheet(["a"], [], ["  "], ["b"])).sheets[0].rows
    assert [row.number for row in rows] == [1, 4]


def test_a_macro_is_ignored_with_a_note(tmp_path: Path) -> None:
    macro = tmp_path / "vbaProject.bin"
    macro.write_bytes(b"not run")
    path = tmp_path / "macro.xlsm"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet().write(0, 0, "Hộ")
        book.add_vba_project(str(macro))
    read = open_sheets(path)
    assert read.form == "xlsm"
    assert [str(note.sentence) for note in read.notes] == [
        "Tệp có macro; macro bị bỏ qua, không chạy."
    ]


def test_a_sheet_with_a_prefix_on_every_tag_is_read() -> None:
    plain = one_sheet(["Hộ", 1])
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name.endswith("sheet1.xml"):
                text = content.decode().replace("<", "<x:").replace("<x:/", "</x:")
                content = text.replace("<x:?", "<?").replace("xmlns=", "xmlns:x=").encode()
            new.writestr(name, content)
    assert open_sheets(buffer.getvalue()).sheets[0].rows[0].at(2).value == 1


@pytest.mark.parametrize(
    ("code", "is_date"),
    [
        ("dd/mm/yyyy", True),
        ("mmm-yy", True),
        ("yyyy", True),
        ('"ngày" dd "tháng" mm', True),
        ("[$-42A]d mmmm yyyy", True),
        ("0.00", False),
        ("h:mm", False),
        ("[h]:mm:ss", False),
        ('#,##0 "d"', False),
        ("[Red]0", False),
        (None, False),
    ],
)
def test_formats_that_show_dates(code: str | None, is_date: bool) -> None:
    assert shows_date(code) is is_date


def test_serials_become_days_in_both_epochs() -> None:
    assert serial_to_iso(30756, since_1904=False) == "1984-03-15"
    assert serial_to_iso(30756 - 1462, since_1904=True) == "1984-03-15"
    assert serial_to_iso(1, since_1904=False) == "1900-01-01"
    assert serial_to_iso(30756.5, since_1904=False) == "1984-03-15T12:00:00"
    assert serial_to_iso(-1, since_1904=False) is None


def test_cells_agree_with_another_reader() -> None:
    book = openpyxl.Workbook()
    for number in range(1, 40):
        book.active.append([number, f"Thôn {number}", number / 7])
    content = saved(book)
    other = openpyxl.load_workbook(io.BytesIO(content)).active
    for row in open_sheets(content).sheets[0].rows:
        for column in (1, 2, 3):
            assert row.at(column).value == other.cell(row.number, column).value


def test_column_letters_go_both_ways() -> None:
    assert [column_letter(n) for n in (1, 26, 27, 702, 703)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert all(column_number(column_letter(n)) == n for n in range(1, 2_000))


def test_the_caller_never_loads_a_reader_of_its_own() -> None:
    code = (
        "import sys, chungtay.files.opening, chungtay.sync.reading;"
        "print([m for m in ('python_calamine', 'openpyxl', 'chungtay.files.xlsx', 'django')"
        " if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_child_answers_in_process_as_well() -> None:
    reply = answer(one_sheet(["Hộ"]), Limits())
    assert reply.refused is None
    assert reply.workbook is not None
