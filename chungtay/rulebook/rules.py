"""The rules of a standard on a day and in an area: what judges, and what says it in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from chungtay.rulebook.crossing import Crossing
from chungtay.rulebook.incomes import Incomes
from chungtay.rulebook.judging import Judge
from chungtay.rulebook.lawbook import MOST_DAYS, Law, Standard, Threshold
from chungtay.rulebook.once import once
from chungtay.rulebook.plain import Interval
from chungtay.rulebook.telling import Telling

# A standard may hold further numbers of a household against a line: then no memory comes back.
MOST_SAID = 4096


@dataclass(frozen=True)
class Rules:
    """A standard on a day and in an area: its judge, and what it says to many households alike."""

    law: Law
    standard: Standard
    area: str | None
    thresholds: Mapping[str, Threshold]
    bounds: Mapping[str, Interval | None]
    judge: Judge
    said: dict[Any, Any] = field(default_factory=dict)

    @once
    def telling(self) -> Telling:
        """The sentences of its indicators."""
        return Telling(self.law, self.standard.indicators, self.judge)

    @once
    def incomes(self) -> Incomes:
        """Its income lines and the sentences about them."""
        return Incomes(self.law, self.standard, self.thresholds, self.area)

    @once
    def crossings(self) -> tuple[Crossing, ...]:
        """What lies beyond its income lines."""
        given = self.bounds, self.judge
        places = range(len(self.standard.income))
        return tuple(Crossing(self.law, self.standard, place, *given) for place in places)

    def keep(self, key: Any, said: Any) -> None:
        """Keep what is the same for many, while there is room."""
        if len(self.said) < MOST_SAID:
            self.said[key] = said


def rules_of(law: Law, standard: Standard, on: date, area: str | None) -> Rules:
    """The rules of a standard on a day in an area; days of the same values share their judge."""
    made: dict[tuple[date, str | None], Rules] = standard.prepared
    known = made.get((on, area))
    if known is None or known.law is not law:
        if len(made) >= MOST_DAYS:
            made.clear()
        thresholds = standard.thresholds_on(on)
        spans = {name: one.spans for name, one in thresholds.items()}
        bounds = {name: one[area] if area in one else one[None] for name, one in spans.items()}
        like = [one.judge for one in made.values() if one.law is law and one.bounds == bounds]
        judge = like[0] if like else Judge(law, standard, bounds)
        known = made[on, area] = Rules(law, standard, area, thresholds, bounds, judge)
    return known
