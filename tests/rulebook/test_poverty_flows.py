"""Opening less out plus in is closing, of every place and of the whole, whatever happened."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chungtay.rulebook.poverty_flows import Course, Flow, Position, movement_of

CLASSES = ["poor", "near_poor", "average_living", "not_poor", ""]
positions = st.none() | st.builds(
    Position, st.sampled_from([1, 2, 3, None]), st.sampled_from(CLASSES)
)
courses = st.lists(
    st.builds(Course, positions, positions, st.frozensets(st.sampled_from(CLASSES[:2])))
)


@pytest.mark.parametrize("counted", ["poor", "near_poor"])
@given(happened=courses)
def test_the_identity_holds_everywhere(counted: str, happened: list[Course]) -> None:
    moved = movement_of(happened, counted)
    assert all(flow.holds for flow in (*moved.rows.values(), moved.between, moved.total))
    assert sum(moved.rows.values(), moved.between) == moved.total
    assert (moved.between.opening, moved.between.closing) == (0, 0)
    then = [one for one in happened if one.opening and one.opening.household_class == counted]
    now = [one for one in happened if one.closing and one.closing.household_class == counted]
    assert (moved.total.opening, moved.total.closing) == (len(then), len(now))


@given(happened=courses)
def test_who_leaves_the_poor_for_the_near_poor_comes_to_them(happened: list[Course]) -> None:
    poor, near = movement_of(happened, "poor").total, movement_of(happened, "near_poor").total
    assert (poor.crossed_out, poor.crossed_in) == (near.crossed_in, near.crossed_out)


def at(place: int | None, household_class: str) -> Position:
    return Position(place, household_class)


@pytest.mark.parametrize(
    ("course", "expected"),
    [
        (Course(at(1, "poor"), at(1, "poor")), Flow(opening=1, closing=1)),
        (Course(at(1, "poor"), at(1, "near_poor")), Flow(opening=1, crossed_out=1)),
        (Course(at(1, "poor"), at(1, "not_poor")), Flow(opening=1, risen=1)),
        (Course(at(1, "poor"), at(1, "average_living")), Flow(opening=1, risen=1)),
        (Course(at(1, "poor"), at(1, "")), Flow(opening=1, other_out=1)),
        (Course(at(1, "poor"), None), Flow(opening=1, other_out=1)),
        (Course(at(1, "near_poor"), at(1, "poor")), Flow(crossed_in=1, closing=1)),
        (Course(at(1, "not_poor"), at(1, "poor")), Flow(newly_fallen=1, closing=1)),
        (
            Course(at(1, "not_poor"), at(1, "poor"), frozenset({"poor"})),
            Flow(fallen_back=1, closing=1),
        ),
        (Course(None, at(1, "poor"), frozenset({"poor"})), Flow(other_in=1, closing=1)),
        (Course(at(1, "not_poor"), at(1, "average_living")), Flow()),
    ],
)
def test_each_way_has_its_column(course: Course, expected: Flow) -> None:
    assert movement_of([course], "poor").total == expected


def test_a_move_between_two_places_is_no_movement_of_the_whole() -> None:
    moved = movement_of([Course(at(1, "poor"), at(2, "poor"))], "poor")
    assert moved.rows == {1: Flow(opening=1, other_out=1), 2: Flow(other_in=1, closing=1)}
    assert moved.total == Flow(opening=1, closing=1)
    assert moved.between == Flow(other_out=-1, other_in=-1)


def test_who_moved_and_rose_left_the_one_place_and_rose_in_the_whole() -> None:
    moved = movement_of([Course(at(1, "poor"), at(2, "not_poor"))], "poor")
    assert moved.rows == {1: Flow(opening=1, other_out=1)}
    assert moved.total == Flow(opening=1, risen=1)
    assert moved.between == Flow(risen=1, other_out=-1)
