"""Many households in columns (NumPy): the same conditions as for one, on pairs of arrays."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from chungtay.rulebook.conditions import Compare, Includes, Is
from chungtay.rulebook.evaluating import Algebra, truth
from chungtay.rulebook.household import (
    Answer,
    HouseholdFacts,
    household_answer,
    member_answer,
)
from chungtay.rulebook.lawbook import AREAS, CLASS_NAMES, Indicator, Law, Standard, Threshold
from chungtay.rulebook.plain import MONTHS_PER_YEAR
from chungtay.rulebook.schema import Option

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Numbers:
    """Bounds of a number per row, in whole units of its last decimal, and whether it is known."""

    low: Ints
    high: Ints
    known: Bools

    def take(self, rows: Ints) -> Numbers:
        """The same for chosen rows."""
        return Numbers(self.low[rows], self.high[rows], self.known[rows])

    def times(self, factor: int) -> Numbers:
        """The same in a smaller unit."""
        return Numbers(self.low * factor, self.high * factor, self.known)


class Table:
    """Households on one day and their members, turned into a column when a fact is asked for."""

    def __init__(self, law: Law, households: Sequence[HouseholdFacts]) -> None:
        """Refuses (ValueError) households whose facts stand on different days."""
        days = {one.on for one in households}
        if len(days) != 1:
            raise ValueError("a table holds the households of exactly one day")
        self.law, self.households, self.on = law, households, days.pop()
        self.members = [member for one in households for member in one.members]
        self.listed_members = np.array([len(one.members) for one in households], dtype=np.int64)
        self.household = np.repeat(np.arange(len(households)), self.listed_members)
        areas = [AREAS.index(one.area) if one.area in AREAS else -1 for one in households]
        self.area = np.array(areas, dtype=np.int64)
        spans = [member.age_months_on(self.on) for member in self.members]
        self.age_known = np.array([span is not None for span in spans], dtype=bool)
        self.age_low = np.array([span[0] if span else 0 for span in spans], dtype=np.int64)
        self.age_high = np.array([span[1] if span else 0 for span in spans], dtype=np.int64)
        self._numbers: dict[str, Numbers] = {}
        self._codes: dict[str, Ints] = {}

    def number(self, name: str, *, of_members: bool) -> Numbers:
        """The column of a number."""
        if name not in self._numbers:
            scale = self.law.facts[name].decimals
            answers = [
                int(one.scaleb(scale)) if isinstance(one, Decimal) else None
                for one in self._answers(name, of_members)
            ]
            values = np.array([one or 0 for one in answers], dtype=np.int64)
            known = np.array([one is not None for one in answers], dtype=bool)
            self._numbers[name] = Numbers(values, values, known)
        return self._numbers[name]

    def codes(self, name: str, *, of_members: bool) -> Ints:
        """The column of a yes/no, a choice (its place) or choices (a bit each); -1 is not known."""
        if name not in self._codes:
            places = {option.code: place for place, option in self._places(name)}
            answers = [_code(one, places) for one in self._answers(name, of_members)]
            self._codes[name] = np.array(answers, dtype=np.int64)
        return self._codes[name]

    def option_codes(self, name: str, options: Sequence[str | bool]) -> list[int]:
        """The numbers that stand for options in a column."""
        places = {option.code: place for place, option in self._places(name)}
        return [int(one) if isinstance(one, bool) else places[one] for one in options]

    def _places(self, name: str) -> Iterator[tuple[int, Option]]:
        return enumerate(self.law.facts[name].options)

    def _answers(self, name: str, of_members: bool) -> Iterator[Answer]:
        fact = self.law.facts[name]
        if of_members:
            return (member_answer(fact, one) for one in self.members)
        return (household_answer(fact, one) for one in self.households)


def _code(answer: Answer, places: Mapping[str, int]) -> int:
    match answer:
        case bool():
            return int(answer)
        case str():
            return places[answer]
        case frozenset():
            return sum(1 << places[one] for one in answer)
    return -1


@dataclass(frozen=True)
class Known:
    """A truth per row: surely true, surely false, or neither (not known)."""

    yes: Bools
    no: Bools


@dataclass(frozen=True)
class Columns:
    """The algebra over a table of households, or over chosen rows of their members."""

    law: Law
    thresholds: Mapping[str, Threshold]
    table: Table
    derived: Mapping[str, Known | Numbers] = field(default_factory=dict)
    rows: Ints | None = None
    age_months: Ints | None = None

    def with_derived(self, **derived: Known | Numbers) -> Columns:
        """The same table with findings (income_low, deprivations) as facts."""
        return replace(self, derived={**self.derived, **derived})

    def number(self, name: str) -> Numbers:
        """The bounds of a number for each row in scope."""
        if self.rows is not None and self.age_months is not None and name.startswith("age_"):
            months = self.age_months
            ages = months // MONTHS_PER_YEAR if name == "age_years" else months
            return Numbers(ages, ages, self.table.age_known[self.rows])
        found = self.derived.get(name)
        if isinstance(found, Numbers):
            return found
        column = self.table.number(name, of_members=self.rows is not None)
        return column if self.rows is None else column.take(self.rows)

    def bounds(self, value: str, decimals: int = 0) -> Numbers:
        """The bounds of a value of the law for each row, scaled to whole numbers."""
        threshold = self.thresholds[value]
        rural, urban = _scaled(threshold.rural, decimals), _scaled(threshold.urban, decimals)
        area = self._area()
        low = np.where(area == 0, rural or 0, urban or 0)
        high = low.copy()
        unknown = area < 0
        low[unknown], high[unknown] = min(rural or 0, urban or 0), max(rural or 0, urban or 0)
        known = np.where(area == 0, rural is not None, urban is not None)
        known[unknown] = rural is not None and urban is not None
        return Numbers(low, high, known)

    def compare(self, condition: Compare) -> Known:
        """Hold the bounds of a number against the bounds of a value of the law."""
        number = self.number(condition.fact).times(condition.times)
        limit = self.bounds(condition.value, self.law.facts[condition.fact].decimals)
        known = number.known & limit.known
        if condition.per_member:
            size = self.number("household_size")
            limit = Numbers(limit.low * size.low, limit.high * size.low, limit.known)
            known = known & size.known
        match condition.comparison:
            case "below":
                return Known(known & (number.high < limit.low), known & (number.low >= limit.high))
            case "at_least":
                return Known(known & (number.low >= limit.high), known & (number.high < limit.low))
            case "above":
                return Known(known & (number.low > limit.high), known & (number.high <= limit.low))
            case "at_most":
                return Known(known & (number.high <= limit.low), known & (number.low > limit.high))

    def matches(self, condition: Is) -> Known:
        """Whether the answer is one of the options."""
        found = self.derived.get(condition.fact)
        if isinstance(found, Known):
            return found if condition.options == (True,) else self.negate(found)
        codes = self._codes(condition.fact)
        wanted = self.table.option_codes(condition.fact, condition.options)
        hit = np.isin(codes, wanted)
        return Known(hit, ~hit & (codes >= 0))

    def includes(self, condition: Includes) -> Known:
        """Whether the list of choices holds one of the options."""
        bits = self._codes(condition.fact)
        wanted = sum(
            1 << code for code in self.table.option_codes(condition.fact, condition.options)
        )
        known, hit = bits >= 0, (bits & wanted) != 0
        return Known(known & hit, known & ~hit)

    def every(self, parts: Iterable[Known]) -> Known:
        """Kleene's and, row by row."""
        known = list(parts)
        return Known(
            np.logical_and.reduce([part.yes for part in known]),
            np.logical_or.reduce([part.no for part in known]),
        )

    def some(self, parts: Iterable[Known]) -> Known:
        """Kleene's or, row by row."""
        return self.negate(self.every([self.negate(part) for part in parts]))

    def negate(self, part: Known) -> Known:
        """Kleene's not, row by row."""
        return Known(part.no, part.yes)

    def count_at_least(self, parts: Sequence[Known], value: str) -> Known:
        """Whether enough parts are true, by the bounds of the count."""
        count, limit = count_bounds(parts), self.bounds(value)
        return Known(
            limit.known & (count.low >= limit.high), limit.known & (count.high < limit.low)
        )

    def any_member(self, who: Callable[[Algebra[Known]], Known]) -> Known:
        """Whether one member is so; not known while no member is listed."""
        yes, no = self._member_counts(who)
        size = self.table.listed_members
        return Known(yes > 0, (no == size) & (size > 0))

    def share_above(self, who: Callable[[Algebra[Known]], Known], value: str) -> Known:
        """Whether the share of members who are so exceeds the value, in per cent."""
        yes, no = self._member_counts(who)
        size, limit = self.table.listed_members, self.bounds(value)
        known = limit.known & (size > 0)
        return Known(
            known & (100 * yes > limit.high * size),
            known & (100 * (size - no) <= limit.low * size),
        )

    def _member_counts(self, who: Callable[[Algebra[Known]], Known]) -> tuple[Ints, Ints]:
        found = self._each_member(who)
        total = len(self.table.listed_members)
        household = self.table.household
        return (
            np.bincount(household[found.yes], minlength=total),
            np.bincount(household[found.no], minlength=total),
        )

    def _each_member(self, who: Callable[[Algebra[Known]], Known]) -> Known:
        table = self.table
        rows = np.arange(len(table.household))
        first = who(replace(self, rows=rows, age_months=table.age_low))
        yes, no = first.yes.copy(), first.no.copy()
        step = 1
        rows = rows[table.age_high > table.age_low]
        while len(rows):
            here = who(replace(self, rows=rows, age_months=table.age_low[rows] + step))
            yes[rows] &= here.yes
            no[rows] &= here.no
            step += 1
            rows = rows[table.age_low[rows] + step <= table.age_high[rows]]
        return Known(yes, no)

    def _area(self) -> Ints:
        area = self.table.area
        return area if self.rows is None else area[self.table.household[self.rows]]

    def _codes(self, name: str) -> Ints:
        column = self.table.codes(name, of_members=self.rows is not None)
        return column if self.rows is None else column[self.rows]


