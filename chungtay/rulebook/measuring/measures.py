"""What is measured: indicators, exact weights, the cut-off, and whether income must be low."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from math import ceil, lcm

from chungtay.rulebook.measuring.cells import MOST_INDICATORS
from chungtay.rulebook.wording import Joined, Sentence

Exact = Fraction | int | str
Dimensions = tuple[tuple[str, tuple[str, ...]], ...]


class MeasureError(ValueError):
    """A measure that cannot be; the sentence says why and what to do."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        super().__init__(str(sentence))


@dataclass(frozen=True)
class Measure:
    """Indicators (bit 0 first) with weights that make one, and the score from which one is poor.

    With `income`, only households of low income can be poor (at or above the cut-off) or near-poor
    (below it). With `outright`, one bit above the indicators says of a household that its income is
    at or below a lower line: it is poor whatever it lacks, and that bit weighs nothing. Every
    comparison is one of whole numbers: `units` and `needed` over `whole`.
    """

    indicators: tuple[str, ...]
    weights: tuple[Fraction, ...]
    cutoff: Fraction
    income: bool = False
    dimensions: Dimensions = ()
    outright: bool = False

    def __post_init__(self) -> None:
        _refuse_indicators(self.indicators, self.weights, MOST_INDICATORS - self.outright)
        _refuse_weights(self.indicators, self.weights, self.cutoff)
        _refuse_dimensions(self.indicators, self.dimensions)

    @classmethod
    def counting(
        cls,
        indicators: Iterable[str],
        needed: int,
        *,
        income: bool = False,
        dimensions: Dimensions = (),
    ) -> Measure:
        """Every indicator weighs the same, and so many of them make a household poor."""
        names = tuple(indicators)
        each = Fraction(1, max(len(names), 1))
        return cls(names, (each,) * len(names), needed * each, income, dimensions)

    @classmethod
    def weighted(
        cls,
        weights: Mapping[str, Exact],
        cutoff: Exact,
        *,
        income: bool = False,
        dimensions: Dimensions = (),
    ) -> Measure:
        """Weights and cut-off as exact fractions, also as texts such as "1/18"; never floats."""
        exact = tuple(exactly(weight) for weight in weights.values())
        return cls(tuple(weights), exact, exactly(cutoff), income, dimensions)

    def at(self, cutoff: Exact) -> Measure:
        """The same measure with another cut-off."""
        return replace(self, cutoff=exactly(cutoff))

    @cached_property
    def whole(self) -> int:
        """The common denominator of the weights: the score of who lacks everything."""
        return lcm(*(weight.denominator for weight in self.weights))

    @cached_property
    def units(self) -> tuple[int, ...]:
        """Each weight in parts of the whole."""
        return tuple(int(weight * self.whole) for weight in self.weights)

    @cached_property
    def needed(self) -> int:
        """The least score, in parts of the whole, that reaches the cut-off."""
        return ceil(self.cutoff * self.whole)

    @cached_property
    def places(self) -> int:
        """How many bits a mask of this measure has."""
        return len(self.indicators) + self.outright

    @cached_property
    def outright_bit(self) -> int:
        """The bit of those who are poor outright; 0 where nobody is."""
        return self.outright << len(self.indicators)

    @cached_property
    def bits(self) -> Mapping[str, int]:
        """Each dimension with the bits of its indicators."""
        return {
            name: sum(1 << self.indicators.index(one) for one in members)
            for name, members in self.dimensions
        }

    def score(self, mask: int) -> int:
        """The weighted deprivations of a mask, in parts of the whole."""
        return sum(unit for place, unit in enumerate(self.units) if mask >> place & 1)


def exactly(number: Exact) -> Fraction:
    """A number without rounding; MeasureError for a float or what is no number."""
    if isinstance(number, Fraction | int | str) and not isinstance(number, bool):
        try:
            return Fraction(number)
        except (ValueError, ZeroDivisionError):
            pass
    raise MeasureError(
        Sentence(
            "“{number}” không phải là số đúng; hãy ghi trọng số và ngưỡng bằng phân số, ví dụ "
            "1/18.",
            number=number,
        )
    )


def _refuse_indicators(indicators: Sequence[str], weights: Sequence[Fraction], most: int) -> None:
    twice = sorted({name for name in indicators if indicators.count(name) > 1})
    if not indicators or len(indicators) > most or twice:
        raise MeasureError(
            Sentence(
                "Một phép đo cần từ 1 đến {most} chỉ số, mỗi chỉ số một lần; đang có "
                "{count}{twice}.",
                most=most,
                count=len(indicators),
                twice=Sentence(", ghi hai lần: {names}", names=", ".join(twice)) if twice else "",
            )
        )
    if len(weights) != len(indicators):
        raise MeasureError(
            Sentence(
                "Có {indicators} chỉ số nhưng {weights} trọng số; hãy ghi cho mỗi chỉ số một "
                "trọng số.",
                indicators=len(indicators),
                weights=len(weights),
            )
        )


def _refuse_weights(
    indicators: Sequence[str], weights: Sequence[Fraction], cutoff: Fraction
) -> None:
    negative = [name for name, one in zip(indicators, weights, strict=True) if one < 0]
    if negative:
        raise MeasureError(
            Sentence(
                "Trọng số của {names} là số âm; trọng số phải từ 0 trở lên.",
                names=Joined(tuple(negative)),
            )
        )
    if sum(weights) != 1:
        raise MeasureError(
            Sentence(
                "Các trọng số cộng lại là {sum}, phải đúng bằng 1; hãy xem lại từng trọng số.",
                sum=sum(weights),
            )
        )
    if not 0 < cutoff <= 1:
        raise MeasureError(
            Sentence(
                "Ngưỡng {cutoff} không dùng được; ngưỡng phải lớn hơn 0 và không quá 1.",
                cutoff=cutoff,
            )
        )


def _refuse_dimensions(indicators: Sequence[str], dimensions: Dimensions) -> None:
    named = [name for _, members in dimensions for name in members]
    wrong = sorted({one for one in named if one not in indicators or named.count(one) > 1})
    if wrong:
        raise MeasureError(
            Sentence(
                "Chỉ số {names} không có trong phép đo hoặc đứng ở hai chiều; hãy để mỗi chỉ số "
                "của phép đo ở một chiều.",
                names=", ".join(wrong),
            )
        )
