"""The demonstration's supervision and papers: recorded once, so that no page is empty."""

from __future__ import annotations

from datetime import date

import pytest

from chungtay.acts.services import System
from chungtay.demo.loading import load_demo
from chungtay.demo.supervising import load_supervision
from chungtay.reports.letters.models import OfficePaper
from chungtay.supervision.models import (
    Activity,
    Inspection,
    InspectionFinding,
    Petition,
    TrainingSeat,
)
from chungtay.tasks.models import Task

pytestmark = pytest.mark.django_db


def test_it_stands_once_with_its_tasks_and_its_paper(system: System) -> None:
    load_demo(actor=system, places=("quang_trung",))
    assert load_supervision(today=date(2026, 11, 25), places=("quang_trung",)) == 0
    assert Inspection.objects.count() == 2
    closed = list(InspectionFinding.objects.order_by("pk").values_list("closed_on", flat=True))
    assert closed == [date(2023, 6, 20), None]
    tasks = Task.objects.filter(subject_key__startswith="supervision.finding:")
    assert list(tasks.order_by("pk").values_list("progress", flat=True)) == ["done", "not_open"]
    assert Petition.objects.get().state == "answered"
    assert Activity.objects.count() == 2
    assert TrainingSeat.objects.filter(attended=True).count() == 1
    papers = list(OfficePaper.objects.order_by("pk").values_list("kind", "state"))
    assert papers == [("conclusion", "issued"), ("invitation", "draft")]
    assert bytes(OfficePaper.objects.get(state="issued").printed or b"")
