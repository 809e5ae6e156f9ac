"""The conditions of the law over the columns of a table, whichever engine reads it.

The same evaluator as for one household and for NumPy columns (`rulebook/evaluating.py`): here a
truth is a boolean expression of Ibis, null where it is not known. What a condition says of members
is read off their counts (`members.py`); without a file of members it is not known, and the
ready-made column decides.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import ibis

from chungtay.measures.tables.columns import NOTHING, Columns
from chungtay.rulebook.conditions import (
    AnyMember,
    Compare,
    Condition,
    Includes,
    Is,
    ShareAbove,
    leaves,
    parts_of,
)
from chungtay.rulebook.evaluating import Algebra, Who, truth
from chungtay.rulebook.lawbook import AREAS, Indicator, Law, Threshold

SIZE = "household_size"
WHOLE = 100


@dataclass(frozen=True)
class Counted:
    """The members of each household: how many, and of each condition for how many it holds and
    for how many it may hold; null where no member is listed."""

    size: Any
    yes: Mapping[Condition, Any]
    may: Mapping[Condition, Any]


@dataclass(frozen=True)
class Truths:
    """The algebra over the columns of a table."""

    law: Law
    thresholds: Mapping[str, Threshold]
    columns: Columns
    members: Counted | None = None

    def number(self, name: str) -> Any:
        """The column of a number, null where the table does not say."""
        said = ibis.null("float64")
        if self.columns.has(name):
            said = self.columns.number(name)
        elif name == SIZE and not self.columns.has("households"):
            said = self.columns.whole("persons").nullif(0)
        if name != SIZE or self.members is None:
            return said
        return ibis.coalesce(self.members.size.cast("float64"), said.cast("float64"))

    def area(self) -> Any:
        """The kind of area, null where it is not known."""
        return self.columns.code("area", AREAS)

    def compare(self, condition: Compare) -> Any:
        """Hold a number against a value of the law, by area; by both where that is not known."""
        number = self.number(condition.fact) * condition.times
        threshold = self.thresholds[condition.value]
        size = self.number(SIZE) if condition.per_member else None
        compared = COMPARE[condition.comparison]
        return self._by_area(threshold, lambda value: compared(number, _limit(value, size)))

    def _by_area(self, threshold: Threshold, held_by: Callable[[Decimal], Any]) -> Any:
        """What holds by the value of the area; by both where that is not known."""
        held = [
            _null() if value is None else held_by(value)
            for value in (threshold.rural, threshold.urban)
        ]
        if threshold.rural == threshold.urban:
            return held[0]
        area = self.area()
        agreed = ibis.ifelse(held[0] == held[1], held[0], _null())
        return ibis.cases((area == AREAS[0], held[0]), (area == AREAS[1], held[1]), else_=agreed)

    def matches(self, condition: Is) -> Any:
        """Whether the answer is one of the options."""
        if not self.columns.has(condition.fact):
            return _null()
        fact = self.law.facts[condition.fact]
        if fact.type == "yes_no":
            flag = self.columns.flag(condition.fact)
            return flag if condition.options == (True,) else self.negate(flag)
        known = [option.code for option in fact.options if not option.not_known]
        unknown = [option.code for option in fact.options if option.not_known]
        code = self.columns.code(condition.fact, known, unknown)
        return ibis.cases((code.isin(condition.options), True), (code.notnull(), False))

    def includes(self, condition: Includes) -> Any:
        """Whether the list of choices holds one of the options."""
        if not self.columns.has(condition.fact):
            return _null()
        fact = self.law.facts[condition.fact]
        known = [option.code for option in fact.options if option.code != NOTHING]
        chosen = self.columns.choices(condition.fact, known)
        return self.some(chosen.contains(f";{option};") for option in condition.options)

    def every(self, parts: Iterable[Any]) -> Any:
        """Kleene's and, which is SQL's."""
        return functools.reduce(operator.and_, parts)

    def some(self, parts: Iterable[Any]) -> Any:
        """Kleene's or, which is SQL's."""
        return functools.reduce(operator.or_, parts)

    def negate(self, part: Any) -> Any:
        """Kleene's not, written so that "is null" may follow: SQL binds that more than "not"."""
        return ibis.cases((part, False), (~part, True))

    def count_at_least(self, parts: Sequence[Any], value: str) -> Any:
        """Whether enough parts are true, whatever the unknown ones are."""
        threshold = self.thresholds[value]
        known = [one for one in (threshold.rural, threshold.urban) if one is not None]
        if len(known) < len(AREAS):
            return _null()
        least = _total(ibis.ifelse(part, 1, 0) for part in parts)
        most = _total(ibis.ifelse(part.fill_null(True), 1, 0) for part in parts)
        return ibis.cases((least >= int(max(known)), True), (most < int(min(known)), False))

    def any_member(self, who: Callable[[Algebra[Any]], Any]) -> Any:
        """Whether one member is so; not known where none is listed."""
        if self.members is None or not isinstance(who, Who):
            return _null()
        yes, may = self.members.yes[who.condition], self.members.may[who.condition]
        return ibis.cases((yes > 0, True), (may < 1, False))

    def share_above(self, who: Callable[[Algebra[Any]], Any], value: str) -> Any:
        """Whether more than so many per cent of the members are so, whatever the unknown are."""
        if self.members is None or not isinstance(who, Who):
            return _null()
        size, yes = self.members.size, self.members.yes[who.condition]
        most = yes + self.members.may[who.condition]

        def held_by(share: Decimal) -> Any:
            limit = _limit(share, size)
            return ibis.cases((yes * WHOLE > limit, True), (most * WHOLE <= limit, False))

        return self._by_area(self.thresholds[value], held_by)


