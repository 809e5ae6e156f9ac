"""Every unfriendly file is refused by its content, each with its own whole sentence."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
import xlsxwriter

from chungtay.files.cells import Limits
from chungtay.files.opening import open_sheets
from chungtay.files.refusals import NOTES, REFUSALS, UnfriendlyFile

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def refused(content: bytes | Path, limits: Limits | None = None) -> UnfriendlyFile:
    with pytest.raises(UnfriendlyFile) as caught:
        open_sheets(content, limits=limits or Limits())
    return caught.value


def workbook(*rows: list[object]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows or (["Họ và tên"],):
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def repacked(change: dict[str, bytes], base: bytes | None = None) -> bytes:
    """A workbook with some of its parts replaced or added."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(base or workbook())) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, change.pop(name, None) or old.read(name))
        for name, content in change.items():
            new.writestr(name, content)
    return buffer.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("content", "code", "begins"),
    [
        (b"", "empty_file", "Tệp rỗng"),
        (b"%PDF-1.7\n%\xe2\xe3", "pdf", "Đây là tệp PDF"),
        (b"{\\rtf1 hello}", "word", "Đây là tệp Word"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "picture", "Đây là tệp hình ảnh"),
        (b"\xff\xd8\xff\xe0" + bytes(40), "picture", "Đây là tệp hình ảnh"),
        (b"<html><table><tr><td>1</td></tr></table>", "web_page", "Bên trong tệp là một trang web"),
        (b"\xef\xbb\xbf <!DOCTYPE html><p>", "web_page", "Bên trong tệp là một trang web"),
        (b'<?xml version="1.0"?><Workbook/>', "xml_text", "Bên trong tệp là văn bản XML"),
        (OLE + "Workbook".encode("utf-16-le"), "damaged", "Tệp bị hỏng"),
        (OLE + "Book".encode("utf-16-le"), "old_excel", "Đây là tệp Excel đời 95"),
        (OLE + "WordDocument".encode("utf-16-le"), "word", "Đây là tệp Word"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted", "Tệp đang đặt mật khẩu"),
        (OLE, "not_excel", "Tệp này không phải tệp Excel"),
        (bytes(range(256)) * 20, "not_excel", "Tệp này không phải tệp Excel"),
        ("Kính gửi\nỦy ban nhân dân xã".encode(), "not_a_table", "Bên trong tệp chỉ là chữ thường"),
        (b"PK\x03\x04 cut short", "damaged", "Tệp bị hỏng"),
    ],
)
def test_what_is_no_workbook(content: bytes, code: str, begins: str) -> None:
    error = refused(content)
    assert error.code == code
    assert str(error.sentence).startswith(begins)
    assert str(error).endswith(".")


def test_a_name_does_not_make_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "danh_sach.xlsx"
    path.write_text("Đây chỉ là một tờ giấy ghi nhớ\nviết cho vui", encoding="utf-8")
    assert refused(path).code == "not_a_table"


def test_a_missing_file(tmp_path: Path) -> None:
    assert "Không mở được tệp" in str(refused(tmp_path / "không có.xlsx"))


def test_a_word_document_renamed() -> None:
    buffer = io.BytesIO()
    docx.Document().save(buffer)
    assert refused(buffer.getvalue()).code == "word"


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"a.txt": b"x"}, "plain_zip"),
        ({"xl/workbook.bin": b"x"}, "binary_excel"),
        ({"ppt/presentation.xml": b"<p/>"}, "powerpoint"),
        ({"content.xml": b"<x/>", "mimetype": b"application/vnd.oasis"}, "open_document"),
        ({"xl/workbook.xml": b"<workbook/>"}, "damaged"),
    ],
)
def test_other_zips(parts: dict[str, bytes], code: str) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert refused(buffer.getvalue()).code == code


def test_a_zip_with_a_password() -> None:
    content = bytearray(workbook())
    for start in (b"PK\x03\x04", b"PK\x01\x02"):
        place = content.find(start)
        flags = place + (6 if start == b"PK\x03\x04" else 8)
        struct.pack_into("<H", content, flags, 1)
    assert refused(bytes(content)).code == "encrypted"


def test_a_zip_bomb_in_the_sheet() -> None:
    bomb = repacked({SHEET: b"<worksheet><sheetData>" + b" " * 2**26})
    error = refused(bomb)
    assert error.code == "zip_bomb"
    assert "bung ra lớn bất thường" in str(error)


def test_a_zip_bomb_beside_the_sheets() -> None:
    assert refused(repacked({"xl/media/image1.bin": bytes(2**26)})).code == "zip_bomb"


def test_a_zip_of_too_many_entries() -> None:
    extra = {f"xl/media/{number}": b"" for number in range(60)}
    assert refused(repacked(extra), Limits(zip_entries=50)).code == "zip_bomb"


