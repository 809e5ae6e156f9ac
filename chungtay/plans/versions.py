"""What a plan said at each step of its life, kept and read again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec
from django.db.models import QuerySet
from django.utils import timezone

from chungtay.acts.services import Actor
from chungtay.plans.cells import Cells
from chungtay.plans.models import Plan, PlanVersion


@dataclass(frozen=True)
class Assigned:
    """A duty or a deadline as it was said: who, in which role or by when, what."""

    kind: str
    who: str
    how: tuple[str, ...]
    what: str


@dataclass(frozen=True)
class Said:
    """What a plan said at a moment: its cells, its wording, the positions of its households.

    ``assigned``: its duties and deadlines in order; None where they were not kept then.
    """

    plan: Plan
    cells: Cells
    wording: dict[str, Any]
    named: tuple[int, ...]
    assigned: tuple[Assigned, ...] | None = None


def said_now(plan: Plan) -> Said:
    """What a plan says now."""
    rows = plan.named_households.filter(withdrawn=False).order_by("position")
    named = tuple(rows.values_list("position", flat=True))
    return Said(plan, Cells.of(plan), plan.content, named, tuple(_assigned(plan)))


def said_then(version: PlanVersion) -> Said:
    """What a plan said at a kept step."""
    kept = version.content
    cells = msgspec.convert(kept["cells"], Cells)
    rows = kept.get("assigned")
    assigned = None if rows is None else msgspec.convert(rows, tuple[Assigned, ...])
    return Said(version.plan, cells, kept["wording"], tuple(kept["named"]), assigned)


def keep_version(
    actor: Actor, plan: Plan, step: str, why: str = "", despite: str = ""
) -> PlanVersion:
    """Keep what a plan says at a step of its life; only ever inside an open act."""
    now = said_now(plan)
    content = {
        "cells": msgspec.to_builtins(now.cells),
        "wording": now.wording,
        "named": list(now.named),
        "assigned": msgspec.to_builtins(now.assigned),
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


def keep_before_editing(actor: Actor, plan: Plan) -> None:
    """Keep what a draft said before somebody changes it: once a person and day, as one sitting.

    Only ever inside an open act, before anything is changed.
    """
    last = last_version(plan)
    if last is not None and (last.number == plan.version or _same_sitting(actor, last)):
        return
    keep_version(actor, plan, PlanVersion.Step.EDITING)


def _same_sitting(actor: Actor, last: PlanVersion) -> bool:
    today = timezone.localdate(last.at) == timezone.localdate()
    return last.step == PlanVersion.Step.EDITING and last.by == actor.name and today


def _assigned(plan: Plan) -> Iterator[Assigned]:
    for duty in plan.duties.filter(withdrawn=False).order_by("position"):
        yield Assigned("duty", ", ".join(duty.offices), (duty.role,), duty.text)
    for one in plan.deadlines.filter(withdrawn=False).order_by("position"):
        how = (one.comparator, one.due, one.recurrence)
        yield Assigned("deadline", one.who, how, one.what)


def steps_of(plan: Plan) -> QuerySet[PlanVersion]:
    """The steps of a plan's life, the latest first; what was kept of a draft is none."""
    return plan.versions.exclude(step=PlanVersion.Step.EDITING).order_by("-number")


def last_version(plan: Plan, step: str = "") -> PlanVersion | None:
    """The latest step of a plan's life, or the latest of one kind."""
    rows = plan.versions.order_by("-number")
    return (rows.filter(step=step) if step else rows).first()
