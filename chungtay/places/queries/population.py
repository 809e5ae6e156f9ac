"""The counts of households and persons as known on a day, and whether they tie."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from chungtay.places.models import PopulationCount, Unit
from chungtay.rulebook.wording import Sentence, vi_int


def population_on(unit: Unit, on: date) -> PopulationCount | None:
    """The latest count of households and persons known for a day; None if there is none."""
    return unit.population_counts.filter(on__lte=on).order_by("-on").first()


def populations_on(units: Iterable[Unit], on: date) -> dict[int, PopulationCount]:
    """The latest count known for a day of each of several units, in one query."""
    rows = PopulationCount.objects.filter(unit__in=[unit.pk for unit in units], on__lte=on)
    return {row.unit_id: row for row in rows.order_by("on")}


def counts_of(units: Iterable[Unit]) -> list[PopulationCount]:
    """Every count of some units, the newest first."""
    rows = PopulationCount.objects.filter(unit__in=[unit.pk for unit in units])
    return list(rows.select_related("unit").order_by("-on", "unit__level", "unit__folded"))


def gap(own: PopulationCount | None, parts: Sequence[PopulationCount | None]) -> list[Sentence]:
    """Where the villages do not add up to their commune: said, never refused."""
    known = [part for part in parts if part is not None]
    if own is None or not known:
        return []
    if len(known) < len(parts):
        return [
            Sentence(
                "Còn {count} thôn, tổ chưa có tổng số hộ, nên chưa đối chiếu được với số của xã.",
                count=len(parts) - len(known),
            )
        ]
    said = []
    households = sum(part.households for part in known)
    if households != own.households:
        said.append(
            Sentence(
                "Cộng các thôn, tổ được {sum} hộ, số của cả xã là {own}: chênh {difference}.",
                sum=vi_int(households),
                own=vi_int(own.households),
                difference=vi_int(abs(households - own.households)),
            )
        )
    persons = sum(part.persons or 0 for part in known)
    if own.persons not in (None, persons) and all(part.persons is not None for part in known):
        said.append(
            Sentence(
                "Cộng các thôn, tổ được {sum} khẩu, số của cả xã là {own}: chênh {difference}.",
                sum=vi_int(persons),
                own=vi_int(own.persons or 0),
                difference=vi_int(abs(persons - (own.persons or 0))),
            )
        )
    return said
