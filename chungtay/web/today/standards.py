"""How many are poor by the standard that counts first at a place, and by the national beside it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import QuerySet

from chungtay.households.models import Household
from chungtay.households.queries.statuses import (
    count_by_class,
    count_poor_by_subclass,
    standards_at,
)
from chungtay.rulebook.loading import law
from chungtay.web.here import Here


@dataclass(frozen=True)
class Standing:
    """The counts by the standard shown; ``beside`` holds the national ones where it is another."""

    standard: str
    name: str
    counts: Counter[str]
    kinds: Counter[str]
    beside: Counter[str] | None


def shown_standards(here: Here) -> tuple[str, str]:
    """The standard shown at a place, a province's own before the national one, and the national."""
    national, *own = standards_at(here.place, here.on)
    return (own[-1] if own else national), national


def standing_by(here: Here, seen: QuerySet[Household]) -> Standing:
    """The counts of some households on the viewing day."""
    standard, national = shown_standards(here)
    return Standing(
        standard=standard,
        name=law().standard(standard).name,
        counts=count_by_class(seen, here.on, standard),
        kinds=count_poor_by_subclass(seen, here.on, standard),
        beside=count_by_class(seen, here.on, national) if standard != national else None,
    )
