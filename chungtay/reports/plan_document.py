"""The plan as an official document: its parts, and the lines that stand on the paper."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Literal

ParagraphKind = Literal["text", "dash", "letter"]
BlockStyle = Literal["part", "heading", "subheading", "item", "body"]

CLOSING_MARK = "./."
LIST_LETTERS = "abcdđeghiklmnopqrstuvxy"
LAST_PADDED_MONTH = 2
NUMBER_BLANK = "\u00a0" * 7
DATE_BLANK = "\u00a0" * 6
ITALIC = re.compile(r"\*([^\s*](?:[^*]*[^\s*])?)\*")


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of a section: plain text, a dash item, or an item counted by letters."""

    kind: ParagraphKind
    text: str


@dataclass(frozen=True)
class Section:
    """A numbered part of the plan; without a title its number stands before the first paragraph.

    ``run_in`` puts the first paragraph on the line of the title, after a colon.
    """

    level: Literal[1, 2, 3]
    number: str
    title: str = ""
    paragraphs: tuple[Paragraph, ...] = ()
    run_in: bool = False


@dataclass(frozen=True)
class Column:
    """A column of an annex: its heading, how its cells stand, its share of the width."""

    title: str
    kind: Literal["text", "number", "middle"]
    share: int


@dataclass(frozen=True)
class Annex:
    """A table that goes with the paper; ``note`` says what to know of it.

    ``across``: set on a page laid across, for its many columns.
    """

    label: str
    title: str
    issuer: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] = ()
    measure: str = ""
    note: str = ""
    across: bool = False


@dataclass(frozen=True)
class Signature:
    """Who signs: the lines above the position (TM., KT.), the position, the name if known."""

    on_behalf: tuple[str, ...]
    position: str
    name: str | None = None


@dataclass(frozen=True)
class PlanDocument:
    """Everything the paper of a plan says, ready to print; a missing number or date stays blank.

    Lines are given without their end marks (``;``, ``.``, ``./.``), titles without capitals.
    """

    superior_authority: tuple[str, ...]
    issuing_authority: tuple[str, ...]
    number: str | None
    symbol: str
    place: str
    year: int
    issued_on: date | None
    title: str
    subject: str
    legal_bases: tuple[str, ...]
    opening: str
    sections: tuple[Section, ...]
    signature: Signature
    recipients: tuple[str, ...]
    month: int | None = None
    annexes: tuple[Annex, ...] = ()


@dataclass(frozen=True)
class Run:
    """Words of one paragraph set alike."""

    text: str
    italic: bool = False


@dataclass(frozen=True)
class Block:
    """One printed paragraph of the body: its style, a bold lead (may be empty) and its text."""

    style: BlockStyle
    lead: str
    text: str


def number_line(document: PlanDocument) -> str:
    """Write "Số: 12/KH-UBND"; numbers below 10 have a leading zero (NĐ 30/2020, annex I)."""
    number = (document.number or "").strip()
    if number.isdecimal():
        number = number.zfill(2)
    return f"Số: {number}/{document.symbol}" if number else f"Số:{NUMBER_BLANK}/{document.symbol}"


def place_and_date_line(document: PlanDocument) -> str:
    """Write place and date; days below 10 and months 1 and 2 have a leading zero (NĐ 30/2020)."""
    return f"{document.place}, {_date_words(document)}"


def _date_words(document: PlanDocument) -> str:
    """Write "ngày 01 tháng 4 năm 2024"; what is not known yet stays blank."""
    day = document.issued_on
    month = day.month if day else document.month
    days = f" {day.day:02d} " if day else DATE_BLANK
    months = DATE_BLANK
    if month is not None:
        months = f" {month:02d} " if month <= LAST_PADDED_MONTH else f" {month} "
    return f"ngày{days}tháng{months}năm {day.year if day else document.year}"


