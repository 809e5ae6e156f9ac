"""Households that live elsewhere from a day on because their village or commune changed.

Written in few statements whatever their number, inside an act that is already open.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, Q

from chungtay.households.models import Household, Residence
from chungtay.places.models import Succession, Unit

BATCH = 500
ONE_DAY = timedelta(days=1)


@dataclass
class Moved:
    """What a move wrote, and what putting it back needs."""

    opened: dict[int, int] = field(default_factory=dict)
    changed: dict[int, int | None] = field(default_factory=dict)
    households: set[UUID] = field(default_factory=set)

    def __iadd__(self, other: Moved) -> Moved:
        self.opened |= other.opened
        self.changed |= other.changed
        self.households |= other.households
        return self

    def kept(self) -> dict[str, Any]:
        """As a record of the act keeps it: pairs of opened and closed, of changed and village."""
        return {"opened": list(self.opened.items()), "changed": list(self.changed.items())}


def residences_from(places: Q, on: date) -> list[Residence]:
    """The residences at some places that reach a day or begin later, of standing households."""
    stands = Q(household__valid_to=None) | Q(household__valid_to__gte=on)
    reaches = Q(valid_to=None) | Q(valid_to__gte=on)
    rows = Residence.objects.filter(places, stands, reaches, withdrawn=False)
    rows = rows.filter(household__withdrawn=False)
    return list(rows.select_related("household", "village", "commune"))


def move_residences(
    rows: Iterable[Residence],
    commune: Unit,
    village: Unit | None,
    on: date,
    *,
    step: bool = True,
) -> Moved:
    """Let residences go on in another place from a day on; their households with them.

    ``step`` counts the move as a change of the households, so that open forms are stale.
    """
    listed = list(rows)
    before = [row for row in listed if row.valid_from is None or row.valid_from < on]
    later = [row for row in listed if row.valid_from is not None and row.valid_from >= on]
    moved = Moved(
        changed={row.pk: row.village_id for row in later},
        households={row.household_id for row in listed},
    )
    _update(before, valid_to=on - ONE_DAY)
    new = Residence.objects.bulk_create(
        (
            Residence(
                household_id=row.household_id,
                commune=commune,
                village=village,
                valid_from=on,
                valid_to=row.valid_to,
            )
            for row in before
        ),
        batch_size=BATCH,
    )
    moved.opened = {one.pk: row.pk for one, row in zip(new, before, strict=True)}
    _update(later, commune=commune, village=village)
    living = [row.household_id for row in listed if row.valid_to is None]
    _settle(living, commune, village, step=step)
    return moved


def _update(rows: Iterable[Residence], **values: Any) -> None:
    for ids in batches([row.pk for row in rows]):
        Residence.objects.filter(pk__in=ids).update(**values)


def _settle(households: list[UUID], commune: Unit, village: Unit | None, *, step: bool) -> None:
    """Write the present place of households whose open residence moved."""
    for ids in batches(households):
        Household.objects.filter(pk__in=ids).update(
            commune=commune, village=village, version=F("version") + int(step)
        )


def follow_successors(residences: Iterable[Residence]) -> None:
    """Let residences that reach beyond the end of their village go on in the one that took it over.

    An old list may be written long after its village was merged. Where a village was divided, it is
    not known which part a household lives in: it stays in the commune, without a village.
    """
    reaching = _beyond_their_village(residences)
    while reaching:
        heirs = _whole_heirs(row.village_id for row in reaching)
        opened: list[int] = []
        for (village, end), rows in _by_village(reaching).items():
            heir = heirs.get(village)
            commune = heir.parent if heir is not None and heir.parent else rows[0].commune
            done = move_residences(rows, commune, heir, end + ONE_DAY, step=False)
            opened += done.opened
        reaching = _beyond_their_village(_in_bulk(opened).values())


def _beyond_their_village(residences: Iterable[Residence]) -> list[Residence]:
    return [
        row
        for row in residences
        if row.village is not None and row.village.ended_before(row.valid_to or date.max)
    ]


def _by_village(rows: Iterable[Residence]) -> dict[tuple[int, date], list[Residence]]:
    found: dict[tuple[int, date], list[Residence]] = defaultdict(list)
    for row in rows:
        if row.village is not None and row.village.valid_to is not None:
            found[row.village.pk, row.village.valid_to].append(row)
    return found


def _whole_heirs(villages: Iterable[int | None]) -> dict[int, Unit]:
    rows = Succession.objects.filter(
        old__in=set(villages), kind=Succession.Kind.WHOLE, withdrawn=False
    )
    return {row.old_id: row.new for row in rows.select_related("new__parent")}


def put_back(kept: Mapping[str, Any]) -> int:
    """Undo moves inside a commune: withdraw what was opened, open what was closed; how many."""
    opened = {int(new): int(old) for new, old in kept["opened"]}
    changed = {int(row): village for row, village in kept["changed"]}
    rows = _in_bulk([*opened, *opened.values(), *changed])
    back: list[Residence] = []
    for new, old in opened.items():
        rows[old].valid_to = rows[new].valid_to
        back.append(rows[old])
    for pk, village in changed.items():
        rows[pk].village_id = village
        back.append(rows[pk])
    for ids in batches(list(opened)):
        Residence.objects.filter(pk__in=ids).update(withdrawn=True)
    Residence.objects.bulk_update(back, ["valid_to", "village"], batch_size=BATCH)
    homes: dict[int | None, list[UUID]] = defaultdict(list)
    for row in back:
        if row.valid_to is None:
            homes[row.village_id].append(row.household_id)
    for village_id, households in homes.items():
        for ids in batches(households):
            Household.objects.filter(pk__in=ids).update(
                village=village_id, version=F("version") + 1
            )
    return len(back)


def _in_bulk(ids: list[int]) -> dict[int, Residence]:
    found: dict[int, Residence] = {}
    for some in batches(ids):
        rows = Residence.objects.select_related("village", "commune")
        found |= rows.in_bulk(some)
    return found


def batches(ids: list[Any]) -> Iterable[list[Any]]:
    """Ids in pieces no database finds too long."""
    for start in range(0, len(ids), BATCH):
        yield ids[start : start + BATCH]
