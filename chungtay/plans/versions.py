"""What a plan said at each step of its life, kept and read again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec
from django.utils import timezone

from chungtay.acts.services import Actor
from chungtay.plans.cells import Cells
from chungtay.plans.models import Plan, PlanVersion


@dataclass(frozen=True)
class Said:
    """What a plan said at a moment: its cells, its wording, the positions of its households."""

    plan: Plan
    cells: Cells
    wording: dict[str, Any]
    named: tuple[int, ...]


def said_now(plan: Plan) -> Said:
    """What a plan says now."""
    rows = plan.named_households.filter(withdrawn=False).order_by("position")
    named = tuple(rows.values_list("position", flat=True))
    return Said(plan, Cells.of(plan), plan.content, named)


def said_then(version: PlanVersion) -> Said:
    """What a plan said at a kept step."""
    kept = version.content
    cells = msgspec.convert(kept["cells"], Cells)
    return Said(version.plan, cells, kept["wording"], tuple(kept["named"]))


def keep_version(
    actor: Actor, plan: Plan, step: str, why: str = "", despite: str = ""
) -> PlanVersion:
    """Keep what a plan says at a step of its life; only ever inside an open act."""
    now = said_now(plan)
    content = {
        "cells": msgspec.to_builtins(now.cells),
        "wording": now.wording,
        "named": list(now.named),
    }
    return PlanVersion.objects.create(
        plan=plan,
        number=plan.version,
        step=step,
        content=content,
        by=actor.name,
        post_title=actor.post_title,
        at=timezone.now(),
        why=why,
        despite=despite,
    )


def last_version(plan: Plan, step: str = "") -> PlanVersion | None:
    """The latest step of a plan's life, or the latest of one kind."""
    rows = plan.versions.order_by("-number")
    return (rows.filter(step=step) if step else rows).first()
