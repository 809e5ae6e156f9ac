"""Issuing a plan: its paper is made with the number it gets, then both are kept in one act."""

from __future__ import annotations

from typing import Any

from chungtay.acts.refusing import NotAllowed
from chungtay.acts.services import Actor
from chungtay.plans.life import Issue, checked_issue, headed, issue_plan
from chungtay.plans.models import Plan
from chungtay.plans.states import right_to_approve
from chungtay.reports.plan_paper import draw_paper, paper_name
from chungtay.rulebook.wording import Sentence


def issue_with_paper(
    *, actor: Actor, plan: Plan, issue: Issue, expected_version: int, key: str = ""
) -> dict[str, Any]:
    """Issue an approved plan with its Word paper; refused where either cannot be.

    The paper is made before the act, which is Stale if the plan changed meanwhile. ContentError or
    TokenError if the wording cannot be filled, RenderingError if Word fails.
    """
    if not actor.may(right_to_approve(plan.unit), plan.unit):
        raise NotAllowed(Sentence("Tài khoản này không được ban hành kế hoạch này."))
    given = checked_issue(plan, issue)
    paper = draw_paper(plan, headed(plan.content, given))
    return issue_plan(
        actor=actor,
        plan=plan,
        issue=given,
        paper=paper,
        paper_name=paper_name(plan),
        expected_version=expected_version,
        key=key,
    )
