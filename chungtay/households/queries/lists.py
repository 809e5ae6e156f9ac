"""What the list of the register and its search need, in few queries whatever the number of rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Count, F, QuerySet
from django.db.models.functions import Length

from chungtay.households.models import Household, Membership
from chungtay.households.queries.residences import residences_on
from chungtay.households.queries.spells import spell_holds
from chungtay.places.models import Unit
from chungtay.rulebook.folding import fold


def by_name(households: QuerySet[Household]) -> QuerySet[Household]:
    """By the head's given name, then middle, then family."""
    return households.order_by("head_sort_key", "id")


def by_village(households: QuerySet[Household]) -> QuerySet[Household]:
    """By village, Thôn 2 before Thôn 10, those without one last; then by name."""
    return households.order_by(
        Length("village__folded").asc(nulls_last=True),
        F("village__folded").asc(nulls_last=True),
        "head_sort_key",
        "id",
    )


def villages_in(households: QuerySet[Household], on: date | None) -> list[Unit]:
    """The villages that some households lived in on a day (None: now), Thôn 2 before Thôn 10."""
    chosen = households.order_by()
    if on is None:
        units = Unit.objects.filter(id__in=chosen.values("village"))
    else:
        lived = residences_on(on).filter(household__in=chosen.values("pk"))
        units = Unit.objects.filter(id__in=lived.values("village"))
    return list(units.select_related("parent").order_by(Length("folded"), "folded", "id"))


def communes_in(households: QuerySet[Household], on: date | None) -> list[Unit]:
    """The communes that some households lived in on a day (None: now), by name."""
    chosen = households.order_by()
    if on is None:
        units = Unit.objects.filter(id__in=chosen.values("commune"))
    else:
        lived = residences_on(on).filter(household__in=chosen.values("pk"))
        units = Unit.objects.filter(id__in=lived.values("commune"))
    return list(units.order_by("folded", "id"))


def member_counts(household_ids: Iterable[UUID], on: date) -> Counter[UUID]:
    """How many members each of several households has on a day."""
    rows = (
        Membership.objects.filter(
            spell_holds(on), household__in=list(household_ids), withdrawn=False
        )
        .values_list("household_id")
        .annotate(members=Count("pk"))
    )
    return Counter(dict(rows))


def members_named(household_ids: Iterable[UUID], text: str, on: date) -> dict[UUID, str]:
    """In each of several households, the first member whose name holds every word of a text."""
    rows = Membership.objects.filter(
        spell_holds(on), household__in=list(household_ids), withdrawn=False
    )
    for word in fold(text).split():
        rows = rows.filter(person__folded_name__contains=word)
    found: dict[UUID, str] = {}
    names = rows.order_by("position", "id").values_list("household_id", "person__full_name")
    for household_id, name in names:
        found.setdefault(household_id, name)
    return found


def likely_duplicates(
    households: QuerySet[Household], village: Unit | None, head_name: str
) -> list[Household]:
    """Those of some households that may be the one being added: same head, same village."""
    folded = fold(head_name)
    same_village = by_name(households.filter(village=village, search_text__contains=folded))
    return [one for one in same_village if fold(one.head_name) == folded]
