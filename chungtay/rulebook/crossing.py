"""What class a household would be in on the other side of an income line."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from chungtay.rulebook.conditions import Compare, Condition, parts_of
from chungtay.rulebook.findings import CLASS_LABELS, Count, Flip
from chungtay.rulebook.incomes import INCOME_POINTS, INCOME_VND, Figure, in_unit_of_fact
from chungtay.rulebook.judging import Judge
from chungtay.rulebook.lawbook import Law, Standard
from chungtay.rulebook.plain import Interval
from chungtay.rulebook.wording import OR, Joined, Lowered, Sentence, catalogued, vi_number

# A standard may hold further numbers of a household against a line: then no memory comes back.
MOST_CROSSED = 4096


class Crossing:
    """The lines that one figure of income is held against, lowest first, and what lies beyond."""

    def __init__(
        self,
        law: Law,
        standard: Standard,
        place: int,
        bounds: Mapping[str, Interval | None],
        judge: Judge,
    ) -> None:
        self._law, self._judge, self._place = law, judge, place
        self.fact = standard.income[place].fact
        rules = [standard.income[place].low, *(rule.when for rule in standard.classes)]
        self._lines: list[Figure] = sorted(set(_lines(rules, self.fact, bounds)))
        self._figures = {INCOME_VND: None, INCOME_POINTS: None, self.fact: None}
        self._others = judge.places_besides(self._figures)
        self._known: dict[Any, tuple[Flip, ...]] = {}

    def flips(
        self, figure: Figure, household_class: str, count: Count, inputs: Sequence[Any]
    ) -> tuple[Flip, ...]:
        """The flips at the lines next below and above; alike for all who answered the rest so."""
        above = bisect_left(self._lines, figure)
        key = above, household_class, count, *[inputs[place] for place in self._others]
        known = self._known.get(key)
        if known is None:
            crossed = [self._flip(above - 1, count, inputs, up=False)] if above else []
            if above < len(self._lines):
                crossed.append(self._flip(above, count, inputs, up=True))
            known = tuple(one for one in crossed if household_class not in one.to_classes)
            if len(self._known) < MOST_CROSSED:
                self._known[key] = known
        return known

    def _flip(self, at: int, count: Count, inputs: Sequence[Any], *, up: bool) -> Flip:
        line, judge = self._lines[at], self._judge
        moved = {**self._figures, self.fact: line + 1 if up else line}
        figures = judge.with_income(inputs, moved)
        after = judge.classes(judge.lows(figures)[self._place], *count, figures)
        fact = self._law.facts[self.fact]
        sentence = Sentence(
            "Nếu {label} {move} {line} {unit} thì thành {to}.",
            label=Lowered(fact.label),
            move=catalogued("vượt") if up else catalogued("không vượt"),
            line=vi_number(line),
            unit=fact.unit,
            to=Joined(tuple(CLASS_LABELS[name] for name in after), OR),
        )
        return Flip("income", (self.fact,), after, sentence)


def _lines(
    conditions: list[Condition], fact: str, bounds: Mapping[str, Interval | None]
) -> Iterator[Figure]:
    while conditions:
        condition = conditions.pop()
        conditions += parts_of(condition)
        if isinstance(condition, Compare) and condition.fact == fact:
            found = bounds[condition.value]
            if found and found[0] == found[1]:
                line = in_unit_of_fact(found[0], condition.times)
                yield int(line) if line == int(line) else line