COMPARE: Mapping[str, Callable[[Any, Any], Any]] = {
    "below": operator.lt,
    "above": operator.gt,
    "at_least": operator.ge,
    "at_most": operator.le,
}


def deprived(indicator: Indicator, truths: Truths) -> Any:
    """One indicator of each row: by its rule over the facts in the table, else as noted there."""
    columns, noted, ruled = truths.columns, None, None
    if indicator.ready_made and indicator.when is not None and columns.has(indicator.ready_made):
        noted = columns.flag(indicator.ready_made)
    for condition in (indicator.when, indicator.unless):
        if condition is None or not _told(condition, truths):
            continue
        found = truth(condition, truths)
        ruled = found if condition is indicator.when else ibis.ifelse(found, False, ruled)
    if ruled is None:
        return _null() if noted is None else noted
    return ruled if noted is None else ibis.coalesce(ruled, noted)


def _told(condition: Condition, truths: Truths) -> bool:
    """Whether a table, or the members beside it, say anything of what a condition asks for."""
    asked = facts_of(condition)
    of_members = truths.members is not None and bool(member_facts_of(condition))
    return of_members or any(truths.columns.has(name) for name in asked)


def needed(indicator: Indicator, columns: Columns, told: Container[str] = ()) -> list[str]:
    """The columns without which an indicator cannot be had from a table, of those it lacks.

    `told` are the facts that a file of members tells. An indicator without a rule, or about
    members and without a column of its own, is not known.
    """
    if indicator.when is None or never_known(indicator, told):
        return []
    facts = [name for name in facts_of(indicator.when) if not columns.has(name)]
    of_members = [name for name in member_facts_of(indicator.when) if name not in told]
    if indicator.ready_made is None:
        return facts
    if columns.has(indicator.ready_made) or not (facts or of_members):
        return []
    return [indicator.ready_made]


def never_known(indicator: Indicator, told: Container[str] = ()) -> bool:
    """Whether no column of a table, and none of its members, can tell an indicator."""
    rule = indicator.when
    if rule is None or indicator.ready_made is not None:
        return rule is None
    return not facts_of(rule) and not all(name in told for name in member_facts_of(rule))


def facts_of(condition: Condition) -> dict[str, None]:
    """The facts of the household that a condition asks for, what it asks of members left out."""
    if isinstance(condition, AnyMember | ShareAbove):
        return {}
    if not parts_of(condition):
        return {getattr(one, "fact", ""): None for one in leaves(condition)}
    return {name: None for part in parts_of(condition) for name in facts_of(part)}


def member_facts_of(condition: Condition) -> dict[str, None]:
    """The facts of members that a condition asks for."""
    if isinstance(condition, AnyMember | ShareAbove):
        return {getattr(one, "fact", ""): None for one in leaves(condition.who)}
    return {name: None for part in parts_of(condition) for name in member_facts_of(part)}


def _limit(value: Decimal, size: Any) -> Any:
    plain = int(value) if value == int(value) else float(value)
    return plain if size is None else size * plain


def _total(numbers: Iterable[Any]) -> Any:
    return functools.reduce(operator.add, numbers)


def _null() -> Any:
    return ibis.null("boolean")
