"""The text of a plan brought to one form: no marks, no wrapped lines, slips of scanning mended."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from chungtay.plans.reading.blocks import Block

D_WITH_STROKE = str.maketrans("đĐðÐ", "dDdD")
MARKS = re.compile(r"\*+|__+|^\s*#{1,6}\s+|^\s*>\s+|`", re.M)
BULLET = re.compile(r"^\s*[-–—+•●▪*]\s+")
# A full stop ends a sentence where it is no thousands mark, no number of a section, no short form.
END = re.compile(
    r"(?<=[.;!?])\s+(?=[\"“(]?[A-ZĐÀ-Ỹ0-9])",
)
NO_END = re.compile(r"(?:\b(?:UB|TP|TT|CT|P|TX|Tp|Ths|BS|đ/c|PCT|Q|H)|^\s*\(?\w{1,4}|\b\d{1,2})\.$")


@dataclass(frozen=True)
class Passage:
    """A paragraph with the heading that runs into it, and the headings it stands under."""

    text: str
    kind: str
    section: tuple[str, ...]
    headings: tuple[str, ...]  # the texts of the headings above, outermost first


@dataclass(frozen=True)
class Sentence:
    """A sentence as written, in lower case, and without diacritics; all of one length."""

    said: str
    low: str
    flat: str
    block: int
    place: int
    headings: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    kind: str = "paragraph"

    @property
    def at(self) -> tuple[int, int]:
        """Where it stands: the block, and the sentence in the block."""
        return self.block, self.place


@lru_cache(maxsize=4096)
def flatten(text: str) -> str:
    """Lower case without diacritics, sign by sign, so that places in the text stay the same."""
    return "".join(_flat(sign) for sign in text.translate(D_WITH_STROKE))


def _flat(sign: str) -> str:
    if sign.isascii():
        return sign.lower()
    base = unicodedata.normalize("NFD", sign)[0].lower()
    return base if len(base) == 1 else sign


def lowered(text: str) -> str:
    """Lower case of the same length."""
    return "".join(low if len(low := sign.lower()) == 1 else sign for sign in text)


def clean(text: str) -> str:
    """A text without marks of Markdown, its lines joined, composed, with single spaces."""
    composed = unicodedata.normalize("NFC", text)
    return " ".join(MARKS.sub("", composed).split())


def passages_of(blocks: Iterable[Block]) -> list[Passage]:
    """The paragraphs of a plan, a heading joined to the text that runs on behind it."""
    passages: list[Passage] = []
    above: dict[tuple[str, ...], str] = {}
    line = -1
    for block in blocks:
        text = clean(BULLET.sub("", block.text))
        if block.kind == "heading":
            above[(*block.section, block.label)] = text
        runs_on = passages and block.line == line and passages[-1].kind == "heading"
        path = [block.section[: depth + 1] for depth in range(len(block.section))]
        headings = tuple(above.get(step, "") for step in path)
        if runs_on and block.kind == "paragraph":
            passages[-1] = Passage(
                f"{passages[-1].text} {text}".strip(), "paragraph", block.section, headings
            )
        else:
            passages.append(Passage(text, block.kind, block.section, headings))
        line = block.line
    return passages


def sentences_of(passages: Iterable[Passage]) -> list[Sentence]:
    """The sentences of every passage, in order."""
    return [
        Sentence(
            said,
            lowered(said),
            flatten(said),
            number,
            place,
            passage.headings,
            passage.section,
            passage.kind,
        )
        for number, passage in enumerate(passages)
        for place, said in enumerate(_split(passage.text))
    ]


def _split(text: str) -> list[str]:
    parts: list[str] = []
    for part in END.split(text):
        joined = parts and (parts[-1].endswith(";") or NO_END.search(parts[-1]))
        if joined:
            parts[-1] = f"{parts[-1]} {part}"
        else:
            parts.append(part)
    return [part for part in parts if part.strip()]
