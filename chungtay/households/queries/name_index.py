"""The names of a place's households kept in memory, to be searched at every key that is pressed.

A database that looks for half a name reads every row, thirty milliseconds for a large commune. Half
a name is part of a word, and a commune has few different words: they are looked through instead.
Each word holds the households that have it as the bits of one number, so that "all of these words"
is a few operations whatever the number of households. Kept until the next act, for places of a size
that a commune has; a district or a province goes on asking the database.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import QuerySet

from chungtay.acts.remembering import remembered
from chungtay.households.models import Household
from chungtay.rulebook.folding import fold

MOST_HOUSEHOLDS = 60_000
LETTERS = re.compile(r"[^\W\d_]+")
Rows = dict[str, list[int]]


@dataclass
class NameIndex:
    """Households in the order of their heads' names; which of them have which word and village.

    A set of households is a number: bit ``at`` says that the household at this place is in it.
    """

    ids: list[UUID] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    places: list[int | None] = field(default_factory=list)
    letters: dict[str, int] = field(default_factory=dict)
    heads_letters: dict[str, int] = field(default_factory=dict)
    villages: dict[str, int] = field(default_factory=dict)
    # Codes are as many as households: kept as lists, apart, so that names need not look through.
    signs: Rows = field(default_factory=lambda: defaultdict(list))

    def find(self, text: str, most: int) -> tuple[int, list[int]]:
        """How many households ``matching`` would find, and the best rows of them.

        A head named by whole words comes first, then by parts of words, then anything else; each
        in the order of the heads' names.
        """
        whole = fold(text)
        words = whole.split()
        if whole in self.villages:
            named = self.bits_of(at for at, own in enumerate(self.texts) if whole in own)
            found = self.villages[whole] | named
        else:
            found = self._all(words, self._with)
        by_whole = found & self._all(words, lambda word: self.heads_letters.get(word, 0))
        by_parts = found & self._all(words, lambda word: _joined(self.heads_letters, word))
        rows: list[int] = []
        for some in (by_whole, by_parts & ~by_whole, found & ~by_parts & ~by_whole):
            rows += _first(some, most - len(rows))
        return found.bit_count(), rows

    def _all(self, words: Iterable[str], of: Callable[[str], int]) -> int:
        bits = (1 << len(self.ids)) - 1
        for word in words:
            bits &= of(word)
        return bits

    def _with(self, word: str) -> int:
        """The households that have a word with this part, or live in a village named so."""
        if word.isalpha():
            own = _joined(self.letters, word)
        else:
            own = self.bits_of(
                at for known, rows in self.signs.items() if word in known for at in rows
            )
        return own | _joined(self.villages, word)

    def bits_of(self, rows: Iterable[int]) -> int:
        """Some households as one number."""
        filled = bytearray(len(self.ids) // 8 + 1)
        for at in rows:
            filled[at >> 3] |= 1 << (at & 7)
        return int.from_bytes(filled, "little")


def _joined(postings: Mapping[str, int], part: str) -> int:
    bits = 0
    for known, rows in postings.items():
        if part in known:
            bits |= rows
    return bits


def _first(bits: int, most: int) -> Iterator[int]:
    for _ in range(most):
        if not bits:
            return
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


def name_index(
    households: Callable[[], QuerySet[Household]], key: Hashable, version: int
) -> NameIndex | None:
    """The index of some households, which ``key`` names whole; None where they are too many."""
    return remembered(("names", key), version, lambda: _built(households()))


def _built(households: QuerySet[Household]) -> NameIndex | None:
    listed = households.order_by("head_sort_key", "id").select_related(None)
    columns = listed.values_list("pk", "search_text", "village", "village__folded", "head_name")
    rows = list(columns[: MOST_HOUSEHOLDS + 1])
    if len(rows) > MOST_HOUSEHOLDS:
        return None
    index = NameIndex()
    letters, heads, villages = Rows(), Rows(), Rows()
    for at, (pk, text, place, village, head) in enumerate(rows):
        index.ids.append(pk)
        index.heads.append(head)
        index.texts.append(text)
        index.places.append(place)
        villages.setdefault(village or "", []).append(at)
        for word in set(text.split()):
            if not word.isalpha():
                index.signs[word].append(at)
        for run in set(LETTERS.findall(text)):
            letters.setdefault(run, []).append(at)
        for run in set(LETTERS.findall(fold(head))):
            heads.setdefault(run, []).append(at)
    for named, kept in (
        (letters, index.letters),
        (heads, index.heads_letters),
        (villages, index.villages),
    ):
        kept |= {word: index.bits_of(some) for word, some in named.items()}
    return index
