"""The same households under two standards: who enters, who leaves, which answers are missing.

What households share (place, what each standard finds) is one cell with its heads, so that parts
add up to the whole and every figure is read off the same cells.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any, NamedTuple, TypeVar

from chungtay.rulebook.classifying import Finding
from chungtay.rulebook.findings import CLASS_LABELS, Contradiction
from chungtay.rulebook.wording import catalogued

Name = TypeVar("Name", bound=Hashable)
FIRST, SECOND = "first", "second"
POOR = ("poor", "near_poor")
ABOVE = ("average_living", "not_poor")
LOW_OPEN, ABOVE_OPEN, OPEN, CONTRADICTION = "low_open", "above_open", "unknown", "contradiction"
UNCLEAR = (LOW_OPEN, ABOVE_OPEN, OPEN, CONTRADICTION)
# Where a household stands by one standard, from the poor to what cannot be said.
STANDS: Mapping[str, str] = {
    **{name: CLASS_LABELS[name] for name in POOR},
    LOW_OPEN: catalogued("nghèo hoặc cận nghèo, chưa rõ diện nào"),
    **{name: CLASS_LABELS[name] for name in ABOVE},
    ABOVE_OPEN: catalogued("không nghèo, không cận nghèo"),
    OPEN: catalogued("không xác định"),
    CONTRADICTION: catalogued("trả lời trái nhau"),
}
ENTERS, LEAVES, STAYS, OUTSIDE, UNDECIDED = "enters", "leaves", "stays", "outside", "undecided"
MOVES: Mapping[str, str] = {
    ENTERS: catalogued("vào diện nghèo, cận nghèo"),
    LEAVES: catalogued("ra khỏi diện nghèo, cận nghèo"),
    STAYS: catalogued("ở lại diện nghèo, cận nghèo"),
    OUTSIDE: catalogued("không thuộc diện theo cả hai chuẩn"),
    UNDECIDED: catalogued("không xác định"),
}


class Side(NamedTuple):
    """What one standard finds of a household: where it stands, by which codes and blanks.

    ``missing`` names what keeps the class from being decided; nothing where it is decided.
    """

    stand: str
    lacking: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def within(stand: str) -> bool | None:
    """Whether who stands there is poor or near-poor; None where that is not known."""
    if stand in (*POOR, LOW_OPEN):
        return True
    return False if stand in (*ABOVE, ABOVE_OPEN) else None


def side_of(finding: Finding | Contradiction) -> Side:
    """A finding in short; of contradictory answers only that they are so."""
    if isinstance(finding, Contradiction):
        return Side(CONTRADICTION, missing=tuple(sorted(set(finding.facts))))
    judged = tuple(zip(finding.codes, finding.deprived, strict=True))
    return Side(
        _stand(finding.possible_classes),
        tuple(code for code, deprived in judged if deprived),
        tuple(code for code, deprived in judged if deprived is None),
        tuple(sorted({one.fact for one in finding.missing})),
    )


def _stand(possible: tuple[str, ...]) -> str:
    if len(possible) == 1:
        return possible[0]
    if possible and set(possible) <= set(POOR):
        return LOW_OPEN
    return ABOVE_OPEN if possible and set(possible) <= set(ABOVE) else OPEN


def move_of(first: str, second: str) -> str:
    """What becomes of who stands here by the first standard and there by the second."""
    before, after = within(first), within(second)
    if before is None or after is None:
        return UNDECIDED
    if before:
        return STAYS if after else LEAVES
    return ENTERS if after else OUTSIDE


@dataclass(frozen=True)
class Heads:
    """How many households, and how many persons in them."""

    households: int = 0
    persons: int = 0

    def __add__(self, other: Heads) -> Heads:
        return Heads(self.households + other.households, self.persons + other.persons)


class Cell(NamedTuple):
    """What some households have in common."""

    place: Hashable
    first: Side
    second: Side

    @property
    def move(self) -> str:
        """What becomes of them."""
        return move_of(self.first.stand, self.second.stand)


@dataclass(frozen=True)
class Indicator:
    """The households of one indicator under both standards; 0 by a standard that has it not.

    ``entering`` and ``leaving`` are those that lack it among who enters (by the second standard)
    and who leaves (by the first).
    """

    lacking_first: int = 0
    unknown_first: int = 0
    lacking_second: int = 0
    unknown_second: int = 0
    entering: int = 0
    leaving: int = 0


@dataclass(frozen=True)
class SideBySide:
    """Some households under two standards, counted by what they have in common."""

    cells: Mapping[Cell, Heads]

    @classmethod
    def counted(cls, rows: Iterable[tuple[Cell, Heads]]) -> SideBySide:
        """Cells of rows in which a cell may come several times."""
        return cls(_added(rows))

    @property
    def total(self) -> Heads:
        """All households."""
        return sum(self.cells.values(), Heads())

    def matrix(self) -> dict[tuple[str, str], Heads]:
        """Where households stand by the first and by the second standard."""
        return _added(((one.first.stand, one.second.stand), n) for one, n in self.cells.items())

    def moves(self) -> dict[str, Heads]:
        """Who enters, leaves, stays, is outside, cannot be decided: every household once."""
        none = ((move, Heads()) for move in MOVES)
        found = ((one.move, n) for one, n in self.cells.items())
        return _added((*none, *found))

    def by_place(self, of: Callable[[Any], Hashable]) -> dict[Hashable, SideBySide]:
        """The parts that lie in each group of places."""
        parts: dict[Hashable, dict[Cell, Heads]] = defaultdict(dict)
        for one, heads in self.cells.items():
            parts[of(one.place)][one] = heads
        return {place: SideBySide(cells) for place, cells in parts.items()}

    def indicators(self) -> dict[str, Indicator]:
        """Each indicator that somebody lacks or of which it is not known, by its code."""
        counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for one, heads in self.cells.items():
            for code, figure in _figures(one):
                counts[code][figure] += heads.households
        return {code: Indicator(**found) for code, found in counts.items()}

    def missing(self, side: str) -> dict[str, int]:
        """How many households each blank keeps from being classed by one of the standards."""
        held: dict[str, int] = defaultdict(int)
        for one, heads in self.cells.items():
            for fact in _side(one, side).missing:
                held[fact] += heads.households
        return dict(held)

    def unclear(self, side: str) -> int:
        """How many households have no decided class by one of the standards."""
        open_at = (n for one, n in self.cells.items() if _side(one, side).stand in UNCLEAR)
        return sum(heads.households for heads in open_at)


def _figures(one: Cell) -> Iterable[tuple[str, str]]:
    """The codes of a cell with the figures they count for."""
    move = one.move
    for name, side, moving in ((FIRST, one.first, LEAVES), (SECOND, one.second, ENTERS)):
        for code in side.lacking:
            yield code, f"lacking_{name}"
            if move == moving:
                yield code, "leaving" if moving == LEAVES else "entering"
        for code in side.unknown:
            yield code, f"unknown_{name}"


def _side(one: Cell, side: str) -> Side:
    return one.first if side == FIRST else one.second


def _added(rows: Iterable[tuple[Name, Heads]]) -> dict[Name, Heads]:
    found: dict[Name, Heads] = {}
    for name, heads in rows:
        found[name] = found[name] + heads if name in found else heads
    return found


@dataclass(frozen=True)
class Wanted:
    """Which households are asked for: every word that is said must hold of them.

    ``side`` names the standard that ``lacking``, ``unknown`` and ``missing`` speak of.
    """

    first: str = ""
    second: str = ""
    move: str = ""
    side: str = ""
    lacking: str = ""
    unknown: str = ""
    missing: str = ""

    def said(self) -> dict[str, str]:
        """The words that are said, as an address says them."""
        known = {field.name: str(getattr(self, field.name)) for field in fields(self)}
        return {name: value for name, value in known.items() if value}

    def holds(self, first: Side, second: Side) -> bool:
        """Whether a household is asked for."""
        side = first if self.side == FIRST else second
        return (
            self.first in ("", first.stand)
            and self.second in ("", second.stand)
            and self.move in ("", move_of(first.stand, second.stand))
            and (not self.lacking or self.lacking in side.lacking)
            and (not self.unknown or self.unknown in side.unknown)
            and (not self.missing or self.missing in side.missing)
        )
