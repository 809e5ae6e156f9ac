"""A commune with a plan that names a household, an overdue task and a village that is silent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from chungtay.acts.services import System
from chungtay.households.models import Decision, Household
from chungtay.households.queries.statuses import standard_id_on
from chungtay.households.services import add_household, decide_status
from chungtay.households.writing import HouseholdInput, PersonInput
from chungtay.places.models import Unit
from chungtay.places.queries import villages_of
from chungtay.plans.cells import Cells, TargetCell
from chungtay.plans.handing import Assignment, hand_down
from chungtay.plans.models import Plan
from chungtay.plans.services import NamedHousehold, name_household, open_plan
from chungtay.reports.letters.content import offered, subject_of
from chungtay.reports.letters.kinds import kinds
from chungtay.reports.letters.models import OfficePaper
from chungtay.reports.letters.services import PaperInput, open_paper
from chungtay.staff.models import User
from chungtay.staff.policy import PostActor
from chungtay.tasks.services import TaskInput, open_task

FIRST = date(2023, 1, 1)
HEAD = "Khuất Thị Biệt Lập"
CONTENT: dict[str, Any] = {
    "head": {
        "superior_authority": ["UBND THỊ XÃ BỈM SƠN"],
        "issuing_authority": ["ỦY BAN NHÂN DÂN", "XÃ QUANG TRUNG"],
        "number": "7",
        "symbol": "KH-UBND",
        "place": "Quang Trung",
    },
    "issued": {"year": 2023, "date": "2023-03-06"},
    "wording": {"title": "Kế hoạch", "subject": "Giảm nghèo năm {{ year }}", "lead_in": "x"},
    "sections": [],
    "legal_bases": [{"text": "Căn cứ Kế hoạch số 428/KH-UBND của UBND thị xã"}],
    "signature": {"on_behalf": ["TM. ỦY BAN NHÂN DÂN"], "position": "CHỦ TỊCH", "name": None},
    "recipients": {"lines": ["Lưu: VT"]},
}


def poor_household(system: System, commune: Unit, village: Unit, head: str) -> Household:
    given = HouseholdInput(village=village, members=[PersonInput(head, relation="00")])
    made = add_household(actor=system, commune=commune, given=given, on=FIRST)
    household = Household.objects.get(pk=made)
    decision, _ = Decision.objects.get_or_create(
        commune=commune, number="01/QĐ-UBND", issued_on=FIRST, issuer="UBND xã"
    )
    decide_status(
        actor=system,
        household=household,
        standard=standard_id_on(FIRST),
        household_class="poor",
        valid_from=FIRST,
        decision=decision,
    )
    return household


@pytest.fixture
def plan(quang_trung: Unit, system: System) -> Plan:
    made = open_plan(
        actor=system,
        unit=quang_trung,
        year=2023,
        subject="Giảm nghèo",
        content=CONTENT,
        cells=Cells(1411, (TargetCell("poor", 21, 5),)),
    )
    one, *others = villages_of(quang_trung, FIRST)
    household = poor_household(system, quang_trung, one, HEAD)
    for village in (one, *others):
        poor_household(system, quang_trung, village, "Mạc Văn Thứ")
    plan = Plan.objects.select_related("unit__parent").get(pk=made)
    named = NamedHousehold(household, "poor", "bà", ["vốn"], ["Hội Phụ nữ"])
    name_household(actor=system, plan=plan, named=named)
    return Plan.objects.select_related("unit__parent").get(pk=made)


@pytest.fixture
def handed(plan: Plan, quang_trung: Unit, system: System) -> Plan:
    """The target is handed down to four villages, and none has answered."""
    numbers = [Decimal(2), Decimal(1), Decimal(1), Decimal(1)]
    villages = villages_of(quang_trung, FIRST)
    hand_down(
        actor=system,
        plan=plan,
        target=plan.targets.get(code="poor"),
        parts={one.pk: number for one, number in zip(villages, numbers, strict=True)},
        assignment=Assignment("1/QĐ-UBND", FIRST),
        expected_version=0,
    )
    given = TaskInput("Gửi số liệu quý I", date(2023, 4, 1), "Trạm Y tế xã")
    open_task(actor=system, unit=quang_trung, given=given)
    return Plan.objects.select_related("unit__parent").get(pk=plan.pk)


@pytest.fixture
def writer(officer: User, acting: Callable[[User], PostActor]) -> PostActor:
    return acting(officer)


@pytest.fixture
def written(writer: PostActor, quang_trung: Unit) -> Callable[..., OfficePaper]:
    """Open a paper of a kind with what is offered for it, then changed."""

    def write_one(kind: str, plan: Plan | None, **changed: Any) -> OfficePaper:
        content = offered(kinds()[kind], quang_trung, plan)
        for name, value in changed.items():
            setattr(content, name, value)
        given = PaperInput(
            subject_of(kinds()[kind], quang_trung, 2023), kinds()[kind].symbol, content
        )
        made = open_paper(
            actor=writer, unit=quang_trung, year=2023, kind=kind, plan=plan, given=given
        )
        return OfficePaper.objects.select_related("unit__parent", "plan__unit").get(pk=made)

    return write_one
