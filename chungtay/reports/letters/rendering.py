"""Papers made into Word files by a child, so that no web worker carries the Word libraries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec

from chungtay.reports.letters.printed import LetterDocument
from chungtay.reports.rendering import made_by
from chungtay.rulebook.wording import Sentence

FAILED = Sentence(
    "Chưa làm được tệp Word của văn bản vì mẫu Word hoặc nội dung có chỗ sai. "
    "Hãy xem lại mẫu và nội dung, rồi tải lại."
)


@dataclass(frozen=True)
class LetterRequest:
    """What the child is asked: a document, and the properties to keep in its file."""

    document: LetterDocument
    properties: dict[str, str] = field(default_factory=dict)


def render_letter(document: LetterDocument, *, properties: Mapping[str, str]) -> bytes:
    """Make the .docx in a child process; RenderingError when it fails or takes over a minute."""
    request = msgspec.json.encode(LetterRequest(document, dict(properties)))
    return made_by("chungtay.reports.letters.child", request, FAILED)