def test_more_inside_than_may_be_unpacked() -> None:
    many = workbook(*[[f"Hộ {number * 7919}", number] for number in range(3_000)])
    error = refused(many, Limits(unpacked_bytes=50_000))
    assert error.code == "too_large_inside"
    assert "mỗi tệp không quá 120.000 dòng" in str(error)


def test_one_text_repeated_beyond_measure() -> None:
    long = workbook(*[["Hộ nghèo " * 100] for _ in range(500)])
    assert refused(long, Limits(characters=100_000)).code == "too_large_inside"


def test_a_million_rows(tmp_path: Path) -> None:
    path = tmp_path / "triệu.xlsx"
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Danh sách")
        for number in range(2**20):
            sheet.write_number(number, 0, number)
    error = refused(path)
    assert error.code == "too_many_rows"
    assert str(error) == (
        "Trang “Danh sách” có hơn 120.000 dòng, là mức nhiều nhất một lần đọc. "
        "Hãy tách danh sách thành nhiều tệp, mỗi tệp không quá 120.000 dòng."
    )


def test_too_many_columns_and_cells() -> None:
    assert refused(workbook(list(range(300)))).code == "too_many_columns"
    assert refused(workbook(*[[1, 2]] * 20), Limits(cells=30)).code == "too_many_cells"
    assert refused(b"a,b\n" * 20, Limits(cells=30)).code == "too_many_cells"
    assert refused(b"a,b\n" * 20, Limits(rows=10)).code == "too_many_rows"


def test_too_many_bytes(tmp_path: Path) -> None:
    path = tmp_path / "to.xlsx"
    path.write_bytes(bytes(3 * 2**20))
    error = refused(path, Limits(file_bytes=2**20))
    assert error.code == "too_many_bytes"
    assert str(error).startswith("Tệp lớn hơn 1 MB")


DOCTYPES = [
    b'<!DOCTYPE worksheet [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet>&a;</worksheet>',
    b'<!DOCTYPE w [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>',
    b'<!DOCTYPE worksheet SYSTEM "http://example.invalid/x.dtd"><worksheet/>',
]


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/styles.xml", "_rels/.rels"])
@pytest.mark.parametrize("content", DOCTYPES)
def test_external_entities_and_doctypes(part: str, content: bytes) -> None:
    error = refused(repacked({part: content}))
    assert error.code == "doctype"
    assert "DOCTYPE" in str(error)


@pytest.mark.parametrize(
    "change",
    [
        {SHEET: b"<worksheet><sheetData><row r='1'>"},
        {SHEET: b"<worksheet><sheetData><row r='x'/></sheetData></worksheet>"},
        {SHEET: b"<worksheet><sheetData><row><c t='s'><v>9</v></c></row></sheetData></worksheet>"},
        {SHEET: b"<worksheet><sheetData><row><c><v>chu</v></c></row></sheetData></worksheet>"},
        {SHEET: b"<worksheet><sheetData><row><c><v>1e999</v></c></row></sheetData></worksheet>"},
        {SHEET: b"<worksheet><sheetData><row><c r='a1'><v>1</v></c></row></sheetData></worksheet>"},
        {"xl/workbook.xml": b"<workbook><sheets><sheet name='a' id='r9'/></sheets></workbook>"},
        {SHEET: b"<worksheet><row><c t='d'><v>31/2</v></c></row></worksheet>"},
        {"xl/workbook.xml": b"\x00\x01"},
    ],
)
def test_damaged_parts(change: dict[str, bytes]) -> None:
    assert refused(repacked(change)).code == "damaged"


def test_a_changed_byte_is_noticed() -> None:
    content = bytearray(repacked({SHEET: b"<worksheet>" + b"<a/>" * 500 + b"</worksheet>"}))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        place = archive.getinfo(SHEET).header_offset + 30 + len(SHEET) + 5
    content[place] ^= 0xFF
    assert refused(bytes(content)).code == "damaged"


def test_an_empty_workbook() -> None:
    buffer = io.BytesIO()
    openpyxl.Workbook().save(buffer)
    error = refused(buffer.getvalue())
    assert error.code == "empty"
    assert "không có ô nào có dữ liệu" in str(error)
    assert refused(b" \n \n").code == "empty"


def test_a_child_that_takes_too_much_memory() -> None:
    rows = workbook(*[[f"{number} " * 30, number] for number in range(2_000)])
    error = refused(rows, Limits(memory_bytes=2**20))
    assert error.code == "too_heavy"
    assert "quá nhiều bộ nhớ" in str(error)


def test_a_child_that_takes_too_long() -> None:
    rows = workbook(*[[f"{number} " * 30, number] for number in range(2_000)])
    error = refused(rows, Limits(seconds=0))
    assert error.code == "too_slow"


def test_every_sentence_is_whole() -> None:
    for sentence in (*REFUSALS.values(), *NOTES.values()):
        assert sentence[0].isupper()
        assert sentence.endswith(".")
