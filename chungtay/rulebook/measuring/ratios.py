"""Every ratio a measure knows, as one line: sums above, one sum below.

The figures of a register and the estimates of a sample are read off the same lines.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from chungtay.rulebook.measuring.measures import Measure
from chungtay.rulebook.measuring.weighing import Sums

PLAIN = ("poor_rate", "near_poor_rate", "H", "A", "M0")
GROUPED = ("uncensored", "censored", "contribution", "dimension_contribution")
# places of the sums in one row; the headcounts follow, uncensored first
HOUSEHOLDS, PERSONS, POOR, NEAR_POOR, POOR_PERSONS, NEAR_POOR_PERSONS, SCORE = range(7)
LISTS = 7


@dataclass(frozen=True)
class Ratio:
    """A figure: the sums above with their factors, the sum below with its own.

    `kind` is one of PLAIN or GROUPED, `name` the indicator or the dimension it speaks of.
    """

    kind: str
    name: str
    above: tuple[tuple[int, int], ...]
    below: int
    factor: int = 1

    def exact(self, sums: Sums) -> Fraction | None:
        """The ratio of a group; None where nobody is there to divide by."""
        row = row_of(sums)
        below = row[self.below] * self.factor
        if not below:
            return None
        return Fraction(sum(row[place] * times for place, times in self.above), below)

    def rounded(self, row: tuple[int, ...]) -> float | None:
        """The float nearest to the ratio."""
        below = row[self.below] * self.factor
        if not below:
            return None
        return sum(row[place] * times for place, times in self.above) / below


def row_of(sums: Sums) -> tuple[int, ...]:
    """The sums in one row, as the places of a ratio count them."""
    *plain, uncensored, censored = sums
    return (*plain, *uncensored, *censored)


@lru_cache(maxsize=64)
def ratios_of(measure: Measure) -> tuple[Ratio, ...]:
    """The ratios of a measure, always in the same order."""
    return tuple(_ratios(measure))


def _ratios(measure: Measure) -> Iterator[Ratio]:
    whole = measure.whole
    yield Ratio("poor_rate", "", ((POOR, 1),), HOUSEHOLDS)
    yield Ratio("near_poor_rate", "", ((NEAR_POOR, 1),), HOUSEHOLDS)
    yield Ratio("H", "", ((POOR_PERSONS, 1),), PERSONS)
    yield Ratio("A", "", ((SCORE, 1),), POOR_PERSONS, whole)
    yield Ratio("M0", "", ((SCORE, 1),), PERSONS, whole)
    count = len(measure.indicators)
    for place, name in enumerate(measure.indicators):
        yield Ratio("uncensored", name, ((LISTS + place, 1),), PERSONS)
    for place, name in enumerate(measure.indicators):
        yield Ratio("censored", name, ((LISTS + count + place, 1),), PERSONS)
    for place, name in enumerate(measure.indicators):
        yield Ratio("contribution", name, ((LISTS + count + place, measure.units[place]),), SCORE)
    for name, members in measure.dimensions:
        places = [measure.indicators.index(one) for one in members]
        above = tuple((LISTS + count + place, measure.units[place]) for place in places)
        yield Ratio("dimension_contribution", name, above, SCORE)
