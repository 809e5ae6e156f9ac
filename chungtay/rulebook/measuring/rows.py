"""Figures as plain values, for a file or for another program."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol

from chungtay.rulebook.measuring.figures import Figures
from chungtay.rulebook.measuring.ratios import GROUPED, PLAIN, Ratio, ratios_of, row_of


class Sampled(Protocol):
    """What a sample says of the figures of one group, as floats; None where it cannot tell."""

    def error(self, ratio: Ratio) -> float | None:
        """The standard error."""

    def interval(self, ratio: Ratio) -> tuple[float, float] | None:
        """The confidence interval."""


def as_row(figures: Figures, sampled: Sampled | None = None) -> dict[str, Any]:
    """One group in plain values: counts of households, ratios as floats, None where undefined.

    `H`, `A`, `M0` and the headcounts count persons, the official rates (`poor_rate`,
    `near_poor_rate`) households. `se` and `ci` are empty for a register; `bounds` is there only
    where something is unknown, and then the figures beside it count what is certain.
    """
    ratios, row = ratios_of(figures.measure), row_of(figures.sums)
    found: dict[str, Any] = {
        "by": dict(figures.by),
        "households": figures.households,
        "persons": figures.persons,
        "poor": figures.poor,
        "near_poor": figures.near_poor,
        "poor_persons": figures.poor_persons,
        "near_poor_persons": figures.near_poor_persons,
        **by_kind(ratios, lambda ratio: ratio.rounded(row)),
        "se": by_kind(ratios, sampled.error) if sampled else {},
        "ci": by_kind(ratios, sampled.interval) if sampled else {},
    }
    if not figures.certain:
        found["bounds"] = _bounds(figures, ratios)
    return found


def by_kind(ratios: Iterable[Ratio], say: Callable[[Ratio], Any]) -> dict[str, Any]:
    """Something said of each ratio, under its kind, and within it under its name."""
    found: dict[str, Any] = dict.fromkeys(PLAIN)
    found |= {kind: {} for kind in GROUPED}
    for ratio in ratios:
        said = _plain(say(ratio))
        if ratio.name:
            found[ratio.kind][ratio.name] = said
        else:
            found[ratio.kind] = said
    return found


def _bounds(figures: Figures, ratios: Iterable[Ratio]) -> Mapping[str, Any]:
    bounds = figures.bounds
    counts = {"poor": bounds.poor, "near_poor": bounds.near_poor}
    return {
        **{name: [_number(end) for end in ends] for name, ends in counts.items()},
        "undecided": _number(bounds.undecided),
        **by_kind(ratios, lambda ratio: _floats(bounds.of(ratio))),
    }


def _floats(ends: tuple[Any, Any] | None) -> list[float] | None:
    return None if ends is None else [float(end) for end in ends]


def _plain(said: Any) -> Any:
    return list(said) if isinstance(said, tuple) else said


def _number(number: Any) -> int | float:
    return int(number) if number == int(number) else float(number)
