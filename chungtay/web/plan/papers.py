"""Duties, deadlines and recipients of a plan as its page shows them."""

from __future__ import annotations

from typing import Any

from chungtay.plans.models import Plan, PlanDuty
from chungtay.plans.staged.boxes import shown_day


def papers_of(plan: Plan) -> dict[str, Any]:
    """The duties gathered by the head they stand under, the deadlines, the recipients."""
    by_head: dict[str, list[PlanDuty]] = {}
    for duty in plan.duties.filter(withdrawn=False).order_by("position"):
        number = f"{duty.number}. " if duty.number else ""
        by_head.setdefault(f"{number}{', '.join(duty.offices)}", []).append(duty)
    deadlines = plan.deadlines.filter(withdrawn=False)
    return {
        "duties": list(by_head.items()),
        "deadlines": [(one, shown_day(one.due)) for one in deadlines.order_by("position")],
        "recipients": list(plan.recipients.filter(withdrawn=False).order_by("position")),
    }
