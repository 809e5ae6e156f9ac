"""Plans: wording, promises with their parts, money lines, households and their needs."""

from __future__ import annotations

from chungtay.plans.models.money import MoneySource, PlannedLine, PlannedNeed
from chungtay.plans.models.plans import Plan, PlanHousehold
from chungtay.plans.models.targets import PlanPart, PlanTarget

__all__ = [
    "MoneySource",
    "Plan",
    "PlanHousehold",
    "PlanPart",
    "PlanTarget",
    "PlannedLine",
    "PlannedNeed",
]
