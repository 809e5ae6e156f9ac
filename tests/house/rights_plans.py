"""What belongs to a plan on the stage of the rights test."""

from __future__ import annotations

from chungtay.plans.models import Plan, PlanDuty


def duty_of(plan: Plan) -> int:
    """A duty of the plan."""
    duty = PlanDuty(plan=plan, position=1, offices=["Các thôn"], role="lead")
    duty.text = "Rà soát hộ nghèo"
    duty.save()
    return duty.pk
