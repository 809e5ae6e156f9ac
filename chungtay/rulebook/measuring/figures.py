"""The figures of one group: rates, H, A, M0, headcounts and contributions, exact."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from chungtay.rulebook.measuring.bounds import Bounds, bounds_of
from chungtay.rulebook.measuring.cells import Cube, Group, Number
from chungtay.rulebook.measuring.measures import Measure
from chungtay.rulebook.measuring.ratios import Ratio, ratios_of
from chungtay.rulebook.measuring.weighing import Sums, Weighing


@dataclass(frozen=True)
class Figures:
    """What a measure says of one group; a ratio is None where nobody is there to divide by.

    Where something is not known, these are the figures of what is known for certain: an unknown
    answer counts as not deprived, an unknown income as not low. `bounds` then holds the least and
    the greatest value that any completion of the unknowns gives to each of them.
    """

    measure: Measure
    names: tuple[str, ...]
    group: Group
    sums: Sums
    weighing: Weighing

    @property
    def by(self) -> Mapping[str, object]:
        """The names of the group with their values."""
        return dict(zip(self.names, self.group, strict=True))

    @property
    def households(self) -> Number:
        """All households."""
        return self.weighing.number(self.sums.households)

    @property
    def persons(self) -> Number:
        """All persons."""
        return self.weighing.number(self.sums.persons)

    @property
    def poor(self) -> Number:
        """Poor households."""
        return self.weighing.number(self.sums.poor)

    @property
    def near_poor(self) -> Number:
        """Near-poor households: of low income, below the cut-off; none without such a test."""
        return self.weighing.number(self.sums.near_poor)

    @property
    def poor_persons(self) -> Number:
        """Persons in poor households."""
        return self.weighing.number(self.sums.poor_persons)

    @property
    def near_poor_persons(self) -> Number:
        """Persons in near-poor households."""
        return self.weighing.number(self.sums.near_poor_persons)

    @cached_property
    def ratios(self) -> tuple[tuple[Ratio, Fraction | None], ...]:
        """Every ratio with its exact value."""
        return tuple((ratio, ratio.exact(self.sums)) for ratio in ratios_of(self.measure))

    def _one(self, kind: str) -> Fraction | None:
        return next(value for ratio, value in self.ratios if ratio.kind == kind)

    def _several(self, kind: str) -> dict[str, Fraction | None]:
        return {ratio.name: value for ratio, value in self.ratios if ratio.kind == kind}

    @property
    def poor_rate(self) -> Fraction | None:
        """The official rate: poor households of all households."""
        return self._one("poor_rate")

    @property
    def near_poor_rate(self) -> Fraction | None:
        """The official rate of near-poor households."""
        return self._one("near_poor_rate")

    @property
    def headcount(self) -> Fraction | None:
        """H: persons in poor households, of all persons."""
        return self._one("H")

    @property
    def intensity(self) -> Fraction | None:
        """A: the mean score of the poor."""
        return self._one("A")

    @property
    def adjusted_headcount(self) -> Fraction | None:
        """M0 = H · A."""
        return self._one("M0")

    @property
    def uncensored(self) -> dict[str, Fraction | None]:
        """By indicator: persons deprived, poor or not, of all persons."""
        return self._several("uncensored")

    @property
    def censored(self) -> dict[str, Fraction | None]:
        """By indicator: persons deprived and poor, of all persons."""
        return self._several("censored")

    @property
    def contribution(self) -> dict[str, Fraction | None]:
        """By indicator: its share of M0; the shares make one."""
        return self._several("contribution")

    @property
    def dimension_contribution(self) -> dict[str, Fraction | None]:
        """By dimension: the share of its indicators in M0."""
        return self._several("dimension_contribution")

    @property
    def certain(self) -> bool:
        """Whether nothing is unknown, so that every figure is a point."""
        return not self.weighing.groups[self.group].open_cells

    @cached_property
    def bounds(self) -> Bounds:
        """The least and the greatest value of each figure over all completions."""
        open_cells = self.weighing.groups[self.group].open_cells
        return bounds_of(self.measure, self.sums, open_cells, self.weighing.scale)


def figures_of(
    cube: Cube, measure: Measure, by: Iterable[str] | None = None
) -> tuple[Figures, ...]:
    """The figures of every group of a cube by some of its names, sorted; `()` gives the total."""
    return figures_at(Weighing.of(cube, measure, by))


def figures_at(weighing: Weighing, measure: Measure | None = None) -> tuple[Figures, ...]:
    """The figures of a cube already weighed, also at another cut-off of the same weights."""
    asked = measure or weighing.measure
    needed = weighing.needed_by(asked)
    return tuple(
        Figures(asked, weighing.by, group, weighing.sums(group, needed), weighing)
        for group in weighing.groups
    )
