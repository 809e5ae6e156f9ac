"""What the figures may be at least and at most, over every completion of what is not known.

Each household of a cell may be completed in its own way. The bounds are tight: some completion
reaches them (for a ratio over the poor: some completion that finds somebody poor). The one
exception are weights of so fine a denominator that the scores possible in a cell are not listed
(`FINEST`): there the cut-off stands for the least score of a poor household, which is still a
valid bound.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import NamedTuple

from chungtay.rulebook.measuring.measures import Measure
from chungtay.rulebook.measuring.ratios import LISTS, Ratio, row_of
from chungtay.rulebook.measuring.weighing import OpenCell, Sums

Interval = tuple[Fraction, Fraction]
FINEST = 100_000
MOST_JUDGED = 2**14
Pull = tuple[int, int]
Ends = dict[tuple[int, bool], Pull]


class Judged(NamedTuple):
    """What holds of open cells of one income, mask and unknowns: poor surely, perhaps; the scores.

    ``ends`` keeps what each of their persons adds above and below a ratio over the poor, by the
    indicators the ratio speaks of and by whether the greatest is asked for. ``needed`` is the score
    from which they may be poor: none where they may be so outright.
    """

    sure: bool
    possible: bool
    least: int
    most: int
    needed: int
    ends: Ends


class Case(NamedTuple):
    """The households of a group whose class may rest on the same unknowns."""

    low: bool | None
    mask: int
    unknown: int
    households: int
    persons: int
    judged: Judged


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
        more = sum(one.households for one in self._doubtful)
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
        row = self._row
        below = row[ratio.below] * ratio.factor
        if not below:
            return None
        (place, _times), *_ = ratio.above
        fewer, more = self._span(ratio.kind, place)
        return Fraction(row[place] - fewer, below), Fraction(row[place] + more, below)

    @cached_property
    def _row(self) -> tuple[int, ...]:
        return row_of(self.sums)

    @cached_property
    def _doubtful(self) -> tuple[Case, ...]:
        return tuple(one for one in self.cases if one.judged.possible and not one.judged.sure)

    @cached_property
    def _near(self) -> tuple[int, int]:
        needed, outright, fewer, more = self.measure.needed, self.measure.outright_bit, 0, 0
        if self.measure.income:
            for one in self.cases:
                near = one.judged.least < needed and not one.mask & outright
                if near and one.low is None:
                    more += one.households
                elif near and one.judged.possible:
                    fewer += one.households
        return fewer, more

    def _span(self, kind: str, place: int) -> tuple[int, int]:
        """How much smaller and how much greater the sum above may be than what is certain."""
        if kind == "near_poor_rate":
            return self._near
        if kind == "poor_rate":
            return 0, sum(one.households for one in self._doubtful)
        if kind == "H":
            return 0, sum(one.persons for one in self._doubtful)
        if kind == "M0":
            return 0, sum(
                one.persons * (one.judged.most - (one.judged.least if one.judged.sure else 0))
                for one in self._possible
            )
        bit = 1 << (place - LISTS) % len(self.measure.indicators)
        if kind == "uncensored":
            return 0, sum(one.persons for one in self.cases if one.unknown & bit)
        return 0, sum(
            one.persons
            for one in self._possible
            if one.unknown & bit or (one.mask & bit and not one.judged.sure)
        )

    def _over_the_poor(self, ratio: Ratio) -> Interval | None:
        row = self._row
        above = sum(row[place] * times for place, times in ratio.above)
        below = row[ratio.below] * ratio.factor
        bits, factor = self._bits(ratio), ratio.factor
        for one in self.cases:
            if one.judged.sure:
                score = self.score(one.mask)
                above -= one.persons * (self.score(one.mask & bits) if bits else score)
                below -= one.persons * (score if bits else factor)
        found = [
            extreme(above, below, self._pulls(bits, factor, greatest), greatest=greatest)
            for greatest in (False, True)
        ]
        # one side finds nobody who scores: then whoever scores does so at the other side's ratio
        known = [one for one in found if one is not None]
        return (known[0], known[-1]) if known else None

    def _pulls(self, bits: int, factor: int, greatest: bool) -> Iterator[tuple[Pull, int, bool]]:
        """What a person of each open cell that may be poor adds, how many they are, if surely."""
        kind = bits, greatest
        for one in self._possible:
            pull = one.judged.ends.get(kind)
            if pull is None:
                pull = one.judged.ends[kind] = self._pull(one, bits, factor, greatest)
            yield pull, one.persons, one.judged.sure

    def _pull(self, one: Case, bits: int, factor: int, greatest: bool) -> Pull:
        needed = one.judged.needed
        if not bits:
            if greatest:
                return one.judged.most, factor
            if one.judged.least >= needed:
                return one.judged.least, factor
            return one.judged.least + self.least_sum(one.unknown, needed - one.judged.least), factor
        mine, others = one.unknown & bits, one.unknown & ~bits
        given, spare = (mine, others) if greatest else (others, mine)
        above = self.score((one.mask | (mine if greatest else 0)) & bits)
        below = one.judged.least + self.score(given)
        if below < needed:
            more = self.least_sum(spare, needed - below)
            below += more
            above += 0 if greatest else more
        return above, below

    @cached_property
    def _possible(self) -> tuple[Case, ...]:
        return tuple(one for one in self.cases if one.judged.possible)

    def _bits(self, ratio: Ratio) -> int:
        """The indicators a contribution speaks of; 0 for A, which speaks of all."""
        count = len(self.measure.indicators)
        if ratio.kind == "A":
            return 0
        return sum(1 << place - LISTS - count for place, _ in ratio.above)

    def score(self, mask: int) -> int:
        """The score of a mask."""
        return self.measure.score(mask)

    def least_sum(self, mask: int, need: int) -> int:
        """The least sum of some of these indicators' weights that is at least so much."""
        units = enumerate(self.measure.units)
        return least_sum([unit for place, unit in units if mask >> place & 1], need)


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
    judged = _judged(measure)
    for key, (households, persons) in merged.items():
        yield Case(*key, households, persons, judged[key])


