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
    pairs = [("hộ", own.households, [part.households for part in known])]
    if own.persons is not None and all(part.persons is not None for part in known):
        pairs.append(("khẩu", own.persons, [part.persons or 0 for part in known]))
    return [
        Sentence(
            "Cộng các thôn, tổ được {sum} {what}, số của cả xã là {own}: chênh {difference}.",
            sum=vi_int(sum(numbers)),
            what=what,
            own=vi_int(number),
            difference=vi_int(abs(sum(numbers) - number)),
        )
        for what, number, numbers in pairs
        if sum(numbers) != number
    ]
