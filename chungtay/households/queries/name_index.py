"""The names of a place's households kept in memory, to be searched at every key that is pressed.

A database that looks for half a name reads every row, thirty milliseconds for a large commune. The
same rows as plain strings take two. They are kept until the next act, for places of a size that a
commune has; a district or a province goes on asking the database.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from chungtay.acts.remembering import remembered
from chungtay.households.models import Household
from chungtay.rulebook.folding import fold

MOST_HOUSEHOLDS = 60_000


@dataclass(frozen=True)
class NameIndex:
    """Households by their heads' names: ids, folded texts, folded villages, heads."""

    ids: list[UUID]
    texts: list[str]
    villages: list[str]
    heads: list[str]

    def find(self, text: str) -> list[int]:
        """The rows of the households that ``matching`` would find, in the same order."""
        whole = fold(text)
        known = set(self.villages)
        if whole in known:
            pairs = zip(self.texts, self.villages, strict=True)
            return [at for at, (own, place) in enumerate(pairs) if place == whole or whole in own]
        found = list(range(len(self.ids)))
        for word in whole.split():
            places = {place for place in known if word in place}
            found = [at for at in found if word in self.texts[at] or self.villages[at] in places]
        return found


def name_index(households: QuerySet[Household], key: Hashable, version: int) -> NameIndex | None:
    """The index of some households, which ``key`` names whole; None where they are too many."""
    return remembered(("names", key), version, lambda: _built(households))


def _built(households: QuerySet[Household]) -> NameIndex | None:
    listed = households.order_by("head_sort_key", "id").select_related(None)
    columns = listed.values_list("pk", "search_text", "village__folded", "head_name")
    rows = list(columns[: MOST_HOUSEHOLDS + 1])
    if len(rows) > MOST_HOUSEHOLDS:
        return None
    shared: dict[str, str] = {}
    places = [shared.setdefault(place or "", place or "") for _, _, place, _ in rows]
    return NameIndex(
        ids=[pk for pk, _, _, _ in rows],
        texts=[text for _, text, _, _ in rows],
        villages=places,
        heads=[head for _, _, _, head in rows],
    )
