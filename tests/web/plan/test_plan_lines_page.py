"""The form of a money line, and its taking out and putting back on the plan's page."""

from __future__ import annotations

import pytest
from django.urls import reverse

from chungtay.plans.models import Plan
from tests.web.today.test_today import text_of

pytestmark = pytest.mark.django_db

LINE = {"purpose": "Hỗ trợ nhà ở", "amount_vnd": "44.000.000", "source": "central_budget"}


@pytest.fixture
def officer(demo, client_of):
    return client_of(demo("canbo.quangtrung"))


@pytest.fixture
def plan(officer) -> Plan:
    return Plan.objects.get()


def test_a_line_is_added_taken_out_and_put_back(officer, plan):
    add = reverse("plan_line_add", args=[plan.pk])
    assert officer.get(add).status_code == 200
    assert officer.post(add, LINE | {"key": "một"}).headers["Location"].endswith("#kinh-phi")
    row = plan.lines.get()
    assert (row.amount_vnd, row.source, row.stage) == (44_000_000, "central_budget", "")
    page = officer.get(reverse("plan_page", args=[plan.pk]))
    assert "Hỗ trợ nhà ở" in text_of(page)
    turn = reverse("plan_line_withdraw", args=[plan.pk])
    officer.post(turn, {"line": row.code, "do": "withdraw", "key": "hai"})
    row.refresh_from_db()
    assert row.withdrawn
    assert "(đã bỏ)" in officer.get(reverse("plan_page", args=[plan.pk])).text
    officer.post(turn, {"line": row.code, "do": "restore", "key": "ba"})
    row.refresh_from_db()
    assert not row.withdrawn
    late = officer.post(turn, {"line": row.code, "do": "restore", "key": "bốn"}, follow=True)
    assert "vừa được người khác bỏ hoặc lấy lại" in late.text


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(officer, plan):
    answer = officer.post(
        reverse("plan_line_add", args=[plan.pk]), LINE | {"amount_vnd": "nhiều", "key": "một"}
    )
    assert answer.status_code == 422
    assert "không phải một số" in answer.text
    assert 'value="Hỗ trợ nhà ở"' in answer.text
    assert not plan.lines.exists()
