"""What a city's plan asks of "UBND các phường, xã", taken into the plan of one of its wards."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from chungtay.acts.refusing import NotAllowed, Refused
from chungtay.places.queries import unit_by_code
from chungtay.plans.cells import Cells, TargetCell
from chungtay.plans.models import Plan, PlanReading
from chungtay.plans.services import open_plan
from chungtay.plans.staged.above import BASIS, asked_of_place, is_meant, take_from_above
from chungtay.plans.staged.services import correct_datum, stage_reading

pytestmark = [pytest.mark.django_db, pytest.mark.database]

SEED = Path(__file__).resolve().parents[2] / "seeds" / "004_long_khanh_2024.txt"
XUAN_AN = "26080"


@pytest.fixture
def ward(system):
    return unit_by_code(XUAN_AN, date(2024, 1, 1))


@pytest.fixture
def officer(ward, hire, acting):
    return acting(hire("officer", ward))


@pytest.fixture
def reading(ward, officer):
    pk = stage_reading(
        actor=officer, unit=ward, file_name="ke-hoach.txt", content=SEED.read_bytes()
    )
    return PlanReading.objects.get(pk=pk)


@pytest.fixture
def plan(ward, officer):
    pk = open_plan(
        actor=officer,
        unit=ward,
        year=2024,
        subject="Giảm nghèo bền vững năm 2024",
        content={},
        cells=Cells(None, (TargetCell("poor", opening=9, reduction=2),)),
    )
    return Plan.objects.get(pk=pk)


def taken(officer, reading, plan, chosen):
    return take_from_above(actor=officer, reading=reading, plan=plan, chosen=chosen)


def test_what_is_asked_of_wards_is_proposed_to_a_ward(reading):
    proposals = asked_of_place(reading)
    by_group = {group: [p for p in proposals if p.group == group] for group in ("basis", "duty")}
    (basis,) = by_group["basis"]
    assert basis.values["number"] == "498/KH-UBND"
    assert basis.values["date"] == "2024-04-01"
    assert "Long Khánh" in basis.values["issuer"]
    assert len(by_group["duty"]) == 10
    assert all(
        any("phường, xã" in office for office in one.values["offices"]) for one in by_group["duty"]
    )
    shares = [p for p in proposals if p.group == "target"]
    assert shares
    assert not any(one.sure for one in shares)


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("UBND các phường, xã", True),
        ("Ủy ban nhân dân các xã, phường, thị trấn", True),
        ("UBND các địa phương", True),
        ("UBND phường Xuân An", True),
        ("UBND phường Xuân Bình", False),
        ("UBND thành phố", False),
        ("Công chức văn hóa – xã hội phường", False),
        ("Phòng Kinh tế", False),
    ],
)
def test_who_is_meant(ward, words, meant):
    assert ward.name == "Phường Xuân An"
    assert is_meant(ward, words) is meant


def test_what_is_chosen_stands_in_the_plan_with_its_source(officer, reading, plan):
    proposals = asked_of_place(reading)
    chosen = [one.id for one in proposals if one.group in {"basis", "duty"}]
    share = next(
        one for one in proposals if one.group == "target" and one.values["population"] == "poor_a"
    )
    with pytest.raises(Refused, match="phần trăm của số hộ nào"):
        taken(officer, reading, plan, [*chosen, share.id])
    assert not plan.bases.exists()
    correct_datum(
        actor=officer,
        reading=reading,
        datum_id=share.id,
        values=share.values | {"base_count": 12},
        expected_version=None,
    )
    done = taken(officer, reading, plan, [*chosen, share.id])
    assert done == {"new": 12, "standing": 0}
    basis = plan.bases.get()
    assert basis.text.startswith("Căn cứ Kế hoạch số 498/KH-UBND ngày 01/04/2024 của")
    assert {one.asked_by for one in plan.duties.all()} == {"498/KH-UBND"}
    assert {tuple(one.offices) for one in plan.duties.all()} == {("Phường Xuân An",)}
    first, second = Cells.of(plan).targets
    assert (first.code, first.reduction) == ("poor", 2)
    assert second.meaning.assigned_by == "498/KH-UBND"
    assert second.value == 35


def test_taken_twice_it_stands_once(officer, reading, plan):
    chosen = [one.id for one in asked_of_place(reading) if one.sure]
    first = taken(officer, reading, plan, chosen)
    assert taken(officer, reading, plan, chosen) == {"new": 0, "standing": first["new"]}
    assert plan.bases.count() == 1


def test_nothing_chosen_another_place_and_a_closed_plan_are_refused(
    officer, reading, plan, phu_son
):
    with pytest.raises(Refused, match="Chưa chọn"):
        taken(officer, reading, plan, [])
    Plan.objects.filter(pk=plan.pk).update(state=Plan.State.SUBMITTED)
    with pytest.raises(Refused, match="đang trình duyệt"):
        taken(officer, reading, plan, [BASIS])
    Plan.objects.filter(pk=plan.pk).update(state=Plan.State.DRAFT, unit=phu_son)
    with pytest.raises(Refused, match="không phải của nơi"):
        taken(officer, reading, Plan.objects.get(pk=plan.pk), [BASIS])


def test_who_may_not_change_the_plan_takes_nothing(reading, plan, ward, hire, acting):
    chairman = acting(hire("chairman", ward))
    with pytest.raises(NotAllowed):
        taken(chairman, reading, plan, [BASIS])
    assert not plan.bases.exists()
