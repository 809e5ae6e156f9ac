"""The page of what a plan from above asks: ticked, taken, and said when it cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from chungtay.plans.models import Plan, PlanReading
from tests.web.today.test_today import text_of

pytestmark = pytest.mark.django_db

SEED = Path(__file__).parents[2] / "seeds" / "004_long_khanh_2024.txt"


@pytest.fixture
def officer(demo, client_of):
    return client_of(demo("canbo.quangtrung"))


@pytest.fixture
def address(officer):
    paper = SimpleUploadedFile("ke-hoach.txt", SEED.read_bytes())
    officer.post(reverse("plan_readings"), {"file": paper, "key": "k1"})
    return reverse("plan_reading_above", args=[PlanReading.objects.get().pk])


def test_the_reading_of_another_place_leads_to_what_it_asks(officer, address):
    look = officer.get(reverse("plan_reading", args=[PlanReading.objects.get().pk]))
    assert address in look.content.decode()
    text = text_of(officer.get(address))
    assert "498/KH-UBND giao cho" in text
    assert "Phân công (10)" in text
    assert "chưa chắc áp dụng cho riêng nơi mình" in text


def test_what_is_ticked_stands_in_the_plan(officer, address):
    plan = Plan.objects.get()
    done = officer.post(address, {"plan": plan.pk, "chosen": ["0"], "key": "k2"})
    assert done.headers["Location"] == reverse("plan_page", args=[plan.pk])
    assert "Đã lấy 1 điều từ kế hoạch cấp trên" in text_of(officer.get(done.headers["Location"]))
    assert plan.bases.filter(number="498/KH-UBND").count() == 1


def test_what_is_wrong_is_said_and_the_ticks_stay(officer, address):
    nothing = officer.post(address, {"plan": Plan.objects.get().pk, "key": "k2"})
    assert nothing.status_code == 422
    assert "Chưa chọn điều nào" in text_of(nothing)
    no_plan = officer.post(address, {"plan": "7", "chosen": ["0"], "key": "k3"})
    assert no_plan.status_code == 422
    assert "Hãy chọn kế hoạch nhận" in text_of(no_plan)
    assert no_plan.content.decode().count("checked") == 1


def test_without_an_open_plan_the_page_says_what_to_do(officer, address):
    Plan.objects.update(state=Plan.State.SUBMITTED)
    assert "chưa có kế hoạch nào đang soạn" in text_of(officer.get(address))
