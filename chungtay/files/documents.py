"""A paper given as a file, read into plain text: Word (.docx), or text in the usual encodings."""

from __future__ import annotations

from chungtay.files.cells import Document, FileNote, Limits
from chungtay.files.decoding import as_unicode, as_windows_1258
from chungtay.files.docx import read_docx
from chungtay.files.recognising import OLE_START, ZIP_STARTS, recognise
from chungtay.files.refusals import refusal

# How words that every plan holds look in fonts from before Unicode.
TCVN3 = ("nghÌo", "ho¹ch", "hé ngh", "x· ", "kÕ ho", "KÕ ho", "ph­êng")
VNI = ("ngheøo", "hoaïch", "keá ho", "Keá ho", "xaõ ", "phöôøng", "hoä ngh")


def read_document(content: bytes, limits: Limits) -> Document:
    """The text of a paper; UnfriendlyFile says why one is not read."""
    if not content:
        raise refusal("empty_file")
    if content.startswith(ZIP_STARTS):
        document = Document("docx", read_docx(content, limits))
    elif content.startswith(OLE_START):
        raise refusal(_inside_ole(content))
    else:
        recognise(content)
        text, notes = _decoded(content)
        document = Document("txt", text, notes)
    if not any(sign.isalnum() for sign in document.text):
        raise refusal("no_text")
    if len(document.text) > limits.characters:
        raise refusal("too_long_document")
    _check_letters(document.text)
    return document


def _inside_ole(content: bytes) -> str:
    names = {"EncryptedPackage": "encrypted", "WordDocument": "old_word", "Workbook": "no_word"}
    return next(
        (code for name, code in names.items() if name.encode("utf-16-le") in content), "not_a_paper"
    )


def _decoded(content: bytes) -> tuple[str, tuple[FileNote, ...]]:
    text = as_unicode(content)
    if text is not None:
        return text, ()
    _check_letters(content.decode("latin-1"))
    return as_windows_1258(content), (FileNote("windows_1258_text"),)


def _check_letters(text: str) -> None:
    """Refuse text in letters from before Unicode, which would be read as nonsense."""
    for name, words in (("TCVN3 (.VnTime)", TCVN3), ("VNI", VNI)):
        if sum(word in text for word in words) >= 2:
            raise refusal("old_letters", name=name)
