"""A file handed in as evidence: kept and given back as it came, so only its kind is recognised."""

from __future__ import annotations

from dataclasses import dataclass

from chungtay.files.cells import MEBIBYTE
from chungtay.files.recognising import ZIP_STARTS
from chungtay.files.refusals import refusal

MOST_BYTES = 10 * MEBIBYTE


@dataclass(frozen=True)
class EvidenceKind:
    """What a file is by its bytes: the ending it is given and how it is sent back."""

    ending: str
    media_type: str


PDF = EvidenceKind("pdf", "application/pdf")
PNG = EvidenceKind("png", "image/png")
JPEG = EvidenceKind("jpg", "image/jpeg")
OFFICE = "application/vnd.openxmlformats-officedocument."
DOCX = EvidenceKind("docx", f"{OFFICE}wordprocessingml.document")
XLSX = EvidenceKind("xlsx", f"{OFFICE}spreadsheetml.sheet")
STARTS = ((b"%PDF-", PDF), (b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPEG))
KINDS = {kind.ending: kind for kind in (PDF, PNG, JPEG, DOCX, XLSX)}


def recognise_evidence(content: bytes) -> EvidenceKind:
    """The kind of a file by its bytes; UnfriendlyFile for what is not kept, or too large."""
    if not content:
        raise refusal("empty_file")
    if len(content) > MOST_BYTES:
        raise refusal("too_large_evidence", limit=str(MOST_BYTES // MEBIBYTE))
    for start, kind in STARTS:
        if content.startswith(start):
            return kind
    if content.startswith(ZIP_STARTS):
        return _office(content)
    raise refusal("no_evidence")


def _office(content: bytes) -> EvidenceKind:
    """Word or Excel by the names of the parts, which stand in the archive as plain bytes."""
    if b"vbaProject.bin" in content:
        raise refusal("evidence_macros")
    if b"[Content_Types].xml" in content:
        for part, kind in ((b"word/document.xml", DOCX), (b"xl/workbook.xml", XLSX)):
            if part in content:
                return kind
    raise refusal("no_evidence")
