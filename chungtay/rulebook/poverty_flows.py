"""How a number of poor households became another: what left, what came, and nothing left over.

A household is looked at on two days. Of a place the identity always holds: opening less what left
plus what came is the closing; and the places with what passed between them make the whole.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields

POOR, NEAR_POOR = "poor", "near_poor"
LOW = frozenset({POOR, NEAR_POOR})
NO_CLASS = ""


@dataclass(frozen=True)
class Position:
    """Where a household lived on a day and its decided class; blank where it had none."""

    place: int | None
    household_class: str


@dataclass(frozen=True)
class Course:
    """A household on the two days; None where it did not live in the territory.

    ``before`` holds the classes it had been in and had left before the first day.
    """

    opening: Position | None
    closing: Position | None
    before: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Flow:
    """The movement of one class: the opening, three ways out, four ways in, the closing."""

    opening: int = 0
    crossed_out: int = 0
    risen: int = 0
    other_out: int = 0
    crossed_in: int = 0
    fallen_back: int = 0
    newly_fallen: int = 0
    other_in: int = 0
    closing: int = 0

    @property
    def gone(self) -> int:
        """All that left the class."""
        return self.crossed_out + self.risen + self.other_out

    @property
    def come(self) -> int:
        """All that came into the class."""
        return self.crossed_in + self.fallen_back + self.newly_fallen + self.other_in

    @property
    def holds(self) -> bool:
        """Whether the opening less what left plus what came is the closing."""
        return self.opening - self.gone + self.come == self.closing

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in any column."""
        return self == Flow()

    def __add__(self, other: Flow) -> Flow:
        return Flow(*(getattr(self, one) + getattr(other, one) for one in COLUMNS))

    def __sub__(self, other: Flow) -> Flow:
        return Flow(*(getattr(self, one) - getattr(other, one) for one in COLUMNS))


COLUMNS = tuple(one.name for one in fields(Flow))


@dataclass(frozen=True)
class Movement:
    """The flows of places, what passed between them, and the whole territory as one place."""

    rows: dict[int | None, Flow]
    between: Flow
    total: Flow


def movement_of(courses: Iterable[Course], household_class: str) -> Movement:
    """The movement of the poor or the near-poor.

    A household that moved from one place to another left the one and came to the other, but moved
    in the whole only by its class: the difference is ``between``, so that the sum is the whole.
    """
    rows: dict[int | None, Flow] = {}
    total = Flow()
    for course in courses:
        total += _flow(_class(course.opening), _class(course.closing), course, household_class)
        for place, flow in flows_of(course, household_class).items():
            rows[place] = rows.get(place, Flow()) + flow
    rows = {place: flow for place, flow in rows.items() if not flow.is_empty}
    summed = sum(rows.values(), Flow())
    return Movement(rows, total - summed, total)


def flows_of(course: Course, household_class: str) -> dict[int | None, Flow]:
    """What one household adds to the movement of each place it lived at on one of the days."""
    return {
        place: _flow(
            _class_at(course.opening, place),
            _class_at(course.closing, place),
            course,
            household_class,
        )
        for place in _places(course)
    }


def _places(course: Course) -> set[int | None]:
    return {one.place for one in (course.opening, course.closing) if one is not None}


def _class(position: Position | None) -> str | None:
    return None if position is None else position.household_class


def _class_at(position: Position | None, place: int | None) -> str | None:
    """The class at a place; None where the household lived elsewhere."""
    return _class(position) if position is not None and position.place == place else None


def _flow(then: str | None, now: str | None, course: Course, counted: str) -> Flow:
    was, stays = then == counted, now == counted
    if was and stays:
        return Flow(opening=1, closing=1)
    if was:
        return Flow(opening=1, **{_way_out(now): 1})
    if stays:
        return Flow(closing=1, **{_way_in(then, course, counted): 1})
    return Flow()


def _way_out(now: str | None) -> str:
    if now in LOW:
        return "crossed_out"
    # Gone, merged into another, or without any class: the register cannot say it rose.
    return "other_out" if now is None or now == NO_CLASS else "risen"


def _way_in(then: str | None, course: Course, counted: str) -> str:
    if then is None:
        return "other_in"
    if then in LOW:
        return "crossed_in"
    return "fallen_back" if counted in course.before else "newly_fallen"
