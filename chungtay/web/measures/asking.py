"""What is asked of a cube: told apart by what, and which households stand behind a figure."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chungtay.places.models import Unit
from chungtay.rulebook.measuring import Cube, Key, Measure
from chungtay.web.here import Here
from chungtay.web.register.words import class_word
from chungtay.web.today.places import in_order

NEAR = ("commune", "village")
SEE, SENSITIVE = "households.see", "sensitive"
GROUPINGS: dict[str, Promise] = {
    "place": gettext_lazy("Theo nơi"),
    "ethnicity": gettext_lazy("Theo dân tộc của chủ hộ"),
    "class": gettext_lazy("Theo diện đã quyết định"),
}
FIGURES: dict[str, Promise] = {
    "all": gettext_lazy("Mọi hộ được đo"),
    "poor": gettext_lazy("Hộ nghèo đa chiều theo câu trả lời"),
    "near_poor": gettext_lazy("Hộ cận nghèo theo câu trả lời"),
    "undecided": gettext_lazy("Hộ chưa rõ có nghèo hay không"),
    "lacking": gettext_lazy("Hộ thiếu hụt"),
    "poor_lacking": gettext_lazy("Hộ nghèo và thiếu hụt"),
    "unknown": gettext_lazy("Hộ chưa rõ có thiếu hụt hay không"),
}
OF_AN_INDICATOR = ("lacking", "poor_lacking", "unknown")


@dataclass(frozen=True)
class Grouping:
    """How the households of a place are told apart: the group of a cell, the words for a group."""

    by: str
    of: Callable[[Key], Hashable]
    word: Callable[[Hashable], str]

    def grouped(self, cube: Cube) -> Cube:
        """The cube by this grouping alone."""
        rows = ((Key((self.of(key),), *key[1:]), count) for key, count in cube.cells.items())
        return Cube.counted(("group",), rows)

    def in_order(self, group: Hashable) -> Any:
        """Where a group stands in a table: the not known last, the others by their words."""
        return (group in {None, ""}, in_order(self.word(group)))


def may_open(here: Here) -> bool:
    """Whether the households behind the figures of a place may be opened: they tell answers."""
    return here.actor.may(SEE, here.place) and here.actor.sees_fields(SENSITIVE, here.place)


def groupings_of(here: Here) -> dict[str, Promise]:
    """The groupings somebody may ask for: ethnicity is sensitive."""
    sensitive = here.actor.sees_fields(SENSITIVE, here.place)
    return {by: word for by, word in GROUPINGS.items() if by != "ethnicity" or sensitive}


def grouping_of(here: Here, by: str, cube: Cube) -> Grouping:
    """One of the groupings for the cells of a cube."""
    if by == "ethnicity":
        return Grouping(by, lambda key: key.by[2], lambda group: str(group) or _("chưa rõ"))
    if by == "class":
        return Grouping(
            by, lambda key: key.by[3], lambda group: class_word(str(group) if group else None)
        )
    of, word = places_of(here, (key.by for key in cube.cells))
    return Grouping("place", lambda key: of(key.by), word)


def places_of(
    here: Here, places: Iterable[tuple[Any, ...]]
) -> tuple[Callable[[tuple[Any, ...]], Hashable], Callable[[Hashable], str]]:
    """Which group a place (its commune, its village) belongs to, and how a group is called.

    A commune is told apart by its villages, what stands above it by the units just below, of which
    each takes in its communes.
    """
    if here.place.level in NEAR:
        names = _names(here, {place[1] for place in places})
        return lambda place: place[1], lambda group: _named(names, group)
    below = _units_below(here, {place[0] for place in places})
    names = _names(here, set(below.values()))
    return lambda place: below[place[0]], lambda group: _named(names, group)


def _units_below(here: Here, communes: set[int]) -> Mapping[Hashable, int]:
    paths = dict(Unit.objects.filter(pk__in=communes).values_list("pk", "path"))
    below: dict[Hashable, int] = {}
    for commune, path in paths.items():
        above = next((unit.path for unit in here.units if path.startswith(unit.path)), "")
        steps = path.removeprefix(above).strip("/").split("/")
        below[commune] = int(steps[0]) if above and steps[0] else commune
    return below


def _names(here: Here, units: set[Any]) -> Mapping[Hashable, str]:
    found = Unit.objects.in_bulk([pk for pk in units if pk is not None])
    return {pk: unit.name_on(here.on) for pk, unit in found.items()}


def _named(names: Mapping[Hashable, str], group: Hashable) -> str:
    return names.get(group) or _("chưa rõ thôn")


@dataclass(frozen=True)
class Wanted:
    """The households behind one figure: its kind, its indicator if any, the group if any."""

    figure: str
    indicator: str = ""
    by: str = ""
    group: str = ""

    @property
    def href(self) -> str:
        """The address of the list."""
        said = {
            "figure": self.figure,
            "indicator": self.indicator,
            "by": self.by,
            "group": self.group,
        }
        kept = {
            name: value for name, value in said.items() if value or (self.by and name == "group")
        }
        return f"{reverse('measures_households')}?{urlencode(kept)}"

    @classmethod
    def read(cls, here: Here, measure: Measure, given: Mapping[str, Any]) -> Wanted | None:
        """What an address asks for; None where it asks for what there is not."""
        asked = cls(*(str(given.get(name, "")) for name in ("figure", "indicator", "by", "group")))
        known = asked.indicator in (
            measure.indicators if asked.figure in OF_AN_INDICATOR else ("",)
        )
        known = known and asked.figure in FIGURES
        return asked if known and (not asked.by or asked.by in groupings_of(here)) else None

    def of(self, measure: Measure, grouping: Grouping | None) -> Callable[[Key], bool]:
        """Whether the households of a cell stand behind the figure."""
        figure = _figure(measure, self.figure, self.indicator)
        if grouping is None:
            return figure
        return lambda key: as_text(grouping.of(key)) == self.group and figure(key)


def as_text(group: Hashable) -> str:
    """A group as an address says it."""
    return "" if group is None else str(group)


def _figure(measure: Measure, figure: str, indicator: str) -> Callable[[Key], bool]:
    bit = 1 << measure.indicators.index(indicator) if indicator else 0

    def poor_by(mask: int) -> bool:
        return measure.score(mask) >= measure.needed or bool(mask & measure.outright_bit)

    def poor(key: Key) -> bool:
        return key.low is True and poor_by(key.mask)

    questions: dict[str, Callable[[Key], bool]] = {
        "all": lambda _key: True,
        "poor": poor,
        "near_poor": lambda key: key.low is True and not poor(key),
        "undecided": lambda key: (
            key.low is not False and poor_by(key.mask | key.unknown) and not poor(key)
        ),
        "lacking": lambda key: bool(key.mask & bit),
        "poor_lacking": lambda key: bool(key.mask & bit) and poor(key),
        "unknown": lambda key: bool(key.unknown & bit),
    }
    return questions[figure]
