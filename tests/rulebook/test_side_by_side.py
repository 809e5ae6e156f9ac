"""Two standards side by side: every household once, everywhere, and swapping only turns it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chungtay.rulebook.classifying import find
from chungtay.rulebook.doubting import doubts_of, gap_of, latest_national
from chungtay.rulebook.findings import Contradiction
from chungtay.rulebook.foresight import NO_COSTS
from chungtay.rulebook.household import HouseholdFacts
from chungtay.rulebook.loading import law
from chungtay.rulebook.side_by_side import (
    ABOVE_OPEN,
    CONTRADICTION,
    ENTERS,
    FIRST,
    LEAVES,
    LOW_OPEN,
    MOVES,
    OPEN,
    OUTSIDE,
    SECOND,
    STANDS,
    STAYS,
    UNDECIDED,
    Cell,
    Heads,
    Side,
    SideBySide,
    Wanted,
    move_of,
    side_of,
    within,
)
from tests.rulebook.strategies import tables

CODES = ["d01", "d02", "d03"]
some_codes = st.lists(st.sampled_from(CODES), unique=True).map(lambda codes: tuple(sorted(codes)))
sides = st.builds(Side, st.sampled_from(list(STANDS)), some_codes, some_codes, some_codes)
cells = st.builds(Cell, st.sampled_from([(1, 1), (1, 2), (2, None)]), sides, sides)
households = st.lists(st.tuples(cells, st.builds(Heads, st.just(1), st.integers(0, 9))))
OLD, NEW = law().standard("nd-07-2021"), law().standard("nd-351-2025")
ON = date(2026, 6, 30)


def heads_of(some):
    return sum(some, Heads())


@given(rows=households)
def test_every_household_is_counted_once_in_each_table(rows):
    found = SideBySide.counted(rows)
    assert found.total == heads_of(heads for _cell, heads in rows)
    assert heads_of(found.matrix().values()) == found.total
    assert heads_of(found.moves().values()) == found.total
    assert list(found.moves()) == list(MOVES)
    for stand in STANDS:
        row = heads_of(n for (first, _second), n in found.matrix().items() if first == stand)
        assert row == heads_of(n for cell, n in rows if cell.first.stand == stand)


@given(rows=households)
def test_places_add_up_to_the_whole(rows):
    found = SideBySide.counted(rows)
    parts = found.by_place(lambda place: place[0])
    assert heads_of(part.total for part in parts.values()) == found.total
    for move, heads in found.moves().items():
        assert heads_of(part.moves()[move] for part in parts.values()) == heads


def swapped(found: SideBySide) -> SideBySide:
    """The same with the second standard first."""
    turned = ((Cell(one.place, one.second, one.first), n) for one, n in found.cells.items())
    return SideBySide.counted(turned)


@given(rows=households)
def test_swapping_the_standards_turns_every_table(rows):
    found = SideBySide.counted(rows)
    turned = swapped(found)
    assert turned.matrix() == {(b, a): heads for (a, b), heads in found.matrix().items()}
    moves, back = found.moves(), turned.moves()
    assert (back[ENTERS], back[LEAVES]) == (moves[LEAVES], moves[ENTERS])
    assert [back[one] for one in (STAYS, OUTSIDE, UNDECIDED)] == [
        moves[one] for one in (STAYS, OUTSIDE, UNDECIDED)
    ]
    assert turned.missing(FIRST) == found.missing(SECOND)
    for code, one in found.indicators().items():
        assert turned.indicators()[code] == type(one)(
            one.lacking_second,
            one.unknown_second,
            one.lacking_first,
            one.unknown_first,
            one.leaving,
            one.entering,
        )


def asked_for(rows, **words):
    wanted = Wanted(**words)
    return sum(heads.households for cell, heads in rows if wanted.holds(cell.first, cell.second))


@given(rows=households)
def test_every_figure_counts_the_households_that_are_asked_for_by_its_words(rows):
    found = SideBySide.counted(rows)
    assert asked_for(rows) == found.total.households
    for (first, second), heads in found.matrix().items():
        assert asked_for(rows, first=first, second=second) == heads.households
    for move, heads in found.moves().items():
        assert asked_for(rows, move=move) == heads.households
    for code, one in found.indicators().items():
        assert asked_for(rows, side=FIRST, lacking=code) == one.lacking_first
        assert asked_for(rows, side=SECOND, unknown=code) == one.unknown_second
        assert asked_for(rows, side=SECOND, lacking=code, move=ENTERS) == one.entering
        assert asked_for(rows, side=FIRST, lacking=code, move=LEAVES) == one.leaving
    for side in (FIRST, SECOND):
        for fact, count in found.missing(side).items():
            assert asked_for(rows, side=side, missing=fact) == count


def found(standard, facts):
    try:
        return find(law(), standard, facts)
    except Contradiction as contradiction:
        return contradiction


@given(table=tables)
def test_a_finding_in_short_says_what_the_finding_says(table):
    for facts in table:
        for standard in (OLD, NEW):
            finding = found(standard, facts)
            side = side_of(finding)
            if isinstance(finding, Contradiction):
                assert (side.stand, within(side.stand)) == (CONTRADICTION, None)
                continue
            decided = len(finding.possible_classes) == 1
            assert (side.stand == finding.household_class) is (decided or side.stand == OPEN)
            low = {"poor", "near_poor"}
            possible = set(finding.possible_classes)
            assert within(side.stand) is (
                True if possible <= low else (None if possible & low else False)
            )
            assert bool(side.missing) is not decided
            assert all(gap_of(law(), standard, fact).sentence for fact in side.missing)


def household(income, **answers):
    known = {f"d{number:02d}": False for number in range(1, 13)}
    return HouseholdFacts(ON, "rural", {**known, "income_per_person_vnd": income, **answers}, ())


def both(facts):
    return side_of(find(law(), OLD, facts)), side_of(find(law(), NEW, facts))


def test_the_higher_line_takes_in_who_was_above_the_lower():
    first, second = both(household(1_800_000))
    assert (first.stand, second.stand) == ("average_living", LOW_OPEN)
    assert move_of(first.stand, second.stand) == ENTERS
    assert set(second.missing) == {"internet_access", "digital_services", "domestic_waste"}
    assert all(gap_of(law(), NEW, fact).of_law for fact in second.missing)


def test_who_is_surely_poor_stays_and_who_is_above_the_line_has_no_decided_class():
    first, second = both(household(900_000, d01=True, d02=True, d03=True))
    assert (first.stand, second.stand, move_of(first.stand, second.stand)) == (
        "poor",
        "poor",
        STAYS,
    )
    first, second = both(household(9_000_000))
    assert (first.stand, second.stand) == ("not_poor", ABOVE_OPEN)
    assert move_of(first.stand, second.stand) == OUTSIDE
    assert second.missing == ("average_living_top",)


def test_without_income_nobody_is_moved():
    facts = household(None)
    first, second = both(replace(facts, answers={**facts.answers, "income_per_person_vnd": None}))
    assert (first.stand, second.stand, move_of(first.stand, second.stand)) == (
        OPEN,
        OPEN,
        UNDECIDED,
    )
    gap = gap_of(law(), OLD, "income_per_person_vnd")
    assert (gap.of_law, str(gap.sentence)[-1]) == (False, "?")


def test_what_is_not_known_of_the_next_standard_is_said():
    said = " ".join(str(one) for one in doubts_of(NEW, ON))
    for words in ("tính thử", "Truy cập internet", "Mức trên của hộ có mức sống trung bình"):
        assert words in said
    assert "tính thử" not in " ".join(str(one) for one in doubts_of(OLD, ON))
    assert latest_national(law()) is NEW


@pytest.mark.parametrize("name", ["area", "members", "birth", "latrine"])
def test_what_is_asked_of_a_household_is_a_question(name):
    gap = gap_of(law(), OLD, name)
    assert not gap.of_law
    assert str(gap.sentence)


def test_no_benefit_with_an_amount_is_known_so_no_costs_are_said():
    """Whoever loads the first benefit has to let the foresight reckon with it."""
    benefits = [one for one in law().coverage if one.kind == "benefit"]
    assert benefits
    assert not [one.title for one in benefits if one.file]
    assert "Chưa tính kinh phí" in str(NO_COSTS)
