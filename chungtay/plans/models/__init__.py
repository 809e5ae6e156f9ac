"""Plans: wording, promises, money, households, duties, dates; plans read; targets handed down."""

from __future__ import annotations

from chungtay.plans.models.cascade import AskedPart, HandingDown, PromisedHousehold
from chungtay.plans.models.life import PlanFile, PlanVersion
from chungtay.plans.models.money import MoneySource, PlannedLine, PlannedNeed
from chungtay.plans.models.papers import PlanBasis, PlanDeadline, PlanDuty, PlanRecipient
from chungtay.plans.models.plans import Plan, PlanHousehold
from chungtay.plans.models.progress import TypedProgress
from chungtay.plans.models.readings import PlanReading, ReadDatum
from chungtay.plans.models.reasons import MissingNamesReason
from chungtay.plans.models.starts import PlanStart
from chungtay.plans.models.targets import PlanPart, PlanTarget

__all__ = [
    "AskedPart",
    "HandingDown",
    "MissingNamesReason",
    "MoneySource",
    "Plan",
    "PlanBasis",
    "PlanDeadline",
    "PlanDuty",
    "PlanFile",
    "PlanHousehold",
    "PlanPart",
    "PlanReading",
    "PlanRecipient",
    "PlanStart",
    "PlanTarget",
    "PlanVersion",
    "PlannedLine",
    "PlannedNeed",
    "PromisedHousehold",
    "ReadDatum",
    "TypedProgress",
]
