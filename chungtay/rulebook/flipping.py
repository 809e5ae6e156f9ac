"""What single change would move a household into another class."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from chungtay.rulebook.conditions import Compare, Condition, parts_of
from chungtay.rulebook.deprivations import filled
from chungtay.rulebook.findings import CLASS_LABELS, Flip
from chungtay.rulebook.incomes import INCOME_POINTS, INCOME_VND, in_unit_of_fact
from chungtay.rulebook.judging import Rules
from chungtay.rulebook.lawbook import IncomeTest, Law, Standard
from chungtay.rulebook.plain import Kleene, Plain
from chungtay.rulebook.wording import OR, Joined, Lowered, Sentence, catalogued, vi_number

Count = tuple[int, int]
# A standard may hold further numbers of a household against a line: then no flip comes back.
MOST_SAID = 4096


@dataclass(frozen=True)
class Decided:
    """A household whose class is decided: what was found of it under the rules of a standard."""

    standard: Standard
    rules: Rules
    plain: Plain
    household_class: str
    low: Kleene
    deprived: Sequence[Kleene]
    count: Count
    inputs: Sequence[Any]

    def after(self, step: int) -> tuple[str, ...]:
        """The classes possible with so many deprivations more."""
        least, most = self.count
        return self.rules.judge.classes(self.low, least + step, most + step, self.inputs)


def flips(found: Decided) -> tuple[Flip, ...]:
    """Every single change (an indicator, income over a line) that would change a decided class."""
    return tuple(
        flip
        for flip in (*_mended(found), *_worsened(found), *_income(found))
        if found.household_class not in flip.to_classes
    )


def _mended(found: Decided) -> Iterator[Flip]:
    after = found.after(-1)
    if len(after) != 1 or after[0] == found.household_class:
        return
    for indicator, deprived in zip(found.standard.indicators, found.deprived, strict=True):
        if deprived:
            sentence = Sentence(
                "Nếu {mend} thì {count} → {to}.",
                mend=filled(indicator.mend, indicator, found.plain),
                count=_count_words(found.count, -1, "còn {count} thiếu hụt"),
                to=CLASS_LABELS[after[0]],
            )
            yield Flip("mended", (indicator.code,), after, sentence)


def _worsened(found: Decided) -> Iterator[Flip]:
    after = found.after(1)
    if len(after) != 1 or after[0] == found.household_class:
        return
    both = zip(found.standard.indicators, found.deprived, strict=True)
    free = [indicator for indicator, deprived in both if deprived is False]
    if free:
        sentence = Sentence(
            "Nếu thiếu hụt thêm một chỉ số ({names}) thì {count} → {to}.",
            names=Joined(tuple(one.name for one in free), "; "),
            count=_count_words(found.count, 1, "có {count} thiếu hụt"),
            to=CLASS_LABELS[after[0]],
        )
        yield Flip("worsened", tuple(one.code for one in free), after, sentence)


def _count_words(count: Count, step: int, text: str) -> Sentence:
    least, most = count[0] + step, count[1] + step
    return Sentence(text, count=str(least) if least == most else f"{least}–{most}")


def _income(found: Decided) -> Iterator[Flip]:
    for place, test in enumerate(found.standard.income):
        number = found.plain.number(test.fact)
        if number is None:
            continue
        lines = _lines(found, place, test)
        lower = [line for line in lines if line < number[0]]
        upper = [line for line in lines if line >= number[0]]
        if lower:
            yield _crossed(found, place, lower[-1], up=False)
        if upper:
            yield _crossed(found, place, upper[0], up=True)
        return


def _lines(found: Decided, place: int, test: IncomeTest) -> list[Decimal]:
    """The lines that a figure of income is held against, lowest first."""
    said, key = found.rules.said, ("lines", place)
    if key not in said:
        said[key] = sorted(set(_lines_in(found, test)))
    lines: list[Decimal] = said[key]
    return lines


def _lines_in(found: Decided, test: IncomeTest) -> Iterator[Decimal]:
    conditions: list[Condition] = [test.low, *(rule.when for rule in found.standard.classes)]
    while conditions:
        condition = conditions.pop()
        conditions += parts_of(condition)
        if isinstance(condition, Compare) and condition.fact == test.fact:
            bounds = found.rules.bounds[condition.value]
            if bounds and bounds[0] == bounds[1]:
                yield in_unit_of_fact(bounds[0], condition.times)


def _crossed(found: Decided, place: int, line: Decimal, *, up: bool) -> Flip:
    """The flip at a line, which is the same for all who answered everything else alike."""
    test, judge = found.standard.income[place], found.rules.judge
    figure = line + 1 if up else line
    moved = {INCOME_VND: None, INCOME_POINTS: None, test.fact: figure}
    inputs = judge.with_income(found.inputs, moved)
    key = ("crossed", place, up, found.count, *inputs)
    known: Flip | None = found.rules.said.get(key)
    if known is None:
        after = judge.classes(judge.lows(inputs)[place], *found.count, inputs)
        known = _flip_at(found.plain.law, test, line, after, up=up)
        if len(found.rules.said) < MOST_SAID:
            found.rules.said[key] = known
    return known


def _flip_at(
    law: Law, test: IncomeTest, line: Decimal, after: tuple[str, ...], *, up: bool
) -> Flip:
    fact = law.facts[test.fact]
    sentence = Sentence(
        "Nếu {label} {move} {line} {unit} thì thành {to}.",
        label=Lowered(fact.label),
        move=catalogued("vượt") if up else catalogued("không vượt"),
        line=vi_number(line),
        unit=fact.unit,
        to=Joined(tuple(CLASS_LABELS[name] for name in after), OR),
    )
    return Flip("income", (test.fact,), after, sentence)
