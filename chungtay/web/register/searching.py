"""What stands under the search box while somebody types: the best lines, and how many there are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.acts.remembering import remembered
from chungtay.households.models import Household
from chungtay.households.queries.lists import members_named, villages_in
from chungtay.households.queries.name_index import NameIndex, name_index
from chungtay.households.queries.people import asks_for_number, matching
from chungtay.households.queries.residences import residences_of_many
from chungtay.households.queries.statuses import decided_of_many
from chungtay.rulebook.folding import fold
from chungtay.web.here import Here
from chungtay.web.register.facets import scope_of
from chungtay.web.register.filters import NEAR, numbers_seen, standing_anywhere
from chungtay.web.register.words import class_word, village_word

FOUND_ROWS = 8
RANKED_ROWS = 60
IN_ANOTHER_NAME = 2


@dataclass(frozen=True)
class Hit:
    """A household that was found, with its village in words."""

    id: UUID
    head: str
    village: str


def found_by(here: Here, text: str) -> dict[str, Any]:
    """The lines for a searched text, the number of all that were found, the text."""
    if not text:
        return {"items": [], "total": 0, "text": ""}
    hits, total = _hits(here, text)
    decided, words = decided_of_many([one.id for one in hits], here.on), fold(text).split()
    # Where the head's own name holds every word, nobody else need be named.
    others = [one.id for one in hits if _rank(one.head, words) == IN_ANOTHER_NAME]
    named = members_named(others, text, here.on) if others else {}
    items = []
    for one in hits:
        word = class_word(*decided.get(one.id, (None, "")))
        about = [one.village, word[:1].lower() + word[1:]]
        if named.get(one.id, one.head) != one.head:
            about.append(_("có %(name)s") % {"name": named[one.id]})
        href = reverse("register_household", args=[one.id])
        items.append({"name": one.head, "about": " · ".join(about), "href": href})
    return {"items": items, "total": total, "text": text}


def _hits(here: Here, text: str) -> tuple[list[Hit], int]:
    """The best of the households that a text finds, and how many it finds."""
    index = None if asks_for_number(text) else _index(here)
    if index is not None:
        total, rows = index.find(text, FOUND_ROWS)
        villages = _villages(here)
        unknown = _("chưa rõ thôn")
        return [
            Hit(index.ids[at], index.heads[at], villages.get(index.places[at] or 0, unknown))
            for at in rows
        ], total
    seen = standing_anywhere(here)
    households = matching(seen, text, numbers_in=numbers_seen(here))
    first, words = list(households.order_by("head_sort_key")[:RANKED_ROWS]), fold(text).split()
    best = sorted(first, key=lambda one: _rank(one.head_name, words))[:FOUND_ROWS]
    return list(_as_hits(best, here)), households.count()


def _as_hits(households: list[Household], here: Here) -> Iterable[Hit]:
    lived = residences_of_many([one.id for one in households], here.on) if here.lived_on else {}
    for one in households:
        yield Hit(one.id, one.head_name, village_word(lived.get(one.id, one), here.on))


def _index(here: Here) -> NameIndex | None:
    """The names in memory where somebody looks at communes as they are today."""
    units = here.actor.units_for("households.see")
    if here.lived_on is not None or any(unit.level not in NEAR for unit in units):
        return None
    return name_index(lambda: standing_anywhere(here), scope_of(here), here.version)


def _villages(here: Here) -> dict[int, str]:
    """The villages that the households of the index live in, by id, called as on the day."""

    def make() -> dict[int, str]:
        seen: QuerySet[Household] = standing_anywhere(here)
        return {unit.pk: unit.name_on(here.on) for unit in villages_in(seen, None)}

    return remembered(("villages", scope_of(here)), here.version, make)


def _rank(head_name: str, words: list[str]) -> int:
    """A head named by whole words comes first, then by parts of words, then anything else."""
    name = fold(head_name)
    if all(word in name.split() for word in words):
        return 0
    return 1 if all(word in name for word in words) else IN_ANOTHER_NAME
