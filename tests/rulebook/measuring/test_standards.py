"""The standards of the law as measures, held against the findings of households."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chungtay.rulebook.classifying import find
from chungtay.rulebook.evaluating import truth
from chungtay.rulebook.findings import Contradiction
from chungtay.rulebook.household import HouseholdFacts
from chungtay.rulebook.loading import law
from chungtay.rulebook.measuring import Count, Cube, Key, MeasureError, figures_of, measure_of
from chungtay.rulebook.measuring.standards import lower_line
from chungtay.rulebook.plain import Plain
from tests.rulebook.strategies import households

ON, THEN = date(2023, 3, 1), date(2018, 3, 1)


def test_the_national_standard_of_2022() -> None:
    measure = measure_of(law().standard("nd-07-2021"), ON)
    assert len(measure.indicators) == 12
    assert (measure.whole, measure.needed, measure.income) == (12, 3, True)
    assert sum(len(members) for _, members in measure.dimensions) == 12
    assert measure.dimensions[0] == ("Việc làm", ("d01", "d02"))


def test_dong_nai_cuts_off_at_two() -> None:
    measure = measure_of(law().standard("dong-nai-2022"), ON)
    assert measure.cutoff == Fraction(2, len(measure.indicators))


def test_classes_on_two_income_lines_are_a_measure_only_where_asked_for() -> None:
    standard = law().standard("qd-59-2015")
    with pytest.raises(MeasureError, match="xếp diện từng hộ"):
        measure_of(standard, THEN)
    measure = measure_of(standard, THEN, two_lines=True)
    assert (measure.outright, measure.places, measure.needed) == (True, 11, 3)
    assert not measure_of(law().standard("nd-07-2021"), ON, two_lines=True).outright


def test_a_lower_line_above_the_upper_one_is_no_lower_line() -> None:
    standard = law().standard("qd-59-2015")
    values = standard.values | {"poor_line": standard.values["average_living_top"]}
    with pytest.raises(MeasureError, match="xếp diện từng hộ"):
        measure_of(replace(standard, values=values), THEN, two_lines=True)


@settings(deadline=None, max_examples=200)
@given(facts=households(ON), code=st.sampled_from(["nd-07-2021", "qd-59-2015"]))
def test_one_household_in_a_cube_is_what_its_finding_says(facts: HouseholdFacts, code: str) -> None:
    standard = law().standard(code)
    on = ON if standard.holds_on(ON) else THEN
    facts = replace(facts, on=on)
    try:
        finding = find(law(), standard, facts)
    except Contradiction:
        return
    measure = measure_of(standard, on, two_lines=True)
    bits = {code: 1 << place for place, code in enumerate(measure.indicators)}
    mask = sum(bits[one.code] for one in finding.deprivations if one.deprived)
    unknown = sum(bits[one.code] for one in finding.deprivations if one.deprived is None)
    if (line := lower_line(standard, on)) is not None:
        outright = truth(line, Plain.of(law(), standard, facts))
        mask |= measure.outright_bit if outright else 0
        unknown |= measure.outright_bit if outright is None else 0
    cube = Cube((), {Key((), finding.income_low, mask, unknown): Count(1, 4)})
    (found,) = figures_of(cube, measure)
    for name, bounds in (("poor", found.bounds.poor), ("near_poor", found.bounds.near_poor)):
        possible = name in finding.possible_classes
        assert bounds[1] == possible
        assert bounds[0] == (finding.possible_classes == (name,))
    assert (found.poor == 1) == (finding.household_class == "poor")
