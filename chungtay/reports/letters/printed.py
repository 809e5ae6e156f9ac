"""An ordinary paper ready to print: what the Word child is given; no record of the database."""

from __future__ import annotations

from dataclasses import dataclass, replace

from chungtay.reports.plan_document import Block, PlanDocument
from chungtay.rulebook.wording import Sentence

BLANK = "…"


@dataclass(frozen=True)
class LetterDocument:
    """A paper as it is printed; ``paper`` holds what it has in common with a plan."""

    kind: str
    paper: PlanDocument
    blocks: tuple[Block, ...]
    addressees: tuple[str, ...] = ()
    authority: str = ""
    secretary: str = ""


def without_households(document: LetterDocument) -> LetterDocument:
    """What a reader sees who may not see the households' names."""
    return replace(document, paper=replace(document.paper, annexes=()))


def doubts_of(document: LetterDocument) -> list[Sentence]:
    """What in a paper is to be looked at before it is issued."""
    paper = document.paper
    texts = [*(block.text for block in document.blocks), *paper.legal_bases, *document.addressees]
    blanks = sum(text.count(BLANK) for text in texts)
    found = []
    if blanks:
        found.append(
            Sentence("Còn {count} chỗ để trống, ghi bằng dấu “…”. Hãy điền hoặc bỏ.", count=blanks)
        )
    if any("Phụ lục" in text for text in texts) and not paper.annexes:
        found.append(
            Sentence(
                "Văn bản nói tới Phụ lục nhưng chưa có bảng nào để kèm. "
                "Hãy bổ sung dữ liệu của kế hoạch, danh sách, hoặc sửa câu."
            )
        )
    return found