def attached_line(document: PlanDocument, annex: Annex) -> str:
    """Write under an annex's title which plan it goes with."""
    number = number_line(document).replace("Số:", "số", 1)
    return f"(Kèm theo {document.title} {number} {_date_words(document)} của {annex.issuer})"


def runs_of(text: str) -> tuple[Run, ...]:
    """Cut a paragraph where *words* stand in italics."""
    return tuple(_runs(text))


def _runs(text: str) -> Iterator[Run]:
    end = 0
    for found in ITALIC.finditer(text):
        if found.start() > end:
            yield Run(text[end : found.start()])
        yield Run(found[1], italic=True)
        end = found.end()
    if end < len(text):
        yield Run(text[end:])


def legal_basis_lines(document: PlanDocument) -> tuple[str, ...]:
    """End each legal basis with a semicolon and the last one with a full stop."""
    return _ended(document.legal_bases)


def recipient_lines(document: PlanDocument) -> tuple[str, ...]:
    """Write the recipients as dash items, each ended by a semicolon, the last by a full stop."""
    return tuple(f"- {line}" for line in _ended(document.recipients))


def body_blocks(document: PlanDocument) -> tuple[Block, ...]:
    """Set the sections as printed paragraphs; the last one carries the closing mark "./.".

    Raises ValueError when the plan does not end with a paragraph of text.
    """
    blocks = tuple(chain.from_iterable(_section_blocks(each) for each in document.sections))
    if not blocks or blocks[-1].style != "body":
        raise ValueError(
            "Kế hoạch phải kết thúc bằng một đoạn văn để ghi dấu ./. "
            "Hãy viết nội dung cho mục cuối cùng, hoặc bỏ mục ấy."
        )
    last = blocks[-1]
    closed = Block(last.style, last.lead, _bare(last.text) + CLOSING_MARK)
    return (*blocks[:-1], closed)


def printable(text: str) -> str:
    """Compose letters (NFC) and turn control signs, except line breaks, into spaces."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(
        " " if sign != "\n" and unicodedata.category(sign) in {"Cc", "Cs", "Zl", "Zp"} else sign
        for sign in composed
    )


def _section_blocks(section: Section) -> Iterator[Block]:
    texts = list(_paragraph_texts(section.paragraphs))
    label = label_of(section.number)
    if not section.title:
        first = " ".join(filter(None, (label, *texts[:1])))
        yield Block("body", "", first)
        texts = texts[1:]
    elif section.run_in and texts:
        title = section.title.upper() if section.level == 1 else section.title
        yield Block("body", f"{label} {title}: ", texts[0])
        texts = texts[1:]
    else:
        yield _heading(section, label)
    for text in texts:
        yield Block("body", "", text)


def _heading(section: Section, label: str) -> Block:
    if section.level == 1:
        return Block("part", "", f"{label} {section.title.upper()}")
    style: BlockStyle = "heading" if section.level == 2 else "subheading"
    return Block("item" if label.endswith(")") else style, "", f"{label} {section.title}")


def label_of(number: str) -> str:
    """Numbers and Roman numerals end with a point, small letters with a bracket."""
    if not number:
        return ""
    return f"{number})" if number.isalpha() and number.islower() else f"{number}."


def _paragraph_texts(paragraphs: tuple[Paragraph, ...]) -> Iterator[str]:
    letters = iter(LIST_LETTERS)
    for paragraph in paragraphs:
        if paragraph.kind == "letter":
            yield f"{next(letters)}) {paragraph.text}"
        elif paragraph.kind == "dash":
            yield f"- {paragraph.text}"
        else:
            yield paragraph.text


def _ended(lines: tuple[str, ...]) -> tuple[str, ...]:
    bare = [_bare(line) for line in lines]
    return tuple([f"{line};" for line in bare[:-1]] + [f"{line}." for line in bare[-1:]])


def _bare(line: str) -> str:
    return line.strip().removesuffix("./.").removesuffix("/.").rstrip(" ;.,")
