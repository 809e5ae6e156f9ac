"""Papers opened: Word with its own numbers and tables, text in old encodings, and refusals."""

from __future__ import annotations

import io
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement

from chungtay.files.cells import Document, Limits
from chungtay.files.opening import open_document
from chungtay.files.refusals import UnfriendlyFile

PLAN = "KẾ HOẠCH\n\nI. MỤC TIÊU\n\nGiảm 05 hộ nghèo."
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512


def word(make: Callable[[docx.document.Document], None]) -> bytes:
    paper = docx.Document()
    make(paper)
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """The same file with one part added or put in another's place."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.namelist():
            if entry != name:
                new.writestr(entry, old.read(entry))
        new.writestr(name, part)
    return out.getvalue()


def code_of(content: bytes, **limits: int) -> str:
    with pytest.raises(UnfriendlyFile) as refused:
        open_document(content, **({"limits": Limits(**limits)} if limits else {}))
    assert str(refused.value).endswith(".")
    return refused.value.code


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_text_in_every_unicode(encoding: str) -> None:
    assert open_document(PLAN.encode(encoding)) == Document("txt", PLAN)


def test_text_in_windows_1258() -> None:
    said = "Thời hạn: năm 2024, xã Quang Trung, giảm nghèo."
    opened = open_document("".join(map(_apart, said)).encode("cp1258"))
    assert opened.text == said
    assert [note.code for note in opened.notes] == ["windows_1258_text"]


def _apart(sign: str) -> str:
    """A letter as Windows-1258 writes it: with its tone apart where it has no sign for both."""
    try:
        sign.encode("cp1258")
    except UnicodeEncodeError:
        parts = unicodedata.normalize("NFD", sign)
        tones = [one for one in parts if one in "\u0300\u0301\u0303\u0309\u0323"]
        rest = "".join(one for one in parts if one not in tones)
        return unicodedata.normalize("NFC", rest) + "".join(tones)
    return sign


@pytest.mark.parametrize(
    "said", ["KÕ ho¹ch gi¶m nghÌo n¨m 2010 cña x· A", "Keá hoaïch giaûm ngheøo cuûa xaõ A"]
)
def test_letters_from_before_unicode_are_named(said: str) -> None:
    assert code_of(said.encode("latin-1")) == "old_letters"
    assert code_of(said.encode()) == "old_letters"


def test_a_table_comes_row_by_row_and_a_layout_cell_by_cell() -> None:
    def make(paper: docx.document.Document) -> None:
        head = paper.add_table(1, 2)
        head.cell(0, 0).text = "UBND XÃ A\nSố: 01/KH-UBND"
        head.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
        paper.add_paragraph("KẾ HOẠCH")
        table = paper.add_table(2, 2)
        for at, said in enumerate(["Thôn", "Giảm hộ | nghèo", "Thôn 1", "2"]):
            table.cell(at // 2, at % 2).text = said

    text = open_document(word(make)).text
    assert [line for line in text.split("\n") if line.strip()] == [
        "UBND XÃ A",
        "Số: 01/KH-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "KẾ HOẠCH",
        "| Thôn | Giảm hộ / nghèo |",
        "| Thôn 1 | 2 |",
    ]


def test_numbers_that_word_sets_by_itself_are_read() -> None:
    def make(paper: docx.document.Document) -> None:
        paper.add_paragraph("KẾ HOẠCH")
        for said, style in (
            ("Mục tiêu", "List Number"),
            ("Giảm 2 hộ", "List Bullet"),
            ("Tổ chức thực hiện", "List Number"),
        ):
            paper.add_paragraph(said, style=style)

    text = open_document(word(make)).text
    assert text.split("\n\n") == ["KẾ HOẠCH", "1. Mục tiêu", "- Giảm 2 hộ", "2. Tổ chức thực hiện"]


def test_lines_of_a_page_that_came_as_paragraphs_stay_lines() -> None:
    lines = [
        "Giảm nghèo bền vững trên",
        "địa bàn toàn xã trong",
        "năm 2024 theo kế",
        "hoạch đã giao.",
    ]
    text = open_document(word(lambda paper: [paper.add_paragraph(line) for line in lines])).text
    assert text == "\n".join(lines)


def test_text_struck_out_under_review_is_not_read() -> None:
    def make(paper: docx.document.Document) -> None:
        run = paper.add_paragraph("Giảm 5 hộ").add_run("")
        gone = OxmlElement("w:delText")
        gone.text = " nghèo"
        run._r.append(gone)
        assert run._r.find(qn("w:delText")) is not None

    assert open_document(word(make)).text == "Giảm 5 hộ"


def test_a_scan_in_word_is_told(tmp_path: Path) -> None:
    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(b"\0\0")), (b"IEND", b""))
    picture = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts
    )
    path = tmp_path / "scan.png"
    path.write_bytes(picture)
    assert code_of(word(lambda paper: paper.add_picture(str(path)))) == "scan"


def test_what_is_no_paper_is_refused() -> None:
    plain = word(lambda paper: paper.add_paragraph("KẾ HOẠCH"))
    assert code_of(b"") == "empty_file"
    assert code_of(b" \n\n ") == "no_text"
    assert code_of(word(lambda paper: None)) == "no_text"
    assert code_of(b"%PDF-1.7 ...") == "pdf_document"
    assert code_of(b"\x89PNG\r\n\x1a\n") == "picture_document"
    assert code_of(b"{\\rtf1 Ke hoach}") == "word_document"
    assert code_of(b"<html><body>KH</body></html>") == "web_page_document"
    assert code_of(OLE + "WordDocument".encode("utf-16-le")) == "old_word"
    assert code_of(OLE + "Workbook".encode("utf-16-le")) == "no_word"
    assert code_of(OLE + "EncryptedPackage".encode("utf-16-le")) == "encrypted_document"
    assert code_of(with_part(plain, "word/vbaProject.bin", b"x")) == "word_macros"
    assert code_of(plain[: len(plain) // 2]) == "damaged_document"
    assert code_of(b"PK\x03\x04" + b"\0" * 40) == "damaged_document"


def test_entities_bombs_and_too_much_text_are_refused() -> None:
    plain = word(lambda paper: paper.add_paragraph("KẾ HOẠCH"))
    outside = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><x>&e;</x>'
    assert code_of(with_part(plain, "word/document.xml", outside)) == "doctype_document"
    long = word(lambda paper: paper.add_paragraph("giảm nghèo " * 400))
    assert code_of(long, characters=2_000) == "too_long_document"
    assert code_of(long, file_bytes=1_000) == "too_many_bytes_document"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("word/document.xml", b"a" * 300_000_000)
    assert code_of(out.getvalue()) == "zip_bomb"


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnfriendlyFile, match="Không mở được tệp"):
        open_document(tmp_path / "khong-co.docx")
