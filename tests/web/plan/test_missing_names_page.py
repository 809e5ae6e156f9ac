"""The reason for missing names on its page and on the plan's."""

from __future__ import annotations

import pytest
from django.urls import reverse

from chungtay.plans.models import Plan


@pytest.fixture
def plan(demo):
    return Plan.objects.select_related("unit").get(unit__code="14824")


def text(answer):
    return " ".join(answer.content.decode().split())


@pytest.mark.django_db
def test_a_reason_is_asked_for_said_and_shown(client, demo, plan) -> None:
    client.force_login(demo("canbo.quangtrung"))
    path = reverse("plan_reason", args=[plan.pk, "poor"])
    before = text(client.get(reverse("plan_page", args=[plan.pk])))
    assert f'href="{path}"' in before
    assert "còn thiếu tên 1 hộ." in before
    empty = client.post(path, {"text": " ", "version": "0", "key": "a"})
    assert empty.status_code == 422
    assert "Chưa ghi lý do" in text(empty)
    done = text(
        client.post(path, {"text": "Thôn chưa họp", "version": "0", "key": "b"}, follow=True)
    )
    assert "Đã ghi lý do còn thiếu tên" in done
    assert "Lý do: Thôn chưa họp (" in done
    assert "mới có tên 4 hộ" not in done
    stale = client.post(path, {"text": "Người thứ hai", "version": "0", "key": "c"})
    assert stale.status_code == 409
    assert "Người thứ hai" in text(stale)
    assert "Đang ghi: Thôn chưa họp" in text(stale)


@pytest.mark.django_db
def test_who_may_not_change_the_plan_reads_the_reason_only(client, demo, plan) -> None:
    client.force_login(demo("chutich.quangtrung"))
    path = reverse("plan_reason", args=[plan.pk, "poor"])
    assert path not in text(client.get(reverse("plan_page", args=[plan.pk])))
    assert client.get(path).status_code == 404


@pytest.mark.django_db
def test_a_promise_that_has_its_names_asks_for_none(client, demo, plan) -> None:
    client.force_login(demo("canbo.quangtrung"))
    assert client.get(reverse("plan_reason", args=[plan.pk, "khong-co"])).status_code == 404
