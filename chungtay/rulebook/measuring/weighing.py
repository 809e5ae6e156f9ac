"""A cube seen through a weighting: for every group the households at each score, added up once.

Exact whole numbers throughout. Fractions and floats of a sample are first brought to a common
denominator, so that no sum depends on the order of its parts. The persons that lack each indicator
are kept in one long integer, a lane of bits for each indicator: one multiplication adds all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple, cast

from chungtay.rulebook.measuring.cells import Cube, CubeError, Group, Key, Number, in_order
from chungtay.rulebook.measuring.measures import Measure

Picker = Callable[[Group], Group]
LANE = 16
MOST_KEPT = 2**16
NOT_LOW, LOW, OUTRIGHT = range(3)
Bucket = list[int]  # households, persons, persons lacking each indicator (lanes)


# Households whose class may rest on what is not known: low income, mask, unknown, then households
# and persons in parts of the scale. There is one for nearly every cell, hence no class.
OpenCell = tuple[bool | None, int, int, int, int]
Shape = tuple[bool | None, int, int]


@dataclass
class Weighed:
    """One group: its buckets by (income, score), and the cells with something unknown.

    Income is NOT_LOW, LOW or OUTRIGHT. In the buckets an unknown answer counts as not deprived and
    an unknown income as not low.
    """

    buckets: dict[tuple[int, int], Bucket] = field(default_factory=dict)
    open_cells: list[OpenCell] = field(default_factory=list)


class Sums(NamedTuple):
    """What every figure of a group is made of, in parts of the scale.

    `score` sums persons times score over the poor; the lists hold persons by indicator.
    """

    households: int
    persons: int
    poor: int
    near_poor: int
    poor_persons: int
    near_poor_persons: int
    score: int
    uncensored: tuple[int, ...]
    censored: tuple[int, ...]


@dataclass(frozen=True)
class Weighing:
    """Every group of a cube, weighed by a measure; any cut-off can be read off it."""

    measure: Measure
    by: tuple[str, ...]
    groups: Mapping[Group, Weighed]
    scale: int
    width: int

    @classmethod
    def of(cls, cube: Cube, measure: Measure, by: Iterable[str] | None = None) -> Weighing:
        """Weigh a cube by some of its names (all of them unless said), `()` for the total.

        CubeError if a cell speaks of more indicators than the measure has.
        """
        names = cube.by if by is None else tuple(by)
        scale = cube.scale
        width = LANE * (_times(cube.total.persons, scale).bit_length() // LANE + 1)
        found = cls(measure, names, {}, scale, width)
        groups: dict[Group, Weighed] = {}
        if not names:
            groups[()] = Weighed()
        _fill(found, groups, cube, None if names == cube.by else cube.picker(names))
        ordered = {group: groups[group] for group in sorted(groups, key=in_order)}
        return cls(measure, names, ordered, scale, width)

    def sums(self, group: Group, needed: int | None = None) -> Sums:
        """The sums of a group where a score of so much (else the measure's) makes poor."""
        least = self.measure.needed if needed is None else needed
        households = persons = lacking = 0
        poor, near = [0, 0, 0], [0, 0, 0]
        score = 0
        for (income, scored), bucket in self.groups[group].buckets.items():
            households += bucket[0]
            persons += bucket[1]
            lacking += bucket[2]
            if income == NOT_LOW:
                continue
            into = poor if income == OUTRIGHT or scored >= least else near
            for place, number in enumerate(bucket):
                into[place] += number
            if into is poor:
                score += scored * bucket[1]
        return Sums(
            households,
            persons,
            poor[0],
            near[0] if self.measure.income else 0,
            poor[1],
            near[1] if self.measure.income else 0,
            score,
            self._lanes(lacking),
            self._lanes(poor[2]),
        )

    def needed_by(self, asked: Measure) -> int:
        """The least score by which a measure of the same weights finds somebody poor."""
        mine = self.measure
        if _weighed_by(asked) != _weighed_by(mine):
            raise CubeError("a cube is weighed once for each weighting and income condition")
        return asked.needed

    def number(self, scaled: int) -> Number:
        """A sum in households or persons again: whole where it is, else a float."""
        whole, rest = divmod(scaled, self.scale)
        return whole if not rest else scaled / self.scale

    def _lanes(self, packed: int) -> tuple[int, ...]:
        one = (1 << self.width) - 1
        places = range(len(self.measure.indicators))
        return tuple(packed >> place * self.width & one for place in places)


def _weighed_by(measure: Measure) -> tuple[object, ...]:
    return measure.weights, measure.income, measure.outright


def _fill(found: Weighing, groups: dict[Group, Weighed], cube: Cube, pick: Picker | None) -> None:
    """Count the cells of each group that share income, mask and unknowns, then weigh each once."""
    counted: dict[Group, dict[Shape, list[int]]] = {}
    for key, (h, p) in _whole(cube, found.scale):
        group = key[0] if pick is None else pick(key[0])
        shapes = counted.get(group)
        if shapes is None:
            shapes = counted[group] = {}
        shared = key[1:]
        count = shapes.get(shared)
        if count is None:
            shapes[shared] = [h, p]
        else:
            count[0] += h
            count[1] += p
    for group, shapes in counted.items():
        _weigh(found, groups.setdefault(group, Weighed()), shapes)


def _weigh(found: Weighing, weighed: Weighed, shapes: Mapping[Shape, Sequence[int]]) -> None:
    measure = found.measure
    income, spread, outright = measure.income, _spread(measure, found.width), measure.outright_bit
    for (low, mask, unknown), (h, p) in shapes.items():
        scored, lanes = spread[mask]
        able = LOW if low or not income else NOT_LOW
        place = (OUTRIGHT if able and mask & outright else able, scored)
        bucket = weighed.buckets.get(place)
        if bucket is None:
            weighed.buckets[place] = [h, p, lanes * p]
        else:
            bucket[0] += h
            bucket[1] += p
            bucket[2] += lanes * p
        if unknown or (income and low is None):
            _ = spread[mask | unknown]
            weighed.open_cells.append((low, mask, unknown, h, p))


class _Spread(dict[int, tuple[int, int]]):
    """Mask to its score and its lanes, worked out when first asked for."""

    def __init__(self, measure: Measure, width: int) -> None:
        self.measure, self.width = measure, width

    def __missing__(self, mask: int) -> tuple[int, int]:
        if len(self) > MOST_KEPT:
            self.clear()
        count = len(self.measure.indicators)
        if mask >> self.measure.places:
            raise CubeError(f"mask {mask:b} speaks of more than the {count} indicators measured")
        lanes = sum(1 << place * self.width for place in range(count) if mask >> place & 1)
        self[mask] = found = (self.measure.score(mask), lanes)
        return found


@lru_cache(maxsize=8)
def _spread(measure: Measure, width: int) -> _Spread:
    return _Spread(measure, width)


def _whole(cube: Cube, scale: int) -> Iterable[tuple[Key, tuple[int, int]]]:
    """The cells with whole counts, in parts of the scale."""
    if scale == 1:
        return cast(Iterable[tuple[Key, tuple[int, int]]], cube.cells.items())
    return ((key, (_times(h, scale), _times(p, scale))) for key, (h, p) in cube.cells.items())


def _times(number: Number, scale: int) -> int:
    return int(number) if scale == 1 else int(Fraction(number) * scale)
