"""Units of the country, as on a date."""

from datetime import date

import pytest

from chungtay.acts.models import JournalLine
from chungtay.acts.refusing import NotAllowed, Refused
from chungtay.places.models import Level, Unit
from chungtay.places.queries import (
    area_type_on,
    counts_of,
    find_units,
    gap,
    origins_of,
    population_on,
    populations_on,
    successors_of,
    unit_by_code,
    units_on,
    villages_of,
)
from chungtay.places.services import (
    Counted,
    add_villages,
    count_population,
    count_populations,
    load_official_units,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]

BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)


def test_all_units_of_both_periods_stand():
    assert units_on(BEFORE, Level.PROVINCE).count() == 63
    assert units_on(AFTER, Level.PROVINCE).count() == 34
    assert units_on(BEFORE, Level.COMMUNE).count() == 10035
    assert units_on(AFTER, Level.COMMUNE).count() == 3321
    assert not units_on(AFTER, Level.DISTRICT).exists()


def test_a_code_names_another_unit_after_the_merger():
    assert unit_by_code("14818", BEFORE).name == "Phường Ngọc Trạo"
    assert unit_by_code("14818", AFTER).name == "Phường Quang Trung"


def test_an_ended_unit_is_refused_naming_its_successor():
    with pytest.raises(Refused, match=r"kết thúc ngày 30/06/2025; nay thuộc Phường Quang Trung"):
        unit_by_code("14824", AFTER)


def test_a_unit_not_yet_there_is_refused():
    code = Unit.objects.filter(level=Level.COMMUNE, valid_from=AFTER).exclude(
        code__in=Unit.objects.filter(valid_to=BEFORE).values("code")
    )
    with pytest.raises(Refused, match="chỉ có từ ngày 01/07/2025"):
        unit_by_code(code.first().code, BEFORE)


def test_an_unknown_code_is_refused():
    with pytest.raises(Refused, match="Không có đơn vị nào mang mã 99999"):
        unit_by_code("99999", BEFORE)


def test_successors_and_origins_mirror_each_other(quang_trung):
    heirs = successors_of(quang_trung)
    assert [heir.name for heir in heirs] == ["Phường Quang Trung"]
    assert quang_trung in origins_of(heirs)


def test_loading_the_official_units_twice_changes_nothing(system):
    lines = JournalLine.objects.count()
    assert set(load_official_units(actor=system).values()) == {0}
    assert JournalLine.objects.count() == lines


def test_villages_have_their_own_kind_and_the_area_of_their_commune(quang_trung, phu_son):
    village = villages_of(quang_trung, BEFORE).first()
    assert (village.name, village.kind) == ("Thôn 1", "Thôn")
    assert area_type_on(village, BEFORE) == "rural"
    quarter = villages_of(phu_son, BEFORE).first()
    assert (quarter.kind, area_type_on(quarter, BEFORE)) == ("Tổ dân phố", "urban")


def test_a_village_name_stands_once_whatever_its_marks(system, quang_trung):
    with pytest.raises(Refused, match="đã có"):
        add_villages(actor=system, commune=quang_trung, names=["THÔN  1"], valid_from=None)


def test_the_population_is_the_latest_count_known_on_the_day(system, quang_trung):
    for on, households in [(date(2023, 1, 1), 1411), (date(2024, 1, 1), 1420)]:
        count_population(
            actor=system, unit=quang_trung, on=on, households=households, persons=None, source="x"
        )
    assert population_on(quang_trung, date(2022, 12, 31)) is None
    assert population_on(quang_trung, date(2023, 6, 1)).households == 1411
    assert population_on(quang_trung, date(2024, 6, 1)).households == 1420


def test_fewer_persons_than_households_are_refused(system, quang_trung):
    with pytest.raises(Refused, match="số khẩu không thể ít hơn số hộ"):
        count_population(
            actor=system, unit=quang_trung, on=BEFORE, households=10, persons=9, source="x"
        )


def test_a_commune_and_its_villages_are_counted_in_one_act(system, quang_trung, outsider, acting):
    villages = list(villages_of(quang_trung, BEFORE))
    counts = [Counted(quang_trung, 100, 390), *(Counted(one, 24, 90) for one in villages)]
    given = {"commune": quang_trung, "on": BEFORE, "counts": counts, "source": "Công an xã"}
    assert count_populations(actor=system, **given) == 5
    known = populations_on([quang_trung, *villages], BEFORE)
    said = [str(one) for one in gap(known[quang_trung.pk], [known[one.pk] for one in villages])]
    assert said == [
        "Cộng các thôn, tổ được 96 hộ, số của cả xã là 100: chênh 4.",
        "Cộng các thôn, tổ được 360 khẩu, số của cả xã là 390: chênh 30.",
    ]
    assert "Còn 1 thôn, tổ chưa có" in str(
        gap(known[quang_trung.pk], [known[villages[0].pk], None])[0]
    )
    assert len(counts_of([quang_trung, *villages])) == 5
    with pytest.raises(NotAllowed):
        count_populations(actor=acting(outsider), **given)


@pytest.mark.parametrize(
    ("counts", "source", "words"),
    [
        ([], "UBND", "Chưa ghi con số nào"),
        ([(10, 9)], "UBND", "số khẩu không thể ít hơn"),
        ([(10, 30)], " ", "nguồn của các con số"),
        ([(10, 30)], "x" * 201, "nhiều nhất là 200"),
    ],
)
def test_counts_are_refused_with_a_sentence(system, quang_trung, counts, source, words):
    given = [Counted(quang_trung, *pair) for pair in counts]
    with pytest.raises(Refused, match=words):
        count_populations(actor=system, commune=quang_trung, on=BEFORE, counts=given, source=source)


def test_a_village_of_another_commune_is_not_counted_here(system, quang_trung, phu_son):
    foreign = villages_of(phu_son, BEFORE).first()
    with pytest.raises(Refused, match="không thuộc Xã Quang Trung"):
        count_populations(
            actor=system,
            commune=quang_trung,
            on=BEFORE,
            counts=[Counted(foreign, 1)],
            source="UBND",
        )


def test_units_are_found_without_marks():
    found = find_units("bim son", BEFORE)
    assert [unit.name for unit in found] == ["Thị xã Bỉm Sơn"]
