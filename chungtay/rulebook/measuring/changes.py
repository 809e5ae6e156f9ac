"""Changes of a sample's figures over time, by the delta method on their full covariance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from typing import Any

import numpy as np

from chungtay.rulebook.measuring.cells import Group
from chungtay.rulebook.measuring.ratios import Ratio
from chungtay.rulebook.measuring.rows import by_kind
from chungtay.rulebook.measuring.samples import Floats, Sample
from chungtay.rulebook.measuring.student import t_quantile

HUNDRED = 100
KINDS = ("absolute", "relative", "annual_absolute", "annual_relative")


@dataclass(frozen=True)
class Moved:
    """One change: how much, its standard error and its interval (None where not to be told)."""

    value: float
    error: float | None
    interval: tuple[float, float] | None


@dataclass(frozen=True)
class Change:
    """How the figures of one group changed from one time to another, `years` later.

    `absolute` is b1 - b0, `relative` the same in per cent of b0; the annual ones are the mean
    change a year and the growth rate a year in per cent.
    """

    sample: Sample
    names: tuple[str, ...]
    group: Group
    first: Any
    last: Any
    years: float
    before: Floats
    after: Floats
    covariance: Floats

    def of(self, ratio: Ratio, kind: str) -> Moved | None:
        """One kind of change of one figure; None where it cannot be told."""
        place = self.sample.ratios.index(ratio)
        old, new = float(self.before[place]), float(self.after[place])
        found = _changed(kind, old, new, self.years)
        if found is None:
            return None
        value, gradient = found
        freedom = self.sample.design.freedom
        if freedom < 1:
            return Moved(value, None, None)
        both = [place, place + len(self.sample.ratios)]
        variance = float(gradient @ self.covariance[np.ix_(both, both)] @ gradient)
        error = sqrt(max(variance, 0.0))
        reach = t_quantile(self.sample.level, freedom) * error
        return Moved(value, error, (value - reach, value + reach))

    def as_row(self) -> dict[str, Any]:
        """The change in plain values: each kind with its figures, errors and intervals."""
        return {
            "by": dict(zip(self.names, self.group, strict=True)),
            "from": self.first,
            "to": self.last,
            **{kind: self._of_kind(kind) for kind in KINDS},
        }

    def _of_kind(self, kind: str) -> Mapping[str, Any]:
        found = {ratio: self.of(ratio, kind) for ratio in self.sample.ratios}
        value = by_kind(found, lambda ratio: (one := found[ratio]) and one.value)
        return {
            **value,
            "se": by_kind(found, lambda ratio: (one := found[ratio]) and one.error),
            "ci": by_kind(found, lambda ratio: (one := found[ratio]) and one.interval),
        }


def changes_of(sample: Sample, over: str) -> tuple[Change, ...]:
    """The changes of every group from each time to the next, and from the first to the last.

    `over` is one of the sample's names; its values are years (numbers).
    """
    return tuple(_changes(sample, over))


def _changes(sample: Sample, over: str) -> Iterator[Change]:
    place = sample.by.index(over)
    names = tuple(name for name in sample.by if name != over)
    times: dict[Group, list[Any]] = {}
    for group in sample.groups:
        times.setdefault((*group[:place], *group[place + 1 :]), []).append(group[place])
    for rest, found in times.items():
        pairs = list(pairwise(found))
        if len(pairs) > 1:
            pairs.append((found[0], found[-1]))
        for first, last in pairs:
            old, new = ((*rest[:place], time, *rest[place:]) for time in (first, last))
            before, after, covariance = _joint(sample, old, new)
            years = float(last) - float(first)
            yield Change(sample, names, rest, first, last, years, before, after, covariance)


def _joint(sample: Sample, old: Group, new: Group) -> tuple[Floats, Floats, Floats]:
    """Both estimates and the covariance of all of them, over the PSUs of either group."""
    one_units, before, one = sample.linearised(old)
    other_units, after, other = sample.linearised(new)
    units = np.union1d(one_units, other_units)
    totals = np.zeros((len(units), 2 * len(sample.ratios)))
    totals[np.searchsorted(units, one_units), : len(sample.ratios)] = one
    totals[np.searchsorted(units, other_units), len(sample.ratios) :] = other
    return before, after, sample.design.covariance(units, totals)


def _changed(kind: str, old: float, new: float, years: float) -> tuple[float, Floats] | None:
    """The change and its gradient in the old and the new figure."""
    if np.isnan(old) or np.isnan(new) or (kind.startswith("annual") and years <= 0):
        return None
    if kind.endswith("absolute"):
        span = years if kind == "annual_absolute" else 1.0
        return (new - old) / span, np.array([-1.0, 1.0]) / span
    if old <= 0 or (new <= 0 and kind == "annual_relative"):
        return None
    if kind == "relative":
        return HUNDRED * (new / old - 1), HUNDRED * np.array([-new / old**2, 1 / old])
    growth = (new / old) ** (1 / years)
    gradient = HUNDRED / years * growth * np.array([-1 / old, 1 / new])
    return HUNDRED * (growth - 1), gradient
