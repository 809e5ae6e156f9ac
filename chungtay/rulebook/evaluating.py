"""The one evaluator: a declared condition, interpreted over whatever algebra is handed in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol, TypeVar

from chungtay.rulebook.conditions import (
    AnyMember,
    Compare,
    Condition,
    CountAtLeast,
    Every,
    Includes,
    Is,
    Negate,
    ShareAbove,
    Some,
)

Truth = TypeVar("Truth")


class Algebra(Protocol[Truth]):
    """How leaves are read and joined: over one household, or over columns of many."""

    def compare(self, condition: Compare) -> Truth:
        """Hold a number against a value of the law."""

    def matches(self, condition: Is) -> Truth:
        """Whether an answer is one of the options."""

    def includes(self, condition: Includes) -> Truth:
        """Whether a list of choices holds one of the options."""

    def every(self, parts: Iterable[Truth]) -> Truth:
        """True if all are true, false if one is false, else not known; may stop early."""

    def some(self, parts: Iterable[Truth]) -> Truth:
        """True if one is true, false if all are false, else not known; may stop early."""

    def negate(self, part: Truth) -> Truth:
        """The contrary; what is not known stays so."""

    def count_at_least(self, parts: Sequence[Truth], value: str) -> Truth:
        """Whether so many parts are true, whatever the unknown ones are."""

    def any_member(self, who: Callable[[Algebra[Truth]], Truth]) -> Truth:
        """Whether one member is so, at every age the member may have."""

    def share_above(self, who: Callable[[Algebra[Truth]], Truth], value: str) -> Truth:
        """Whether more than so many per cent of the members are so."""


def truth(condition: Condition, algebra: Algebra[Truth]) -> Truth:
    """Evaluate a condition: true, false or not known, in the form the algebra gives it."""
    match condition:
        case Compare():
            return algebra.compare(condition)
        case Is():
            return algebra.matches(condition)
        case Includes():
            return algebra.includes(condition)
        case Every(parts):
            return algebra.every(truth(part, algebra) for part in parts)
        case Some(parts):
            return algebra.some(truth(part, algebra) for part in parts)
        case Negate(part):
            return algebra.negate(truth(part, algebra))
        case CountAtLeast(value, parts):
            return algebra.count_at_least([truth(part, algebra) for part in parts], value)
        case AnyMember(who):
            return algebra.any_member(lambda scope: truth(who, scope))
        case ShareAbove(value, who):
            return algebra.share_above(lambda scope: truth(who, scope), value)
