"""Counting how many households and persons units have: the denominators."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from chungtay.acts.refusing import Refused
from chungtay.acts.services import Actor, Deed, OpenLine, perform
from chungtay.places.models import PopulationCount, Unit
from chungtay.rulebook.folding import tidy
from chungtay.rulebook.wording import Sentence

LONGEST_SOURCE = 200


@dataclass(frozen=True)
class Counted:
    """How many households and persons (None: not counted) a unit has."""

    unit: Unit
    households: int
    persons: int | None = None


def count_population(
    *, actor: Actor, unit: Unit, on: date, households: int, persons: int | None, source: str
) -> int:
    """Write how many households and persons a unit has on a day; a later word replaces it."""
    counted = Counted(unit, households, persons)
    _check(counted)

    def write(line: OpenLine) -> int:
        line.details = {"unit": unit.name, "on": on.isoformat(), "source": source} | _word(
            counted, on
        )
        return _write(counted, on, source)

    return perform(actor, Deed("places.count_population", "places.change", unit), write)


def count_populations(
    *,
    actor: Actor,
    commune: Unit,
    on: date,
    counts: Sequence[Counted],
    source: str,
    key: str = "",
) -> int:
    """Write the counts of a commune and its villages on a day in one act; how many were written.

    Refused if a unit is not the commune or one of its villages, or fewer persons than households.
    """
    source = _clean_source(source)
    if not counts:
        raise Refused(Sentence("Chưa ghi con số nào, nên chưa lưu gì."))
    for counted in counts:
        _check(counted)
        if commune.pk not in (counted.unit.pk, counted.unit.parent_id):
            raise Refused(
                Sentence(
                    "{name} không thuộc {commune}.", name=counted.unit.name, commune=commune.name
                )
            )

    def write(line: OpenLine) -> int:
        line.details = {
            "unit": commune.name,
            "on": on.isoformat(),
            "source": source,
            "counts": {one.unit.name: _word(one, on) for one in counts},
        }
        for one in counts:
            _write(one, on, source)
        return len(counts)

    deed = Deed("places.count_populations", "places.change", commune, key=key)
    return perform(actor, deed, write)


def _check(counted: Counted) -> None:
    households, persons = counted.households, counted.persons
    if households < 0 or (persons is not None and persons < households):
        raise Refused(
            Sentence(
                "{unit}: số khẩu không thể ít hơn số hộ; xem lại hai con số vừa nhập.",
                unit=counted.unit.name,
            )
        )


def _clean_source(source: str) -> str:
    clean = tidy(source)
    if not clean:
        raise Refused(Sentence("Hãy ghi nguồn của các con số, ví dụ Công an xã, báo cáo dân cư."))
    if len(clean) > LONGEST_SOURCE:
        raise Refused(
            Sentence(
                "Nguồn dài {length} ký tự, nhiều nhất là {most}. Hãy ghi gọn lại.",
                length=len(clean),
                most=LONGEST_SOURCE,
            )
        )
    return clean


def _word(counted: Counted, on: date) -> dict[str, Any]:
    before = counted.unit.population_counts.filter(on=on).first()
    return {
        "before": [before.households, before.persons] if before else None,
        "after": [counted.households, counted.persons],
    }


def _write(counted: Counted, on: date, source: str) -> int:
    row, _ = PopulationCount.objects.update_or_create(
        unit=counted.unit,
        on=on,
        defaults={
            "households": counted.households,
            "persons": counted.persons,
            "source": source,
        },
    )
    return row.pk
