"""What a made-up family answers at a review, so that exactly the indicators meant are lacking."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from random import Random
from typing import Any

from chungtay.demo.families import read_profiles
from chungtay.demo.relatives import Relative

JOB, DEPENDANTS, FOOD, INSURANCE = "d01", "d02", "d03", "d04"
SCHOOLING_OF_ADULTS, SCHOOLING_OF_CHILDREN = "d05", "d06"
HOUSE, ROOM, WATER, LATRINE, INTERNET, MEANS = "d07", "d08", "d09", "d10", "d11", "d12"
NO_WORK = frozenset({"sick", "disabled_assisted", "elder", "elder_assisted"})
ASSISTED = frozenset({"disabled_assisted", "elder_assisted"})
CHILD_TO, PRIMARY, SECONDARY, NURSERY = 16, 6, 12, 3
FREE = 18  # from here on people work or study as they like
SOON_GROWN, GROWN_UP, LAST_SCHOOL_AGE, RESTING = 14, 19, 30, 65
ROOM_SCARCE, ROOM_ENOUGH = (4.5, 7.6), (8.6, 17.0)
BAD_LATRINES = ("unhygienic", "unhygienic", "none")
POOR_MEANS = (("tv",), ("tv", "telephone"), ("radio", "telephone"), ("telephone",))
GOOD_MEANS = (("tv", "smartphone"), ("smartphone",), ("tv", "telephone", "smartphone"))


class Dwelling:
    """What a family's house and habits are like; drawn once, so that only what is meant changes."""

    def __init__(self, rng: Random, sources: Mapping[str, Sequence[str]], size: int) -> None:
        self._water = rng.choice(sources["water"])
        self._latrine = rng.choice(sources["latrine"])
        self._bad_latrine = rng.choice(BAD_LATRINES)
        self._scarce = int(size * rng.uniform(*ROOM_SCARCE))
        self._enough = int(size * rng.uniform(*ROOM_ENOUGH)) + 1
        self._weak = rng.choice(
            [("wall_durable", "roof_durable"), ("wall_durable", "pillar_durable")]
        )
        self._poor_means = list(rng.choice(POOR_MEANS))
        self._good_means = list(rng.choice(GOOD_MEANS))

    def answers(self, lacking: Collection[str]) -> dict[str, Any]:
        """The household's answers of a review, its income aside."""
        parts = ("wall_durable", "pillar_durable", "roof_durable")
        means = self._poor_means if INTERNET in lacking else self._good_means
        return {
            "house_area_m2": self._scarce if ROOM in lacking else self._enough,
            **{part: not (HOUSE in lacking and part in self._weak) for part in parts},
            "water_source": "unprotected" if WATER in lacking else self._water,
            "latrine": self._bad_latrine if LATRINE in lacking else self._latrine,
            "internet_used": INTERNET not in lacking,
            "information_means": [] if MEANS in lacking else means,
        }


def forced(members: Sequence[Relative], year: int) -> frozenset[str]:
    """What the shape of a family makes it lack: more dependants than half of its members."""
    dependants = sum(one.age_in(year) < CHILD_TO or one.profile in ASSISTED for one in members)
    return frozenset({DEPENDANTS}) if 2 * dependants > len(members) else frozenset()


def possible(members: Sequence[Relative], year: int) -> frozenset[str]:
    """The indicators that a family can be made to lack in a year."""
    of_house = {HOUSE, ROOM, WATER, LATRINE, INTERNET, MEANS}
    return frozenset(of_house | {code for code in FITS if _whom(code, members, year) is not None})


def member_answers(
    members: Sequence[Relative], year: int, lacking: Collection[str]
) -> list[dict[str, Any]]:
    """Each member's answers of a review."""
    given = [_answers(one, one.age_in(year)) for one in members]
    for code, change in CHANGES.items():
        if code in lacking and (place := _whom(code, members, year)) is not None:
            given[place].update(change)
    return given


CHANGES: dict[str, dict[str, Any]] = {
    JOB: {"work": "none", "able_to_work": True, "wants_work": True},
    FOOD: {"undernourished": True},
    INSURANCE: {"health_insurance": False},
    SCHOOLING_OF_ADULTS: {"education": "lower_secondary"},
    SCHOOLING_OF_CHILDREN: {"schooling": "none"},
}
FITS: dict[str, Callable[[Relative, int], bool]] = {
    JOB: lambda one, age: GROWN_UP <= age <= 50 and one.profile not in NO_WORK,
    FOOD: lambda _, age: age < CHILD_TO - 1,
    INSURANCE: lambda one, age: age >= GROWN_UP and one.profile not in ASSISTED,
    SCHOOLING_OF_ADULTS: lambda _, age: GROWN_UP <= age <= LAST_SCHOOL_AGE,
    SCHOOLING_OF_CHILDREN: lambda _, age: NURSERY <= age < PRIMARY or SECONDARY <= age < CHILD_TO,
}


def _whom(code: str, members: Sequence[Relative], year: int) -> int | None:
    """The member by whom a family lacks an indicator: the last in the list that fits."""
    fits = FITS[code]
    for place in range(len(members) - 1, -1, -1):
        if fits(members[place], members[place].age_in(year)):
            return place
    return None


def _answers(one: Relative, age: int) -> dict[str, Any]:
    answers = dict(read_profiles()[one.profile or _profile(one, age)])
    if FREE <= age <= LAST_SCHOOL_AGE:
        answers["education"] = "upper_secondary"
    if SOON_GROWN <= age < CHILD_TO:
        answers |= {"able_to_work": True, "wants_work": False}
    return answers


def _profile(one: Relative, age: int) -> str:
    """The ready set of answers that an age alone suggests."""
    steps = (
        (NURSERY, "toddler"),
        (PRIMARY, "preschooler"),
        (SECONDARY, "pupil1"),
        (CHILD_TO, "pupil2"),
        (FREE, "pupil3"),
        (RESTING, "own" if one.birth.year % 3 else "seasonal"),
    )
    return next((profile for below, profile in steps if age < below), "elder")
