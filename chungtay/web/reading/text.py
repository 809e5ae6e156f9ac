"""The document's text with its marks: where data came from, where a finding points."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from chungtay.plans.reading.offers import Offered
from chungtay.plans.staged.queries import Read

Span = tuple[int, int]


@dataclass(frozen=True)
class Piece:
    """Signs that belong to the same data; ``at`` is where they begin, if something points there."""

    text: str
    at: int | None = None
    groups: tuple[str, ...] = ()
    looked: bool = False
    unplaced: bool = False


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of the text, in pieces."""

    kind: str
    level: int
    pieces: list[Piece] = field(default_factory=list)


def paragraphs(read: Offered, data: Iterable[Read]) -> list[Paragraph]:
    """The text, cut where a datum, a finding or a sentence without a datum begins or ends."""
    marks = _Marks(read, list(data))
    made: list[Paragraph] = []
    start = 0
    for line in read.lines:
        made.append(Paragraph(line.kind, line.level, marks.pieces(start, start + len(line.text))))
        start += len(line.text) + 1
    return made


class _Marks:
    def __init__(self, read: Offered, data: list[Read]) -> None:
        self.text = read.text
        self.data = [
            (one.row.start, one.row.end, one)
            for one in data
            if one.row.start is not None and one.row.end is not None
        ]
        remarks = [(r.start, r.end) for r in read.remarks if r.start is not None]
        self.pointed = {start for start, _end, _one in self.data} | {s for s, _e in remarks}
        self.pointed |= {start for start, _end in read.unplaced}
        self.unplaced = [(start, end) for start, end in read.unplaced]
        spans = [(start, end) for start, end, _one in self.data] + [*self.unplaced]
        self.cuts = sorted({one for span in spans for one in span} | self.pointed)

    def pieces(self, start: int, end: int) -> list[Piece]:
        inner = self.cuts[bisect_right(self.cuts, start) : bisect_left(self.cuts, end)]
        edges = [start, *inner, end]
        return [self._piece(begin, stop) for begin, stop in pairwise(edges) if begin < stop]

    def _piece(self, begin: int, stop: int) -> Piece:
        here = [one for start, end, one in self.data if start <= begin and stop <= end]
        return Piece(
            self.text[begin:stop],
            begin if begin in self.pointed else None,
            tuple(dict.fromkeys(one.row.group for one in here)),
            all(one.row.state != "read" for one in here),
            any(start <= begin and stop <= end for start, end in self.unplaced),
        )