@dataclass(frozen=True)
class Classified:
    """The findings of a table: one row per household, one column per indicator or class."""

    classes: NDArray[np.int8]
    possible: Bools
    deprived: Bools
    not_deprived: Bools
    income_low: Known
    contradiction: Bools

    def names(self) -> list[str]:
        """The class of each household by name."""
        return [CLASS_NAMES[code] for code in self.classes]


def find_classes(law: Law, standard: Standard, table: Table) -> Classified:
    """Class every household of a table under a standard, as `find` does one by one.

    Where two income figures disagree the class is unknown and `contradiction` is set.
    """
    columns = Columns(law, standard.thresholds_on(table.on), table)
    tests = [truth(test.low, columns) for test in standard.income]
    either = columns.some(tests)
    against = np.logical_or.reduce([test.no for test in tests])
    contradiction = either.yes & against
    low = Known(either.yes & ~contradiction, against & ~contradiction)
    found = [_deprived(indicator, columns) for indicator in standard.indicators]
    judged = columns.with_derived(income_low=low, deprivations=count_bounds(found))
    rules = [truth(rule.when, judged) for rule in standard.classes]
    possible = np.column_stack([~rule.no for rule in rules])
    order = np.array([CLASS_NAMES.index(rule.name) for rule in standard.classes])
    decided = (possible.sum(axis=1) == 1) & ~contradiction
    classes = np.where(decided, order[possible.argmax(axis=1)], CLASS_NAMES.index("unknown"))
    return Classified(
        classes=classes.astype(np.int8),
        possible=possible,
        deprived=np.column_stack([one.yes for one in found]),
        not_deprived=np.column_stack([one.no for one in found]),
        income_low=low,
        contradiction=contradiction,
    )


