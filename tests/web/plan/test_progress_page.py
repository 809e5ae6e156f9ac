"""The lights on the plan's page, and the page on which progress is typed."""

from __future__ import annotations

import pytest
from django.urls import reverse

from chungtay.plans.models import Plan


@pytest.fixture
def city(demo_of):
    account = demo_of("long_khanh")
    return account, Plan.objects.select_related("unit").get(unit__level="district")


def text(answer):
    return " ".join(answer.content.decode().split())


@pytest.mark.django_db
def test_typed_progress_is_noted_shown_and_taken_back(client, city) -> None:
    account, plan = city
    client.force_login(account("phong.longkhanh"))
    address = reverse("plan_page", args=[plan.pk])
    path = reverse("plan_progress", args=[plan.pk, "officers_trained"])
    page = text(client.get(address))
    assert f'href="{path}"' in page
    assert "Chưa có số liệu, nên chưa biết nhanh hay chậm." in page
    form = {"value": "87,5", "source": "Báo cáo tập huấn", "key": "a"}
    form |= {"on_day": "1", "on_month": "7", "on_year": "2024"}
    done = client.post(path, form, follow=True)
    assert "Đã ghi tiến độ của chỉ tiêu." in text(done)
    assert "Theo Báo cáo tập huấn, tính đến 01/07/2024." in text(client.get(address))
    row = plan.targets.get(code="officers_trained").typed_progress.get()
    back = reverse("plan_progress_withdraw", args=[plan.pk, row.pk])
    assert "<s" in text(client.post(back, {"key": "b"}, follow=True))
    assert "Theo Báo cáo tập huấn" not in text(client.get(address))


@pytest.mark.django_db
def test_what_is_wrong_stands_at_its_field_and_stays_typed(client, city) -> None:
    account, plan = city
    client.force_login(account("phong.longkhanh"))
    path = reverse("plan_progress", args=[plan.pk, "officers_trained"])
    good = {"on_day": "1", "on_month": "7", "on_year": "2024", "source": "Báo cáo", "value": "5"}
    for wrong, said in (
        ({"value": "nhiều"}, "Số đã đạt “nhiều” không đọc được"),
        ({"source": ""}, "Chưa ghi nguồn số liệu"),
        ({"on_day": "31", "on_month": "2"}, "không có thật"),
    ):
        answer = client.post(path, good | wrong | {"key": "c"})
        assert answer.status_code == 422
        assert said in text(answer)
        assert 'value="2024"' in text(answer)


@pytest.mark.django_db
def test_who_only_reads_sees_the_history_and_no_form(client, city) -> None:
    account, plan = city
    client.force_login(account("so.dongnai"))
    path = reverse("plan_progress", args=[plan.pk, "officers_trained"])
    page = text(client.get(path))
    assert "Chưa ghi lần nào." in page
    assert "Nguồn số liệu</label>" not in page
    assert client.post(path, {"key": "d", "value": "1", "source": "x"}).status_code in (404, 422)
    assert not plan.targets.filter(typed_progress__isnull=False).exists()
