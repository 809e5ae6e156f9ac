"""What a plan may promise: of whom, by which measure, against which base; all of it exact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from chungtay.rulebook.targets import TargetError
from chungtay.rulebook.wording import Sentence

HUNDRED = 100
POOR, NEAR_POOR, NEWLY_ESCAPED = "poor", "near_poor", "newly_escaped"
CLASSES = (POOR, NEAR_POOR, NEWLY_ESCAPED)
HOUSEHOLD = "household"
COUNT, RATE, POINTS, SHARE, COVERAGE = "count", "rate", "points", "share", "coverage"
EXACTLY, AT_LEAST, OVER, ABOUT, BETWEEN = "exactly", "at_least", "over", "about", "between"
THIS_YEAR, CUMULATIVE = "this_year", "cumulative"
REDUCING = frozenset({COUNT, POINTS, SHARE})
LEVELS = frozenset({RATE, COVERAGE})

NO_BASE = (
    "Chỉ tiêu giảm theo phần trăm chưa nói là phần trăm của số hộ nào. Hãy ghi rõ tính trên những "
    "hộ nào, vào ngày nào hoặc trong giai đoạn nào, và có bao nhiêu hộ."
)


@dataclass(frozen=True)
class Population:
    """Of whom: a unit counted × classes × subclass × ethnic group × condition × ages."""

    counted: str = HOUSEHOLD
    classes: tuple[str, ...] = (POOR,)
    subclass: str = ""
    group: str = ""
    registered_need: bool = False
    age_from: int | None = None
    age_to: int | None = None


@dataclass(frozen=True)
class Base:
    """What a share is a share of: a population on a day or over years, and how it is counted."""

    population: Population
    on: date | None = None
    from_year: int | None = None
    to_year: int | None = None
    reach: str = THIS_YEAR

    @property
    def dated(self) -> bool:
        """Whether the base says when: a day, or the years from and to."""
        return self.on is not None or (self.from_year is not None and self.to_year is not None)


@dataclass(frozen=True)
class Kind:
    """How a promise is meant: of whom, by which measure, compared how, against which base."""

    population: Population = Population()
    measure: str = COUNT
    comparator: str = EXACTLY
    base: Base | None = None


@dataclass(frozen=True)
class Amount:
    """The number promised: one value, or a range from value to value_to; and the base's count."""

    value: Fraction
    value_to: Fraction | None = None
    base_count: int | None = None


@dataclass(frozen=True)
class Span:
    """The numbers a promise admits; no end where it is None, an open low end lies outside."""

    low: Fraction | None
    high: Fraction | None
    open_low: bool = False

    def __contains__(self, number: object) -> bool:
        if not isinstance(number, Fraction):
            return False
        above = self.low is None or number > self.low or (number == self.low and not self.open_low)
        return above and (self.high is None or number <= self.high)

    def __add__(self, other: Span) -> Span:
        low = None if self.low is None or other.low is None else self.low + other.low
        high = None if self.high is None or other.high is None else self.high + other.high
        return Span(low, high, self.open_low or other.open_low)


@dataclass(frozen=True)
class WholeHouseholds:
    """A share made into whole households: the exact number and the whole one promised."""

    exact: Fraction
    count: int

    @property
    def rounded(self) -> bool:
        """Whether the share does not fall on a whole household."""
        return self.exact != self.count


def refuse_unclear(kind: Kind, amount: Amount) -> None:
    """TargetError if a promise cannot be read: no base, a range without end, over 100 %."""
    if kind.measure == SHARE:
        _refuse_baseless(kind, amount)
    if kind.population.subclass and kind.population.classes != (POOR,):
        raise TargetError(
            Sentence("Chỉ hộ nghèo được chia thành A và B; hãy bỏ A, B hoặc chọn hộ nghèo.")
        )
    if (kind.comparator == BETWEEN) != (amount.value_to is not None):
        raise TargetError(
            Sentence("Chỉ tiêu ghi thành khoảng cần hai số, từ và đến; kiểu khác chỉ cần một số.")
        )
    if amount.value_to is not None and amount.value_to <= amount.value:
        raise TargetError(Sentence("Khoảng của chỉ tiêu phải đi từ số nhỏ đến số lớn hơn."))
    _refuse_out_of_range(kind, amount)


def _refuse_baseless(kind: Kind, amount: Amount) -> None:
    if kind.base is None or not kind.base.dated or amount.base_count is None:
        raise TargetError(Sentence(NO_BASE))


