"""How far a plan has come, who decides on it, and what may still be done to it."""

from __future__ import annotations

from typing import Any

from django.db.models import (
    Case,
    Exists,
    F,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
    When,
)

from chungtay.acts.refusing import Refused
from chungtay.places.models import Level, Unit
from chungtay.plans.models import Plan
from chungtay.rulebook.wording import Sentence

State = Plan.State
ABOVE_EVERY_EDITION = 1000
OPEN = frozenset({State.DRAFT, State.RETURNED})

CLOSED = {
    State.SUBMITTED: Sentence(
        "Kế hoạch đang trình duyệt nên chưa sửa được. Hãy rút lại bản trình, hoặc nhờ người duyệt "
        "trả lại, rồi sửa."
    ),
    State.APPROVED: Sentence(
        "Kế hoạch đã được duyệt nên không sửa được nữa. Muốn sửa trước khi ban hành, hãy nhờ người "
        "duyệt trả lại."
    ),
    State.ISSUED: Sentence(
        "Kế hoạch đã ban hành nên không sửa được nữa. Hãy lập kế hoạch sửa đổi, bổ sung và sửa ở "
        "đó."
    ),
}


def right_to_approve(unit: Unit) -> str:
    """The right to approve and issue the plans of a unit: as with changing, each level its own."""
    above = {Level.PROVINCE: "plans.approve_province", Level.DISTRICT: "plans.approve_above"}
    return above.get(Level(unit.level), "plans.approve")


def is_open(plan: Plan) -> bool:
    """Whether a plan may be changed as it stands."""
    return plan.state in OPEN


def refuse_closed(plan: Plan) -> None:
    """Refuse an act that would change a plan on its way up, approved or issued."""
    if not is_open(plan):
        raise Refused(CLOSED[State(plan.state)])


def standing(plans: QuerySet[Plan]) -> QuerySet[Plan]:
    """Of every plan one edition: the latest issued, else the latest.

    So that an amendment replaces what it amends on the day it is issued, and no two editions of one
    plan are ever shown side by side or added up. In the order in which the plans were begun.
    """
    rank = Case(
        When(state=State.ISSUED, then=F("edition") + Value(ABOVE_EVERY_EDITION)),
        default=F("edition"),
        output_field=IntegerField(),
    )
    others = editions_of(OuterRef("unit"), OuterRef("year"), OuterRef("subject"))
    later = others.annotate(rank=rank).filter(rank__gt=OuterRef("rank"))
    first = others.order_by("pk").values("pk")[:1]
    ranked = plans.filter(withdrawn=False).annotate(rank=rank, begun=Subquery(first))
    return ranked.filter(~Exists(later)).order_by("begun", "pk")


def editions_of(unit: Any, year: Any, subject: Any) -> QuerySet[Plan]:
    """Every edition of one plan, those taken back left out."""
    return Plan.objects.filter(unit=unit, year=year, subject=subject, withdrawn=False)


def other_plans(plans: QuerySet[Plan], plan: Plan) -> QuerySet[Plan]:
    """Without any edition of this plan."""
    return plans.exclude(unit=plan.unit_id, year=plan.year, subject=plan.subject)
