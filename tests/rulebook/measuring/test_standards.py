"""The standards of the law as measures, held against the findings of households."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings

from chungtay.rulebook.classifying import find
from chungtay.rulebook.findings import Contradiction
from chungtay.rulebook.household import HouseholdFacts
from chungtay.rulebook.loading import law
from chungtay.rulebook.measuring import Count, Cube, Key, MeasureError, figures_of, measure_of
from tests.rulebook.strategies import households

ON = date(2023, 3, 1)


def test_the_national_standard_of_2022() -> None:
    measure = measure_of(law().standard("nd-07-2021"), ON)
    assert len(measure.indicators) == 12
    assert (measure.whole, measure.needed, measure.income) == (12, 3, True)
    assert sum(len(members) for _, members in measure.dimensions) == 12
    assert measure.dimensions[0] == ("Việc làm", ("d01", "d02"))


def test_dong_nai_cuts_off_at_two() -> None:
    measure = measure_of(law().standard("dong-nai-2022"), ON)
    assert measure.cutoff == Fraction(2, len(measure.indicators))


def test_classes_on_two_income_lines_are_no_single_measure() -> None:
    with pytest.raises(MeasureError, match="xếp diện từng hộ"):
        measure_of(law().standard("qd-59-2015"), date(2018, 1, 1))


@settings(deadline=None)
@given(facts=households(ON))
def test_one_household_in_a_cube_is_what_its_finding_says(facts: HouseholdFacts) -> None:
    standard = law().standard("nd-07-2021")
    try:
        finding = find(law(), standard, facts)
    except Contradiction:
        return
    measure = measure_of(standard, ON)
    mask = measure.mask_of(finding.deprived_codes)
    unknown = measure.mask_of(one.code for one in finding.deprivations if one.deprived is None)
    cube = Cube((), {Key((), finding.income_low, mask, unknown): Count(1, 4)})
    (found,) = figures_of(cube, measure)
    for name, bounds in (("poor", found.bounds.poor), ("near_poor", found.bounds.near_poor)):
        possible = name in finding.possible_classes
        assert bounds[1] == possible
        assert bounds[0] == (finding.possible_classes == (name,))
    assert (found.poor == 1) == (finding.household_class == "poor")
