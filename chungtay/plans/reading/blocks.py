"""A plan cut into blocks: head, title, bases, headings, paragraphs, recipients, signature, annexes.

Every reading of a plan, of its structure or of its numbers, begins here and refers to these blocks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from chungtay.plans.reading.marks import (
    HEAD,
    Label,
    is_annex,
    is_basis,
    is_name,
    is_recipients,
    is_signature,
    is_title,
)
from chungtay.plans.reading.unwrapping import Paragraph, paragraphs
from chungtay.rulebook.folding import fold

Kind = Literal[
    "head",
    "title",
    "basis",
    "heading",
    "paragraph",
    "bullet",
    "row",
    "recipients",
    "signature",
    "annex",
]

FOOT: dict[str, Kind] = {"recipients": "recipients", "signature": "signature", "annex": "annex"}
LONGEST_HEADING = 180
LONGEST_TITLE = 100  # of what ends like a sentence
FURTHEST_TITLE = 40
LONGEST_SUBJECT = 400
SENTENCE_INSIDE = re.compile(r"[.!?;]\s+(?=[A-ZĐ])")
RUN_IN = re.compile(r"(?<!\d)\s*:\s+(?=\S)|:(?=[^\W\d])")
ENACTS = re.compile(
    r"(?:\bnhu sau|\bban hanh\b.*|\bxay dung ke hoach\b.*"
    r"|\bnoi dung (?:chu yeu|cu the)\b.*)[\s:.]*$"
)
LISTED_OFFICES = re.compile(r"cac (?:so|phong|hoi)(?:, (?:ban, )?nganh)?\s*:[^.:]{5,170}$")
SUBJECT_IN_TITLE = re.compile(r"(KẾ\s+HOẠCH|KÊ\s+HOẠCH|KẾ\s+HOACH)\s*:?\s+(?=\S)")


@dataclass(frozen=True)
class Block:
    """One logical paragraph of a plan and where it stands."""

    number: int
    text: str  # wrapped lines joined, marks stripped, without its label
    kind: Kind
    level: int = 0  # 0: not a heading; 1: the outermost headings
    label: str = ""  # as written: "I", "1", "3.1", "a", "đ"
    section: tuple[str, ...] = ()  # labels of the headings above, outermost first, own excluded
    line: int = 0  # of the source, from 1
    cells: tuple[str, ...] = ()  # of a row of a table
    hashes: int = 0  # signs "#" of Markdown before a heading


def split(text: str) -> tuple[Block, ...]:
    """The blocks of a plan's text, in its order; no word of the text is lost."""
    return tuple(_Splitter(paragraphs(text)).blocks())