def _refuse_out_of_range(kind: Kind, amount: Amount) -> None:
    numbers = [amount.value, *([] if amount.value_to is None else [amount.value_to])]
    if min(numbers) < 0 or (amount.base_count is not None and amount.base_count < 0):
        raise TargetError(Sentence("Số của chỉ tiêu không được âm; hãy ghi số từ 0 trở lên."))
    if kind.measure != COUNT and max(numbers) > HUNDRED:
        raise TargetError(Sentence("Chỉ tiêu phần trăm không được quá 100; hãy ghi lại."))


def span_of(kind: Kind, amount: Amount) -> Span:
    """The numbers that keep a promise as it is written; "about" stands for its value."""
    if kind.comparator == BETWEEN:
        return Span(amount.value, amount.value_to)
    if kind.comparator in {AT_LEAST, OVER}:
        return Span(amount.value, None, open_low=kind.comparator == OVER)
    return Span(amount.value, amount.value)


def reached(kind: Kind, amount: Amount, measured: Fraction) -> bool:
    """Whether a measured fall or level keeps the promise; more than promised keeps it too."""
    span = span_of(kind, amount)
    return measured in Span(span.low, None, span.open_low)


def whole_households(kind: Kind, amount: Amount) -> WholeHouseholds:
    """A share of its base in whole households: half up, "at least" up, "over" one more."""
    if amount.base_count is None:
        raise TargetError(Sentence(NO_BASE))
    exact = amount.value * amount.base_count / HUNDRED
    return WholeHouseholds(exact, _whole(exact, kind.comparator))


def _whole(exact: Fraction, comparator: str) -> int:
    down = exact.numerator // exact.denominator
    if comparator == OVER:
        return down + 1
    if comparator == AT_LEAST:
        return down if exact == down else down + 1
    return down + (exact - down >= Fraction(1, 2))


def households_for_points(kind: Kind, amount: Amount, total: int) -> tuple[int, int | None]:
    """The fewest and the most households whose leaving lowers a rate as promised; None: no most."""
    span = span_of(kind, amount)
    least = (span.low or Fraction(0)) * total / HUNDRED
    fewest = _whole(least, OVER if span.open_low else AT_LEAST)
    if kind.comparator != BETWEEN or span.high is None:
        return fewest, None
    most = span.high * total / HUNDRED
    return fewest, most.numerator // most.denominator


def points(before: int, after: int, total: int) -> Fraction:
    """How many percentage points a count fell, on the same total of households."""
    return Fraction(HUNDRED * (before - after), total)


def needed_of_each(whole: Span, parts: Sequence[Span]) -> list[Span | None]:
    """What each part must be for the parts to make the whole; None: the parts cannot make it."""
    return [
        _needed(whole, part, [other for at, other in enumerate(parts) if at != here])
        for here, part in enumerate(parts)
    ]


def _needed(whole: Span, part: Span, others: Sequence[Span]) -> Span | None:
    rest = Span(Fraction(0), Fraction(0))
    for other in others:
        rest += other
    low, open_low = part.low, part.open_low
    if whole.low is not None and rest.high is not None:
        least = whole.low - rest.high
        if low is None or least > low:
            low, open_low = least, whole.open_low
    high = part.high
    if whole.high is not None and rest.low is not None:
        most = whole.high - rest.low
        high = most if high is None else min(high, most)
    if low is not None and high is not None and (low > high or (low == high and open_low)):
        return None
    return Span(low, high, open_low)


def split_evenly(whole: int, weights: Sequence[int]) -> list[int]:
    """Split a whole by weights so that the parts make it exactly (largest remainder).

    Of equal remainders the heavier, then the earlier part comes first. No part exceeds its weight
    when the whole does not exceed the sum. TargetError if there is nothing to split by.
    """
    total = sum(weights)
    if whole < 0 or (weights and min(weights) < 0) or (total == 0 and whole > 0):
        raise TargetError(
            Sentence(
                "Không chia được {whole} hộ cho các nơi vì chưa nơi nào có hộ để giảm. "
                "Hãy ghi số hộ đầu kỳ của từng nơi.",
                whole=whole,
            )
        )
    if total == 0:
        return [0 for _weight in weights]
    parts = [whole * weight // total for weight in weights]
    order = sorted(
        range(len(weights)), key=lambda at: (-(whole * weights[at] % total), -weights[at], at)
    )
    for at in order[: whole - sum(parts)]:
        parts[at] += 1
    return parts
