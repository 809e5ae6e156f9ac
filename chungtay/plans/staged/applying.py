"""A plan that was read made the plan of a place and a year, in one act; and taken back again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.utils import timezone

from chungtay.acts.refusing import Refused
from chungtay.acts.services import Deed, OpenLine, perform
from chungtay.places.models import Unit
from chungtay.plans.arithmetic import impossible
from chungtay.plans.cells import Cells, PartCell
from chungtay.plans.duties import deadline_row, duty_row
from chungtay.plans.models import (
    Plan,
    PlanBasis,
    PlanReading,
    PlanRecipient,
    ReadDatum,
)
from chungtay.plans.services import put_household, put_plan, right_to_change
from chungtay.plans.staged.content import content_of
from chungtay.plans.staged.households import matched, named_of
from chungtay.plans.staged.money import carry_money
from chungtay.plans.staged.queries import Read, data_of, offered_of, standing_plan
from chungtay.plans.staged.services import lock_reading
from chungtay.plans.staged.targets import carry_targets
from chungtay.plans.states import refuse_closed
from chungtay.plans.tasking import has_tasks
from chungtay.rulebook.folding import fold
from chungtay.rulebook.wording import Sentence
from chungtay.staff.policy import PostActor

EDITIONS = 99


@dataclass
class Outcome:
    """The plan a reading would become: cells, what is left out of them, the households."""

    head: dict[str, Any]
    cells: Cells
    left: list[tuple[Read, Sentence]] = field(default_factory=list)


def outcome_of(reading: PlanReading, data: list[Read]) -> Outcome:
    """What the data not discarded would make of the plan's cells, and what they would not."""
    used = [one for one in data if one.row.state != ReadDatum.State.DISCARDED]
    by_group: dict[str, list[Read]] = {}
    for one in used:
        by_group.setdefault(one.row.group, []).append(one)
    text = offered_of(reading).text
    places = _places_below(reading.unit)
    targets = carry_targets(
        by_group.get("target", []),
        lambda name: places.get(fold(name)),
        lambda one: text[one.row.start or 0 : one.row.end or 0],
    )
    lines, not_lines = carry_money(by_group.get("money", []))
    head = next((one.values for one in by_group.get("head", [])), {})
    cells = Cells(None, tuple(targets.targets), tuple(lines))
    return Outcome(head, cells, [*targets.left, *not_lines])


def _places_below(unit: Unit) -> dict[str, PartCell]:
    below = Unit.objects.filter(path__startswith=unit.path).exclude(pk=unit.pk)
    found: dict[str, PartCell] = {}
    for one in below.order_by("level", "pk"):
        found.setdefault(fold(one.name), PartCell(one.pk, one.name))
    return found


def apply_reading(
    *,
    actor: PostActor,
    reading: PlanReading,
    edition: int = 1,
    chosen: Mapping[int, UUID] | None = None,
    key: str = "",
) -> dict[str, Any]:
    """Make a reading the plan of its place; the plan's id and what was left out of its cells.

    ``chosen`` says for a named household's datum which household of the register it is. Refused
    while something is not looked at, or where such a plan stands already.
    """

    def write(line: OpenLine) -> dict[str, Any]:
        fresh = lock_reading(reading.pk, PlanReading.State.STAGED)
        data = data_of(fresh)
        outcome = outcome_of(fresh, data)
        _refuse_unfinished(data)
        plan = _new_plan(fresh, outcome, edition)
        used = [one for one in data if one.row.state == ReadDatum.State.CONFIRMED]
        plan.content = content_of(offered_of(fresh), used, fresh.unit, plan.year)
        put_plan(plan, outcome.cells)
        _put_papers(plan, used)
        named = _put_households(actor, plan, used, chosen or {}, line)
        fresh.plan, fresh.plan_version = plan, plan.version
        _settle(fresh, actor, PlanReading.State.APPLIED)
        answer = {
            "plan": plan.pk,
            "targets": len(outcome.cells.targets),
            "lines": len(outcome.cells.lines),
            "households": named,
            "left": len(outcome.left),
        }
        line.details = {**answer, "file": fresh.file_digest, "cells": outcome.cells.as_json()}
        return answer

    return perform(actor, _deed("plans.apply_reading", reading, key), write)


