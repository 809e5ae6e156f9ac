"""A district and a province read their own plans on screen, like a commune."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from chungtay.plans.models import Plan, PlanReading
from tests.web.today.test_today import text_of

pytestmark = pytest.mark.django_db

PAPER = Path(__file__).parents[2] / "seeds" / "002_tan_khai_2024.txt"


@pytest.mark.parametrize("account", ["phong.bimson", "so.thanhhoa"])
def test_the_plan_of_a_place_above_the_communes_is_read_and_made(account, demo, client_of):
    browser = client_of(demo(account))
    before = set(Plan.objects.values_list("pk", flat=True))
    paper = SimpleUploadedFile("ke-hoach.txt", PAPER.read_bytes())
    sent = browser.post(reverse("plan_readings"), {"file": paper, "key": "k1"})
    reading = PlanReading.objects.get()
    assert sent.headers["Location"] == reverse("plan_reading", args=[reading.pk])
    browser.post(reverse("plan_reading_rest", args=[reading.pk]), {"key": "k2"})
    made = browser.post(
        reverse("plan_reading_apply", args=[reading.pk]), {"edition": "1", "key": "k3"}
    )
    (plan,) = Plan.objects.exclude(pk__in=before)
    assert made.headers["Location"] == reverse("plan_page", args=[plan.pk])
    assert plan.unit == reading.unit
    assert plan.unit.level != "commune"
    assert "Đã ghi kế hoạch từ bản đọc" in text_of(browser.get(made.headers["Location"]))
