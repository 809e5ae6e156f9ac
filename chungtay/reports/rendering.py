"""Word files made in a child process, so that a web worker never carries the Word libraries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import msgspec

from chungtay.environment import ChildFailed, ask_child
from chungtay.reports.plan_document import PlanDocument
from chungtay.rulebook.wording import Sentence

Template = Literal["plan", "report"]
PLAN: Template = "plan"
REPORT: Template = "report"
SECONDS_ALLOWED = 60
TOO_SLOW = Sentence("Chưa làm xong tệp Word sau một phút nên đã dừng. Hãy bấm tải lại sau ít phút.")
FAILED = Sentence(
    "Chưa làm được tệp Word vì mẫu Word hoặc nội dung văn bản có chỗ sai. "
    "Hãy xem lại mẫu và nội dung, rồi tải lại."
)


class RenderingError(RuntimeError):
    """The Word file could not be made: the sentence for people, ``detail`` for the server's log."""

    def __init__(self, sentence: Sentence, detail: str) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence
        self.detail = detail


@dataclass(frozen=True)
class RenderRequest:
    """What the child is asked: a document, and the properties to keep in its file."""

    document: PlanDocument
    properties: dict[str, str] = field(default_factory=dict)
    template: Template = PLAN


def render_in_child(
    document: PlanDocument,
    *,
    properties: Mapping[str, str] | None = None,
    template: Template = PLAN,
) -> bytes:
    """Make the .docx in a child process; RenderingError when it fails or takes over a minute."""
    request = msgspec.json.encode(RenderRequest(document, dict(properties or {}), template))
    return made_by("chungtay.reports.child", request, FAILED)


def made_by(module: str, request: bytes, failed: Sentence) -> bytes:
    """A Word file made by a child; RenderingError with the sentence for what went wrong."""
    try:
        return ask_child(module, request, seconds=SECONDS_ALLOWED)
    except ChildFailed as error:
        raise RenderingError(TOO_SLOW if error.too_slow else failed, error.detail) from error