def count_bounds(parts: Sequence[Known]) -> Numbers:
    """The least and the greatest number of true parts in each row."""
    least: Ints = np.array([part.yes for part in parts]).sum(axis=0, dtype=np.int64)
    excluded: Ints = np.array([part.no for part in parts]).sum(axis=0, dtype=np.int64)
    most = len(parts) - excluded
    return Numbers(least, most, np.ones(len(least), dtype=bool))


def _deprived(indicator: Indicator, columns: Columns) -> Known:
    nobody = np.zeros(len(columns.table.area), dtype=bool)
    if indicator.when is None:
        spared = truth(indicator.unless, columns).yes if indicator.unless else nobody
        return Known(nobody, spared)
    ruled = truth(indicator.when, columns)
    if indicator.ready_made is None:
        return ruled
    noted = columns.matches(Is(indicator.ready_made, (True,)))
    open_ = ~(ruled.yes | ruled.no)
    return Known(ruled.yes | (open_ & noted.yes), ruled.no | (open_ & noted.no))


def _scaled(value: Decimal | None, decimals: int) -> int | None:
    if value is None:
        return None
    scaled = value.scaleb(decimals)
    if scaled != scaled.to_integral_value():
        raise ValueError(f"{value} has more than {decimals} decimals")
    return int(scaled)
