"""From the plan's page to tasks: taken from the text, ticked, corrected, opened, followed."""

from __future__ import annotations

import pytest
from django.urls import reverse
from lxml import html

from chungtay.plans.models import Plan, PlanDuty
from chungtay.tasks.models import Task
from chungtay.tasks.services import set_progress


@pytest.fixture
def plan(demo):
    return Plan.objects.select_related("unit").get(unit__code="14824")


@pytest.fixture
def officer(client, demo, plan):
    client.force_login(demo("canbo.quangtrung"))
    return client


def take(client, plan):
    return client.post(reverse("plan_take_duties", args=[plan.pk]), {"key": "lay"}, follow=True)


def text(answer):
    return answer.content.decode()


def fields(client, plan):
    """The form of the bridge as it is first shown: names and values."""
    page = html.fromstring(text(client.get(reverse("plan_duties", args=[plan.pk]))))
    form = next(one for one in page.forms if "viec1-title" in one.fields)
    return dict(form.form_values())


@pytest.mark.django_db
def test_a_plan_without_duties_offers_to_take_them_from_its_text(officer, plan) -> None:
    page = text(officer.get(reverse("plan_page", args=[plan.pk])))
    assert "Lấy phân công từ nội dung kế hoạch" in page
    assert "chưa có phân công" in text(officer.get(reverse("plan_duties", args=[plan.pk])))
    said = text(take(officer, plan))
    assert "Đã lấy 20 nhiệm vụ và 0 thời hạn" in said
    assert "Giao việc theo kế hoạch" in said
    assert "Kế hoạch này đã có phân công" in text(
        officer.post(reverse("plan_take_duties", args=[plan.pk]), {"key": "hai"}, follow=True)
    )
    assert plan.duties.count() == 20


@pytest.mark.django_db
def test_ticked_duties_become_tasks_and_the_plan_tells_their_state(
    officer, demo, plan, acting
) -> None:
    take(officer, plan)
    posted = fields(officer, plan)
    address = reverse("plan_duties", args=[plan.pk])
    chosen = {"viec13-tick": "1", "viec15-tick": "1", "viec13-title": "Bố trí kinh phí"}
    done = officer.post(address, posted | chosen, follow=True)
    assert "Đã mở 2 việc từ kế hoạch." in text(done)
    assert Task.objects.get(title="Bố trí kinh phí").parts.get().post.role == "finance_officer"
    task = Task.objects.select_related("unit__parent").get(title="Bố trí kinh phí")
    assert task.link == f"/ke-hoach/{plan.pk}#phan-cong"
    set_progress(
        actor=acting(demo("ketoan.quangtrung")),
        task=task,
        progress="done",
        on=task.last_day,
        expected_version=task.version,
    )
    page = text(officer.get(reverse("plan_page", args=[plan.pk])))
    assert "xong ngày 31/12/2023" in page
    again = text(officer.get(address))
    assert again.count("Đã giao:") == 2
    assert "viec13-tick" not in again


@pytest.mark.django_db
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(officer, plan) -> None:
    take(officer, plan)
    address = reverse("plan_duties", args=[plan.pk])
    posted = fields(officer, plan)
    wrong = {
        "viec1-tick": "1",
        "viec1-title": "Việc sửa dở",
        "viec1-due_day": "31",
        "viec1-due_month": "2",
        "viec2-title": "Chưa đánh dấu",
    }
    answer = officer.post(address, posted | wrong)
    assert answer.status_code == 422
    page = text(answer)
    assert "Hạn 31/2/2023 không có thật" in page
    assert "Việc sửa dở" in page
    assert "Chưa đánh dấu" in page
    assert "Chưa chọn việc nào" in text(officer.post(address, posted))
    assert not Task.objects.filter(subject_key__startswith=f"plan:{plan.pk}:").exists()


@pytest.mark.django_db
def test_a_duty_without_an_office_asks_who_leads(officer, plan) -> None:
    PlanDuty.objects.create(plan=plan, position=1, offices=[], role="do", text="Rà soát hộ.")
    page = text(officer.get(reverse("plan_duties", args=[plan.pk])))
    assert "Chưa giao cho đơn vị nào" in page
    assert "chưa biết ai chủ trì" in page
    answer = officer.post(
        reverse("plan_duties", args=[plan.pk]), fields(officer, plan) | {"viec1-tick": "1"}
    )
    assert "Hãy chọn chức danh chủ trì" in text(answer)


@pytest.mark.django_db
def test_who_may_not_give_tasks_sees_neither_button_nor_page(client, demo, plan, officer) -> None:
    take(officer, plan)
    client.force_login(demo("ketoan.quangtrung"))
    assert "Giao việc theo kế hoạch" not in text(client.get(reverse("plan_page", args=[plan.pk])))
    assert client.get(reverse("plan_duties", args=[plan.pk])).status_code == 404
    assert (
        client.post(reverse("plan_take_duties", args=[plan.pk]), {"key": "ba"}).status_code == 404
    )


@pytest.mark.django_db
def test_tasks_of_others_are_not_told_on_the_plan(client, demo, plan, officer) -> None:
    take(officer, plan)
    posted = fields(officer, plan) | {"viec15-tick": "1", "viec15-office": "Hội Nông dân xã"}
    officer.post(reverse("plan_duties", args=[plan.pk]), posted)
    assert "Hội Nông dân xã</a>" in text(officer.get(reverse("plan_page", args=[plan.pk])))
    client.force_login(demo("ketoan.quangtrung"))
    assert "Hội Nông dân xã</a>" not in text(client.get(reverse("plan_page", args=[plan.pk])))
