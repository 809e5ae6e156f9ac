"""Acts of a plan's life: submitted, taken back, returned, approved, issued."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from chungtay.acts import sealing
from chungtay.acts.refusing import Refused, Stale
from chungtay.acts.services import Actor, Deed, OpenLine, perform
from chungtay.files.evidence import DOCX
from chungtay.plans.amending import carry_handings
from chungtay.plans.blanks import refuse_unfilled
from chungtay.plans.cells import Cells
from chungtay.plans.contradictions import contradictions_of
from chungtay.plans.models import Plan, PlanFile, PlanVersion
from chungtay.plans.services import lock_plan, right_to_change, step_plan
from chungtay.plans.states import OPEN, State, right_to_approve
from chungtay.plans.versions import keep_version
from chungtay.rulebook.paper_numbers import register_number
from chungtay.rulebook.wording import Sentence, vi_date

PURPOSE = "plans/file"
Step = PlanVersion.Step
Answer = dict[str, Any]


@dataclass(frozen=True)
class Issue:
    """What is given to a plan once, when it is issued."""

    number: str
    symbol: str
    on: date
    place: str
    signer: str = ""


def errors_of(plan: Plan, cells: Cells | None = None) -> tuple[Sentence, ...]:
    """What in a plan no other number could mend: its own numbers contradict each other."""
    return contradictions_of(cells or Cells.of(plan))


def submit_plan(
    *,
    actor: Actor,
    plan: Plan,
    comment: str = "",
    despite: str = "",
    expected_version: int,
    key: str = "",
) -> Answer:
    """Submit a plan for approval; with contradictions in its numbers only with the reason why."""

    def write(line: OpenLine) -> Answer:
        fresh = _expect(plan, expected_version, OPEN)
        refuse_unfilled(fresh)
        errors = errors_of(fresh)
        if errors and not despite:
            raise Refused(
                Sentence(
                    "Kế hoạch còn {count} chỗ mâu thuẫn. Hãy sửa, hoặc ghi vì sao vẫn trình.",
                    count=len(errors),
                )
            )
        fresh.state, fresh.submitted_by_id = State.SUBMITTED, actor.user_id
        line.details = {"errors": len(errors)}
        return _stepped(actor, fresh, Step.SUBMISSION, comment, despite if errors else "")

    return perform(actor, _deed("plans.submit", plan, key, reason=comment), write)


def take_plan_back(*, actor: Actor, plan: Plan, expected_version: int, key: str = "") -> Answer:
    """Take a submitted plan back to change it; only who submitted it does."""

    def write(_line: OpenLine) -> Answer:
        fresh = _expect(plan, expected_version, {State.SUBMITTED})
        if fresh.submitted_by_id != actor.user_id:
            raise Refused(
                Sentence(
                    "Chỉ người đã trình mới rút lại được kế hoạch. Hãy nhờ người duyệt trả lại."
                )
            )
        fresh.state = State.DRAFT
        return _stepped(actor, fresh, Step.RECALL)

    return perform(actor, _deed("plans.take_plan_back", plan, key), write)


def return_plan(
    *, actor: Actor, plan: Plan, remarks: str, expected_version: int, key: str = ""
) -> Answer:
    """Return a plan with remarks, so that it is mended; one approved too, until it is issued."""

    def write(_line: OpenLine) -> Answer:
        fresh = _expect(plan, expected_version, {State.SUBMITTED, State.APPROVED})
        if not remarks:
            raise Refused(Sentence("Trả lại cần ý kiến, để người soạn biết phải sửa gì."))
        fresh.state = State.RETURNED
        return _stepped(actor, fresh, Step.RETURN, remarks)

    return perform(actor, _decided("plans.return_plan", plan, key, reason=remarks), write)


def approve_plan(
    *, actor: Actor, plan: Plan, comment: str = "", expected_version: int, key: str = ""
) -> Answer:
    """Approve a plan as it was submitted; nothing of it changes from now on."""

    def write(_line: OpenLine) -> Answer:
        fresh = _expect(plan, expected_version, {State.SUBMITTED})
        refuse_unfilled(fresh)
        fresh.state = State.APPROVED
        return _stepped(actor, fresh, Step.APPROVAL, comment)

    return perform(actor, _decided("plans.approve_plan", plan, key, reason=comment), write)


def checked_issue(plan: Plan, issue: Issue) -> Issue:
    """An issue with its number as it is compared (05 and 5 are one); Refused if it cannot be."""
    number = register_number(issue.number)
    if number is None:
        raise Refused(Sentence("Số của kế hoạch phải là chữ số, ví dụ 12 hoặc 12a."))
    if not issue.symbol or not issue.place:
        raise Refused(Sentence("Ban hành cần đủ ký hiệu và nơi ban hành; hãy ghi thêm."))
    if issue.on > timezone.localdate():
        raise Refused(Sentence("Ngày ban hành không thể sau hôm nay; hãy ghi lại."))
    if plan.amends is not None and plan.amends.issued_on and issue.on < plan.amends.issued_on:
        raise Refused(
            Sentence(
                "Kế hoạch được sửa đổi ban hành ngày {day}; bản sửa đổi không thể trước ngày đó.",
                day=vi_date(plan.amends.issued_on),
            )
        )
    taken = Plan.objects.filter(
        unit=plan.unit_id, issued_year=issue.on.year, number=number, state=State.ISSUED
    )
    if taken.exists():
        raise Refused(
            Sentence(
                "Số {number} của năm {year} đã cấp cho một kế hoạch khác. Hãy ghi số khác.",
                number=number,
                year=str(issue.on.year),
            )
        )
    return Issue(number, issue.symbol, issue.on, issue.place, issue.signer)


def headed(content: dict[str, Any], issue: Issue) -> dict[str, Any]:
    """A plan's wording with number, symbol, place, day and signer as it is issued."""
    given = {"number": issue.number, "symbol": issue.symbol, "place": issue.place}
    signature = content.get("signature", {})
    return content | {
        "head": content.get("head", {}) | given,
        "issued": {"year": issue.on.year, "date": issue.on.isoformat()},
        "signature": signature | ({"name": issue.signer} if issue.signer else {}),
    }


