"""A commune with poor families in two villages, and those who send and receive its reports."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from chungtay.acts.services import System
from chungtay.households.models import Decision, Household
from chungtay.households.services import add_household, decide_status
from chungtay.households.writing import HouseholdInput, PersonInput
from chungtay.places.models import Unit
from chungtay.places.queries import villages_of
from chungtay.plans.cells import Cells
from chungtay.plans.models import Plan, PlanDeadline
from chungtay.plans.services import open_plan
from chungtay.reports.models import OwedReport
from chungtay.reports.owing import open_calendar
from chungtay.staff.models import User
from chungtay.staff.policy import PostActor

FIRST, HALF = date(2023, 1, 1), date(2023, 6, 30)
SYSTEM = System(system_user="tests")
Acting = Callable[[User], PostActor]


@dataclass(frozen=True)
class Line:
    """The commune, its district, and one actor for each part played."""

    commune: Unit
    district: Unit
    officer: PostActor
    head: PostActor
    above: PostActor
    outsider: PostActor

    def open(self, offices: tuple[str, ...] = ()) -> int:
        """Open the commune's calendar of 2023."""
        return open_calendar(actor=self.officer, place=self.commune, year=2023, offices=offices)

    def owed(self, unit: Unit | None = None, kind: str = "six_month") -> OwedReport:
        """What a unit owes; the commune itself where none is named."""
        return OwedReport.objects.select_related("unit__parent", "to__parent").get(
            unit=unit or self.commune, kind=kind
        )

    @property
    def villages(self) -> list[Unit]:
        """The villages of the commune."""
        return list(villages_of(self.commune, FIRST))


def family(village: Unit, household_class: str, on: date = FIRST) -> Household:
    """A household of a class from a day on."""
    commune = village.parent
    assert commune is not None
    given = HouseholdInput(village=village, members=[PersonInput("Lò Văn Sáng", "00")])
    pk = add_household(actor=SYSTEM, commune=commune, given=given, on=on)
    household = Household.objects.get(pk=pk)
    decide(household, household_class, on)
    return household


def decide(household: Household, household_class: str, on: date) -> None:
    """Decide a household's class."""
    decision, _made = Decision.objects.get_or_create(
        commune=household.commune, number="7/QĐ-UBND", issued_on=on, issuer="UBND xã"
    )
    decide_status(
        actor=SYSTEM,
        household=household,
        standard="nd-07-2021",
        household_class=household_class,
        valid_from=on,
        decision=decision,
    )


def plan_with(commune: Unit, *rows: dict[str, object]) -> Plan:
    """A plan of 2023 with some deadlines."""

    pk = open_plan(
        actor=SYSTEM,
        unit=commune,
        year=2023,
        subject="Giảm nghèo",
        content={},
        cells=Cells(100, ()),
    )
    plan = Plan.objects.select_related("unit").get(pk=pk)
    for position, row in enumerate(rows, 1):
        PlanDeadline.objects.create(plan=plan, position=position, **row)
    return plan
