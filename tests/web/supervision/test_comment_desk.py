"""Comments on a draft on screen: taken down by the Front, settled by the officer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from chungtay.plans.models import Plan
from chungtay.staff.models import User
from chungtay.supervision.models import PlanComment

FORM = {
    "by": "Hội Nông dân xã",
    "on_day": "10",
    "on_month": "5",
    "on_year": "2023",
    "text": "Thêm hỗ trợ cây giống.",
    "key": "k1",
}


def text_of(client: Client, name: str, *args: Any) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def test_taken_down_then_settled(
    client_of: Callable[..., Client], plan: Plan, front: User, officer: User
) -> None:
    union = client_of(front)
    union.post(reverse("supervision_comment", args=[plan.pk]), FORM)
    comment = PlanComment.objects.get()
    assert "Ghi kết quả xem xét" not in text_of(union, "supervision_comment", plan.pk)
    client = client_of(officer)
    assert "Giảm nghèo bền vững" in text_of(client, "supervision_comments")
    address = reverse("supervision_settle", args=[comment.pk])
    form = {"outcome": "not_taken_up", "reason": "", "version": "1", "key": "k2"}
    answer = client.post(address, form)
    assert answer.status_code == 422
    assert "Không tiếp thu thì phải ghi vì sao." in answer.content.decode()
    client.post(address, form | {"reason": "Đã có ở mục 3.", "key": "k3"})
    assert "Đã có ở mục 3." in text_of(union, "supervision_comment", plan.pk)


def test_nothing_typed_is_lost(client_of: Callable[..., Client], plan: Plan, officer: User) -> None:
    form = FORM | {"on_year": "2999"}
    answer = client_of(officer).post(reverse("supervision_comment", args=[plan.pk]), form)
    assert answer.status_code == 422
    assert "chưa tới" in answer.content.decode()
    assert "Thêm hỗ trợ cây giống." in answer.content.decode()


def test_without_a_look_at_plans_there_is_no_such_page(
    client_of: Callable[..., Client], plan: Plan, head: User, outsider: User
) -> None:
    village = client_of(head)
    assert "Góp ý dự thảo" not in text_of(village, "supervision")
    assert village.get(reverse("supervision_comments")).status_code == 404
    for user in (head, outsider):
        answer = client_of(user).post(reverse("supervision_comment", args=[plan.pk]), FORM)
        assert answer.status_code == 404
    assert not PlanComment.objects.exists()