def issue_plan(
    *,
    actor: Actor,
    plan: Plan,
    issue: Issue,
    paper: bytes,
    paper_name: str,
    expected_version: int,
    key: str = "",
) -> Answer:
    """Issue an approved plan: number, symbol and day for good, its paper kept as it is.

    What the plan it amends handed down goes on under it.
    """

    def write(line: OpenLine) -> Answer:
        fresh = _expect(plan, expected_version, {State.APPROVED})
        refuse_unfilled(fresh)
        given = checked_issue(fresh, issue)
        fresh.state, fresh.number, fresh.symbol = State.ISSUED, given.number, given.symbol
        fresh.issued_on, fresh.issued_year = given.on, given.on.year
        fresh.content = headed(fresh.content, given)
        answer = _stepped(actor, fresh, Step.ISSUING)
        file = keep_file(actor, fresh, PlanFile.Role.AS_ISSUED, paper_name, DOCX.ending, paper)
        line.details = {
            "number": fresh.said_number,
            "issued_on": given.on.isoformat(),
            "digest": file.digest,
        }
        if fresh.amends_id is not None:
            line.details["handed_down"] = carry_handings(fresh)
        return answer

    return perform(actor, _decided("plans.issue", plan, key), write)


def keep_file(
    actor: Actor, plan: Plan, role: str, name: str, kind: str, content: bytes
) -> PlanFile:
    """Keep a paper of a plan, sealed; only ever inside an open act."""
    salt = sealing.new_salt()
    return PlanFile.objects.create(
        plan=plan,
        role=role,
        name=name,
        kind=kind,
        size=len(content),
        digest=hashlib.sha256(content).hexdigest(),
        salt=salt,
        sealed=sealing.seal(PURPOSE, content, bound_to=_bound_to(plan.pk), salt=salt),
        by=actor.name,
        at=timezone.now(),
    )


def issued_paper(plan: Plan) -> PlanFile | None:
    """A plan's paper as it was issued; None while it is not."""
    return plan.files.filter(role=PlanFile.Role.AS_ISSUED).first()


def content_of(file: PlanFile) -> bytes:
    """What was kept, byte for byte; Refused where the key it was sealed with is gone."""
    try:
        return sealing.unseal(
            PURPOSE, bytes(file.sealed), bound_to=_bound_to(file.plan_id), salt=bytes(file.salt)
        )
    except sealing.Unreadable as error:
        raise Refused(
            Sentence(
                "Không mở được tệp “{name}”: dữ liệu đã được khôi phục mà không có khóa cũ. "
                "Hãy dùng bản đã in hoặc đã tải.",
                name=file.name,
            )
        ) from error


def _bound_to(plan_id: int) -> bytes:
    return f"plan:{plan_id}".encode()


def _expect(plan: Plan, expected_version: int, states: Collection[str]) -> Plan:
    fresh = lock_plan(plan)
    if fresh.state not in states:
        raise Refused(
            Sentence(
                "Kế hoạch {state} nên không làm được bước này. Hãy mở lại trang kế hoạch để xem.",
                state=str(State(fresh.state).label),
            )
        )
    if fresh.version != expected_version:
        raise Stale(
            Sentence(
                "Kế hoạch vừa được người khác sửa trong lúc trang đang mở. Hãy xem lại kế hoạch "
                "như đang lưu, rồi làm lại bước này."
            )
        )
    return fresh


def _stepped(actor: Actor, plan: Plan, step: str, why: str = "", despite: str = "") -> Answer:
    step_plan(plan)
    keep_version(actor, plan, step, why, despite)
    return {"plan": plan.pk, "version": plan.version}


def _deed(act: str, plan: Plan, key: str, reason: str = "") -> Deed:
    right, subject = right_to_change(plan.unit), f"plan:{plan.pk}"
    return Deed(act, right, plan.unit, subject=subject, key=key, reason=reason)


def _decided(act: str, plan: Plan, key: str, reason: str = "") -> Deed:
    right, subject = right_to_approve(plan.unit), f"plan:{plan.pk}"
    return Deed(act, right, plan.unit, subject=subject, key=key, reason=reason)
