"""The demonstration's plans, each opened once from its data file through the ordinary acts."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from chungtay.acts.services import Actor
from chungtay.demo.families import read_data
from chungtay.households.models import Household
from chungtay.households.queries.statuses import statuses_of_many
from chungtay.places.models import Level, Unit
from chungtay.places.queries import unit_by_code, villages_of
from chungtay.plans.cells import Cells, LineCell, Meaning, PartCell, TargetCell
from chungtay.plans.models import Plan
from chungtay.plans.services import (
    NamedHousehold,
    Need,
    name_household,
    open_plan,
    standing_plans,
)
from chungtay.rulebook.folding import fold
from chungtay.rulebook.promises import Base, Kind, Population

QUANG_TRUNG = "quang_trung_plan_2023.toml"
PLAN_FILES = {
    "quang_trung": QUANG_TRUNG,
    "tu_mo_rong": "tu_mo_rong_plan_2024.toml",
    "tan_khai": "tan_khai_plan_2024.toml",
    "lao_cai": "lao_cai_plan_2024.toml",
    "long_khanh": "long_khanh_plan_2024.toml",
}
PRINTED = ("head", "issued", "wording", "legal_bases", "sections", "signature", "recipients")
KEPT = (*PRINTED, "annexes", "assignments")


def load_plans(*, actor: Actor, places: Collection[str] = tuple(PLAN_FILES)) -> tuple[str, ...]:
    """Open the plans of some demonstration places; the places whose plan this call opened."""
    files = {place: file for place, file in PLAN_FILES.items() if place in places}
    return tuple(place for place, file in files.items() if load_plan(file, actor=actor))


def load_plan(file: str = QUANG_TRUNG, *, actor: Actor) -> bool:
    """Open one plan and name its households; False if it already stands."""
    content = read_data(file)
    year = int(content["year"])
    unit = unit_by_code(
        content["place_code"], date(year, 1, 1), content.get("level", Level.COMMUNE)
    )
    subject = content["wording"]["subject"].replace("{{ year }}", str(year)).replace("\n", " ")
    if standing_plans(unit, year, subject).exists():
        return False
    plan_id = open_plan(
        actor=actor,
        unit=unit,
        year=year,
        subject=subject,
        content=kept_part(content),
        cells=cells_of(content, unit),
        made_up=list(_made_up(content)),
        standard=content.get("standard", ""),
    )
    plan = Plan.objects.select_related("unit").get(pk=plan_id)
    for row in content.get("households", ()):
        name_household(actor=actor, plan=plan, named=_named(row, plan, date(year, 1, 1)))
    return True


def kept_part(content: Mapping[str, Any]) -> dict[str, Any]:
    """The wording as the plan keeps it: JSON, with the values its own sentences promise."""
    kept = {name: _plain(content[name]) for name in KEPT if name in content}
    for name in ("head", "issued", "signature", "recipients"):
        kept[name] = {
            key: value for key, value in kept[name].items() if not key.startswith("made_up")
        }
    return kept | {"values": _plain(content.get("values", {}))}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def cells_of(content: Mapping[str, Any], unit: Unit) -> Cells:
    """The typed numbers of a plan's file, its parts at the places the file names."""
    first = date(int(content["year"]), 1, 1)
    return Cells(
        content.get("base", {}).get("households"),
        tuple(_target(row, unit, first) for row in content["targets"]),
        tuple(LineCell(**row) for row in content.get("lines", ())),
    )


def _target(row: Mapping[str, Any], unit: Unit, first: date) -> TargetCell:
    parts = [_part(part, unit, first) for part in row.get("parts", ())]
    return TargetCell(
        code=row.get("code") or row["population"],
        opening=row.get("opening"),
        reduction=row.get("reduction"),
        stated_opening_rate=_decimal(row.get("stated_opening_rate")),
        stated_closing_rate=_decimal(row.get("stated_closing_rate")),
        value=_decimal(row.get("value")),
        value_to=_decimal(row.get("value_to")),
        base_count=row.get("base", {}).get("count"),
        parts=tuple(parts),
        meaning=_meaning(row),
    )


def _meaning(row: Mapping[str, Any]) -> Meaning:
    population = Population(
        counted=row.get("counted", "household"),
        classes=tuple(row["classes"]) if "classes" in row else (row["population"],),
        subclass=row.get("subclass", ""),
        group=row.get("group", ""),
        registered_need=row.get("registered_need", False),
        age_from=row.get("age_from"),
        age_to=row.get("age_to"),
    )
    kind = Kind(
        population, row.get("measure", "count"), row.get("comparator", "exactly"), _base(row)
    )
    return Meaning(
        kind,
        aim=row.get("aim", ""),
        part_of=row.get("part_of", ""),
        dimension=row.get("dimension", ""),
        indicator=row.get("indicator", ""),
        base_said=row.get("base", {}).get("said", ""),
        assigned_by=row.get("assigned_by", ""),
    )


def _base(row: Mapping[str, Any]) -> Base | None:
    if "base" not in row:
        return None
    base = row["base"]
    return Base(
        Population(classes=tuple(base["classes"]), subclass=base.get("subclass", "")),
        on=base.get("on"),
        from_year=base.get("from_year"),
        to_year=base.get("to_year"),
        reach=base["reach"],
    )


def _part(row: Mapping[str, Any], unit: Unit, first: date) -> PartCell:
    if "village" in row:
        below = villages_of(unit, first).get(folded=fold(row["village"]))
    else:
        below = unit_by_code(row["unit_code"], first)
    return PartCell(below.pk, below.name, row.get("opening"), row.get("reduction"))


def _decimal(text: str | None) -> Decimal | None:
    return Decimal(text) if text else None


def _made_up(content: Mapping[str, Any]) -> Iterator[str]:
    """Why each part that no paper says was made up, once each."""
    tables = [content[name] for name in ("head", "issued", "base", "signature") if name in content]
    rows = [row for name in ("targets", "households", "annexes") for row in content.get(name, ())]
    reasons = [table.get("made_up_reason") for table in (*tables, *rows)]
    yield from dict.fromkeys(reason for reason in reasons if reason)


def _named(row: Mapping[str, Any], plan: Plan, first: date) -> NamedHousehold:
    household = _household(row, plan.unit)
    spell = statuses_of_many([household.id], first, plan.standard or None)[household.id]
    return NamedHousehold(
        household=household,
        population=spell.household_class,
        salutation=row["salutation"],
        helps=row["help"],
        helpers=row["helpers"],
        needs=[Need(**need) for need in row.get("needs", ())],
    )


def _household(row: Mapping[str, Any], unit: Unit) -> Household:
    """The household a file names, by its code or by its head and village; an error if none is."""
    rows = Household.objects.select_related("village").filter(commune=unit, withdrawn=False)
    if "full_name" in row:
        rows = rows.filter(head_name=row["full_name"])
    if "code" in row:
        return rows.get(code=row["code"])
    return rows.get(village__folded=fold(row["village"]))