@dataclass
class _Splitter:
    """Walks down the paragraphs and remembers in which part of the paper it is."""

    paragraphs: list[Paragraph]
    zone: str = "head"
    made: int = 0
    stack: list[Label] = field(default_factory=list)
    named: bool = False  # the signature has its name
    listed: bool = False  # the list of recipients was opened
    signed: bool = False
    first: str = ""  # the kind of the first label
    _expects_title: bool = False

    def blocks(self) -> Iterator[Block]:
        """Each paragraph as one block, or a heading and the text that runs on behind it."""
        title = self._title_at()
        self._expects_title = title is not None
        if title is None and not self._has_head():
            self.zone = "preamble"
        for at, one in enumerate(self.paragraphs):
            if at == title:
                self.zone = "title"
                yield from self._title(one)
            else:
                yield from self._block(one)

    def _title_at(self) -> int | None:
        for at, one in enumerate(self.paragraphs[:FURTHEST_TITLE]):
            if one.label is not None and one.label.rank <= 3 and one.text:
                return None
            if not one.cells and (is_title(one.text) or SUBJECT_IN_TITLE.match(one.text)):
                return at
        return None

    def _has_head(self) -> bool:
        return any(_looks_head(one) for one in self.paragraphs[:3])

    def _title(self, one: Paragraph) -> Iterator[Block]:
        found = SUBJECT_IN_TITLE.match(one.text)
        if found is None:
            yield self._make(one, "title")
            return
        yield self._make(one, "title", text=found[1])
        yield self._make(one, "title", text=one.text[found.end() :])

    def _block(self, one: Paragraph) -> Iterator[Block]:
        self._move(one)
        match self.zone:
            case "head":
                yield self._make(one, "head")
            case "title":
                yield self._make(one, "title")
            case "recipients" | "signature" | "annex":
                yield self._make(one, FOOT[self.zone], text=_whole(one))
            case "preamble":
                yield self._make(one, "basis" if is_basis(one.text) else _plain(one))
            case _:
                yield from self._body(one)

    def _move(self, one: Paragraph) -> None:
        """Step into the next part of the paper where this paragraph opens it."""
        if self._ends_body(one):
            return
        if self.zone in ("recipients", "signature", "annex"):
            self._move_at_foot(one)
            return
        if one.label is not None and (self.zone != "head" or not _looks_head(one)):
            self.zone = "body"
        elif self._is_past(one):
            self.zone = "preamble"

    def _is_past(self, one: Paragraph) -> bool:
        """Whether the head, or the title, lies above this paragraph."""
        if self.zone == "head":
            return not self._expects_title and not _looks_head(one)
        return self.zone == "title" and not _is_subject(one)

    def _ends_body(self, one: Paragraph) -> bool:
        if one.label is not None or one.cells or self.zone == "annex":
            return False
        if is_recipients(one.text):
            self.zone, self.listed = "recipients", True
            return True
        started = self.zone in ("body", "preamble", "recipients") and self.made > 1
        if started and is_signature(one.text) and not one.bullet:
            self.zone, self.named, self.signed = "signature", False, True
            return True
        if self.zone in ("recipients", "signature") and is_annex(one.text) and not one.bullet:
            self.zone = "annex"
            return True
        if self.zone == "body" and is_annex(one.text) and one.text[:7].isupper():
            self.zone = "annex"
            return True
        return False

    def _move_at_foot(self, one: Paragraph) -> None:
        if self.zone == "signature" and one.bullet and self.listed:
            self.zone = "recipients"  # two columns: the list goes on beside the signature
        elif self.zone == "recipients" and self.signed and is_name(one.text) and not one.bullet:
            self.zone, self.named = "signature", True
        elif self.zone == "signature" and not is_signature(one.text):
            if self.named and len(one.text) > 60:
                self.zone = "annex"
            self.named = True

    def _body(self, one: Paragraph) -> Iterator[Block]:
        if one.label is None:
            yield self._make(one, "row" if one.cells else _plain(one))
            return
        one = replace(one, label=self._placed(one.label))
        while self.stack and one.label and self.stack[-1].rank >= one.label.rank:
            self.stack.pop()
        head, rest = heading_and_text(one)
        yield self._make(one, "heading", text=head, level=len(self.stack) + 1)
        self.stack += [one.label] if one.label else []
        if rest:
            yield self._make(one, "paragraph", text=rest, labelled=False)

    def _placed(self, label: Label) -> Label:
        """A capital letter is the outermost label, or below the numbers where those came first."""
        self.first = self.first or label.kind
        below = label.kind == "capital" and self.first in ("roman", "number")
        return replace(label, kind="letter") if below else label

    def _make(
        self,
        one: Paragraph,
        kind: Kind,
        *,
        text: str | None = None,
        level: int = 0,
        labelled: bool = True,
    ) -> Block:
        self.made += 1
        label = one.label.text if one.label is not None and labelled and kind == "heading" else ""
        said = one.text if text is None else text
        if one.label is not None and labelled and kind not in ("heading",) and text is None:
            said = _whole(one)
        section = tuple(each.text for each in self.stack) if self.zone == "body" else ()
        return Block(self.made, said, kind, level, label, section, one.line, one.cells, one.hashes)


def heading_and_text(one: Paragraph) -> tuple[str, str]:
    """What of a numbered paragraph is its heading, and the text that runs on in the same line."""
    said = one.text
    if LISTED_OFFICES.match(fold(said)):
        return said, ""
    for found in RUN_IN.finditer(said):
        before = said[: found.start()]
        inside = before.count("(") > before.count(")") or before.count("“") > before.count("”")
        if len(before) > LONGEST_HEADING or SENTENCE_INSIDE.search(before):
            break
        if not inside:
            return f"{before.strip()}:", said[found.end() :].strip()
    sentence = len(said) > LONGEST_TITLE and said.endswith((".", ";"))
    if one.strong and len(said) <= LONGEST_HEADING and not sentence:
        return said, ""
    if len(said) > LONGEST_HEADING or sentence or SENTENCE_INSIDE.search(said):
        return "", said
    return said, ""


def _plain(one: Paragraph) -> Kind:
    return "row" if one.cells else "bullet" if one.bullet else "paragraph"


def _whole(one: Paragraph) -> str:
    """A paragraph with its label, where labels are not kept apart."""
    return one.text if one.label is None else f"{one.label.text}. {one.text}".strip()


def _looks_head(one: Paragraph) -> bool:
    return not one.bullet and len(one.text) < 120 and bool(HEAD.match(fold(one.text)))


def _is_subject(one: Paragraph) -> bool:
    said = fold(one.text)
    return not (
        one.bullet
        or one.cells
        or is_basis(one.text)
        or len(said) > LONGEST_SUBJECT
        or ENACTS.search(said)
    )
