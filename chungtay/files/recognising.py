"""What a file really is, judged by its bytes and never by its name."""

from __future__ import annotations

import re

from chungtay.files.refusals import refusal

ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
OLE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
WEB_START = re.compile(rb"<(!doctype\s+html|html|head|body|table|meta|style)\b", re.IGNORECASE)


def recognise(content: bytes) -> str:
    """Say "zip", "xls" or "text" for bytes worth reading on; UnfriendlyFile for the rest."""
    if not content:
        raise refusal("empty_file")
    if content.startswith(ZIP_STARTS):
        return "zip"
    if content.startswith(OLE_START) and _named(content, "Workbook"):
        # Which of several parts is the main one, the reading of .xls tells.
        return "xls"
    code = _foreign_code(content)
    if code is not None:
        raise refusal(code)
    return "text"


def _foreign_code(content: bytes) -> str | None:
    if content.startswith(OLE_START):
        return _inside_ole(content)
    if content[:1024].find(b"%PDF-") >= 0:
        return "pdf"
    if content.startswith(b"{\\rtf"):
        return "word"
    if content.startswith(PICTURES):
        return "picture"
    start = content[:2048].removeprefix(b"\xef\xbb\xbf").lstrip()
    if WEB_START.match(start) or b"<html" in start.lower():
        return "web_page"
    if start.startswith(b"<?xml"):
        return "xml_text"
    return "not_excel" if _is_binary(content[:65_536]) else None


def _inside_ole(content: bytes) -> str:
    names = {
        "EncryptedPackage": "encrypted",
        "WordDocument": "word",
        "PowerPoint Document": "powerpoint",
        "Book": "old_excel",
    }
    return next((code for name, code in names.items() if _named(content, name)), "not_excel")


def _named(content: bytes, part: str) -> bool:
    return part.encode("utf-16-le") in content


def _is_binary(start: bytes) -> bool:
    if start.startswith(WIDE_MARKS) or looks_wide(start):
        return False
    odd = sum(byte < 32 and byte not in (9, 10, 12, 13, 27) for byte in start)
    return odd * 100 > len(start) or b"\0" in start


def looks_wide(start: bytes) -> str | None:
    """Name the UTF-16 order of text without a mark, by where its zero bytes stand; else None."""
    if len(start) < 8:
        return None
    even, odd = start[0::2].count(0), start[1::2].count(0)
    half = len(start) // 2
    if odd * 10 > half * 4 and even * 20 < half:
        return "utf-16-le"
    if even * 10 > half * 4 and odd * 20 < half:
        return "utf-16-be"
    return None
