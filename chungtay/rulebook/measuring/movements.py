"""The same households at two dates: who left poverty, who fell, who fell back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from chungtay.rulebook.measuring.cells import Count, Number

POOR = "poor"


class Move(NamedTuple):
    """One household's class at the first and at the last date; None where it is not in the list.

    `earlier` says whether it had been in the class asked about before it was out of it.
    """

    before: str | None
    after: str | None
    earlier: bool = False


@dataclass(frozen=True)
class Movements:
    """How the households of one class came and went: opening + in - out = closing.

    `left` are in another class at the last date (by class), `gone` no longer in the list; `fell`
    are in the class for the first time, `fell_back` again, `arrived` new in the list.
    """

    opening: Count
    left: Mapping[str, Count]
    gone: Count
    fell: Count
    fell_back: Count
    arrived: Count
    closing: Count

    @property
    def coming(self) -> Count:
        """All who came into the class."""
        return _sum((self.fell, self.fell_back, self.arrived))

    @property
    def going(self) -> Count:
        """All who went out of it."""
        return _sum((*self.left.values(), self.gone))

    @property
    def stayed(self) -> Count:
        """Those in the class at both dates."""
        return _less(self.opening, self.going)

    def __add__(self, other: object) -> Movements:
        if not isinstance(other, Movements):
            return NotImplemented
        names = dict.fromkeys((*self.left, *other.left))
        nobody = Count(0, 0)
        left = {
            name: _sum((self.left.get(name, nobody), other.left.get(name, nobody)))
            for name in names
        }
        others = {
            name: _sum((getattr(self, name), getattr(other, name)))
            for name in ("opening", "gone", "fell", "fell_back", "arrived", "closing")
        }
        return Movements(left=left, **others)

    def as_row(self) -> dict[str, Any]:
        """The movements in plain values, households and persons."""
        counts = ("opening", "fell", "fell_back", "arrived", "gone", "closing", "stayed")
        return {
            **{name: list(getattr(self, name)) for name in counts},
            "left": {name: list(count) for name, count in self.left.items()},
        }


def movements_of(moves: Iterable[tuple[Move, Count]], *, of: str = POOR) -> Movements:
    """The movements into and out of a class; a move may come several times."""
    totals: dict[tuple[str, str], list[Number]] = {}
    for move, count in moves:
        for place in _places(move, of):
            total = totals.setdefault(place, [0, 0])
            total[0] += count.households
            total[1] += count.persons

    def one(name: str) -> Count:
        return Count(*totals.get((name, ""), (0, 0)))

    return Movements(
        opening=one("opening"),
        left={name: Count(*count) for (kind, name), count in totals.items() if kind == "left"},
        gone=one("gone"),
        fell=one("fell"),
        fell_back=one("fell_back"),
        arrived=one("arrived"),
        closing=one("closing"),
    )


def _places(move: Move, of: str) -> Iterable[tuple[str, str]]:
    if move.before == of:
        yield "opening", ""
        if move.after is None:
            yield "gone", ""
        elif move.after != of:
            yield "left", move.after
    elif move.after == of:
        if move.before is None:
            yield "arrived", ""
        else:
            yield ("fell_back" if move.earlier else "fell"), ""
    if move.after == of:
        yield "closing", ""


def _sum(counts: Iterable[Count]) -> Count:
    kept = tuple(counts)
    return Count(sum(one.households for one in kept), sum(one.persons for one in kept))


def _less(count: Count, other: Count) -> Count:
    return Count(count.households - other.households, count.persons - other.persons)
