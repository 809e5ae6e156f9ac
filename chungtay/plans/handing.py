"""Acts of the upper unit: hand a target down, change it, take it back; accept or send back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from chungtay.acts.refusing import Refused, Stale
from chungtay.acts.services import Actor, Deed, OpenLine, perform
from chungtay.places.models import Unit
from chungtay.plans.amending import refuse_another_edition
from chungtay.plans.models import AskedPart, HandingDown, Plan, PlanPart, PlanTarget
from chungtay.plans.services import lock_plan, right_to_change, step_plan
from chungtay.plans.splitting import Whole, difference, rule_of, whole_of
from chungtay.plans.states import is_open
from chungtay.rulebook.wording import Sentence, vi_date, vi_int, vi_number

HIGHEST = 100
State = AskedPart.State


@dataclass(frozen=True)
class Assignment:
    """The paper that hands a target down, and by when the places are to answer and to plan."""

    paper: str
    on: date
    answer_by: date | None = None
    plan_by: date | None = None


def standing_handing(target: PlanTarget) -> HandingDown | None:
    """How a target is handed down now; None where it is not."""
    return target.handings.filter(withdrawn=False).first()


def hand_down(
    *,
    actor: Actor,
    plan: Plan,
    target: PlanTarget,
    parts: Mapping[int, Decimal],
    assignment: Assignment,
    expected_version: int,
    key: str = "",
) -> dict[str, Any]:
    """Hand a target down to the places below, or change what was handed down.

    Refused where the parts do not make the whole, or are not those of a plan that is closed to
    changes. A place whose number stays keeps its answer.
    ``expected_version`` is 0 where nothing was handed down; Stale if that changed since.
    """

    def write(line: OpenLine) -> dict[str, Any]:
        fresh = lock_plan(plan)
        refuse_another_edition(fresh)
        handing = _expect(target, expected_version)
        whole = whole_of(fresh, target)
        _check(whole, parts, assignment)
        before = _numbers(handing) if handing else None
        handing = _write_handing(handing, target, assignment, rule_of(whole, fresh, parts))
        _write_parts(handing, whole, parts)
        if whole.sums and is_open(fresh):
            _write_plan_parts(target, whole, parts)
            step_plan(fresh)
        elif whole.sums:
            _refuse_other_parts(whole, parts)
        line.details = {"target": target.code, "before": before, "after": _numbers(handing)}
        return {"handing": handing.pk, "version": handing.version}

    return perform(actor, _deed("plans.hand_down", plan, key, paper=assignment.paper), write)


def take_back(
    *,
    actor: Actor,
    plan: Plan,
    target: PlanTarget,
    reason: str,
    expected_version: int,
    key: str = "",
) -> int:
    """Take back what was handed down, with the reason; what was answered stays in the journal."""

    def write(line: OpenLine) -> int:
        if not reason:
            raise Refused(Sentence("Hãy ghi vì sao thu hồi chỉ tiêu đã giao."))
        handing = _expect(target, expected_version)
        if handing is None:
            raise Refused(Sentence("Chỉ tiêu này chưa được giao, nên không có gì để thu hồi."))
        handing.withdrawn, handing.version = True, handing.version + 1
        handing.save(update_fields=["withdrawn", "version"])
        line.details = {"target": target.code, "before": _numbers(handing)}
        return handing.pk

    return perform(actor, _deed("plans.take_back", plan, key, reason=reason), write)


def accept(*, actor: Actor, part: AskedPart, expected_version: int, key: str = "") -> int:
    """Accept the number a place promises."""

    def write(line: OpenLine) -> int:
        fresh = lock_part(part, expected_version)
        _refuse_unanswered(fresh)
        fresh.state, fresh.sent_back_for, fresh.answer_by = State.ACCEPTED, "", None
        step_part(fresh)
        line.details = {"unit": fresh.unit_id, "promised": str(fresh.promised)}
        return fresh.pk

    return perform(actor, _deed_on("plans.accept_answer", part, key), write)


def send_back(
    *,
    actor: Actor,
    part: AskedPart,
    reason: str,
    answer_by: date | None,
    expected_version: int,
    key: str = "",
) -> int:
    """Return an answer with the reason and a new day to answer by."""

    def write(line: OpenLine) -> int:
        fresh = lock_part(part, expected_version)
        _refuse_unanswered(fresh)
        if not reason or answer_by is None:
            raise Refused(Sentence("Trả lại cần lý do và hạn trả lời mới; hãy ghi cả hai."))
        fresh.state, fresh.sent_back_for, fresh.answer_by = State.SENT_BACK, reason, answer_by
        step_part(fresh)
        line.details = {"unit": fresh.unit_id, "by": answer_by.isoformat()}
        return fresh.pk

    return perform(actor, _deed_on("plans.send_back_answer", part, key, reason), write)


def lock_part(part: AskedPart, expected_version: int) -> AskedPart:
    """The part as it is now, locked; Stale if it changed, Refused if it was taken back."""
    fresh = (
        AskedPart.objects.select_for_update(of=("self",))
        .select_related("handing__target__plan__unit", "unit")
        .get(pk=part.pk)
    )
    if fresh.handing.withdrawn:
        raise Refused(Sentence("Chỉ tiêu này đã được thu hồi, nên không còn gì để trả lời."))
    if fresh.version != expected_version:
        raise Stale(
            Sentence(
                "Phần giao cho {unit} vừa được người khác sửa trong lúc trang đang mở. Nội dung "
                "vừa nhập vẫn còn bên dưới; hãy so với số đang lưu rồi ghi lại.",
                unit=fresh.unit.name,
            )
        )
    return fresh


def step_part(part: AskedPart) -> None:
    """Write a part with its next version."""
    part.version += 1
    part.save()


def _refuse_unanswered(part: AskedPart) -> None:
    if part.state not in {State.ANSWERED, State.ACCEPTED}:
        raise Refused(Sentence("{unit} chưa trả lời, nên chưa có gì để xét.", unit=part.unit.name))


def _expect(target: PlanTarget, expected_version: int) -> HandingDown | None:
    handing = target.handings.select_for_update().filter(withdrawn=False).first()
    if (handing.version if handing else 0) != expected_version:
        raise Stale(
            Sentence(
                "Chỉ tiêu này vừa được người khác giao, sửa hoặc thu hồi trong lúc trang đang mở. "
                "Số vừa nhập vẫn còn bên dưới; hãy so với số đang lưu rồi ghi lại."
            )
        )
    return handing


def _check(whole: Whole, parts: Mapping[int, Decimal], assignment: Assignment) -> None:
    if not assignment.paper:
        raise Refused(Sentence("Giao chỉ tiêu cần số của văn bản giao; hãy ghi số đó."))
    if set(parts) != {unit.pk for unit in whole.units}:
        raise Refused(Sentence("Mỗi nơi bên dưới cần một số; hãy ghi 0 cho nơi không được giao."))
    wrong = difference(whole, parts)
    if wrong is not None:
        raise Refused(wrong)
    for unit in whole.units:
        _check_part(whole, unit, parts[unit.pk])


def _check_part(whole: Whole, unit: Unit, asked: Decimal) -> None:
    if not whole.sums:
        if not 0 <= asked <= HIGHEST:
            raise Refused(Sentence("Chỉ tiêu phần trăm phải từ 0 đến 100; hãy ghi lại."))
        return
    base = whole.bases.get(unit.pk)
    if asked < 0 or asked != int(asked):
        raise Refused(Sentence("Số hộ giao phải là số nguyên từ 0 trở lên; hãy ghi lại."))
    if base is not None and asked > base:
        raise Refused(
            Sentence(
                "{unit} được giao giảm {asked} hộ nhưng số gốc chỉ có {base} hộ. Hãy giao ít hơn.",
                unit=unit.name,
                asked=vi_int(int(asked)),
                base=vi_int(base),
            )
        )


def _write_handing(
    handing: HandingDown | None, target: PlanTarget, assignment: Assignment, rule: str
) -> HandingDown:
    if handing is None:
        handing = HandingDown(target=target, version=0)
    handing.rule, handing.paper, handing.paper_on = rule, assignment.paper, assignment.on
    handing.answer_by, handing.plan_by = assignment.answer_by, assignment.plan_by
    handing.version += 1
    handing.save()
    return handing


def _write_parts(handing: HandingDown, whole: Whole, parts: Mapping[int, Decimal]) -> None:
    """A place whose number stays keeps its answer; another number asks anew."""
    kept = {row.unit_id: row for row in handing.parts.select_for_update()}
    for position, unit in enumerate(whole.units):
        row = kept.get(unit.pk) or AskedPart(handing=handing, unit_id=unit.pk, version=0)
        if row.pk and row.asked == parts[unit.pk]:
            continue
        row.position, row.base, row.asked = position, whole.bases.get(unit.pk), parts[unit.pk]
        row.state, row.promised, row.reason = State.UNANSWERED, None, ""
        row.sent_back_for, row.answer_by = "", None
        step_part(row)


def _write_plan_parts(target: PlanTarget, whole: Whole, parts: Mapping[int, Decimal]) -> None:
    """The plan, its annex and the board read one number: what is handed down is the plan's part."""
    for position, unit in enumerate(whole.units):
        PlanPart.objects.update_or_create(
            target=target,
            unit_id=unit.pk,
            defaults={"reduction": int(parts[unit.pk])},
            create_defaults={"reduction": int(parts[unit.pk]), "position": position},
        )


