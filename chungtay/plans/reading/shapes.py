"""What is read of a plan's structure; each datum remembers the sentence it came from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from chungtay.rulebook.wording import Sentence

Severity = Literal["error", "warning", "info"]
Role = Literal["lead", "cooperate", "advise", "request", "guide", "report", "do"]
Comparator = Literal["before", "on_or_before", "on", "in", "from"]
Recurrence = Literal["monthly", "quarterly", "six_monthly", "yearly"]


@dataclass(frozen=True)
class Finding:
    """Something worth a look, in a sentence, with the text it is about."""

    code: str
    severity: Severity
    message: Sentence
    text: str = ""


@dataclass(frozen=True)
class Head:
    """Who issues the plan, under which number, where and when, and about what."""

    title: str | None = None
    subject: str | None = None
    number: str | None = None  # with its symbol: 498/KH-UBND
    symbol: str | None = None
    authority: str | None = None
    place: str | None = None
    date: str | None = None  # ISO; 2024-06 where the day is blank
    year: int | None = None  # the year the plan is for


@dataclass(frozen=True)
class NamedPaper:
    """A document the plan rests on or implements."""

    text: str
    kind: str | None
    number: str | None
    date: str | None
    issuer: str | None


@dataclass(frozen=True)
class Section:
    """A heading with the text beneath it; level 0 is what stands before the first one."""

    level: int
    number: str | None
    title: str
    text: str


@dataclass(frozen=True)
class Recipient:
    """One line of "Nơi nhận", with its note in brackets."""

    name: str
    note: str | None


@dataclass(frozen=True)
class Signature:
    """Who signs, in which position, for whom."""

    on_behalf: str | None = None
    position: str | None = None
    name: str | None = None


@dataclass(frozen=True)
class Annex:
    """An annex that the text announces or that stands behind it."""

    label: str
    title: str | None
    attached: bool


@dataclass(frozen=True)
class Duty:
    """One thing an office is to do, and in which role."""

    role: Role
    text: str


@dataclass(frozen=True)
class Assignment:
    """A numbered head of the organising section: the offices and their duties."""

    number: str
    offices: tuple[str, ...]
    duties: tuple[Duty, ...]


@dataclass(frozen=True)
class Deadline:
    """By when who does what, and to whom it goes."""

    date: str | None
    comparator: Comparator | None
    recurrence: Recurrence | None
    who: str | None
    what: str
    to: tuple[str, ...]
    via: str | None
    text: str


@dataclass(frozen=True)
class Structure:
    """The structural half of a plan that was read."""

    head: Head
    parent: str | None = None
    legal_bases: tuple[NamedPaper, ...] = ()
    sections: tuple[Section, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    annexes: tuple[Annex, ...] = ()
    recipients: tuple[Recipient, ...] = ()
    signature: Signature = field(default_factory=Signature)
    findings: tuple[Finding, ...] = ()
