"""What the list offers to choose from, and how many households each choice has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from chungtay.acts.remembering import remembered
from chungtay.households.models import Household, HouseholdClass
from chungtay.households.queries.lists import communes_in, villages_in
from chungtay.households.queries.statuses import (
    count_by_class,
    count_poor_by_subclass,
    standards_at,
)
from chungtay.places.models import Unit
from chungtay.places.queries import all_as_on
from chungtay.rulebook.loading import law
from chungtay.rulebook.wording import vi_int
from chungtay.web.here import Here
from chungtay.web.register.filters import (
    CLASSES,
    KINDS,
    NEAR,
    NO_CLASS,
    ListFilter,
    chosen_households,
    standing_anywhere,
    standing_here,
)
from chungtay.web.register.words import class_word
from chungtay.web.templating import said


@dataclass(frozen=True)
class Facets:
    """The households a list is chosen from: how many, of which class, in which places."""

    total: int
    counts: Counter[str]
    places: list[Unit]


def scope_of(here: Here, right: str = "households.see") -> tuple[Hashable, ...]:
    """All that decides which households somebody may see here, besides what has been done."""
    seen = tuple(unit.pk for unit in here.actor.units_for(right))
    return (seen, tuple(unit.pk for unit in here.units), here.on, here.lived_on)


def facets_of(here: Here, chosen: ListFilter) -> Facets:
    """What there is to choose from; of a search counted anew, of a place until the next act."""
    if chosen.token:
        return _facets(here, standing_anywhere(here), chosen.standard)
    key = ("facets", scope_of(here), chosen.standard)
    return remembered(
        key, here.version, lambda: _facets(here, standing_here(here), chosen.standard)
    )


def _facets(here: Here, seen: QuerySet[Household], standard: str) -> Facets:
    total = seen.count()
    counts = count_by_class(seen, here.on, standard)
    counts[NO_CLASS] = total - counts.total()
    if counts[HouseholdClass.POOR]:
        by_kind = count_poor_by_subclass(seen, here.on, standard)
        counts.update({name: by_kind[kind] for name, kind in KINDS.items()})
    near = here.place.level in NEAR
    places = (villages_in if near else communes_in)(seen, here.lived_on)
    return Facets(total, counts, all_as_on(places, here.on))


def found_count(here: Here, chosen: ListFilter, facets: Facets) -> int:
    """How many households a filter finds; the whole place has been counted already."""
    if chosen.token or chosen.differs:
        return chosen_households(here, chosen).count()
    if not chosen.village and not chosen.household_class:
        return facets.total
    asked = (chosen.village, chosen.household_class, chosen.standard)
    return remembered(
        ("found", scope_of(here), asked),
        here.version,
        lambda: chosen_households(here, chosen).order_by().count(),
    )


def place_choices(here: Here, facets: Facets, chosen: str) -> list[tuple[str, str]]:
    """The villages to choose from; above the commune the communes, and the unit now chosen."""
    if here.place.level in NEAR:
        return _village_choices(facets.places)
    choices = [(str(one.pk), one.name) for one in facets.places]
    if chosen and chosen not in dict(choices):
        unit = Unit.objects.filter(pk=int(chosen)).first()
        if unit is not None and any(unit.path.startswith(one.path) for one in here.units):
            choices.insert(0, (chosen, unit.name_on(here.on)))
    return choices


def _village_choices(villages: list[Unit]) -> list[tuple[str, str]]:
    several = len({village.parent_id for village in villages}) > 1
    return [
        (str(one.id), f"{one.name}, {one.parent.name}" if several and one.parent else one.name)
        for one in villages
    ]


def class_choices(counts: Counter[str]) -> list[tuple[str, str]]:
    """Every class with how many households are in it; together they are all.

    The poor of kind A or B follow the poor they are part of.
    """
    return [
        (one, f"{_class_choice(one)} ({vi_int(counts[one])})")
        for one in CLASSES
        if counts[one] or one == NO_CLASS
    ]


def _class_choice(name: str) -> str:
    return f"– {class_word(None, KINDS[name])}" if name in KINDS else class_word(name)


def standard_choices(here: Here) -> list[tuple[str, str]]:
    """The standards to choose from where a place has one of its own; else none."""
    national, *own = standards_at(here.place, here.on)
    if not own:
        return []
    named: list[Any] = [("", national), *((one, one) for one in own)]
    return [(key, said(law().standard(one).name)) for key, one in named]
