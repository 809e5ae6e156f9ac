"""A plan read as a whole: its structure and its numbers, and the object they are handed on as."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from chungtay.plans.reading.assignments import assignments
from chungtay.plans.reading.blocks import Block, split
from chungtay.plans.reading.deadlines import deadlines, undated
from chungtay.plans.reading.foot import annexes, recipients, signature
from chungtay.plans.reading.heading import read_head
from chungtay.plans.reading.numbers import Numbers, read_numbers
from chungtay.plans.reading.numbers.checks.structure import of_structure
from chungtay.plans.reading.numbers.rows import Datum
from chungtay.plans.reading.papers import legal_bases, parent_of
from chungtay.plans.reading.sections import numbering, sections
from chungtay.plans.reading.shapes import Finding, Structure
from chungtay.rulebook.loading import law
from chungtay.rulebook.wording import Sentence


@dataclass(frozen=True)
class ReadPlan:
    """Everything read of a plan, with the blocks it was read from."""

    blocks: tuple[Block, ...]
    structure: Structure
    numbers: Numbers

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is worth a look, of structure and numbers, each once."""
        return tuple(dict.fromkeys((*self.structure.findings, *self.numbers.findings)))


def read_plan(text: str) -> ReadPlan:
    """Read a plan's text; rules alone, no database, the same text always gives the same."""
    blocks = split(text)
    structure = read_structure(blocks)
    numbers = read_numbers(blocks, structure.head)
    crossed = tuple(of_structure(structure, numbers, law().documents))
    return ReadPlan(blocks, structure, replace(numbers, findings=(*numbers.findings, *crossed)))


def read_structure(blocks: tuple[Block, ...]) -> Structure:
    """The structural half: head, bases, sections, who, by when, annexes, recipients, signature."""
    head, blanks = read_head(blocks)
    bases = legal_bases(block.text for block in blocks if block.kind == "basis")
    announced, missing = annexes(blocks)
    signed, unsigned = signature(blocks)
    return Structure(
        head=head,
        parent=parent_of(bases, head.authority),
        legal_bases=bases,
        sections=sections(blocks, signed),
        assignments=assignments(blocks),
        deadlines=deadlines(blocks, head.year),
        annexes=announced,
        recipients=recipients(blocks),
        signature=signed,
        findings=(*blanks, *numbering(blocks), *missing, *unsigned, *undated(blocks)),
    )


def as_object(plan: ReadPlan) -> dict[str, Any]:
    """The one object of ``plan read --json``; its keys and their order are a promise."""
    read, head, numbers = plan.structure, plan.structure.head, plan.numbers
    said: dict[str, Any] = {
        "title": head.title,
        "subject": head.subject,
        "number": head.number,
        "symbol": head.symbol,
        "authority": head.authority,
        "place": head.place,
        "date": head.date,
        "parent": read.parent,
        "legal_bases": read.legal_bases,
        "sections": read.sections,
        "targets": numbers.targets,
        "money": numbers.money,
        "deadlines": read.deadlines,
        "assignments": read.assignments,
        "households": numbers.households,
        "annexes": read.annexes,
        "recipients": read.recipients,
        "signature": read.signature,
        "findings": plan.findings,
    }
    return {key: _plain(value) for key, value in said.items()}


def _plain(value: Any) -> Any:
    match value:
        case Sentence():
            return str(value)
        case Datum():
            return value.as_json()
        case list() | tuple():
            return [_plain(one) for one in value]
        case dict():
            return {key: _plain(one) for key, one in value.items()}
        case _ if is_dataclass(value) and not isinstance(value, type):
            return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    return value
