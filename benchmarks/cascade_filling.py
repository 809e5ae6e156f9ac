"""Fills a data folder with a province whose target is handed down and answered.

Imported only after ``world.start_django``: the rooms below need Django's settings.
"""

from __future__ import annotations

from benchmarks.cascade_board import BEFORE, FIRST, ON, POOR, PROVINCE, VILLAGES
from chungtay.acts.services import System
from chungtay.households.models import StatusSpell
from chungtay.households.queries.statuses import standard_id_on
from chungtay.households.writing import HouseholdInput, PersonInput, build_household, write_built
from chungtay.places.models import Unit
from chungtay.places.queries import unit_by_code, villages_of
from chungtay.places.services import add_villages
from chungtay.plans.answering import Answer, answer
from chungtay.plans.cells import Cells, TargetCell
from chungtay.plans.handing import Assignment, hand_down
from chungtay.plans.models import AskedPart, Plan
from chungtay.plans.services import open_plan
from chungtay.plans.splitting import places_below, whole_of

SYSTEM = System(system_user="benchmark")
OF_TEN_FALLEN = 3


def fill(communes: int) -> Plan:
    """A province with its communes, villages and poor; three of ten have left by the day."""
    province = unit_by_code(PROVINCE, FIRST, "province")
    plan_id = open_plan(
        actor=SYSTEM,
        unit=province,
        year=FIRST.year,
        subject="Đo tốc độ",
        content={},
        cells=Cells(None, (TargetCell("poor", None, 1),)),
    )
    plan = Plan.objects.select_related("unit").get(pk=plan_id)
    units = places_below(plan)[:communes]
    households = {unit.pk: _families(unit) for unit in units}
    target = plan.targets.get()
    target.reduction = len(units) * VILLAGES * POOR // 4
    target.save()
    parts = whole_of(plan, target).by_base()
    hand_down(
        actor=SYSTEM,
        plan=plan,
        target=target,
        parts=parts,
        assignment=Assignment("1/QĐ-UBND", FIRST),
        expected_version=0,
    )
    for part in AskedPart.objects.select_related("unit", "handing__target__plan__unit"):
        given = Answer(part.asked, households=households.get(part.unit_id, [])[: int(part.asked)])
        answer(actor=SYSTEM, part=part, given=given, expected_version=part.version)
    return plan


def _families(unit: Unit) -> list[object]:
    names = [f"Thôn {number}" for number in range(1, VILLAGES + 1)]
    add_villages(actor=SYSTEM, commune=unit, names=names, valid_from=None)
    built = [
        build_household(
            unit,
            HouseholdInput(village=village, members=[PersonInput(f"Ngô Văn {n}", relation="00")]),
            BEFORE,
        )
        for village in villages_of(unit, FIRST)
        for n in range(POOR)
    ]
    write_built(built)
    standard = standard_id_on(FIRST)
    spells = []
    for at, one in enumerate(built):
        left = at % 10 < OF_TEN_FALLEN
        spell = {"household": one.household, "standard": standard, "source": "imported_list"}
        spells.append(
            StatusSpell(
                **spell,
                household_class="poor",
                valid_from=BEFORE,
                valid_to=ON.replace(day=1) if left else None,
            )
        )
        if left:
            after = ON.replace(day=2)
            spells.append(StatusSpell(**spell, household_class="near_poor", valid_from=after))
    StatusSpell.objects.bulk_create(spells, batch_size=500)
    return [one.household.pk for one in built]
