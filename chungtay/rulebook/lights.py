"""The traffic light of a promise: how far it is, against how much of its year has passed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from chungtay.rulebook.wording import Sentence

GREEN, YELLOW, RED, UNKNOWN = "green", "yellow", "red", "unknown"
WHOLE = 100


@dataclass(frozen=True)
class Thresholds:
    """From which share of what was to be reached by a day on a promise is green, or yellow."""

    green: Fraction
    yellow: Fraction


@dataclass(frozen=True)
class Light:
    """A colour and why."""

    colour: str
    why: Sentence


def elapsed(year: int, on: date) -> Fraction:
    """The share of a year that has passed with the end of a day."""
    first, next_first = date(year, 1, 1), date(year + 1, 1, 1)
    passed = (on + timedelta(days=1) - first).days
    return min(Fraction(1), max(Fraction(0), Fraction(passed, (next_first - first).days)))


def light_of(
    share: Fraction | None, *, kept: bool, passed: Fraction, thresholds: Thresholds, told: Sentence
) -> Light:
    """The light of a promise of which ``share`` is reached; ``told`` says how far it is.

    Once the year is over a promise is kept or it is not.
    """
    if share is None:
        return Light(UNKNOWN, Sentence("Chưa có số liệu, nên chưa biết nhanh hay chậm."))
    return Light(
        _colour(share, kept, passed, thresholds),
        Sentence("{told} khi năm đã qua {passed}\u00a0%.", told=told, passed=int(passed * WHOLE)),
    )


def _colour(share: Fraction, kept: bool, passed: Fraction, thresholds: Thresholds) -> str:
    if kept:
        return GREEN
    if passed == 1:
        return RED
    if share >= thresholds.green * passed:
        return GREEN
    return YELLOW if share >= thresholds.yellow * passed else RED
