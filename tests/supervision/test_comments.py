"""Comments on drafts: taken down, settled with the reason, seen by who sees the plan."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from chungtay.acts.refusing import NotAllowed, Refused, Stale
from chungtay.places.models import Unit
from chungtay.plans.models import Plan
from chungtay.staff.models import User
from chungtay.staff.policy import PostActor
from chungtay.supervision.models import PlanComment
from chungtay.supervision.queries.comments import commented_plans, comments_on, comments_seen_by
from chungtay.supervision.services.comments import (
    CommentInput,
    comment_on_plan,
    restore_comment,
    settle_comment,
    withdraw_comment,
)
from tests.supervision.conftest import ON, TODAY

pytestmark = pytest.mark.database
Acting = Callable[[User], PostActor]
GIVEN = CommentInput("Hội Nông dân xã", ON, "Thêm hỗ trợ cây giống.")


@pytest.fixture
def comment(plan: Plan, front: User, acting: Acting) -> PlanComment:
    """What the Front took down of a draft."""
    made = comment_on_plan(actor=acting(front), plan=plan, given=GIVEN, today=TODAY)
    return PlanComment.objects.select_related("plan__unit").get(pk=made)


def test_what_became_of_it_is_said_by_who_may_change_the_plan(
    comment: PlanComment, officer: User, front: User, acting: Acting
) -> None:
    words = {"comment": comment, "outcome": "not_taken_up", "expected_version": 1}
    with pytest.raises(Refused, match="phải ghi vì sao"):
        settle_comment(actor=acting(officer), reason=" ", **words)
    with pytest.raises(NotAllowed):
        settle_comment(actor=acting(front), reason="Không có tiền", **words)
    assert settle_comment(actor=acting(officer), reason="Đã có ở mục 3", **words) == 2
    with pytest.raises(Stale):
        settle_comment(actor=acting(officer), reason="Khác", **words)
    comment.refresh_from_db()
    assert (comment.outcome, comment.reason) == ("not_taken_up", "Đã có ở mục 3")


def test_the_plans_count_what_is_left(
    comment: PlanComment, plan: Plan, officer: User, acting: Acting, quang_trung: Unit
) -> None:
    def counts() -> tuple[int, int]:
        counted = commented_plans(acting(officer), [quang_trung], 2023).get()
        return counted.comment_count, counted.left_count

    comment_on_plan(actor=acting(officer), plan=plan, given=GIVEN, today=TODAY)
    assert counts() == (2, 2)
    actor = acting(officer)
    settle_comment(actor=actor, comment=comment, outcome="taken_up", reason="", expected_version=1)
    assert counts() == (2, 1)
    withdraw_comment(actor=actor, comment=comment, reason="Ghi hai lần", expected_version=2)
    assert counts() == (1, 1)
    restore_comment(actor=actor, comment=comment, expected_version=3)
    assert counts() == (2, 1)
    assert len(comments_on(plan)) == 2


def test_strangers_neither_read_nor_write(
    comment: PlanComment, plan: Plan, outsider: User, head: User, acting: Acting
) -> None:
    for user in (outsider, head):
        assert not comments_seen_by(acting(user)).exists()
        with pytest.raises(NotAllowed):
            comment_on_plan(actor=acting(user), plan=plan, given=GIVEN, today=TODAY)


def test_an_empty_comment_or_one_to_come_is_refused(
    plan: Plan, officer: User, acting: Acting
) -> None:
    for given, words in (
        (CommentInput("Thôn 2", ON, " "), "nội dung góp ý"),
        (CommentInput("Thôn 2", date(2023, 8, 1), "Thêm vốn"), "chưa tới"),
    ):
        with pytest.raises(Refused, match=words):
            comment_on_plan(actor=acting(officer), plan=plan, given=given, today=TODAY)
    assert not PlanComment.objects.exists()


def test_the_database_holds_that_a_refusal_says_why(comment: PlanComment) -> None:
    with pytest.raises(IntegrityError, match="says_why"), transaction.atomic():
        PlanComment.objects.filter(pk=comment.pk).update(outcome="not_taken_up")
    with pytest.raises(IntegrityError, match="says_something"), transaction.atomic():
        PlanComment.objects.filter(pk=comment.pk).update(by="")
