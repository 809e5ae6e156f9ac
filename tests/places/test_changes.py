"""Units that ended before 2025, names that changed in 2026, and databases of earlier versions."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from chungtay.acts.models import JournalLine
from chungtay.acts.refusing import Refused
from chungtay.places.models import Level, Succession, Unit
from chungtay.places.queries import (
    area_type_on,
    as_on,
    provinces_of,
    successors_of,
    unit_by_code,
    units_on,
)
from chungtay.places.services import add_villages, load_official_units

pytestmark = [pytest.mark.django_db, pytest.mark.database]

IN_2024, LAST_OF_2024 = date(2024, 4, 1), date(2024, 10, 31)
RURAL_DAY, URBAN_DAY = date(2026, 4, 29), date(2026, 4, 30)
AFTER = date(2025, 7, 1)


@pytest.fixture
def tan_khai() -> Unit:
    return unit_by_code("25357", AFTER)


def test_long_khanh_has_its_fifteen_units_of_2024():
    town = unit_by_code("732", IN_2024, Level.DISTRICT)
    names = [unit.name for unit in units_on(IN_2024, Level.COMMUNE).filter(parent=town)]
    assert len(names) == 15
    assert {"Phường Xuân Trung", "Phường Xuân Thanh"} <= set(names)
    later = units_on(date(2024, 11, 1), Level.COMMUNE).filter(parent=town)
    assert later.count() == 13


def test_a_unit_from_memory_is_marked_and_nobody_is_invented_to_succeed_it():
    ended = unit_by_code("26071", LAST_OF_2024)
    assert not ended.verified
    assert "M .75" in ended.source
    assert successors_of(ended) == []
    with pytest.raises(Refused, match="31/10/2024; chưa đối chiếu được nay thuộc đơn vị nào"):
        unit_by_code("26071", date(2025, 1, 1))


def test_a_xa_becomes_a_phuong_and_stays_the_same_unit(tan_khai):
    assert unit_by_code("25357", RURAL_DAY) == unit_by_code("25357", URBAN_DAY) == tan_khai
    assert tan_khai.name_on(RURAL_DAY) == "Xã Tân Khai"
    assert tan_khai.name_on(URBAN_DAY) == tan_khai.name == "Phường Tân Khai"
    assert area_type_on(tan_khai, RURAL_DAY) == "rural"
    assert area_type_on(tan_khai, URBAN_DAY) == "urban"
    before, now = tan_khai.namings
    assert (before.valid_to, before.paper) == (RURAL_DAY, "237/NQ-UBTVQH16 ngày 14/4/2026")
    assert not before.verified
    assert (now.kind, now.valid_to) == ("Phường", None)


def test_the_province_becomes_a_city():
    province = unit_by_code("75", URBAN_DAY, Level.PROVINCE)
    assert (province.name, province.kind) == ("Thành phố Đồng Nai", "Thành phố")
    assert province.name_on(RURAL_DAY) == "Tỉnh Đồng Nai"
    assert province.area_type == ""


def test_ten_communes_changed_and_ba_che_did_not():
    changed = Unit.objects.exclude(earlier_names=[])
    assert changed.filter(level=Level.COMMUNE).count() == 10
    assert unit_by_code("06970", URBAN_DAY).name == "Xã Ba Chẽ"
    assert not Unit.objects.filter(code="06978", level=Level.COMMUNE, valid_to=None).exists()


def test_a_village_follows_the_area_of_its_commune(system, tan_khai):
    add_villages(actor=system, commune=tan_khai, names=["Khu phố 1"], valid_from=AFTER)
    village = tan_khai.children.get()
    assert area_type_on(village, RURAL_DAY) == "rural"
    assert area_type_on(village, URBAN_DAY) == "urban"


def test_a_unit_is_shown_as_on_a_day_and_kept_as_today(tan_khai):
    shown = as_on(tan_khai, RURAL_DAY)
    assert (shown.name, shown.kind, shown.area_type) == ("Xã Tân Khai", "Xã", "rural")
    assert shown.pk == tan_khai.pk
    assert tan_khai.name == "Phường Tân Khai"
    assert as_on(tan_khai, URBAN_DAY) is tan_khai


def test_every_old_province_went_whole_into_one():
    whole = Succession.objects.filter(old__level=Level.PROVINCE)
    assert whole.count() == 63
    assert set(whole.values_list("kind", flat=True)) == {"whole"}
    old = unit_by_code("70", IN_2024, Level.PROVINCE)
    assert [unit.name for unit in successors_of(old)] == ["Thành phố Đồng Nai"]


def test_a_commune_came_from_its_own_old_province_only(tan_khai):
    spells = provinces_of([tan_khai])[tan_khai.pk]
    assert {(spell.code, spell.valid_to) for spell in spells} == {
        ("75", None),
        ("70", date(2025, 6, 30)),
    }


def test_a_database_of_an_earlier_version_is_brought_forward_once(system, tan_khai):
    Unit.objects.filter(code__in=["26071", "26074"], valid_to=LAST_OF_2024).delete()
    Succession.objects.filter(old__level=Level.PROVINCE).delete()
    Unit.objects.filter(pk=tan_khai.pk).update(
        name="Xã Tân Khai", folded="xa tan khai", kind="Xã", area_type="rural", earlier_names=[]
    )
    before = JournalLine.objects.count()
    counts = load_official_units(actor=system)
    assert counts == {
        "old": 0,
        "new": 0,
        "successions": 0,
        "supplement": 2,
        "provinces": 63,
        "changes": 1,
    }
    assert JournalLine.objects.filter(act="places.load_official_units").count() >= 1
    assert unit_by_code("25357", URBAN_DAY).name == "Phường Tân Khai"
    assert unit_by_code("26071", LAST_OF_2024).path
    assert set(load_official_units(actor=system).values()) == {0}
    assert JournalLine.objects.exclude(act="acts.witness_heads").count() <= before + 1


def test_a_name_an_officer_gave_is_left_alone(system, tan_khai):
    Unit.objects.filter(pk=tan_khai.pk).update(name="Phường Tân Khai Mới")
    load_official_units(actor=system)
    tan_khai.refresh_from_db()
    assert tan_khai.name == "Phường Tân Khai Mới"


def test_the_database_refuses_a_unit_that_succeeds_itself(tan_khai):
    with pytest.raises(IntegrityError), transaction.atomic():
        Succession.objects.create(old=tan_khai, new=tan_khai, kind="whole", valid_from=AFTER)