class _Judged(dict[tuple[bool | None, int, int], Judged]):
    """Income, mask and unknowns to what holds of them, worked out once for each measure."""

    def __init__(self, measure: Measure) -> None:
        self.measure = measure

    def __missing__(self, key: tuple[bool | None, int, int]) -> Judged:
        if len(self) > MOST_JUDGED:
            self.clear()
        low, mask, unknown = key
        least = self.measure.score(mask)
        most = least + self.measure.score(unknown)
        outright = self.measure.outright_bit
        needed = 0 if (mask | unknown) & outright else self.measure.needed
        sure = low is True and (least >= self.measure.needed or mask & outright != 0)
        possible = low is not False and most >= needed
        found = self[key] = Judged(sure, possible, least, most, needed, {})
        return found


@lru_cache(maxsize=8)
def _judged(measure: Measure) -> _Judged:
    return _Judged(measure)


def extreme(
    above: int, below: int, pulls: Iterable[tuple[Pull, int, bool]], *, greatest: bool
) -> Fraction | None:
    """The least or greatest ratio when every sure pull counts and each other one may or may not.

    A pull is what one person adds above and below, and how many such persons there are. Taken
    from the most extreme one on, it is counted as long as it still moves the ratio.
    """
    free: dict[Pull, int] = {}
    for pull, persons, sure in pulls:
        if sure:
            above += pull[0] * persons
            below += pull[1] * persons
        else:
            free[pull] = free.get(pull, 0) + persons
    # Two different ratios lie further apart than one in most²: whole numbers put them in order.
    fine = max((pull[1] for pull in free), default=0) ** 2 + 1
    ordered = [(pull[0] * fine // pull[1], *pull, free[pull]) for pull in free if pull[1]]
    for _, more_above, more_below, persons in sorted(ordered, reverse=greatest):
        moves = more_above * below - above * more_below
        if below and (moves <= 0 if greatest else moves >= 0):
            break
        above += more_above * persons
        below += more_below * persons
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
