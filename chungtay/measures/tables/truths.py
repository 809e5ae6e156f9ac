"""The conditions of the law over the columns of a table, whichever engine reads it.

The same evaluator as for one household and for NumPy columns (`rulebook/evaluating.py`): here a
truth is a boolean expression of Ibis, null where it is not known. A table of households lists no
members: what a condition says of members is not known, and the ready-made column decides.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
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
from chungtay.rulebook.evaluating import Algebra, truth
from chungtay.rulebook.lawbook import AREAS, Indicator, Law, Threshold

SIZE = "household_size"


@dataclass(frozen=True)
class Truths:
    """The algebra over the columns of a table."""

    law: Law
    thresholds: Mapping[str, Threshold]
    columns: Columns

    def number(self, name: str) -> Any:
        """The column of a number, null where the table does not say."""
        if self.columns.has(name):
            return self.columns.number(name)
        if name == SIZE and not self.columns.has("households"):
            return self.columns.whole("persons").nullif(0)
        return ibis.null("float64")

    def compare(self, condition: Compare) -> Any:
        """Hold a number against a value of the law, by area; by both where that is not known."""
        number = self.number(condition.fact) * condition.times
        threshold = self.thresholds[condition.value]
        size = self.number(SIZE) if condition.per_member else None
        rural, urban = (_limit(one, size) for one in (threshold.rural, threshold.urban))
        compared = COMPARE[condition.comparison]
        if threshold.rural == threshold.urban:
            return _null() if rural is None else compared(number, rural)
        held = [_null() if limit is None else compared(number, limit) for limit in (rural, urban)]
        area = self.columns.code("area", AREAS)
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
        """Not known: the table lists no members."""
        return _null()

    def share_above(self, who: Callable[[Algebra[Any]], Any], value: str) -> Any:
        """Not known: the table lists no members."""
        return _null()


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
        if condition is None or not any(columns.has(name) for name in facts_of(condition)):
            continue
        found = truth(condition, truths)
        ruled = found if condition is indicator.when else ibis.ifelse(found, False, ruled)
    if ruled is None:
        return _null() if noted is None else noted
    return ruled if noted is None else ibis.coalesce(ruled, noted)


def needed(indicator: Indicator, columns: Columns) -> list[str]:
    """The columns without which an indicator cannot be had from a table, of those it lacks.

    An indicator without a rule, or about members and without a column of its own, is not known.
    """
    facts = list(facts_of(indicator.when)) if indicator.when is not None else []
    if never_known(indicator):
        return []
    if indicator.ready_made is None:
        return [name for name in facts if not columns.has(name)]
    if columns.has(indicator.ready_made) or (facts and all(columns.has(name) for name in facts)):
        return []
    return [indicator.ready_made]


def never_known(indicator: Indicator) -> bool:
    """Whether no column of a table can tell an indicator."""
    rule = indicator.when
    return rule is None or (indicator.ready_made is None and not facts_of(rule))


def facts_of(condition: Condition) -> dict[str, None]:
    """The facts of the household that a condition asks for, what it asks of members left out."""
    if isinstance(condition, AnyMember | ShareAbove):
        return {}
    if not parts_of(condition):
        return {getattr(one, "fact", ""): None for one in leaves(condition)}
    return {name: None for part in parts_of(condition) for name in facts_of(part)}


def _limit(value: Decimal | None, size: Any) -> Any:
    if value is None:
        return None
    plain = int(value) if value == int(value) else float(value)
    return plain if size is None else size * plain


def _total(numbers: Iterable[Any]) -> Any:
    return functools.reduce(operator.add, numbers)


def _null() -> Any:
    return ibis.null("boolean")
