"""Two people correct what was read, or make it a plan twice: each is told, nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from chungtay.plans.models import Plan, PlanReading
from tests.web.today.test_today import text_of

pytestmark = pytest.mark.django_db

SEED = Path(__file__).parents[2] / "seeds" / "000_quang_trung_2023.txt"


@pytest.fixture
def officer(demo, client_of):
    return client_of(demo("canbo.quangtrung"))


def read_by(client, key: str) -> PlanReading:
    paper = SimpleUploadedFile("ke-hoach.txt", SEED.read_bytes())
    client.post(reverse("plan_readings"), {"file": paper, "key": key})
    return PlanReading.objects.order_by("-staged_at").first()


def boxes_of(client, address) -> dict[str, str]:
    """The recipient's form as it was shown."""
    version = client.get(address).text.split('name="version" value="')[1].split('"')[0]
    return {"version": version, "note": ""}


def test_the_second_of_two_contradicting_corrections_is_told_with_both(officer):
    reading = read_by(officer, "k1")
    datum = reading.data.filter(group="recipient").first()
    address = reverse("plan_datum", args=[reading.pk, datum.pk])
    form = boxes_of(officer, address)
    officer.post(address, form | {"name": "UBND thị xã Bỉm Sơn", "key": "một"})
    late = officer.post(address, form | {"name": "HĐND thị xã", "key": "hai"})
    assert late.status_code == 409
    assert 'value="HĐND thị xã"' in late.text
    assert "Bản đang lưu: " in text_of(late)
    assert "UBND thị xã Bỉm Sơn" in text_of(late)
    again = officer.post(address, boxes_of(officer, address) | {"name": "HĐND thị xã", "key": "ba"})
    assert again.status_code == 302


def test_the_same_plan_read_twice_becomes_one_and_says_what_to_do(officer):
    first, second = read_by(officer, "k1"), read_by(officer, "k2")
    for reading in (first, second):
        officer.post(reverse("plan_reading_rest", args=[reading.pk]), {"key": f"r{reading.pk}"})
    count = Plan.objects.count()
    officer.post(reverse("plan_reading_apply", args=[first.pk]), {"edition": "1", "key": "a1"})
    late = officer.post(
        reverse("plan_reading_apply", args=[second.pk]), {"edition": "1", "key": "a2"}, follow=True
    )
    assert Plan.objects.count() == count + 1
    assert "đã có kế hoạch này của năm 2023, lần ban hành 1" in text_of(late)
    assert "hãy ghi lần ban hành 2" in text_of(late)
    second.refresh_from_db()
    assert second.state == PlanReading.State.STAGED
