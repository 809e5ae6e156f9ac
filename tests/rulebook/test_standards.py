"""Which standards count where and when, in which unit, with whose indicators."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chungtay.rulebook.classifying import find
from chungtay.rulebook.household import HouseholdFacts
from chungtay.rulebook.lawbook import ProvinceSpell, Threshold
from chungtay.rulebook.loading import law

ENDED = date(2025, 6, 30)
BEGUN = date(2025, 7, 1)
OLD = {code: ProvinceSpell(code, None, ENDED) for code in ("70", "74", "75", "77", "79")}
NEW = {code: ProvinceSpell(code, BEGUN, None) for code in ("75", "79")}
ALL_NO = {f"d{number:02d}": False for number in range(1, 13)}


def at(on, *provinces):
    return [standard.id for standard in law().standards_on(on, provinces)]


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2015, 12, 31), []),
        (date(2021, 12, 31), ["qd-59-2015"]),
        (date(2022, 8, 9), ["nd-07-2021"]),
        (date(2022, 8, 10), ["nd-07-2021", "dong-nai-2022"]),
        (date(2025, 6, 30), ["nd-07-2021", "dong-nai-2022"]),
    ],
)
def test_dong_nai_has_its_own_beside_the_national_one(on, expected):
    assert at(on, OLD["75"]) == expected


def test_the_territory_of_before_the_merger_keeps_its_standard_to_its_end():
    in_old_dong_nai, in_old_binh_phuoc = (NEW["75"], OLD["75"]), (NEW["75"], OLD["70"])
    assert at(date(2025, 12, 31), *in_old_dong_nai) == ["nd-07-2021", "dong-nai-2022"]
    assert at(date(2025, 12, 31), *in_old_binh_phuoc) == ["nd-07-2021"]
    assert at(date(2026, 1, 1), *in_old_dong_nai) == ["nd-07-2021"]


def test_the_code_of_a_province_means_nothing_without_its_day():
    """Since 1/7/2025 the code 75 names a larger province: by itself it says nothing of the old."""
    assert at(date(2025, 12, 31), NEW["75"]) == ["nd-07-2021"]


def test_the_city_has_its_own_from_october_2024_and_its_end_is_not_known():
    assert at(date(2024, 9, 30), OLD["79"]) == ["nd-07-2021"]
    assert at(date(2024, 10, 1), OLD["79"]) == ["nd-07-2021", "tphcm-2024"]
    assert at(date(2026, 6, 1), NEW["79"], OLD["79"]) == ["nd-07-2021", "tphcm-2024"]
    assert at(date(2026, 6, 1), NEW["79"], OLD["77"]) == ["nd-07-2021"]
    unknown = [one for one in law().standard("tphcm-2024").territory if not one.known]
    assert {one.province for one in unknown} == {"74", "77"}
    assert all(one.note for one in unknown)


def test_a_years_line_is_held_against_a_years_income():
    standard = law().standard("tphcm-2024")
    facts = HouseholdFacts(
        date(2024, 10, 1), None, {**ALL_NO, "income_per_person_vnd": 3_833_333, "household_size": 2}
    )
    found = find(law(), standard, facts)
    assert found.household_class == "near_poor"
    assert found.income_line_vnd == 3_833_333
    line = standard.values["income_line"]
    assert (line.unit, line.dated[0].value) == ("đồng/người/năm", Decimal(46_000_000))


def test_borrowed_indicators_are_no_surer_than_the_word_that_they_are_borrowed():
    national = law().standard("nd-07-2021")
    for name in ("dong-nai-2022", "tphcm-2024"):
        own = law().standard(name)
        assert own.borrowed is not None
        assert own.borrowed.standard == "nd-07-2021"
        codes = [one.code for one in own.indicators]
        assert codes[:12] == [one.code for one in national.indicators]
        assert not any(one.reference.verified for one in own.indicators)
        assert "income_points_cut_off" not in own.values
    assert [one.code for one in law().standard("tphcm-2024").indicators][12:] == ["bhxh"]


def test_a_and_b_are_law_data_with_their_mark():
    kinds = law().standard("dong-nai-2022").subclasses
    assert [one.code for one in kinds] == ["A", "B"]
    assert all(one.meaning and not one.reference.verified for one in kinds)
    assert law().standard("nd-07-2021").subclasses == ()


def test_a_class_by_income_alone_does_not_talk_of_deprivations():
    standard = law().standard("qd-59-2015")
    facts = HouseholdFacts(date(2021, 1, 1), "rural", {"income_per_person_vnd": 650_000})
    said = " ".join(str(reason) for reason in find(law(), standard, facts).reasons)
    assert "không vượt mức 700.000" in said
    assert "ngưỡng hộ nghèo là từ" not in said


spells = st.sampled_from([*OLD.values(), *NEW.values()])


@settings(deadline=None)
@given(on=st.dates(date(2014, 1, 1), date(2035, 12, 31)), lain=st.lists(spells, max_size=4))
def test_anywhere_on_any_day_one_national_standard_at_most_comes_first(on, lain):
    found = law().standards_on(on, lain)
    assert [one.scope for one in found] == sorted(one.scope for one in found)
    assert sum(one.scope == "national" for one in found) <= 1
    assert all(one.holds_on(on) for one in found)
    assert len({one.id for one in found}) == len(found)
    unclear = {one.id for one in law().unclear_on(on, lain)}
    assert unclear.isdisjoint(one.id for one in found)


def test_the_values_of_a_day_are_the_same_whatever_was_asked_before() -> None:
    standard = law().standard("qd-59-2015")
    first = dict(standard.thresholds_on(date(2018, 3, 1)))
    for day in range(200):
        standard.thresholds_on(date(2018, 3, 2) + timedelta(days=day))
    assert dict(standard.thresholds_on(date(2018, 3, 1))) == first


def test_a_value_of_two_areas_spans_both_where_the_area_is_not_known() -> None:
    line = law().standard("nd-07-2021").thresholds_on(date(2023, 3, 1))["income_line"]
    assert line.spans["rural"] == (line.rural, line.rural)
    assert line.spans[None] == (line.rural, line.urban)
    assert Threshold(Decimal(1), None, "", "").spans[None] is None
