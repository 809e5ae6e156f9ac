"""The signed and scanned paper of an issued plan: kept sealed, beside the paper as issued."""

from __future__ import annotations

from chungtay.acts.refusing import Refused
from chungtay.acts.services import Actor, Deed, OpenLine, perform
from chungtay.files.evidence import JPEG, PDF, PNG, recognise_evidence
from chungtay.files.storing import display_name
from chungtay.plans.life import keep_file
from chungtay.plans.models import Plan, PlanFile
from chungtay.plans.services import lock_plan, right_to_change
from chungtay.plans.states import State
from chungtay.rulebook.wording import Sentence

SCANNED = frozenset({PDF, PNG, JPEG})
MOST_SCANS = 10


def add_scan(*, actor: Actor, plan: Plan, file_name: str, content: bytes, key: str = "") -> int:
    """Keep a scan of an issued plan; UnfriendlyFile or Refused if it is no PDF and no picture."""
    kind = recognise_evidence(content)
    if kind not in SCANNED:
        raise Refused(
            Sentence("Bản quét phải là tệp PDF, JPG hoặc PNG. Hãy quét bản đã ký rồi chọn lại.")
        )

    def write(line: OpenLine) -> int:
        fresh = lock_plan(plan)
        if fresh.state != State.ISSUED:
            raise Refused(Sentence("Kế hoạch chưa ban hành nên chưa có bản ký để đính kèm."))
        scans = fresh.files.filter(role=PlanFile.Role.SCAN, withdrawn=False)
        if scans.count() >= MOST_SCANS:
            raise Refused(
                Sentence("Kế hoạch đã có {most} bản quét. Hãy rút bớt bản cũ.", most=MOST_SCANS)
            )
        name = display_name(file_name)
        row = keep_file(actor, fresh, PlanFile.Role.SCAN, name, kind.ending, content)
        line.details = {"file": row.pk, "kind": row.kind, "size": row.size, "digest": row.digest}
        return row.pk

    return perform(actor, _deed("plans.add_scan", plan, key), write)


def withdraw_scan(*, actor: Actor, file: PlanFile, withdrawn: bool, key: str = "") -> int:
    """Take back a scan that was attached by mistake, or put it back; it stays kept."""

    def write(line: OpenLine) -> int:
        scans = PlanFile.objects.filter(pk=file.pk, role=PlanFile.Role.SCAN)
        if not scans.update(withdrawn=withdrawn):
            raise Refused(Sentence("Bản Word đã ban hành được giữ mãi, không rút được."))
        line.details = {"file": file.pk, "withdrawn": withdrawn}
        return file.pk

    return perform(actor, _deed("plans.withdraw_scan", file.plan, key), write)


def _deed(act: str, plan: Plan, key: str) -> Deed:
    right, subject = right_to_change(plan.unit), f"plan:{plan.pk}"
    return Deed(act, right, plan.unit, subject=subject, key=key)
