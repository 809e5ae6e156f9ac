"""Conditions as Python source: the evaluator's third algebra, beside plain values and columns.

What the law's values are on a day and in an area is known before any household is: a condition
becomes an expression in which they stand as numbers, true, false or None (not known) for the
answers it is given. ``judging.py`` puts the expressions into functions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from chungtay.rulebook.conditions import Compare, Condition, Includes, Is
from chungtay.rulebook.evaluating import Algebra, Who
from chungtay.rulebook.plain import MONTHS_PER_YEAR, Interval

HOUSEHOLD_SIZE = "household_size"
UNITS_OF_AGE: Mapping[str, int] = {"age_years": MONTHS_PER_YEAR, "age_months": 1}


@dataclass(frozen=True)
class Code:
    """A truth as an expression; ``sure`` if it is never None."""

    text: str
    sure: bool = False


TRUE, FALSE, UNKNOWN = Code("True", sure=True), Code("False", sure=True), Code("None")


@dataclass(frozen=True)
class Number:
    """A number as the expressions of its bounds; ``sure`` if it is always known."""

    least: str
    most: str
    sure: bool = False


@dataclass
class Writing:
    """What the expressions written so far need: answers, constants, conditions on members."""

    bounds: Mapping[str, Interval | None]
    constants: dict[str, Any] = field(default_factory=dict)
    asked_of_members: list[Condition] = field(default_factory=list)
    ages_in_months: set[int] = field(default_factory=set)
    temporaries: int = 0

    def temporary(self) -> str:
        """A name that nothing else uses."""
        self.temporaries += 1
        return f"t{self.temporaries}"

    def constant(self, value: Any) -> str:
        """The name under which a value is handed to the code."""
        name = f"K{len(self.constants)}"
        self.constants[name] = value
        return name

    def number(self, value: Decimal) -> str:
        """A number of the law as source, whole where it can be."""
        return str(int(value)) if value == int(value) else self.constant(value)

    def column(self, condition: Condition) -> str:
        """The name of what was found of every member."""
        for place, one in enumerate(self.asked_of_members):
            if one is condition:
                return f"m{place}"
        self.asked_of_members.append(condition)
        return f"m{len(self.asked_of_members) - 1}"


class Scope:
    """The algebra of source over a household, or over a member of a known or unknown age.

    ``read`` gathers the answers needed, by the name of the fact; ``derived`` are numbers and
    truths that are found, not answered.
    """

    def __init__(
        self,
        writing: Writing,
        prefix: str,
        derived: Mapping[str, Number | Code | None] | None = None,
    ) -> None:
        self.writing, self.prefix = writing, prefix
        self.derived = dict(derived or {})
        self.read: dict[str, str] = {}

    def answer(self, fact: str) -> str:
        """The variable that holds the checked answer to a fact."""
        return self.read.setdefault(fact, f"{self.prefix}_{fact}")

    def number(self, fact: str) -> Number | None:
        """A number in this scope; None if it is never known."""
        if fact in self.derived:
            found = self.derived[fact]
            return found if isinstance(found, Number) else None
        name = self.answer(fact)
        return Number(name, name)

    def compare(self, condition: Compare) -> Code:
        """Hold the bounds of a number against the bounds of a value of the law."""
        number, limit = self.number(condition.fact), self.writing.bounds[condition.value]
        if number is None or limit is None:
            return UNKNOWN
        self._note_age(condition, limit)
        least, most = (_times(one, condition.times) for one in (number.least, number.most))
        low, high = (self.writing.number(one) for one in limit)
        blank = [] if number.sure else list(dict.fromkeys((number.least, number.most)))
        if condition.per_member:
            size = self.answer(HOUSEHOLD_SIZE)
            blank.append(size)
            low, high = f"{low} * {size}", f"{high} * {size}"
        yes, no = {
            "below": (f"{most} < {low}", f"{least} >= {high}"),
            "at_least": (f"{least} >= {high}", f"{most} < {low}"),
            "above": (f"{least} > {high}", f"{most} <= {low}"),
            "at_most": (f"{most} <= {low}", f"{least} > {high}"),
        }[condition.comparison]
        exact = least == most and low == high
        text = yes if exact else f"True if {yes} else False if {no} else None"
        if blank:
            text = f"None if {' or '.join(f'{one} is None' for one in blank)} else {text}"
        return Code(f"({text})", sure=exact and not blank)

    def _note_age(self, condition: Compare, limit: Interval) -> None:
        unit = UNITS_OF_AGE.get(condition.fact, 0)
        for one in limit if unit else ():
            first = int(one / condition.times)
            self.writing.ages_in_months |= {(first + step) * unit for step in (0, 1, 2)}

    def matches(self, condition: Is) -> Code:
        """Whether the answer is one of the options."""
        found = self.derived.get(condition.fact)
        if isinstance(found, Number) or (found is None and condition.fact in self.derived):
            return UNKNOWN
        name = found.text if found is not None else self.answer(condition.fact)
        match condition.options:
            case (True,):
                return Code(name)
            case (False,):
                test = f"not {name}"
            case (one,):
                test = f"{name} == {one!r}"
            case options:
                test = f"{name} in {options!r}"
        return Code(f"(None if {name} is None else {test})")

    def includes(self, condition: Includes) -> Code:
        """Whether the list of choices holds one of the options."""
        name = self.answer(condition.fact)
        options = self.writing.constant(frozenset(condition.options))
        return Code(f"(None if {name} is None else not {name}.isdisjoint({options}))")

    def every(self, parts: Iterable[Code]) -> Code:
        """Kleene's and; stops at the first false."""
        return self._joined(parts, TRUE, FALSE)

    def some(self, parts: Iterable[Code]) -> Code:
        """Kleene's or; stops at the first true."""
        return self._joined(parts, FALSE, TRUE)

    def _joined(self, parts: Iterable[Code], neutral: Code, decisive: Code) -> Code:
        kept = [one for one in parts if one != neutral]
        if decisive in kept:
            return decisive
        if len(kept) <= 1:
            return kept[0] if kept else neutral
        if all(one.sure for one in kept):
            word = " and " if decisive is FALSE else " or "
            return Code(f"({word.join(one.text for one in kept)})", sure=True)
        named = [(self.writing.temporary(), one) for one in kept]
        stops = " or ".join(f"({name} := {one.text}) is {decisive.text}" for name, one in named)
        blank = " or ".join(f"{name} is None" for name, one in named if not one.sure)
        return Code(f"({decisive.text} if {stops} else None if {blank} else {neutral.text})")

    def negate(self, part: Code) -> Code:
        """Kleene's not."""
        if part.sure:
            return Code(f"(not {part.text})", sure=True)
        name = self.writing.temporary()
        return Code(f"(None if ({name} := {part.text}) is None else not {name})")

    def count_at_least(self, parts: Sequence[Code], value: str) -> Code:
        """Whether enough parts are true, by the bounds of the count."""
        limit = self.writing.bounds[value]
        if limit is None:
            return UNKNOWN
        found = "".join(f"{one.text}, " for one in parts)
        low, high = (self.writing.number(one) for one in limit)
        return Code(f"enough(({found}), {low}, {high})")

    def any_member(self, who: Callable[[Algebra[Code]], Code]) -> Code:
        """Whether one member is so; not known while no member is listed."""
        return Code(f"one_of({self._column(who)})")

    def share_above(self, who: Callable[[Algebra[Code]], Code], value: str) -> Code:
        """Whether the share of members who are so exceeds the value, in per cent."""
        limit = self.writing.bounds[value]
        column = self._column(who)
        if limit is None:
            return UNKNOWN
        low, high = (self.writing.number(one) for one in limit)
        return Code(f"more_than({column}, {low}, {high})")

    def _column(self, who: Callable[[Algebra[Code]], Code]) -> str:
        if not isinstance(who, Who):
            raise TypeError("only a condition of the law can be written as source")
        return self.writing.column(who.condition)


def _times(name: str, times: int) -> str:
    return name if times == 1 else f"{name} * {times}"


def enough(found: tuple[bool | None, ...], low: Decimal, high: Decimal) -> bool | None:
    """Whether so many are true, whatever the unknown ones are."""
    least = found.count(True)
    if least >= high:
        return True
    return False if least + found.count(None) < low else None


def one_of(found: tuple[bool | None, ...]) -> bool | None:
    """Whether one member is so; not known while no member is listed."""
    if True in found:
        return True
    return None if None in found or not found else False


def more_than(found: tuple[bool | None, ...], low: Decimal, high: Decimal) -> bool | None:
    """Whether more than so many per cent of the members are so."""
    if not found:
        return None
    least = found.count(True)
    if 100 * least > high * len(found):
        return True
    return False if 100 * (least + found.count(None)) <= low * len(found) else None
