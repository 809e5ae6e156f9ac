"""The pages on which duties and deadlines of a plan are changed: wrong input, two people, undo."""

from __future__ import annotations

import pytest
from django.urls import reverse

from chungtay.plans.models import Plan, PlanDuty
from chungtay.web.journal.wording import ACTS
from tests.web.today.test_today import text_of

pytestmark = pytest.mark.django_db

DUTY = {"number": "3.1", "offices": "Các thôn\nTrạm Y tế", "role": "lead", "text": "Rà soát hộ"}
DUE = {"what": "Báo cáo", "date": "20/06/2023", "comparator": "before", "to": "UBND xã"}


@pytest.fixture
def officer(demo, client_of):
    return client_of(demo("canbo.quangtrung"))


@pytest.fixture
def plan(officer) -> Plan:
    return Plan.objects.get()


@pytest.fixture
def row(officer, plan) -> PlanDuty:
    officer.post(reverse("plan_assign_add", args=[plan.pk, "viec"]), DUTY | {"key": "một"})
    return PlanDuty.objects.get()


def test_a_duty_and_a_deadline_are_added_by_hand(officer, plan, row):
    officer.post(reverse("plan_assign_add", args=[plan.pk, "han"]), DUE | {"key": "hai"})
    assert row.offices == ["Các thôn", "Trạm Y tế"]
    deadline = plan.deadlines.get()
    assert (deadline.due, deadline.receivers) == ("2023-06-20", ["UBND xã"])
    page = text_of(officer.get(reverse("plan_page", args=[plan.pk])))
    listed = text_of(officer.get(reverse("plan_assigning", args=[plan.pk])))
    assert "trước ngày 20/06/2023" in listed
    assert "mục 3.1" in listed
    assert "chủ trì: Rà soát hộ" in page
    assert "trước ngày 20/06/2023" in page
    assert "Phân công nhiệm vụ và thời hạn" in page


@pytest.mark.parametrize(
    ("sort", "typed", "said"),
    [
        ("viec", {"text": "Việc vừa gõ", "role": "lead"}, "Ô này không được để trống."),
        ("han", {"what": "Việc vừa gõ", "date": "31/02/2023"}, "không có thật"),
        ("han", {"what": "Việc vừa gõ"}, "Hãy ghi ngày phải xong"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(officer, plan, sort, typed, said):
    answer = officer.post(reverse("plan_assign_add", args=[plan.pk, sort]), typed | {"key": "một"})
    assert answer.status_code == 422
    assert said in answer.text
    assert "Việc vừa gõ" in answer.text
    assert officer.get(reverse("plan_assign_add", args=[plan.pk, "khac"])).status_code == 404


def test_who_comes_second_sees_both_and_loses_nothing(officer, plan, row):
    address = reverse("plan_assigned", args=[plan.pk, "viec", row.pk])
    officer.post(address, DUTY | {"text": "Chữ người kia", "version": 1, "key": "hai"})
    answer = officer.post(address, DUTY | {"text": "Chữ của tôi", "version": 1, "key": "ba"})
    assert answer.status_code == 409
    assert "vừa được người khác sửa" in answer.text
    assert "Chữ của tôi" in answer.text
    assert "Chữ người kia" in text_of(answer)


def test_a_row_is_taken_out_and_put_back(officer, plan, row):
    move = reverse("plan_assigned_move", args=[plan.pk, "viec", row.pk])
    officer.post(move, {"do": "withdraw", "version": 1, "key": "hai"})
    page = officer.get(reverse("plan_assigning", args=[plan.pk])).text
    assert "Đã bỏ: 1" in page
    officer.post(move, {"do": "restore", "version": 2, "key": "ba"})
    assert PlanDuty.objects.filter(withdrawn=False).count() == 1
    late = officer.post(move, {"do": "withdraw", "version": 1, "key": "bốn"}, follow=True)
    assert "vừa được người khác sửa" in late.text


def test_a_closed_plan_shows_its_rows_without_forms(officer, plan, row):
    Plan.objects.update(state=Plan.State.SUBMITTED)
    page = officer.get(reverse("plan_assigning", args=[plan.pk])).text
    assert "Rà soát hộ" in page
    assert "chưa sửa được" in page
    assert "Thêm phân công" not in page


def test_the_outsider_meets_a_missing_page(demo, plan, row, client_of):
    client = client_of(demo("canbo.phuson"))
    assert client.get(reverse("plan_assigning", args=[plan.pk])).status_code == 404
    address = reverse("plan_assigned", args=[plan.pk, "viec", row.pk])
    assert client.post(address, DUTY | {"version": 1}).status_code == 404


def test_a_row_of_another_plan_is_missing(officer, plan, row):
    other = Plan.objects.create(unit=plan.unit, year=2024, subject="khác", content={})
    assert officer.get(reverse("plan_assigned", args=[other.pk, "viec", row.pk])).status_code == 404


@pytest.mark.parametrize("verb", ["add", "change", "withdraw", "restore", "move"])
@pytest.mark.parametrize("what", ["duty", "deadline"])
def test_every_act_on_a_row_has_its_sentence(verb, what):
    assert f"plans.{verb}_{what}" in ACTS
