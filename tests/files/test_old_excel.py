"""Excel 97–2003 (.xls): the same cells as .xlsx, and what is refused of it."""

from __future__ import annotations

import io
import shutil
import struct
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Protection

from chungtay.files.cells import Cell, Limits
from chungtay.files.opening import open_sheets
from chungtay.files.refusals import REFUSALS, UnfriendlyFile
from chungtay.sync.reading import read_household_list

pytestmark = pytest.mark.office
ON = date(2023, 1, 1)
Convert = Callable[[openpyxl.Workbook], bytes]


def list_of_2019() -> openpyxl.Workbook:
    """A list with all that a list brings: dates, IDs as numbers, errors, merged and hidden."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Hộ nghèo"
    sheet.append(["DANH SÁCH HỘ NGHÈO NĂM 2019"])
    sheet.merge_cells("A1:F1")
    sheet.append(["STT", "Họ và tên", "Quan hệ", "Ngày sinh", "Số CCCD", "Diện", "Thu nhập"])
    sheet.append([1, "Lường Văn Khởi", "Chủ hộ", date(1984, 3, 15), 1084996102, "Hộ nghèo", 0.5])
    sheet.append([2, "Đỗ Thị Sen", "Vợ", "1986", "038186993347", "#DIV/0!", 700000])
    sheet.append([3, "Đỗ Văn Út", "Con", 2010, 38210000001, None, "=1/0"])
    sheet["E5"].number_format = "000000000000"
    sheet.row_dimensions[5].hidden = True
    sheet.column_dimensions["G"].hidden = True
    sheet["B3"].protection = Protection(locked=True)
    aside = book.create_sheet("Ẩn")
    aside.append(["chữ", True, 2.5])
    aside.sheet_state = "hidden"
    return book


@pytest.fixture(scope="session")
def convert(tmp_path_factory: pytest.TempPathFactory) -> Convert:
    """Save a workbook as .xls by LibreOffice, as an office does."""
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    home = tmp_path_factory.mktemp("xls")

    def save(book: openpyxl.Workbook) -> bytes:
        book.save(home / "list.xlsx")
        command = ["soffice", f"-env:UserInstallation={(home / 'profile').as_uri()}", "--headless"]
        command += ["--convert-to", "xls:MS Excel 97", "--outdir", str(home)]
        subprocess.run(
            [*command, str(home / "list.xlsx")], check=True, timeout=120, capture_output=True
        )
        return (home / "list.xls").read_bytes()

    return save


@pytest.fixture(scope="session")
def old(convert: Convert) -> bytes:
    return convert(list_of_2019())


def refused(content: bytes | Path, limits: Limits | None = None) -> UnfriendlyFile:
    with pytest.raises(UnfriendlyFile) as caught:
        open_sheets(content, limits=limits or Limits())
    assert str(caught.value).endswith(".")
    return caught.value


def with_record(content: bytes, old: int, new: int) -> bytes:
    """The file with the kind of its first record of a kind changed."""
    start = content.find(struct.pack("<HHHH", 0x0809, 16, 0x0600, 5))
    place = start
    while struct.unpack_from("<H", content, place)[0] != old:
        place += 4 + struct.unpack_from("<H", content, place + 2)[0]
    return content[:place] + struct.pack("<H", new) + content[place + 2 :]


def with_root_part(content: bytes, old: str, new: str) -> bytes:
    """The file with a part of its directory called otherwise."""
    place = content.find(old.encode("utf-16-le"))
    name = new.encode("utf-16-le").ljust(64, b"\0")
    return content[:place] + name + struct.pack("<H", len(new) * 2 + 2) + content[place + 66 :]


def test_the_same_cells_as_from_xlsx(old: bytes) -> None:
    kept = io.BytesIO()
    list_of_2019().save(kept)
    ours, theirs = open_sheets(old), open_sheets(kept.getvalue())
    assert (ours.form, theirs.form) == ("xls", "xlsx")
    for one, other in zip(ours.sheets, theirs.sheets, strict=True):
        assert (one.name, one.hidden, one.merges) == (other.name, other.hidden, other.merges)
        assert (one.hidden_rows, one.hidden_columns) == (other.hidden_rows, other.hidden_columns)
        for mine, its in zip(one.rows, other.rows, strict=True):
            said = [(cell.kind, cell.value) for cell in mine.cells]
            # openpyxl stores no result of a formula, LibreOffice does.
            known = [
                ("error", "#DIV/0!") if cell.formula else (cell.kind, cell.value)
                for cell in its.cells
            ]
            assert (mine.number, said) == (its.number, known)


def test_a_list_reads_as_from_xlsx(old: bytes) -> None:
    (household,) = read_household_list(open_sheets(old), on=ON).households
    head, wife, son = household.members
    assert (head.full_name, str(head.birth)) == ("Lường Văn Khởi", "15/03/1984")
    assert [one.citizen_id for one in (head, wife, son)] == [
        *["001084996102", "038186993347", "038210000001"]
    ]
    codes = {message.code for message in household.messages}
    assert {"id_lost_zero", "error_cell"} <= codes


def test_an_id_kept_as_a_number_comes_with_its_format_of_zeros(old: bytes) -> None:
    cell = open_sheets(old).sheets[0].rows[4].at(5)
    assert cell == Cell("number", 38210000001, "000000000000")


BEGINS = struct.pack("<HHHH", 0x0809, 16, 0x0600, 5)
BEGINS_OF_95 = struct.pack("<HHHH", 0x0809, 16, 0x0500, 5)
WORKBOOK = "Workbook".encode("utf-16-le")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda it: with_record(it, 0x005C, 0x002F), "encrypted"),
        (lambda it: it.replace(BEGINS, BEGINS_OF_95, 1), "old_excel"),
        (lambda it: with_root_part(it, "\x05SummaryInformation", "_VBA_PROJECT_CUR"), "macros"),
        (lambda it: with_root_part(it, "Workbook", "WordDocument") + WORKBOOK, "word"),
        (lambda it: with_root_part(it, "Workbook", "Book"), "old_excel"),
        (lambda it: it[: len(it) // 3], "damaged"),
        (lambda it: it[:1536] + bytes(len(it) - 1536), "damaged"),
        (lambda it: it[:512] + it[512:].replace(b"\xff\xff\xff\xff", b"\1\0\0\0"), "damaged"),
    ],
)
def test_what_is_no_sound_old_workbook(
    old: bytes, change: Callable[[bytes], bytes], code: str
) -> None:
    # Cut short, a file may lose the directory that names its parts.
    allowed = {code, "not_excel"} if code == "damaged" else {code}
    assert refused(change(old)).code in allowed


def test_a_sheet_of_macros(old: bytes) -> None:
    place = old.find(struct.pack("<H", 0x0085), old.find(b"\x09\x08\x10\x00"))
    assert refused(old[: place + 9] + b"\1" + old[place + 10 :]).code == "macros"


def test_an_old_workbook_too_large(old: bytes) -> None:
    assert refused(old, Limits(rows=3)).code == "too_many_rows"
    assert refused(old, Limits(columns=4)).code == "too_many_columns"
    assert refused(old, Limits(cells=10)).code == "too_many_cells"
    assert refused(old, Limits(characters=40)).code == "too_large_inside"
    assert refused(old, Limits(sheets=1)).code == "too_large_inside"


def test_a_workbook_without_cells(convert: Convert) -> None:
    assert refused(convert(openpyxl.Workbook())).code == "empty"


def test_bytes_changed_anywhere_are_refused_or_read(old: bytes) -> None:
    """Whatever a byte says, the answer is a workbook or a sentence, never a crash."""
    for place in range(512, len(old), max(1, len(old) // 12)):
        changed = old[:place] + bytes([old[place] ^ 0xFF]) + old[place + 1 :]
        assert outcome(changed) in {"xls", *REFUSALS}


def outcome(content: bytes) -> str:
    try:
        return open_sheets(content).form
    except UnfriendlyFile as error:
        return error.code
