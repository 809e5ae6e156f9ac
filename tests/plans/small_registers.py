"""Small registers for the four plans of 2024: as many households as a test needs, no more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from chungtay.acts.services import Actor
from chungtay.demo.plans import load_plan
from chungtay.households.models import Household, StatusSpell
from chungtay.households.writing import HouseholdInput, PersonInput, build_household, write_built
from chungtay.places.models import Unit
from chungtay.places.queries import unit_by_code, units_on
from chungtay.places.services import add_villages
from chungtay.plans.cells import Cells
from chungtay.plans.models import Plan

FIRST = date(2024, 1, 1)
DECIDED = date(2023, 12, 15)
NATIONAL, DONG_NAI = "nd-07-2021", "dong-nai-2022"
TWO_ENDED_WARDS = {"26071": "Phường Xuân Trung", "26074": "Phường Xuân Thanh"}


@dataclass(frozen=True)
class Row:
    """One household: its code, head, village, class and kind; the head's people."""

    code: str
    head: str
    village: str
    household_class: str = "poor"
    ethnicity: str = "Kinh"
    subclass: str = ""


def fill(commune: Unit, rows: Sequence[Row], standard: str = NATIONAL) -> list[Household]:
    """Write households with their class, decided at the end of 2023."""
    villages = {village.name: village for village in commune.children.filter(level="village")}
    built = [
        build_household(
            commune,
            HouseholdInput(
                village=villages.get(row.village),
                members=[PersonInput(row.head, relation="00", ethnicity=row.ethnicity)],
                code=row.code,
            ),
            DECIDED,
        )
        for row in rows
    ]
    write_built(built)
    households = [one.household for one in built]
    StatusSpell.objects.bulk_create(
        StatusSpell(
            household=household,
            standard=standard,
            household_class=row.household_class,
            subclass=row.subclass,
            valid_from=DECIDED,
            source=StatusSpell.Source.IMPORTED_LIST,
        )
        for household, row in zip(households, rows, strict=True)
    )
    return households


def leave(household: Household, household_class: str, on: date, standard: str = NATIONAL) -> None:
    """End a household's class and open another one, as a decision would."""
    before = household.statuses.get(standard=standard, valid_to=None)
    before.valid_to = on.replace(day=on.day - 1)
    before.save()
    StatusSpell.objects.create(
        household=household,
        standard=standard,
        household_class=household_class,
        valid_from=on,
        source=StatusSpell.Source.IMPORTED_LIST,
    )


def _commune(system: Actor, code: str, villages: Sequence[str]) -> Unit:
    commune = unit_by_code(code, FIRST)
    add_villages(actor=system, commune=commune, names=list(villages), valid_from=None)
    return commune


def tu_mo_rong(system: Actor) -> Plan:
    commune = _commune(system, "23422", [f"Thôn {number}" for number in range(1, 9)])
    poor = [
        Row(f"TM-{n}", f"A Brâm {n}", f"Thôn {n % 8 + 1}", ethnicity="Xơ Đăng") for n in range(50)
    ]
    near = [Row(f"TC-{n}", f"Y Hlin {n}", "Thôn 1", "near_poor", "Xơ Đăng") for n in range(10)]
    fill(commune, [*poor, *near])
    return _opened(system, "tu_mo_rong_plan_2024.toml")


def tan_khai(system: Actor) -> Plan:
    commune = _commune(system, "25357", ["Khu phố 1", "Khu phố 2", "Khu phố 3"])
    fill(
        commune,
        [
            Row("TK1-01", "Lê Văn Khoát", "Khu phố 1"),
            Row("TK3-01", "Phạm Thị Đượm", "Khu phố 3"),
            Row("TK2-01", "Điểu Khun", "Khu phố 2", ethnicity="Xtiêng"),
        ],
    )
    return _opened(system, "tan_khai_plan_2024.toml")


def lao_cai(system: Actor) -> Plan:
    commune = _commune(system, "02641", ["Tổ 04", "Tổ 23", "Tổ 25"])
    fill(
        commune,
        [
            Row("LC04-01", "Hoàng Thị Sen", "Tổ 04", "near_poor"),
            Row("LC23-01", "Trần Thị Kim Oanh", "Tổ 23", "near_poor"),
            Row("LC25-01", "Vũ Thu Nga", "Tổ 25", "near_poor"),
        ],
    )
    return _opened(system, "lao_cai_plan_2024.toml")


def long_khanh(system: Actor) -> Plan:
    city = unit_by_code("732", FIRST, "district")
    _ended_wards(city)
    for unit in units_on(FIRST, "commune").filter(parent=city).order_by("code"):
        rows = [Row(f"A-{n}", f"Ngô A {n}", "", subclass="A") for n in range(6)]
        rows += [Row(f"B-{n}", f"Ngô B {n}", "", subclass="B") for n in range(4)]
        rows += [Row(f"C-{n}", f"Ngô C {n}", "", "near_poor") for n in range(12)]
        fill(unit, rows, DONG_NAI)
    return _opened(system, "long_khanh_plan_2024.toml")


def _ended_wards(city: Unit) -> None:
    """The two wards that ended in 2024, where the official list does not hold them yet."""
    for code, name in TWO_ENDED_WARDS.items():
        if units_on(FIRST, "commune").filter(code=code).exists():
            continue
        ward = Unit.objects.create(
            level="commune",
            kind="Phường",
            code=code,
            name=name,
            folded=name.lower(),
            parent=city,
            valid_to=date(2024, 10, 31),
        )
        ward.path = f"{city.path}{ward.pk}/"
        ward.save()


def _opened(system: Actor, file: str) -> Plan:
    assert load_plan(file, actor=system)
    assert not load_plan(file, actor=system)
    return Plan.objects.select_related("unit").latest("pk")


PLACES = {
    "001_tu_mo_rong_2024": tu_mo_rong,
    "002_tan_khai_2024": tan_khai,
    "003_lao_cai_2024": lao_cai,
    "004_long_khanh_2024": long_khanh,
}


def changed(plan, code, **numbers):
    """The cells of a plan with other numbers of one promise."""
    cells = Cells.of(plan)
    targets = [replace(one, **numbers) if one.code == code else one for one in cells.targets]
    return replace(cells, targets=tuple(targets))
