"""What the figures may be at least and at most, over every completion of what is not known.

Each household of a cell may be completed in its own way. The bounds are tight: some completion
reaches them (for a ratio over the poor: some completion that finds somebody poor). The one
exception are weights of so fine a denominator that the scores possible in a cell are not listed
(`FINEST`): there the cut-off stands for the least score of a poor household, which is still a
valid bound.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import NamedTuple

from chungtay.rulebook.measuring.measures import Measure
from chungtay.rulebook.measuring.ratios import LISTS, Ratio, row_of
from chungtay.rulebook.measuring.weighing import OpenCell, Sums

Interval = tuple[Fraction, Fraction]
FINEST = 100_000


class Case(NamedTuple):
    """An open cell judged: may its households be poor, must they, and what they may score."""

    cell: OpenCell
    sure: bool
    possible: bool
    least: int
    most: int


class Pull(NamedTuple):
    """What the households of a cell add above and below a ratio if they are poor."""

    above: int
    below: int
    sure: bool


@dataclass(frozen=True)
class Bounds:
    """The least and the greatest value of each figure of one group.

    The sums count what is certain, which is the least of all but the near-poor.
    """

    measure: Measure
    sums: Sums
    cases: tuple[Case, ...]
    scale: int

    @property
    def poor(self) -> Interval:
        """Poor households."""
        more = sum(one.cell.households for one in self._doubtful)
        return Fraction(self.sums.poor, self.scale), Fraction(self.sums.poor + more, self.scale)

    @property
    def near_poor(self) -> Interval:
        """Near-poor households."""
        fewer, more = self._near
        sums = self.sums.near_poor
        return Fraction(sums - fewer, self.scale), Fraction(sums + more, self.scale)

    @property
    def undecided(self) -> Fraction:
        """Households of which it is not decided whether they are poor."""
        return self.poor[1] - self.poor[0]

    def of(self, ratio: Ratio) -> Interval | None:
        """The bounds of a ratio; None where it has no value in any completion."""
        if ratio.kind in ("A", "contribution", "dimension_contribution"):
            return self._over_the_poor(ratio)
        row = row_of(self.sums)
        below = row[ratio.below] * ratio.factor
        if not below:
            return None
        (place, _times), *_ = ratio.above
        fewer, more = self._span(ratio.kind, place)
        return Fraction(row[place] - fewer, below), Fraction(row[place] + more, below)

    @cached_property
    def _doubtful(self) -> tuple[Case, ...]:
        return tuple(one for one in self.cases if one.possible and not one.sure)

    @cached_property
    def _near(self) -> tuple[int, int]:
        needed, fewer, more = self.measure.needed, 0, 0
        if self.measure.income:
            for one in self.cases:
                if one.least < needed and one.cell.low is None:
                    more += one.cell.households
                elif one.least < needed <= one.most and one.cell.low:
                    fewer += one.cell.households
        return fewer, more

    def _span(self, kind: str, place: int) -> tuple[int, int]:
        """How much smaller and how much greater the sum above may be than what is certain."""
        if kind == "near_poor_rate":
            return self._near
        if kind == "poor_rate":
            return 0, sum(one.cell.households for one in self._doubtful)
        if kind == "H":
            return 0, sum(one.cell.persons for one in self._doubtful)
        if kind == "M0":
            return 0, sum(
                one.cell.persons * (one.most - (one.least if one.sure else 0))
                for one in self.cases
                if one.possible
            )
        bit = 1 << (place - LISTS) % len(self.measure.indicators)
        if kind == "uncensored":
            return 0, sum(one.cell.persons for one in self.cases if one.cell.unknown & bit)
        return 0, sum(
            one.cell.persons
            for one in self.cases
            if one.possible and (one.cell.unknown & bit or (not one.sure and one.cell.mask & bit))
        )

    def _over_the_poor(self, ratio: Ratio) -> Interval | None:
        row = row_of(self.sums)
        above = sum(row[place] * times for place, times in ratio.above)
        below = row[ratio.below] * ratio.factor
        bits = self._bits(ratio)
        for one in self.cases:
            if one.sure:
                score = self.score(one.cell.mask)
                above -= one.cell.persons * (self.score(one.cell.mask & bits) if bits else score)
                below -= one.cell.persons * (score if bits else ratio.factor)
        found = []
        for greatest in (False, True):
            pulls = (self._pull(one, bits, ratio.factor, greatest) for one in self._possible)
            found.append(extreme(above, below, pulls, greatest=greatest))
        least, most = found
        return None if least is None or most is None else (least, most)

    def _pull(self, one: Case, bits: int, factor: int, greatest: bool) -> Pull:
        needed, cell = self.measure.needed, one.cell
        if not bits:
            if greatest:
                above = one.most
            elif one.least >= needed:
                above = one.least
            else:
                above = one.least + self.least_sum(cell.unknown, needed - one.least)
            return Pull(above * cell.persons, factor * cell.persons, one.sure)
        mine, others = cell.unknown & bits, cell.unknown & ~bits
        given, spare = (mine, others) if greatest else (others, mine)
        above = self.score((cell.mask | (mine if greatest else 0)) & bits)
        below = one.least + self.score(given)
        if below < needed:
            more = self.least_sum(spare, needed - below)
            below += more
            above += 0 if greatest else more
        return Pull(above * cell.persons, below * cell.persons, one.sure)

    @cached_property
    def _possible(self) -> tuple[Case, ...]:
        return tuple(one for one in self.cases if one.possible)

    def _bits(self, ratio: Ratio) -> int:
        """The indicators a contribution speaks of; 0 for A, which speaks of all."""
        count = len(self.measure.indicators)
        if ratio.kind == "A":
            return 0
        return sum(1 << place - LISTS - count for place, _ in ratio.above)

    @cached_property
    def score(self) -> Callable[[int], int]:
        """The score of a mask, kept."""
        return lru_cache(maxsize=None)(self.measure.score)

    @cached_property
    def least_sum(self) -> Callable[[int, int], int]:
        """The least sum of some of these indicators' weights that is at least so much, kept."""
        units = self.measure.units
        return lru_cache(maxsize=None)(
            lambda mask, need: least_sum(
                [unit for place, unit in enumerate(units) if mask >> place & 1], need
            )
        )


