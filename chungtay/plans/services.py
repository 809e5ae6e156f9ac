"""Acts on plans: opening one, changing its cells, naming its households."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from chungtay.acts.refusing import Refused, Stale
from chungtay.acts.services import Actor, Deed, OpenLine, perform
from chungtay.households.models import Household
from chungtay.households.services.versions import lock_household
from chungtay.places.models import Level, Unit
from chungtay.plans.arithmetic import impossible
from chungtay.plans.cells import Cells, open_codes
from chungtay.plans.models import Plan, PlanHousehold, PlannedNeed, PlanPart
from chungtay.plans.naming import empty_met_reasons
from chungtay.plans.states import editions_of, refuse_closed
from chungtay.plans.writing import write_cells
from chungtay.rulebook.wording import Sentence, vi_date, vi_int

NEAR = frozenset({Level.COMMUNE, Level.VILLAGE})


@dataclass(frozen=True)
class Need:
    """One thing a named household needs, as it is to be written; amounts in whole đồng."""

    code: str
    what: str
    amount_vnd: int
    source: str
    cap_vnd: int | None = None
    organiser: str = ""


@dataclass(frozen=True)
class NamedHousehold:
    """A household a promise rests on, as it is to be written."""

    household: Household
    population: str
    salutation: str
    helps: Sequence[str]
    helpers: Sequence[str]
    needs: Sequence[Need] = ()


def right_to_change(unit: Unit) -> str:
    """The right to change the plans of a unit: district and province have one of their own each.

    So that whoever changes the plan of a district does not reach those of its communes.
    """
    if unit.level == Level.PROVINCE:
        return "plans.change_province"
    return "plans.change" if unit.level in NEAR else "plans.change_above"


def open_plan(
    *,
    actor: Actor,
    unit: Unit,
    year: int,
    subject: str,
    content: Mapping[str, Any],
    cells: Cells,
    made_up: Sequence[str] = (),
    standard: str = "",
    key: str = "",
) -> int:
    """Open the plan of a place for a year with its wording and its cells; the plan's id.

    Refused if the numbers cannot be, or such a plan stands already.
    """
    _refuse_impossible(cells)

    def write(line: OpenLine) -> int:
        if standing_plans(unit, year, subject).exists():
            raise Refused(
                Sentence(
                    "{unit} đã có kế hoạch “{subject}” năm {year}. Hãy mở kế hoạch đó để sửa.",
                    unit=unit.name,
                    subject=subject,
                    year=year,
                )
            )
        plan = Plan(unit=unit, year=year, subject=subject, content=dict(content))
        plan.made_up, plan.standard = list(made_up), standard
        put_plan(plan, cells)
        line.subject, line.details = f"plan:{plan.pk}", {"cells": cells.as_json()}
        return plan.pk

    return perform(actor, Deed("plans.open_plan", right_to_change(unit), unit, key=key), write)


def standing_plans(unit: Unit, year: int, subject: str) -> QuerySet[Plan]:
    """The plans a place has for a year on a subject, of any edition."""
    return editions_of(unit, year, subject)


def put_plan(plan: Plan, cells: Cells) -> None:
    """Write a new plan with its cells; only ever inside an open act."""
    plan.total_households = cells.total_households
    plan.save(force_insert=True)
    _check_parts(plan, cells)
    write_cells(plan, cells)


def change_cells(
    *, actor: Actor, plan: Plan, cells: Cells, expected_version: int, key: str = ""
) -> dict[str, Any]:
    """Change a plan's numbers; what follows from them is derived, never kept.

    Refused if the numbers cannot be; Stale if the plan changed since ``expected_version``.
    """

    def write(line: OpenLine) -> dict[str, Any]:
        fresh = lock_open_plan(plan, expected_version)
        before = Cells.of(fresh)
        _refuse_impossible(cells, before)
        fresh.total_households = cells.total_households
        _check_parts(fresh, cells)
        write_cells(fresh, cells)
        step_plan(fresh)
        line.details = {"before": before.as_json(), "after": cells.as_json()}
        return {"plan": fresh.pk, "version": fresh.version}

    return perform(actor, _deed("plans.change_cells", plan, key), write)


def name_household(
    *, actor: Actor, plan: Plan, named: NamedHousehold, key: str = ""
) -> dict[str, Any]:
    """Put a household behind the promise.

    Refused if it stands there already, lives elsewhere, or is no longer in the register.
    """

    def write(line: OpenLine) -> dict[str, Any]:
        fresh = lock_open_plan(plan, None)
        row = put_household(fresh, named, line)
        step_plan(fresh)
        line.details = {
            "household": str(row.household_id),
            "population": row.population,
            "position": row.position,
        }
        return {"plan": fresh.pk, "version": fresh.version}

    return perform(actor, _deed("plans.name_household", plan, key), write)


def put_household(plan: Plan, named: NamedHousehold, line: OpenLine) -> PlanHousehold:
    """Write a household behind a plan's promise; only ever inside an open act."""
    household = lock_household(named.household.pk, None)
    _check_household(plan, household)
    _check_promised(plan, named)
    last = plan.named_households.order_by("-position").first()
    row = PlanHousehold.objects.create(
        plan=plan,
        household=household,
        population=named.population,
        position=(last.position if last else 0) + 1,
        salutation=named.salutation,
        helps=list(named.helps),
        helpers=list(named.helpers),
    )
    needs = [PlannedNeed(row=row, **asdict(need)) for need in named.needs]
    PlannedNeed.objects.bulk_create(needs)
    after = {"salutation": row.salutation, "helps": row.helps, "helpers": row.helpers}
    after |= {"needs": [need.what for need in needs]} if needs else {}
    line.trace(household.id, household.trace_salt, before=None, after=after)
    return row


