"""The provinces a place lies in or came from: whose own standards it has to do with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from chungtay.places.models import Level, Succession, Unit
from chungtay.places.queries.units import subtree
from chungtay.rulebook.lawbook import ProvinceSpell

# A province that was merged is not where the communes of its sister province came from.
TRACED = (Level.COMMUNE, Level.VILLAGE)


def provinces_of(units: Iterable[Unit]) -> dict[int, frozenset[ProvinceSpell]]:
    """The provinces that each of some units lies in or its territory came from, with their dates.

    A unit above the commune answers for every commune below it; the country for none.
    """
    owners = _rows_behind([unit for unit in units if unit.level != Level.COUNTRY])
    found: dict[int, set[ProvinceSpell]] = {
        unit: set() for each in owners.values() for unit in each
    }
    for row in Unit.objects.filter(pk__in=owners, level=Level.PROVINCE, withdrawn=False):
        for unit in owners[row.pk]:
            found[unit].add(ProvinceSpell(row.code, row.valid_from, row.valid_to))
    return {unit: frozenset(spells) for unit, spells in found.items()}


def _rows_behind(units: list[Unit]) -> dict[int, set[int]]:
    """Every unit above, below or before some units, with the ids of those it stands behind."""
    owners: dict[int, set[int]] = defaultdict(set)
    for unit in units:
        paths = [unit.path]
        if unit.level in (Level.PROVINCE, Level.DISTRICT):
            below = Unit.objects.filter(subtree(unit), level=Level.COMMUNE)
            paths += below.values_list("path", flat=True)
        for path in paths:
            for step in _steps(path):
                owners[step].add(unit.pk)
    fresh = set(owners)
    kinds = [Succession.Kind.WHOLE, Succession.Kind.PART_MAIN]
    while fresh:
        rows = Succession.objects.filter(
            new__in=fresh, kind__in=kinds, withdrawn=False, old__level__in=TRACED
        )
        fresh = set()
        for new, old_path in rows.values_list("new", "old__path"):
            for step in _steps(old_path):
                if not owners[new] <= owners[step]:
                    owners[step] |= owners[new]
                    fresh.add(step)
    return owners


def _steps(path: str) -> list[int]:
    return [int(step) for step in path.strip("/").split("/")]
