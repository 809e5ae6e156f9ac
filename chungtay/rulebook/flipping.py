"""What single change would move a household into another class."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from chungtay.rulebook.conditions import Compare, Condition, parts_of
from chungtay.rulebook.deprivations import filled
from chungtay.rulebook.evaluating import truth
from chungtay.rulebook.findings import CLASS_LABELS, DeprivationFinding, Flip
from chungtay.rulebook.incomes import INCOME_POINTS, INCOME_VND, in_unit_of_fact
from chungtay.rulebook.lawbook import IncomeTest, Standard
from chungtay.rulebook.plain import Plain
from chungtay.rulebook.wording import OR, Joined, Lowered, Sentence, catalogued, vi_number

ONE = Decimal(1)


def possible_classes(standard: Standard, plain: Plain) -> tuple[str, ...]:
    """The classes that are not excluded, given income_low and deprivations as derived facts."""
    return tuple(rule.name for rule in standard.classes if truth(rule.when, plain) is not False)


def flips(
    standard: Standard, plain: Plain, found: Sequence[DeprivationFinding]
) -> tuple[Flip, ...]:
    """Every single change (an indicator, income over a line) that would change a decided class."""
    now = possible_classes(standard, plain)
    return tuple(
        flip
        for flip in (
            *_mended(standard, plain, found),
            *_worsened(standard, plain, found),
            *_income(standard, plain),
        )
        if now[0] not in flip.to_classes
    )


def _mended(
    standard: Standard, plain: Plain, found: Sequence[DeprivationFinding]
) -> Iterator[Flip]:
    rest = _moved(plain, -ONE)
    after = possible_classes(standard, rest) if rest else ()
    for indicator, one in zip(standard.indicators, found, strict=True):
        if one.deprived and len(after) == 1 and rest:
            sentence = Sentence(
                "Nếu {mend} thì {count} → {to}.",
                mend=filled(indicator.mend, indicator, plain),
                count=_count_words(rest, "còn {count} thiếu hụt"),
                to=CLASS_LABELS[after[0]],
            )
            yield Flip("mended", (one.code,), after, sentence)


def _worsened(
    standard: Standard, plain: Plain, found: Sequence[DeprivationFinding]
) -> Iterator[Flip]:
    more = _moved(plain, ONE)
    after = possible_classes(standard, more) if more else ()
    free = [one for one in found if one.deprived is False]
    if free and len(after) == 1 and more:
        sentence = Sentence(
            "Nếu thiếu hụt thêm một chỉ số ({names}) thì {count} → {to}.",
            names=Joined(tuple(one.name for one in free), "; "),
            count=_count_words(more, "có {count} thiếu hụt"),
            to=CLASS_LABELS[after[0]],
        )
        yield Flip("worsened", tuple(one.code for one in free), after, sentence)


def _moved(plain: Plain, step: Decimal) -> Plain | None:
    count = plain.derived.get("deprivations")
    if not isinstance(count, tuple):
        return None
    return plain.with_derived(deprivations=(count[0] + step, count[1] + step))


def _count_words(plain: Plain, text: str) -> Sentence:
    count = plain.derived["deprivations"]
    least, most = count if isinstance(count, tuple) else (Decimal(0), Decimal(0))
    shown = str(least) if least == most else f"{least}–{most}"
    return Sentence(text, count=shown)


def _income(standard: Standard, plain: Plain) -> Iterator[Flip]:
    for test in standard.income:
        number = plain.number(test.fact)
        if number is None:
            continue
        lines = sorted(set(_lines(standard, test, plain)))
        lower = [line for line in lines if line < number[0]]
        upper = [line for line in lines if line >= number[0]]
        if lower:
            yield _crossed(standard, plain, test, lower[-1], up=False)
        if upper:
            yield _crossed(standard, plain, test, upper[0], up=True)
        return


def _lines(standard: Standard, test: IncomeTest, plain: Plain) -> Iterator[Decimal]:
    conditions: list[Condition] = [test.low, *(rule.when for rule in standard.classes)]
    while conditions:
        condition = conditions.pop()
        conditions += parts_of(condition)
        if isinstance(condition, Compare) and condition.fact == test.fact:
            bounds = plain.bounds(condition.value)
            if bounds and bounds[0] == bounds[1]:
                yield in_unit_of_fact(bounds[0], condition.times)


def _crossed(
    standard: Standard, plain: Plain, test: IncomeTest, line: Decimal, *, up: bool
) -> Flip:
    figure = line + ONE if up else line
    moved = plain.with_derived(**{INCOME_VND: None, INCOME_POINTS: None})
    moved = moved.with_derived(**{test.fact: (figure, figure)})
    moved = moved.with_derived(income_low=truth(test.low, moved))
    after = possible_classes(standard, moved)
    fact = plain.law.facts[test.fact]
    sentence = Sentence(
        "Nếu {label} {move} {line} {unit} thì thành {to}.",
        label=Lowered(fact.label),
        move=catalogued("vượt") if up else catalogued("không vượt"),
        line=vi_number(line),
        unit=fact.unit,
        to=Joined(tuple(CLASS_LABELS[name] for name in after), OR),
    )
    return Flip("income", (test.fact,), after, sentence)
