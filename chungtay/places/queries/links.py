"""The successions around some units, loaded step by step and walked in memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from chungtay.places.models import Succession, Unit

WHOLE, MAIN, PART = Succession.Kind.WHOLE, Succession.Kind.PART_MAIN, Succession.Kind.PART
HOLDING = (WHOLE, MAIN)
ORDER = {WHOLE: 0, MAIN: 1, PART: 2}
MOST_STEPS = 50


@dataclass
class Links:
    """Who came out of whom: the successions reached from some units, in one query a step."""

    into: dict[int, list[Succession]] = field(default_factory=lambda: defaultdict(list))
    out_of: dict[int, list[Succession]] = field(default_factory=lambda: defaultdict(list))

    def add(self, rows: Iterable[Succession]) -> list[Succession]:
        """Keep successions; those that were not known before."""
        new = [row for row in rows if row not in self.into[row.new_id]]
        for row in new:
            self.into[row.new_id].append(row)
            self.out_of[row.old_id].append(row)
        return new

    def sorted_into(self, unit_id: int) -> list[Succession]:
        """What a unit took over, whole units first."""
        return sorted(self.into[unit_id], key=_rank)

    def sorted_out_of(self, unit_id: int) -> list[Succession]:
        """Who took a unit over, the largest part first."""
        return sorted(self.out_of[unit_id], key=_rank)


def _rank(row: Succession) -> tuple[int, int]:
    return ORDER[Succession.Kind(row.kind)], row.pk


def links_around(units: Iterable[Unit]) -> Links:
    """All that came before and after some units, and what else their heirs took over."""
    ids = {unit.pk for unit in units}
    links = Links()
    _walk_back(links, ids)
    reached = _walk_forward(links, ids)
    links.add(_rows(new__in=reached))
    return links


def links_before(units: Iterable[Unit]) -> Links:
    """All that came before some units."""
    links = Links()
    _walk_back(links, {unit.pk for unit in units})
    return links


def _walk_back(links: Links, ids: set[int]) -> None:
    frontier, seen = ids, set(ids)
    for _ in range(MOST_STEPS):
        found = links.add(_rows(new__in=frontier))
        frontier = {row.old_id for row in found} - seen
        if not frontier:
            return
        seen |= frontier


def _walk_forward(links: Links, ids: set[int]) -> set[int]:
    frontier, seen = ids, set(ids)
    for _ in range(MOST_STEPS):
        found = links.add(_rows(old__in=frontier))
        frontier = {row.new_id for row in found} - seen
        if not frontier:
            break
        seen |= frontier
    return seen


def _rows(**where: Iterable[int]) -> list[Succession]:
    rows = Succession.objects.filter(withdrawn=False, **where)
    return list(rows.select_related("old__parent", "new__parent").order_by("pk"))