def bounds_of(
    measure: Measure, sums: Sums, open_cells: Iterable[OpenCell], scale: int = 1
) -> Bounds:
    """The bounds of a group, from the sums of what is certain and its cells with unknowns."""
    return Bounds(measure, sums, tuple(_cases(measure, open_cells)), scale)


def _cases(measure: Measure, open_cells: Iterable[OpenCell]) -> Iterator[Case]:
    merged: dict[tuple[bool | None, int, int], list[int]] = defaultdict(lambda: [0, 0])
    for low, mask, unknown, households, persons in open_cells:
        count = merged[low if measure.income else True, mask, unknown]
        count[0] += households
        count[1] += persons
    for (low, mask, unknown), (households, persons) in merged.items():
        least = measure.score(mask)
        most = least + measure.score(unknown)
        yield Case(
            OpenCell(low, mask, unknown, households, persons),
            sure=low is True and least >= measure.needed,
            possible=low is not False and most >= measure.needed,
            least=least,
            most=most,
        )


def extreme(above: int, below: int, pulls: Iterable[Pull], *, greatest: bool) -> Fraction | None:
    """The least or greatest ratio when every sure pull counts and each other one may or may not.

    Taken from the most extreme one on, a pull is counted as long as it still moves the ratio.
    """
    free = []
    for pull in pulls:
        if not pull.sure:
            free.append(pull)
            continue
        above += pull.above
        below += pull.below
    free = [pull for pull in free if pull.below]
    free.sort(key=lambda pull: Fraction(pull.above, pull.below), reverse=greatest)
    for pull in free:
        moves = pull.above * below - above * pull.below
        if below and (moves <= 0 if greatest else moves >= 0):
            break
        above += pull.above
        below += pull.below
    return Fraction(above, below) if below else None


def least_sum(units: list[int], need: int) -> int:
    """The least sum of some of the units that is at least `need`; they can make so much.

    A set of sums is the bits of one integer. Beyond `FINEST` the answer is `need` itself, which
    no sum undercuts.
    """
    if sum(units) > FINEST:
        return need
    sums = 1
    for unit in units:
        sums |= sums << unit
    reached = sums >> need
    return need + (reached & -reached).bit_length() - 1
