"""What was read of a plan as data to be confirmed one by one, each with its place in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from chungtay.plans.reading.blocks import Block
from chungtay.plans.reading.places import Places
from chungtay.plans.reading.shapes import Finding
from chungtay.plans.reading.whole import ReadPlan
from chungtay.rulebook.wording import Sentence

Values = dict[str, Any]


class Line(msgspec.Struct, frozen=True):
    """One paragraph of the text as it is shown: its kind, its rank as a heading, its words.

    ``goes_on``: it stood on the line of the heading before it.
    """

    kind: str
    level: int
    text: str
    goes_on: bool = False


class Offer(msgspec.Struct, frozen=True):
    """One datum that was read: its group, its values, and where its sentence stands."""

    group: str
    values: Values
    start: int | None = None
    end: int | None = None


class Remark(msgspec.Struct, frozen=True):
    """A finding with the place in the text it is about."""

    code: str
    severity: str
    said: list[Any]
    start: int | None = None
    end: int | None = None

    @property
    def sentence(self) -> Sentence:
        """The finding as a sentence, to be said in the reader's language."""
        return sentence_of(self.said)


class Offered(msgspec.Struct, frozen=True):
    """A whole plan that was read: its text, what it offers, what is to be looked at.

    ``unplaced`` are the sentences with numbers that became no datum; ``year`` is the one meant.
    """

    lines: list[Line]
    offers: list[Offer]
    remarks: list[Remark]
    unplaced: list[tuple[int, int]]
    year: int | None = None
    lead_in: str = ""

    @property
    def text(self) -> str:
        """The text all places count in."""
        return "\n".join(line.text for line in self.lines)


def offered(plan: ReadPlan) -> Offered:
    """Everything of a plan that was read, ready to be kept and shown."""
    lines = list(_lines(plan.blocks))
    places = Places("\n".join(line.text for line in lines))
    offers = [Offer(group, values, *places.of(text)) for group, values, text in _data(plan)]
    remarks = [_remark(one, places) for one in plan.findings]
    body = [at for at, block in enumerate(plan.blocks) if block.kind in BODY]
    return Offered(
        lines,
        offers,
        remarks,
        places.numbers_outside(body, [(one.start, one.end) for one in offers]),
        plan.structure.head.year,
        _lead_in(plan.blocks),
    )


BODY = frozenset({"paragraph", "bullet", "row", "annex"})


def _lines(blocks: tuple[Block, ...]) -> Iterator[Line]:
    heading = 0
    for block in blocks:
        dot = "." if block.label and not block.label.endswith((".", ")")) else ""
        label = f"{block.label}{dot} " if block.label else "- " if block.kind == "bullet" else ""
        on = block.kind != "heading" and heading > 0 and block.line == heading
        yield Line(block.kind, block.level, f"{label}{block.text}", on)
        heading = block.line if block.kind == "heading" else 0


def _lead_in(blocks: tuple[Block, ...]) -> str:
    """The paragraphs between the bases and the first heading."""
    said: list[str] = []
    for block in blocks:
        if block.kind == "heading":
            break
        if block.kind == "basis":
            said = []
        elif block.kind == "paragraph":
            said.append(block.text)
    return " ".join(said)


def _data(plan: ReadPlan) -> Iterator[tuple[str, Values, str]]:
    """Group, values and sentence of every datum, in the order they are shown."""
    read = plan.structure
    yield "head", _head(plan), read.head.subject or read.head.title or ""
    for basis in read.legal_bases:
        yield "basis", _fields(basis, "text", "kind", "number", "date", "issuer"), basis.text
    for target in plan.numbers.targets:
        values = target.as_json()
        base = values.pop("baseline") or {}
        values |= {f"base_{name}": base.get(name) for name in ("population", "on", "count")}
        yield "target", values, values.pop("text")
    for money in plan.numbers.money:
        values = money.as_json()
        yield "money", values | {"role": money.role}, values.pop("text")
    for deadline in read.deadlines:
        names = ("date", "comparator", "recurrence", "who", "what", "to", "via")
        yield "deadline", _fields(deadline, *names), deadline.text
    for one in read.assignments:
        for duty in one.duties:
            values = {"number": one.number, "offices": list(one.offices), "role": duty.role}
            yield "duty", values | {"text": duty.text}, duty.text
    for household in plan.numbers.households:
        values = household.as_json()
        said = values.pop("text")
        yield "household", values | {"salutation": _salutation(household.head, said)}, said
    for recipient in read.recipients:
        yield "recipient", _fields(recipient, "name", "note"), recipient.name
    signed = _fields(read.signature, "on_behalf", "position", "name")
    yield "signature", signed, str(signed["name"] or signed["position"] or "")


def _salutation(head: str, said: str) -> str | None:
    """ "bà" or "ông", where the sentence says it before the name."""
    found = re.search(rf"\b(bà|ông)\s+{re.escape(head)}", said, re.IGNORECASE)
    return found[1].lower() if found else None


def _head(plan: ReadPlan) -> Values:
    head = plan.structure.head
    values = _fields(head, "subject", "year", "number", "symbol", "authority", "place", "date")
    return values | {"parent": plan.structure.parent}


def _fields(datum: object, *names: str) -> Values:
    values = {name: getattr(datum, name) for name in names}
    return {name: list(one) if isinstance(one, tuple) else one for name, one in values.items()}


def _remark(finding: Finding, places: Places) -> Remark:
    start, end = places.of(finding.text)
    return Remark(finding.code, finding.severity, packed(finding.message), start, end)


def packed(said: Sentence) -> list[Any]:
    """A sentence as JSON keeps it."""
    values = {
        name: packed(one) if isinstance(one, Sentence) else str(one)
        for name, one in said.values.items()
    }
    return [said.text, values]


def sentence_of(packed: list[Any]) -> Sentence:
    """A sentence that went through JSON."""
    text, values = packed
    filled = {
        name: sentence_of(one) if isinstance(one, list) else one for name, one in values.items()
    }
    return Sentence(text, **filled)
