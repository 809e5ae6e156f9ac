"""Conditions after checking: the small fixed vocabulary that every evaluator understands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Comparison = Literal["below", "above", "at_least", "at_most"]
COMPARISONS: tuple[Comparison, ...] = ("below", "above", "at_least", "at_most")


@dataclass(frozen=True)
class Compare:
    """A number held against a value of the law (times the number of members if so declared).

    `times` turns the number into the unit of the value: a month's income into a year's.
    """

    fact: str
    comparison: Comparison
    value: str
    per_member: bool = False
    times: int = 1


@dataclass(frozen=True)
class Is:
    """A yes/no answer or a choice that is one of the options."""

    fact: str
    options: tuple[str | bool, ...]


@dataclass(frozen=True)
class Includes:
    """A list of choices that holds at least one of the options."""

    fact: str
    options: tuple[str, ...]


@dataclass(frozen=True)
class Every:
    """All parts hold."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class Some:
    """At least one part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class Negate:
    """The part does not hold."""

    part: Condition


@dataclass(frozen=True)
class CountAtLeast:
    """At least so many parts hold."""

    value: str
    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class AnyMember:
    """At least one member of the household is so."""

    who: Condition


@dataclass(frozen=True)
class ShareAbove:
    """More than so many per cent of the members are so."""

    value: str
    who: Condition


Condition = Compare | Is | Includes | Every | Some | Negate | CountAtLeast | AnyMember | ShareAbove


def parts_of(condition: Condition) -> tuple[Condition, ...]:
    """The conditions directly inside a condition."""
    match condition:
        case Every(parts) | Some(parts) | CountAtLeast(_, parts):
            return parts
        case Negate(part) | AnyMember(part) | ShareAbove(_, part):
            return (part,)
    return ()


def values_in(condition: Condition) -> Iterator[str]:
    """The names of the values of the law that a condition asks for."""
    match condition:
        case Compare() | CountAtLeast() | ShareAbove():
            yield condition.value
    for part in parts_of(condition):
        yield from values_in(part)


def leaves(condition: Condition) -> Iterator[Condition]:
    """The conditions inside a condition that have no parts of their own."""
    parts = parts_of(condition)
    if not parts:
        yield condition
    for part in parts:
        yield from leaves(part)
