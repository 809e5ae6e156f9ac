"""The Word file of a plan or a report: its template filled; never imported by a screen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docxtpl import DocxTemplate, RichText
from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from chungtay.reports.plan_annex_tables import add_annexes
from chungtay.reports.plan_document import (
    Block,
    PlanDocument,
    body_blocks,
    legal_basis_lines,
    number_line,
    place_and_date_line,
    printable,
    recipient_lines,
    runs_of,
)

TEMPLATES = Path(__file__).parent / "templates"
CUSTOM_PROPERTIES_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
CUSTOM_PROPERTIES_SPACE = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
VALUE_SPACE = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
CUSTOM_PROPERTY_SET = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
FIRST_CUSTOM_ID = 2
STANDARD_PROPERTIES = frozenset({"identifier", "written_at"})
LONGEST_PROPERTY = 255


def write_plan(
    document: PlanDocument, *, properties: Mapping[str, str], template: str = "plan"
) -> bytes:
    """Fill the Word template (layout of NĐ 30/2020) and give the bytes of the .docx.

    ``properties`` stay in the file's properties, never on the paper: ``identifier`` and
    ``written_at`` (ISO 8601) are standard ones, all others custom ones.
    """
    filling = DocxTemplate(TEMPLATES / f"{template}.docx")
    environment = SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    filling.render(_context(document), environment, autoescape=True)
    filled: Document = filling.docx
    add_annexes(filled, document)
    set_properties(filled, document, properties)
    stream = BytesIO()
    filling.save(stream)
    return stream.getvalue()


def _context(document: PlanDocument) -> dict[str, Any]:
    """Name everything the template's tags may ask for."""
    blocks = [block_words(block) for block in body_blocks(document)]
    return head_and_foot(document) | {"blocks": blocks[:-1], "last_block": blocks[-1]}


def block_words(block: Block) -> dict[str, Any]:
    """A block for the template: its text as runs, those in italics marked."""
    rich = RichText()
    for run in runs_of(printable(block.text)):
        rich.add(run.text, italic=run.italic)
    return {"style": block.style, "lead": printable(block.lead), "text": rich}


def head_and_foot(document: PlanDocument) -> dict[str, Any]:
    """What stands around the body of an official paper, by the names its template asks for."""
    words: dict[str, Any] = _clean(_words_around(document))
    return words


def _words_around(document: PlanDocument) -> dict[str, Any]:
    return {
        "superior_authority": "\n".join(document.superior_authority).upper(),
        "issuing_authority": "\n".join(document.issuing_authority).upper(),
        "number_line": number_line(document),
        "place_and_date_line": place_and_date_line(document),
        "title": document.title.upper(),
        "subject": document.subject,
        "legal_bases": legal_basis_lines(document),
        "opening": document.opening,
        "recipients": recipient_lines(document),
        "on_behalf": "\n".join(document.signature.on_behalf).upper(),
        "position": document.signature.position.upper(),
        "signer_name": document.signature.name or "",
    }


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {key: _clean(each) for key, each in value.items()}
    return [_clean(each) for each in value]


def set_properties(filled: Document, document: PlanDocument, properties: Mapping[str, str]) -> None:
    """Keep what the file is in its properties, never on the paper."""
    core = filled.core_properties
    subject = " ".join(document.subject.split())
    core.title = printable(f"{document.title} {subject}")[:LONGEST_PROPERTY]
    core.author = printable(" ".join(document.issuing_authority))[:LONGEST_PROPERTY]
    core.language = "vi-VN"
    core.identifier = properties.get("identifier", "")
    if "written_at" in properties:
        core.created = core.modified = _utc(properties["written_at"])
    custom = {name: text for name, text in properties.items() if name not in STANDARD_PROPERTIES}
    if custom:
        _add_custom_properties(filled, custom)


def _utc(moment: str) -> datetime:
    """Read an ISO 8601 moment; Word keeps it in UTC without saying so."""
    return datetime.fromisoformat(moment).astimezone(UTC).replace(tzinfo=None)


def _add_custom_properties(filled: Document, properties: Mapping[str, str]) -> None:
    root = ET.Element(f"{{{CUSTOM_PROPERTIES_SPACE}}}Properties")
    for number, (name, text) in enumerate(sorted(properties.items()), FIRST_CUSTOM_ID):
        marks = {"fmtid": CUSTOM_PROPERTY_SET, "pid": str(number), "name": name}
        entry = ET.SubElement(root, f"{{{CUSTOM_PROPERTIES_SPACE}}}property", marks)
        ET.SubElement(entry, f"{{{VALUE_SPACE}}}lpwstr").text = printable(text)
    package = filled.part.package
    blob = ET.tostring(root, encoding="UTF-8", xml_declaration=True)
    part = Part(PackURI("/docProps/custom.xml"), CUSTOM_PROPERTIES_TYPE, blob, package)
    package.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)
