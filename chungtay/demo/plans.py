"""The demonstration's plan: Quang Trung's plan of 2023, opened once from its data file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from chungtay.acts.services import Actor
from chungtay.demo.families import read_data
from chungtay.households.models import Household
from chungtay.households.queries.statuses import statuses_of_many
from chungtay.places.models import Unit
from chungtay.places.queries import unit_by_code
from chungtay.plans.arithmetic import Cells, TargetCell
from chungtay.plans.models import Plan
from chungtay.plans.services import NamedHousehold, name_household, open_plan
from chungtay.rulebook.folding import fold

PLAN_FILE = "quang_trung_plan_2023.toml"
PRINTED = ("head", "issued", "wording", "legal_bases", "sections", "signature", "recipients")


def load_plan(*, actor: Actor) -> bool:
    """Open the plan and name its households; False if it already stands."""
    content = read_data(PLAN_FILE)
    year = int(content["year"])
    unit = unit_by_code(content["place_code"], date(year, 1, 1))
    subject = content["wording"]["subject"].replace("{{ year }}", str(year)).replace("\n", " ")
    if Plan.objects.filter(unit=unit, year=year, subject=subject).exists():
        return False
    plan_id = open_plan(
        actor=actor,
        unit=unit,
        year=year,
        subject=subject,
        content=_kept(content),
        cells=_cells(content),
        made_up=list(_made_up(content)),
    )
    plan = Plan.objects.select_related("unit").get(pk=plan_id)
    for row in content["households"]:
        name_household(actor=actor, plan=plan, named=_named(row, unit, date(year, 1, 1)))
    return True


def _kept(content: Mapping[str, Any]) -> dict[str, Any]:
    """The wording as the plan keeps it: JSON, with the values its own sentences promise."""
    kept = {name: _plain(content[name]) for name in PRINTED}
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


def _cells(content: Mapping[str, Any]) -> Cells:
    targets = tuple(
        TargetCell(
            population=row["population"],
            opening=row["opening"],
            reduction=row["reduction"],
            stated_opening_rate=_rate(row.get("stated_opening_rate")),
            stated_closing_rate=_rate(row.get("stated_closing_rate")),
        )
        for row in content["targets"]
    )
    return Cells(content["base"]["households"], targets)


def _rate(text: str | None) -> Decimal | None:
    return Decimal(text) if text else None


def _made_up(content: Mapping[str, Any]) -> Iterator[str]:
    """Why each part that no paper says was made up, once each."""
    tables = [content[name] for name in ("head", "issued", "base", "signature")]
    reasons = [table.get("made_up_reason") for table in (*tables, *content["households"])]
    yield from dict.fromkeys(reason for reason in reasons if reason)


def _named(row: Mapping[str, Any], unit: Unit, first: date) -> NamedHousehold:
    household = Household.objects.select_related("village").get(
        commune=unit,
        withdrawn=False,
        head_name=row["full_name"],
        village__folded=fold(row["village"]),
    )
    status = statuses_of_many([household.id], first)[household.id]
    return NamedHousehold(
        household=household,
        population=status.household_class,
        salutation=row["salutation"],
        helps=row["help"],
        helpers=row["helpers"],
    )
