"""The process that fills the Word file of a profile and ends: JSON in, the file out."""

from __future__ import annotations

import base64
import sys
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import msgspec
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt
from docxtpl import DocxTemplate, InlineImage
from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from chungtay.reports.plan_document import printable
from chungtay.reports.profile_paper import Profile, ProfileTable

TEMPLATE = Path(__file__).parent / "templates" / "profile.docx"
CHART_WIDTH, IN_TABLES = Mm(155), Pt(11)


def written(profile: Profile) -> bytes:
    """The template filled with a profile."""
    template = DocxTemplate(TEMPLATE)
    environment = SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    charts = [
        InlineImage(template, BytesIO(base64.b64decode(one)), width=CHART_WIDTH)
        for one in profile.charts
    ]
    words: dict[str, Any] = _printable(msgspec.to_builtins(profile)) | {"charts": charts}
    template.render(words, environment, autoescape=True)
    filled: Document = template.docx
    for table in profile.tables:
        _add_table(filled, table)
    filled.add_paragraph().add_run(printable(profile.source)).italic = True
    stream = BytesIO()
    template.save(stream)
    return stream.getvalue()


def _add_table(filled: Document, table: ProfileTable) -> None:
    """A table behind the charts: the heads repeated on every page, the figures to the right."""
    filled.add_paragraph(printable(table.caption), style="Heading 2")
    set_in = filled.add_table(rows=0, cols=len(table.heads), style="Table Grid")
    _add_row(set_in, table.heads, head=True)
    for row in table.rows:
        _add_row(set_in, [row.name, *row.figures])


def _add_row(table: Any, texts: Sequence[str], *, head: bool = False) -> None:
    row = table.add_row()
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001 python-docx offers no other way
    properties.append(OxmlElement("w:cantSplit"))
    if head:
        properties.append(OxmlElement("w:tblHeader"))
    for at, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
        (paragraph,) = cell.paragraphs
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if at else WD_ALIGN_PARAGRAPH.LEFT
        run = paragraph.add_run(printable(text))
        run.bold, run.font.size = head or None, IN_TABLES


def _printable(value: Any) -> Any:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {name: _printable(each) for name, each in value.items() if name != "charts"}
    return [_printable(each) for each in value]


def main() -> int:
    """Read one request on standard input, write the .docx to standard output."""
    profile = msgspec.json.decode(sys.stdin.buffer.read(), type=Profile)
    sys.stdout.buffer.write(written(profile))
    return 0


if __name__ == "__main__":
    sys.exit(main())