def undo_reading(*, actor: PostActor, reading: PlanReading, key: str = "") -> dict[str, int]:
    """Take back the plan a reading became; Refused once anything was built on it."""

    def write(line: OpenLine) -> dict[str, int]:
        fresh = lock_reading(reading.pk, PlanReading.State.APPLIED)
        plan = Plan.objects.select_for_update(of=("self",)).get(readings=fresh)
        refuse_closed(plan)
        if has_tasks(plan):
            raise Refused(
                Sentence(
                    "Đã giao việc theo kế hoạch này, nên không hoàn tác được nữa. "
                    "Hãy mở kế hoạch và sửa ở đó."
                )
            )
        if plan.version != fresh.plan_version:
            raise Refused(
                Sentence(
                    "Kế hoạch đã được sửa sau khi ghi từ bản đọc, nên không hoàn tác được nữa. "
                    "Hãy mở kế hoạch và sửa ở đó."
                )
            )
        plan.withdrawn = True
        plan.version += 1
        plan.save(update_fields=["withdrawn", "version"])
        rows = plan.named_households.filter(withdrawn=False)
        line.details = {"plan": plan.pk, "households": rows.update(withdrawn=True)}
        _settle(fresh, actor, PlanReading.State.UNDONE)
        return {"plan": plan.pk}

    return perform(actor, _deed("plans.undo_reading", reading, key), write)


def _refuse_unfinished(data: list[Read]) -> None:
    waiting = sum(one.row.state == ReadDatum.State.READ for one in data)
    if waiting:
        raise Refused(
            Sentence(
                "Còn {count} điều chưa được xác nhận hay bỏ qua. Hãy xem từng điều, "
                "hoặc bấm Xác nhận tất cả còn lại, rồi ghi.",
                count=waiting,
            )
        )


def _new_plan(reading: PlanReading, outcome: Outcome, edition: int) -> Plan:
    head, unit = outcome.head, reading.unit
    if not head.get("subject") or not head.get("year"):
        raise Refused(
            Sentence("Chưa biết trích yếu hoặc năm của kế hoạch. Hãy sửa Phần đầu rồi ghi lại.")
        )
    year, subject = int(head["year"]), str(head["subject"])[:300]
    if not date.min.year <= year < date.max.year or not 1 <= edition <= EDITIONS:
        raise Refused(Sentence("Năm hoặc lần ban hành không đúng. Hãy sửa rồi ghi lại."))
    if standing_plan(unit, year, subject, edition) is not None:
        raise Refused(
            Sentence(
                "{unit} đã có kế hoạch này của năm {year}, lần ban hành {edition}. "
                "Nếu đây là bản thay thế hoặc điều chỉnh, hãy ghi lần ban hành {next}; "
                "nếu là cùng một bản, hãy mở kế hoạch đã có.",
                unit=unit.name,
                year=str(year),
                edition=edition,
                next=edition + 1,
            )
        )
    wrong = impossible(outcome.cells)
    if wrong is not None:
        raise Refused(wrong)
    return Plan(unit=unit, year=year, subject=subject, edition=edition)


def _put_papers(plan: Plan, data: list[Read]) -> None:
    """The rows beside the numbers: bases, duties, deadlines, recipients."""
    makers = {
        "basis": _basis,
        "duty": duty_row,
        "deadline": deadline_row,
        "recipient": _recipient,
    }
    for group, make in makers.items():
        rows: list[Model] = [
            make(plan, at, one.values)
            for at, one in enumerate((d for d in data if d.row.group == group), 1)
        ]
        if rows:
            type(rows[0])._default_manager.bulk_create(rows)


def _basis(plan: Plan, at: int, values: dict[str, Any]) -> PlanBasis:
    said = {name: values[name] or "" for name in ("text", "kind", "number", "issuer")}
    return PlanBasis(plan=plan, position=at, issued_on=values["date"] or "", **said)


def _recipient(plan: Plan, at: int, values: dict[str, Any]) -> PlanRecipient:
    return PlanRecipient(plan=plan, position=at, name=values["name"], note=values["note"] or "")


def _put_households(
    actor: PostActor, plan: Plan, data: list[Read], chosen: Mapping[int, UUID], line: OpenLine
) -> int:
    """The named households that are surely known, or were chosen, and whose class is promised."""
    rows = [one for one in data if one.row.group == "household"]
    found = matched(actor, plan.unit, plan.year, rows, chosen)
    promised = set(plan.targets.filter(counted="household").values_list("classes", flat=True))
    count = 0
    for one in rows:
        household = found.get(one.row.pk)
        if household is None or one.values["status"] not in promised:
            continue
        if plan.named_households.filter(household=household).exists():
            continue
        put_household(plan, named_of(one, household), line)
        count += 1
    return count


def _settle(reading: PlanReading, actor: PostActor, state: str) -> None:
    reading.state = state
    reading.settled_by, reading.settled_at = actor.name, timezone.now()
    reading.save()


def _deed(act: str, reading: PlanReading, key: str) -> Deed:
    subject = f"plan_reading:{reading.pk}"
    return Deed(act, right_to_change(reading.unit), reading.unit, subject=subject, key=key)