def _refuse_other_parts(whole: Whole, parts: Mapping[int, Decimal]) -> None:
    """What a plan closed to changes says of its places is handed down as it says."""
    for part in whole.derived.parts:
        asked = parts.get(part.cell.unit, Decimal(0))
        if asked != part.reduction:
            raise Refused(
                Sentence(
                    "Kế hoạch đang trình, đã duyệt hoặc đã ban hành giao {unit} giảm {planned} hộ, "
                    "không phải {asked} hộ. Hãy giao đúng số ấy, hoặc đổi số bằng kế hoạch sửa "
                    "đổi, bổ sung.",
                    unit=part.cell.name,
                    planned=vi_int(part.reduction),
                    asked=vi_int(int(asked)),
                )
            )


def _numbers(handing: HandingDown) -> dict[str, Any]:
    asked = handing.parts.order_by("position").values_list("unit", "asked")
    return {
        "paper": handing.paper,
        "paper_on": vi_date(handing.paper_on),
        "rule": str(handing.rule),
        "parts": {str(unit): vi_number(number) for unit, number in asked},
    }


def _deed(act: str, plan: Plan, key: str, *, paper: str = "", reason: str = "") -> Deed:
    right, subject = right_to_change(plan.unit), f"plan:{plan.pk}"
    return Deed(act, right, plan.unit, subject=subject, key=key, paper=paper, reason=reason)


def _deed_on(act: str, part: AskedPart, key: str, reason: str = "") -> Deed:
    unit = part.handing.target.plan.unit
    subject = f"asked_part:{part.pk}"
    return Deed(act, right_to_change(unit), unit, subject=subject, key=key, reason=reason)
