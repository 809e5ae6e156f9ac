"""The names of a place's households kept in memory, to be searched at every key that is pressed.

A database that looks for half a name reads every row, thirty milliseconds for a large commune. Half
a name is part of a word, and a commune has few different words: they are looked through instead,
and each says which households have it. Kept until the next act, for places of a size that a commune
has; a district or a province goes on asking the database.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass, field
from heapq import nsmallest
from uuid import UUID

from django.db.models import QuerySet

from chungtay.acts.remembering import remembered
from chungtay.households.models import Household
from chungtay.rulebook.folding import fold

MOST_HOUSEHOLDS = 60_000
LETTERS = re.compile(r"[^\W\d_]+")
Postings = dict[str, list[int]]


@dataclass
class NameIndex:
    """Households in the order of their heads' names; which of them have which word and village."""

    ids: list[UUID] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    letters: Postings = field(default_factory=lambda: defaultdict(list))
    signs: Postings = field(default_factory=lambda: defaultdict(list))
    villages: Postings = field(default_factory=lambda: defaultdict(list))

    def add(self, pk: UUID, text: str, village: str, head: str) -> None:
        """Take in the next household in order."""
        at = len(self.ids)
        self.ids.append(pk)
        self.heads.append(head)
        self.texts.append(text)
        self.villages[village].append(at)
        for word in set(text.split()):
            # Codes are as many as households: kept apart, so that names need not look through them.
            if not word.isalpha():
                self.signs[word].append(at)
        for run in set(LETTERS.findall(text)):
            self.letters[run].append(at)

    def find(self, text: str, most: int) -> tuple[int, list[int]]:
        """How many households ``matching`` would find, and the first rows of them in its order."""
        whole = fold(text)
        if whole in self.villages:
            named = (at for at, own in enumerate(self.texts) if whole in own)
            found = {*self.villages[whole], *named}
        else:
            found = self._with_all(whole.split())
        return len(found), nsmallest(most, found)

    def _with_all(self, words: list[str]) -> set[int]:
        hits = sorted((self._with(word) for word in words), key=len)
        if not hits:
            return set(range(len(self.ids)))
        return hits[0].intersection(*hits[1:])

    def _with(self, word: str) -> set[int]:
        """The households that have a word with this part, or live in a village named so."""
        own = self.letters if word.isalpha() else self.signs
        return {
            at
            for postings in (own, self.villages)
            for known, rows in postings.items()
            if word in known
            for at in rows
        }


def name_index(households: QuerySet[Household], key: Hashable, version: int) -> NameIndex | None:
    """The index of some households, which ``key`` names whole; None where they are too many."""
    return remembered(("names", key), version, lambda: _built(households))


def _built(households: QuerySet[Household]) -> NameIndex | None:
    listed = households.order_by("head_sort_key", "id").select_related(None)
    columns = listed.values_list("pk", "search_text", "village__folded", "head_name")
    rows = list(columns[: MOST_HOUSEHOLDS + 1])
    if len(rows) > MOST_HOUSEHOLDS:
        return None
    index = NameIndex()
    for pk, text, village, head in rows:
        index.add(pk, text, village or "", head)
    return index