def drop_household(*, actor: Actor, plan: Plan, row_id: int, key: str = "") -> dict[str, Any]:
    """Take a household from behind the promise; the row is kept as withdrawn."""

    def write(line: OpenLine) -> dict[str, Any]:
        fresh = lock_open_plan(plan, None)
        row = fresh.named_households.filter(pk=row_id, withdrawn=False).first()
        if row is None:
            raise Refused(Sentence("Hộ này không còn trong danh sách của kế hoạch."))
        row.withdrawn = True
        row.save(update_fields=["withdrawn"])
        step_plan(fresh)
        line.details = {"household": str(row.household_id)}
        return {"plan": fresh.pk, "version": fresh.version}

    return perform(actor, _deed("plans.drop_household", plan, key), write)


def restore_household(*, actor: Actor, plan: Plan, row_id: int, key: str = "") -> dict[str, Any]:
    """Put a dropped household back behind the promise, at its old place."""

    def write(line: OpenLine) -> dict[str, Any]:
        fresh = lock_open_plan(plan, None)
        row = fresh.named_households.filter(pk=row_id, withdrawn=True).first()
        standing = fresh.named_households.filter(withdrawn=False)
        if row is None or standing.filter(household=row.household_id).exists():
            raise Refused(Sentence("Hộ này đã có lại trong danh sách của kế hoạch."))
        row.withdrawn = False
        row.save(update_fields=["withdrawn"])
        step_plan(fresh)
        line.details = {"household": str(row.household_id)}
        return {"plan": fresh.pk, "version": fresh.version}

    return perform(actor, _deed("plans.restore_household", plan, key), write)


def _refuse_impossible(cells: Cells, before: Cells | None = None) -> None:
    """A number once known is not made unknown again; what was open may stay so."""
    wrong = impossible(cells, open_codes(before) if before else ())
    if wrong is not None:
        raise Refused(wrong)


def _check_household(plan: Plan, household: Household) -> None:
    if not household.commune.path.startswith(plan.unit.path):
        raise Refused(Sentence("Hộ này không thuộc địa bàn của kế hoạch."))
    looked_at = min(date(plan.year, 12, 31), timezone.localdate())
    if household.valid_to is not None and household.valid_to < looked_at:
        raise Refused(
            Sentence(
                "Hộ {head} chỉ có trong sổ đến hết ngày {day}, nên không đưa vào chỉ tiêu được. "
                "Hãy chọn hộ khác.",
                head=household.head_name,
                day=vi_date(household.valid_to),
            )
        )


def _check_promised(plan: Plan, named: NamedHousehold) -> None:
    if plan.named_households.filter(household=named.household, withdrawn=False).exists():
        raise Refused(Sentence("Hộ này đã có trong danh sách của kế hoạch."))
    if not plan.targets.filter(classes=named.population, counted="household").exists():
        raise Refused(Sentence("Kế hoạch này không có chỉ tiêu cho diện của hộ được chọn."))
    for need in named.needs:
        if need.cap_vnd is not None and need.amount_vnd > need.cap_vnd:
            raise Refused(
                Sentence(
                    "{what} ghi {amount} đồng, vượt mức cao nhất {cap} đồng; hãy ghi lại.",
                    what=need.what,
                    amount=vi_int(need.amount_vnd),
                    cap=vi_int(need.cap_vnd),
                )
            )


def _check_parts(plan: Plan, cells: Cells) -> None:
    """A part belongs to a place below the plan's; a part once written is not left out."""
    units = {part.unit for cell in cells.targets for part in cell.parts}
    below = Unit.objects.filter(pk__in=units, path__startswith=plan.unit.path)
    if below.exclude(pk=plan.unit_id).count() != len(units):
        raise Refused(
            Sentence(
                "Có nơi được giao chỉ tiêu không thuộc {unit}. Hãy chọn lại nơi được giao.",
                unit=plan.unit.name,
            )
        )
    kept = PlanPart.objects.filter(target__plan=plan).exclude(unit__in=units)
    if kept.exists():
        raise Refused(Sentence("Thiếu phần của một nơi đã được giao; hãy ghi 0 nếu không giao."))


def _deed(act: str, plan: Plan, key: str) -> Deed:
    return Deed(act, right_to_change(plan.unit), plan.unit, subject=f"plan:{plan.pk}", key=key)


def lock_plan(plan: Plan) -> Plan:
    """A plan as it stands, locked; only ever inside an open act."""
    return Plan.objects.select_for_update(of=("self",)).select_related("unit").get(pk=plan.pk)


def lock_open_plan(plan: Plan, expected_version: int | None) -> Plan:
    """A plan locked to be changed: Refused where it is closed, Stale where somebody was faster."""
    fresh = lock_plan(plan)
    refuse_closed(fresh)
    if expected_version is not None and fresh.version != expected_version:
        raise Stale(
            Sentence(
                "Kế hoạch vừa được người khác sửa trong lúc trang đang mở. Số vừa nhập vẫn còn bên "
                "dưới; hãy so với số đang lưu rồi ghi lại."
            )
        )
    return fresh


def step_plan(plan: Plan) -> None:
    """Write a plan with its next version."""
    plan.version += 1
    plan.save()
    empty_met_reasons(plan)
