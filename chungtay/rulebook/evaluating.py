"""The one evaluator: a declared condition, interpreted over whatever algebra is handed in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol, TypeVar

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


class Who:
    """A condition on one member of a household, to be asked of each of them."""

    __slots__ = ("condition",)

    def __init__(self, condition: Condition) -> None:
        self.condition = condition

    def __call__(self, scope: Algebra[Truth]) -> Truth:
        return truth(self.condition, scope)


def truth(condition: Condition, algebra: Algebra[Truth]) -> Truth:
    """Evaluate a condition: true, false or not known, in the form the algebra gives it."""
    found: Truth = READINGS[type(condition)](condition, algebra)
    return found


# one way to read each kind of condition; by type, because every household asks thousands of times
READINGS: dict[type, Callable[[Any, Any], Any]] = {
    Compare: lambda condition, algebra: algebra.compare(condition),
    Is: lambda condition, algebra: algebra.matches(condition),
    Includes: lambda condition, algebra: algebra.includes(condition),
    Every: lambda condition, algebra: algebra.every(
        truth(part, algebra) for part in condition.parts
    ),
    Some: lambda condition, algebra: algebra.some(truth(part, algebra) for part in condition.parts),
    Negate: lambda condition, algebra: algebra.negate(truth(condition.part, algebra)),
    CountAtLeast: lambda condition, algebra: algebra.count_at_least(
        [truth(part, algebra) for part in condition.parts], condition.value
    ),
    AnyMember: lambda condition, algebra: algebra.any_member(Who(condition.who)),
    ShareAbove: lambda condition, algebra: algebra.share_above(Who(condition.who), condition.value),
}
