"""Samples: standard errors, intervals and changes from one pass to totals of primary units.

Taylor linearisation of ratios, with replacement at the first stage: for a figure b the total of a
primary sampling unit (PSU) a of stratum h is T_ha = (above - b · below of its persons) / (below of
all), V = Σ_h (1 - f_h) n_h / (n_h - 1) Σ_a (T_ha - T̄_h)², with the PSUs of the whole design in
every domain, and as many degrees of freedom as the design has PSUs more than strata.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import exp, log, sqrt
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from chungtay.rulebook.measuring.cells import Cube, Group, Key, in_order
from chungtay.rulebook.measuring.columns import Columns, rows_of
from chungtay.rulebook.measuring.measures import Measure
from chungtay.rulebook.measuring.ratios import Ratio, ratios_of
from chungtay.rulebook.measuring.student import t_quantile
from chungtay.rulebook.wording import Joined, Sentence

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Unit = tuple[Hashable, Hashable]
Lonely = Literal["refuse", "certainty", "centred"]
LEVEL = 0.95
MOST_NAMED = 5


class SampleError(ValueError):
    """A sample that gives no standard errors; the sentence says why and what to do."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        super().__init__(str(sentence))


@dataclass(frozen=True)
class Design:
    """All (stratum, PSU) of a sample, those without anybody of a domain too.

    `lonely` says what a stratum of a single PSU does: `refuse` (SampleError), `certainty` (the PSU
    was not drawn, it adds nothing), `centred` (held against the mean of all PSUs). `fractions` are
    the shares of PSUs drawn, by stratum (0 unless said).
    """

    units: tuple[Unit, ...]
    lonely: Lonely = "refuse"
    fractions: Mapping[Hashable, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        single = [stratum for stratum, size in self._sizes.items() if size == 1]
        if self.lonely == "refuse" and single:
            raise SampleError(
                Sentence(
                    "Có {count} tầng chỉ có một đơn vị mẫu ({names}), nên không tính được sai số "
                    "trong tầng. Hãy gộp tầng, hoặc chọn cách xử lý: certainty (coi là chọn chắc "
                    "chắn) hoặc centred (so với trung bình chung).",
                    count=len(single),
                    names=Joined(tuple(str(one) for one in single[:MOST_NAMED])),
                )
            )

    @property
    def freedom(self) -> int:
        """Degrees of freedom: PSUs less strata."""
        return len(self.units) - len(self._sizes)

    @cached_property
    def _sizes(self) -> dict[Hashable, int]:
        sizes: dict[Hashable, int] = {}
        for stratum, _ in self.units:
            sizes[stratum] = sizes.get(stratum, 0) + 1
        return sizes

    @cached_property
    def stratum_at(self) -> Ints:
        """The place of each PSU's stratum."""
        places = {stratum: place for place, stratum in enumerate(self._sizes)}
        return np.array([places[stratum] for stratum, _ in self.units], dtype=np.int64)

    def covariance(self, units: Ints, totals: Floats) -> Floats:
        """The covariance of estimates, from their linearised totals in the PSUs that have any."""
        centred = self._centred(units, totals)
        found: Floats = centred.T @ centred
        return found

    def variances(self, units: Ints, totals: Floats) -> Floats:
        """The variance of each estimate alone."""
        found: Floats = np.square(self._centred(units, totals)).sum(axis=0)
        return found

    def _centred(self, units: Ints, totals: Floats) -> Floats:
        """Totals less the mean of their stratum, scaled so that their squares sum to variances.

        One more row a stratum stands for all its PSUs without anybody of the domain.
        """
        sizes = np.array(list(self._sizes.values()), dtype=np.float64)
        drawn = np.array([self.fractions.get(one, 0.0) for one in self._sizes])
        stratum = self.stratum_at[units]
        sums = np.zeros((len(sizes), totals.shape[1]))
        np.add.at(sums, stratum, totals)
        means = sums / sizes[:, None]
        factors = (1 - drawn) * sizes / np.maximum(sizes - 1, 1)
        single = sizes == 1
        if self.lonely == "certainty":
            factors[single] = 0
        means[single] = sums.sum(axis=0) / max(sizes.sum(), 1)
        absent = factors * (sizes - np.bincount(stratum, minlength=len(sizes)))
        present = (totals - means[stratum]) * np.sqrt(factors[stratum])[:, None]
        return np.vstack([present, means * np.sqrt(absent)[:, None]])


@dataclass(frozen=True)
class Estimates:
    """The figures of one group of a sample with their variances, in the order of the ratios."""

    ratios: tuple[Ratio, ...]
    values: Floats
    variances: Floats
    freedom: int
    level: float = LEVEL

    def value(self, ratio: Ratio) -> float | None:
        """The estimate; None where nobody is there to divide by."""
        found = float(self.values[self.ratios.index(ratio)])
        return None if np.isnan(found) else found

    def error(self, ratio: Ratio) -> float | None:
        """The standard error; None where there is no estimate or no degree of freedom."""
        if self.value(ratio) is None or self.freedom < 1:
            return None
        place = self.ratios.index(ratio)
        return sqrt(float(self.variances[place]))

    def interval(self, ratio: Ratio) -> tuple[float, float] | None:
        """The logit interval; None at 0 and 1, where this method knows none."""
        value, error = self.value(ratio), self.error(ratio)
        if value is None or error is None or not 0 < value < 1:
            return None
        centre = log(value / (1 - value))
        reach = t_quantile(self.level, self.freedom) * error / (value * (1 - value))
        return expit(centre - reach), expit(centre + reach)


@dataclass(frozen=True)
class Sample:
    """Totals of every group in every PSU where it has anybody: all that estimates need."""

    measure: Measure
    by: tuple[str, ...]
    groups: tuple[Group, ...]
    design: Design
    group_at: Ints
    unit_at: Ints
    totals: Floats
    level: float = LEVEL

    @cached_property
    def ratios(self) -> tuple[Ratio, ...]:
        """The figures estimated."""
        return ratios_of(self.measure)

    @cached_property
    def estimates(self) -> dict[Group, Estimates]:
        """The estimates of every group."""
        return {group: self._estimates(group) for group in self.groups}

    def _estimates(self, group: Group) -> Estimates:
        units, values, totals = self.linearised(group)
        variances = self.design.variances(units, totals)
        return Estimates(self.ratios, values, variances, self.design.freedom, self.level)

    def linearised(self, group: Group) -> tuple[Ints, Floats, Floats]:
        """The PSUs of a group, its estimates, and each estimate's linearised total in each PSU."""
        mine = self.group_at == self.groups.index(group)
        rows = self.totals[mine]
        above, below = rows @ self._above, rows[:, self._below] * self._factors
        divisor = below.sum(axis=0)
        some = divisor > 0
        safe = np.where(some, divisor, 1.0)
        values = np.where(some, above.sum(axis=0) / safe, np.nan)
        totals = np.where(some, (above - np.where(some, values, 0.0) * below) / safe, 0.0)
        return self.unit_at[mine], values, totals

    @cached_property
    def _above(self) -> Floats:
        found = np.zeros((self.totals.shape[1], len(self.ratios)))
        for place, ratio in enumerate(self.ratios):
            for row, times in ratio.above:
                found[row, place] = times
        return found

    @cached_property
    def _below(self) -> Ints:
        return np.array([ratio.below for ratio in self.ratios], dtype=np.int64)

    @cached_property
    def _factors(self) -> Floats:
        return np.array([float(ratio.factor) for ratio in self.ratios])


def sample_of(
    cube: Cube,
    measure: Measure,
    by: Iterable[str],
    *,
    psu: str,
    stratum: str | None = None,
    rounds: str | None = None,
    lonely: Lonely = "refuse",
    fractions: Mapping[Hashable, float] | None = None,
    level: float = LEVEL,
) -> Sample:
    """A sample from a cube of weighted counts, one of whose names is the PSU, one the stratum.

    `rounds` names the value that parts surveys drawn anew (a year): their PSUs are then others
    even where the numbers are the same, so that nothing is shared. Without it a PSU that comes in
    several groups or years counts as the same one, and the covariance follows. An unknown answer
    counts as not deprived, an unknown income as not low: leave such households out beforehand if
    the survey's own report does.
    """
    names = tuple(by)
    units = [(unit, key.by) for key, unit in _units(cube, psu, stratum, rounds).items()]
    places = {unit: place for place, unit in enumerate(dict.fromkeys(one for one, _ in units))}
    design = Design(tuple(places), lonely, fractions or {})
    pick = cube.picker(names)
    groups = tuple(sorted({pick(values) for _, values in units}, key=in_order))
    group_places = {group: place for place, group in enumerate(groups)}
    pairs: dict[tuple[int, int], int] = {}
    at = [
        pairs.setdefault((group_places[pick(values)], places[unit]), len(pairs))
        for unit, values in units
    ]
    totals = rows_of(measure, Columns.of(cube), np.array(at, dtype=np.int64), len(pairs))
    group_at = np.array([group for group, _ in pairs], dtype=np.int64)
    unit_at = np.array([unit for _, unit in pairs], dtype=np.int64)
    return Sample(
        measure, names, groups, design, group_at, unit_at, totals.astype(np.float64), level
    )


def _units(cube: Cube, psu: str, stratum: str | None, rounds: str | None) -> dict[Key, Unit]:
    pick = cube.picker([one for one in (stratum, psu) if one])
    round_of = cube.picker([rounds] if rounds else [])
    found: dict[Key, Unit] = {}
    for key in cube.cells:
        *strata, unit = pick(key.by)
        drawn = round_of(key.by)
        found[key] = ((*drawn, *strata), (*drawn, *strata, unit))
    return found


def expit(x: float) -> float:
    """1 / (1 + e^-x), whatever the size of x."""
    return 1 / (1 + exp(-x)) if x >= 0 else exp(x) / (1 + exp(x))
