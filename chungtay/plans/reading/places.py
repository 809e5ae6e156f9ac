"""Where a sentence stands in the text it was read from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from chungtay.plans.reading.flat import SENTENCE_END

Place = tuple[int | None, int | None]
NOWHERE: Place = (None, None)
SHORTEST_PIECE = 12
# A year alone is no number to be read as a datum; nor is the number of an item.
NUMBER = re.compile(r"(?<![\d/.-])(?!20\d\d\b)\d+(?![.)]\s)")


@dataclass
class Places:
    """A text in which sentences are looked for, each behind the one found before if it can be."""

    text: str
    last: dict[str, int] = field(default_factory=dict)

    def of(self, said: str) -> Place:
        """The first and the last sign of a sentence's paragraph; nowhere if it is not in it."""
        said = said.strip()
        if not said:
            return NOWHERE
        at = self.text.find(said, self.last.get(said, 0))
        if at < 0:
            at = self.text.find(said)
        if at >= 0:
            self.last[said] = at + len(said)
            return at, at + len(said)
        return self._by_pieces(said)

    def _by_pieces(self, said: str) -> Place:
        """A sentence put together from several paragraphs stands where its longest end stands."""
        ends = [said[space.end() :] for space in re.finditer(r"\s+", said)]
        for piece in (*ends, *(said[: -len(one)].strip() for one in reversed(ends))):
            at = self.text.find(piece) if len(piece) >= SHORTEST_PIECE else -1
            if at >= 0:
                start = self.text.rfind("\n", 0, at) + 1
                end = self.text.find("\n", at)
                return start, end if end >= 0 else len(self.text)
        return NOWHERE

    def numbers_outside(self, body: Sequence[int], taken: Iterable[Place]) -> list[tuple[int, int]]:
        """The sentences of some paragraphs that hold a number and from which no datum came."""
        held = [(start, end) for start, end in taken if start is not None and end is not None]
        starts = [0, *(found.end() for found in re.finditer("\n", self.text))]
        wanted = set(body)
        return [
            (start, end)
            for number, begin in enumerate(starts)
            if number in wanted
            for start, end in self._sentences(begin)
            if NUMBER.search(self.text, start, end)
            and not any(one < end and start < other for one, other in held)
        ]

    def _sentences(self, begin: int) -> Iterable[tuple[int, int]]:
        end = self.text.find("\n", begin)
        end = len(self.text) if end < 0 else end
        start = begin
        for found in SENTENCE_END.finditer(self.text, begin, end):
            yield start, found.start()
            start = found.end()
        if start < end:
            yield start, end
