"""The Word file of an ordinary paper: its kind's template filled; only ever in the Word child."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from docx.document import Document
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from chungtay.reports.letters.printed import LetterDocument
from chungtay.reports.plan_annex_tables import add_annexes
from chungtay.reports.plan_document import printable
from chungtay.reports.plan_word import block_words, head_and_foot, set_properties

TEMPLATES = Path(__file__).parent.parent / "templates" / "letters"


def write_letter(document: LetterDocument, *, properties: Mapping[str, str]) -> bytes:
    """Fill the template of the paper's kind and give the bytes of the .docx."""
    template = DocxTemplate(TEMPLATES / f"{document.kind}.docx")
    environment = SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    template.render(_context(document), environment, autoescape=True)
    filled: Document = template.docx
    add_annexes(filled, document.paper)
    set_properties(filled, document.paper, properties)
    stream = BytesIO()
    template.save(stream)
    return stream.getvalue()


def _context(document: LetterDocument) -> dict[str, Any]:
    """Name everything a template's tags may ask for."""
    blocks = [block_words(block) for block in document.blocks]
    return head_and_foot(document.paper) | {
        "addressees": [printable(line) for line in document.addressees],
        "authority": printable(document.authority).upper(),
        "secretary": printable(document.secretary),
        "blocks": blocks[:-1],
        "last_block": blocks[-1],
    }
