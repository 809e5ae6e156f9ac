"""Counting how many households and persons a unit has: the denominators."""

from __future__ import annotations

from datetime import date

from chungtay.acts.refusing import Refused
from chungtay.acts.services import Actor, Deed, OpenLine, perform
from chungtay.places.models import PopulationCount, Unit
from chungtay.rulebook.wording import Sentence


def count_population(
    *, actor: Actor, unit: Unit, on: date, households: int, persons: int | None, source: str
) -> int:
    """Write how many households and persons a unit has on a day; a later word replaces it."""
    if households < 0 or (persons is not None and persons < households):
        raise Refused(Sentence("Số khẩu không thể ít hơn số hộ; xem lại hai con số vừa nhập."))

    def write(line: OpenLine) -> int:
        before = unit.population_counts.filter(on=on).first()
        line.details = {
            "unit": unit.name,
            "on": on.isoformat(),
            "before": [before.households, before.persons] if before else None,
            "after": [households, persons],
            "source": source,
        }
        count, _ = PopulationCount.objects.update_or_create(
            unit=unit,
            on=on,
            defaults={"households": households, "persons": persons, "source": source},
        )
        return count.id

    return perform(actor, Deed("places.count_population", "places.change", unit), write)
