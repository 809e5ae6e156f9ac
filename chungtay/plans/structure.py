"""What a plan's text lacks as a paper: skipped and repeated numbers, date, signer, annexes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from chungtay.plans.models import Plan
from chungtay.rulebook.wording import Sentence

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
LETTERS = "abcdđeghiklmnopqrstuvxy"
ANNOUNCED = re.compile(r"kèm\s+(theo\s+)?phụ lục|phụ lục[^.;]*kèm theo|bảng [^.;]*đính kèm", re.I)

SKIPPED = "Kế hoạch đánh số chưa liền nhau: sau mục {before} là mục {number}. Hãy đánh lại số mục."
SKIPPED_UNDER = (
    "Mục {parent} đánh số chưa liền nhau: sau mục {before} là mục {number}. Hãy đánh lại số mục."
)
BEGUN = "Kế hoạch mở đầu bằng mục {number}. Hãy đánh lại số mục."
BEGUN_UNDER = "Mục {parent} mở đầu bằng mục {number}. Hãy đánh lại số mục."


def defects_of(plan: Plan) -> list[Sentence]:
    """The defects of a plan's text, each in a sentence; a number not given yet is none."""
    content: Mapping[str, Any] = plan.content
    return [*_misnumbered(content), *_unsigned(content), *_without_annex(content)]


def _misnumbered(content: Mapping[str, Any]) -> Iterator[Sentence]:
    """Sections whose number does not follow the one before it under the same heading."""
    last: dict[int, str] = {}
    for section in content.get("sections", ()):
        level, number = section["level"], section["number"]
        for deeper in [each for each in last if each > level]:
            del last[deeper]
        before = last.get(level, "")
        if _order(number) and _order(number) != _order(before) + 1:
            yield _told(last.get(level - 1, ""), before, number)
        last[level] = number


def _told(parent: str, before: str, number: str) -> Sentence:
    texts = {
        (True, True): SKIPPED_UNDER,
        (True, False): SKIPPED,
        (False, True): BEGUN_UNDER,
        (False, False): BEGUN,
    }
    text = texts[bool(before), bool(parent)]
    return Sentence(text, parent=parent, before=before, number=number)


def _order(number: str) -> int:
    """The place of a number in its row, 0 if it is none: IV -> 4, 2.3 -> 3, đ -> 5."""
    last = number.rstrip(".)").split(".")[-1]
    if last.isdecimal():
        return int(last)
    if last in ROMAN:
        return ROMAN.index(last) + 1
    return LETTERS.find(last) + 1 if len(last) == 1 else 0


def _unsigned(content: Mapping[str, Any]) -> Iterator[Sentence]:
    if "issued" in content and not content["issued"].get("date"):
        yield Sentence("Kế hoạch chưa ghi đủ ngày ban hành. Hãy ghi ngày khi ký.")
    if "signature" in content and not content["signature"].get("name"):
        yield Sentence("Kế hoạch chưa có tên người ký. Hãy ghi họ tên người ký.")


def _without_annex(content: Mapping[str, Any]) -> Iterator[Sentence]:
    texts = (
        paragraph["text"]
        for section in content.get("sections", ())
        for paragraph in section.get("paragraphs", ())
    )
    if not content.get("annexes") and any(ANNOUNCED.search(text) for text in texts):
        yield Sentence(
            "Kế hoạch nói có phụ lục kèm theo nhưng chưa có phụ lục nào. Hãy kèm phụ lục."
        )
