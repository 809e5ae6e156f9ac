"""The headings of a plan with the text beneath each, and numbers missing or standing twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from chungtay.plans.reading.blocks import Block
from chungtay.plans.reading.marks import is_annex
from chungtay.plans.reading.shapes import Finding, Section, Signature
from chungtay.rulebook.wording import Sentence

ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}
LETTERS = "abcdđeghiklmnopqrstuvxy"
ELSEWHERE = ("recipients", "signature")


def sections(blocks: Sequence[Block], signed: Signature) -> tuple[Section, ...]:
    """Each heading with its text; what stands before the first one, or beside the signature,
    comes as level 0: no word of a plan is dropped."""
    made: list[Section] = []
    for block in blocks:
        if block.kind in ELSEWHERE:
            continue
        if block.kind == "heading":
            made.append(Section(block.level, block.label, block.text.rstrip(" :.") or "", ""))
        elif block.kind == "annex" and is_annex(block.text):
            made.append(Section(1, None, block.text, ""))
        else:
            if not made:
                made.append(Section(0, None, "", ""))
            made[-1] = _grown(made[-1], block)
    known = " ".join(part for part in (signed.on_behalf, signed.position, signed.name) if part)
    beside = [b.text for b in blocks if b.kind == "signature" and b.text.strip(" .") not in known]
    if beside:
        made.append(Section(0, None, "", "\n".join(beside)))
    return tuple(made)


def _grown(section: Section, block: Block) -> Section:
    said = f"- {block.text}" if block.kind == "bullet" else block.text
    return replace(section, text=f"{section.text}\n{said}" if section.text else said)


def numbering(blocks: Sequence[Block]) -> tuple[Finding, ...]:
    """Numbers of headings that are left out or stand twice under one heading."""
    return tuple(_numbering([block for block in blocks if block.kind == "heading"]))


def _numbering(headings: Sequence[Block]) -> Iterator[Finding]:
    under: dict[tuple[str, ...], int] = {}
    last: Block | None = None
    for block in headings:
        number = _order(block.label)
        if number is None:
            continue
        if last is not None and block.level < last.level:
            under = {
                path: seen for path, seen in under.items() if len(path) <= len(block.section) + 1
            }
        kind = "number" if block.label[-1].isdigit() else "letter" if block.label.islower() else ""
        path = (*block.section, kind)
        before = under.get(path, 0)
        yield from _step(block, before, number)
        under[path] = max(number, before)
        last = block


def _step(block: Block, before: int, number: int) -> Iterator[Finding]:
    where = " ".join((*block.section, block.label))
    if number == before and before:
        said = Sentence("Mục “{label}” đứng hai lần; hãy đánh lại số.", label=where)
        yield Finding("section_repeated", "warning", said, block.text)
    elif number > before + 1:
        said = Sentence("Trước mục “{label}” thiếu một mục; hãy xem lại số mục.", label=where)
        yield Finding("section_missing", "warning", said, block.text)


def _order(label: str) -> int | None:
    """Where a label stands among its kind: "IV" and "1.4" are 4, "đ" is 5."""
    tail = label.rpartition(".")[2]
    if tail.isdigit():
        return int(tail)
    if tail and set(tail) <= set(ROMAN):
        values = [ROMAN[sign] for sign in tail]
        return sum(-v if v < max(values[at:]) else v for at, v in enumerate(values))
    if len(tail) == 1 and tail in LETTERS:
        return LETTERS.index(tail) + 1
    return None
