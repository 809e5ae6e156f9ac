"""The act of saying why a promise names fewer households than it counts."""

from __future__ import annotations

from datetime import date

from chungtay.acts.refusing import Refused, Stale
from chungtay.acts.services import Actor, Deed, OpenLine, perform
from chungtay.plans.cells import Cells
from chungtay.plans.models import MissingNamesReason, Plan
from chungtay.plans.naming import shortages, standing_rows
from chungtay.plans.services import right_to_change
from chungtay.rulebook.wording import Sentence


def state_reason(
    *,
    actor: Actor,
    plan: Plan,
    code: str,
    text: str,
    on: date,
    expected_version: int,
    key: str = "",
) -> int:
    """Say why a promise names fewer households than it counts; the version of the reason.

    Refused without words, and where no name is missing; Stale if another reason was given.
    """
    if not text.strip():
        raise Refused(
            Sentence("Chưa ghi lý do. Hãy nói vì sao chưa có đủ tên, hoặc đưa thêm hộ vào.")
        )

    def write(line: OpenLine) -> int:
        fresh = Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
        _refuse_named(fresh, code)
        target = fresh.targets.get(code=code)
        row = MissingNamesReason.objects.select_for_update().filter(target=target).first()
        if (row.version if row else 0) != expected_version:
            raise Stale(
                Sentence("Lý do vừa được người khác sửa. Hãy xem lại rồi ghi lại nếu vẫn cần.")
            )
        row = row or MissingNamesReason(target=target, version=0)
        row.text, row.said_by, row.said_on = text, actor.name, on
        row.version += 1
        row.save()
        line.details = {"target": code, "version": row.version}
        return row.version

    right, subject = right_to_change(plan.unit), f"plan:{plan.pk}"
    deed = Deed("plans.state_missing_names", right, plan.unit, subject, key, reason=text)
    return perform(actor, deed, write)


def _refuse_named(plan: Plan, code: str) -> None:
    short = {one.cell.code for one in shortages(Cells.of(plan), standing_rows(plan))}
    if code not in short:
        raise Refused(Sentence("Chỉ tiêu này đã đủ tên, nên không cần ghi lý do."))
