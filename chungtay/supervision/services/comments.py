"""Acts on comments on a plan's draft: taking them down, settling, withdrawing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from chungtay.acts.refusing import Refused
from chungtay.acts.services import Actor, Deed, OpenLine, perform
from chungtay.plans.models import Plan
from chungtay.plans.services import right_to_change
from chungtay.rulebook.wording import Sentence, vi_date
from chungtay.supervision.models import CommentOutcome, PlanComment
from chungtay.supervision.queries.petitions import PROPOSE
from chungtay.supervision.services import rows


@dataclass(frozen=True)
class CommentInput:
    """Who said what of a draft, on which day."""

    by: str
    on: date
    text: str


def comment_on_plan(
    *, actor: Actor, plan: Plan, given: CommentInput, today: date, key: str = ""
) -> int:
    """Take down a comment on a plan; Refused without words or from a day to come."""
    if not given.by.strip() or not given.text.strip():
        raise Refused(Sentence("Hãy ghi cả nơi góp ý và nội dung góp ý."))
    if given.on > today:
        raise Refused(Sentence("Ngày góp ý {on} chưa tới.", on=vi_date(given.on)))

    def write(line: OpenLine) -> int:
        made = PlanComment.objects.create(
            plan=plan, by=given.by, on=given.on, text=given.text, recorded_by=actor.name
        )
        line.details = {"comment": made.pk, "on": given.on.isoformat()}
        return made.pk

    deed = Deed("supervision.comment_on_plan", PROPOSE, plan.unit, f"plan:{plan.pk}", key)
    return perform(actor, deed, write)


def settle_comment(
    *,
    actor: Actor,
    comment: PlanComment,
    outcome: str,
    reason: str,
    expected_version: int,
    key: str = "",
) -> int:
    """Say what became of a comment; what is not taken up says why. Its new version."""
    if outcome == CommentOutcome.NOT_TAKEN_UP and not reason.strip():
        raise Refused(Sentence("Không tiếp thu thì phải ghi vì sao."))

    def write(line: OpenLine) -> int:
        fresh = rows.standing(comment, expected_version)
        line.details = {"comment": fresh.pk, "before": fresh.outcome, "after": outcome}
        fresh.outcome, fresh.reason, fresh.settled_by = outcome, reason, actor.name
        return rows.saved(fresh)

    return perform(actor, _deed("supervision.settle_comment", comment, key), write)


def withdraw_comment(
    *, actor: Actor, comment: PlanComment, reason: str, expected_version: int, key: str = ""
) -> int:
    """Withdraw a comment taken down by mistake; its new version."""
    rows.need_reason(reason)

    def write(line: OpenLine) -> int:
        line.details = {"comment": comment.pk}
        return rows.withdraw(comment, reason, expected_version)

    return perform(actor, _deed("supervision.withdraw_comment", comment, key, reason), write)


def restore_comment(
    *, actor: Actor, comment: PlanComment, expected_version: int, key: str = ""
) -> int:
    """Use a withdrawn comment again; its new version."""

    def write(line: OpenLine) -> int:
        line.details = {"comment": comment.pk}
        return rows.restore(comment, expected_version)

    return perform(actor, _deed("supervision.restore_comment", comment, key), write)


def _deed(act: str, comment: PlanComment, key: str, reason: str = "") -> Deed:
    """Whoever may change the plan settles what was said of it."""
    plan = comment.plan
    right = right_to_change(plan.unit)
    return Deed(act, right, plan.unit, f"plan:{plan.pk}", key, reason)
