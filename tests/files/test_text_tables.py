"""Delimited text: encoding and delimiter are found by looking."""

from __future__ import annotations

import unicodedata

import pytest

from chungtay.files.cells import Workbook
from chungtay.files.opening import open_sheets
from chungtay.files.refusals import UnfriendlyFile

TABLE = "Họ và tên,Năm sinh,Thôn\nNguyễn Văn An,1984,Thôn 4\nTrần Thị Bé,1990,Thôn 5\n"


def texts(book: Workbook) -> list[list[object]]:
    return [[cell.value for cell in row.cells] for row in book.sheets[0].rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_encodings(encoding: str) -> None:
    book = open_sheets(TABLE.encode(encoding))
    assert book.form == "csv"
    assert texts(book)[1] == ["Nguyễn Văn An", "1984", "Thôn 4"]
    assert not book.notes


def test_windows_1258_is_read_with_a_note() -> None:
    # Windows-1258 keeps most tones as marks of their own after the letter.
    marks = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
    letters: list[str] = []
    for letter in TABLE:
        parts = unicodedata.normalize("NFD", letter)
        tone = "".join(part for part in parts if part in marks)
        base = "".join(part for part in parts if part not in marks)
        letters.append(unicodedata.normalize("NFC", base) + tone)
    book = open_sheets("".join(letters).encode("cp1258"))
    assert texts(book)[2] == ["Trần Thị Bé", "1990", "Thôn 5"]
    assert "Windows-1258" in str(book.notes[0].sentence)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_delimiters(delimiter: str) -> None:
    book = open_sheets(TABLE.replace(",", delimiter).encode())
    assert texts(book)[0] == ["Họ và tên", "Năm sinh", "Thôn"]


def test_a_delimiter_named_in_the_first_line_keeps_row_numbers() -> None:
    book = open_sheets(("sep=;\n" + TABLE.replace(",", ";")).encode())
    assert [row.number for row in book.sheets[0].rows] == [2, 3, 4]


def test_semicolons_win_where_commas_are_decimals() -> None:
    book = open_sheets(b"Ten;B1;B2\nAn;142,5;30\nBinh;137,5;40\n")
    assert texts(book)[1] == ["An", "142,5", "30"]


def test_quoted_newlines_stay_in_their_cell() -> None:
    book = open_sheets('Họ và tên,"Quan hệ\nvới chủ hộ"\nAn,"Chủ\nhộ"\n'.encode())
    assert texts(book) == [["Họ và tên", "Quan hệ\nvới chủ hộ"], ["An", "Chủ\nhộ"]]


def test_title_rows_do_not_hide_the_delimiter() -> None:
    book = open_sheets(("DANH SÁCH HỘ NGHÈO\n\n" + TABLE).encode())
    assert [row.number for row in book.sheets[0].rows] == [1, 3, 4, 5]


def test_text_of_no_known_encoding() -> None:
    with pytest.raises(UnfriendlyFile) as caught:
        open_sheets(b"Ten,Thon\nA\xd2\xff\xfe\xd2,1\n\xff\xfd,\xd2\n".replace(b"\xfd", b"\x81\x8a"))
    assert caught.value.code in {"bad_text", "not_excel"}
