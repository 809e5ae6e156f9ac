"""Reading the demonstration's communes from their data files; everything in them is made up."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from chungtay.households.writing import HouseholdInput, PersonInput
from chungtay.places.models import Unit
from chungtay.rulebook.dates import PartialDate
from chungtay.rulebook.loading import law

DATA = Path(__file__).parent / "data"
HAND_WRITTEN = ("quang_trung_families.toml", "phu_son_families.toml")
MEMBER_FIELDS = frozenset({"name", "relation", "sex", "birth", "id", "ethnicity", "profile"})


@dataclass(frozen=True)
class DemoVillage:
    """A village with its households and persons on the counting day."""

    name: str
    households: int
    persons: int


@dataclass(frozen=True)
class DemoDecision:
    """A paper of a commune (by its code on the day of issue) that decides classes from a day on."""

    number: str
    issued_on: date
    issuer: str
    valid_from: date
    place_code: str = ""


@dataclass(frozen=True)
class Decided:
    """The class that one standard gives; poor households may be of one kind, A or B."""

    household_class: str
    subclass: str = ""


Classes = Mapping[str, Decided]
"""What is decided by each standard, by the standard's id."""


@dataclass(frozen=True)
class DemoStep:
    """A later decision on a household: what had changed by then, and the classes decided.

    Changed answers of members stand by their position in the household.
    """

    decision: DemoDecision
    on: date
    answers: Mapping[str, Any]
    members: Mapping[int, Mapping[str, Any]]
    classes: Classes


@dataclass(frozen=True)
class DemoHousehold:
    """A household: what it answered on a day, and the classes decided (none where it only asked).

    ``household_class`` is the national one among ``classes``; ``steps`` are the later reviews.
    """

    code: str
    village: str
    household_class: str | None
    on: date
    answers: Mapping[str, Any]
    members: tuple[PersonInput, ...]
    classes: Classes = field(default_factory=dict)
    steps: tuple[DemoStep, ...] = ()

    def given(self, village: Unit) -> HouseholdInput:
        """The household as the register takes it."""
        return HouseholdInput(village, self.members, code=self.code, answers=self.answers)


@dataclass(frozen=True)
class DemoChange:
    """Answers that changed later: of the household, and of members by their names."""

    household: str
    on: date
    reason: str
    answers: Mapping[str, Any]
    members: Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class DemoCommune:
    """One commune of the demonstration, whole.

    ``place`` names the plan's place it belongs to, ``successor`` the code of the unit in whose
    register its households stand since 1/7/2025 ("" where they stay in the old one).
    """

    code: str
    on: date
    villages: tuple[DemoVillage, ...]
    counted_on: date
    count_source: str
    opening_decision: DemoDecision
    in_year_decision: DemoDecision | None
    households: tuple[DemoHousehold, ...]
    changes: tuple[DemoChange, ...]
    movements: Mapping[str, str]
    place: str = "quang_trung"
    successor: str = ""

    def class_counts(self) -> Counter[str]:
        """How many households the opening decision puts into each class."""
        return Counter(one.household_class for one in self.households if one.household_class)


@cache
def hand_written_communes() -> tuple[DemoCommune, ...]:
    """The communes whose every family is written by hand, the one with the plan first."""
    return tuple(_commune(read_data(name)) for name in HAND_WRITTEN)


def read_data(name: str) -> dict[str, Any]:
    """The content of one data file."""
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


def _commune(raw: Mapping[str, Any]) -> DemoCommune:
    in_year = raw.get("in_year_decision")
    return DemoCommune(
        code=raw["place_code"],
        on=raw["place_on"],
        villages=tuple(DemoVillage(**village) for village in raw["population"]["villages"]),
        counted_on=raw["population"]["on"],
        count_source=raw["population"]["source"],
        opening_decision=_decision(raw["opening_decision"]),
        in_year_decision=_decision(in_year) if in_year else None,
        households=tuple(_decided_household(raw, row) for row in raw["households"]),
        changes=tuple(read_change(row) for row in raw.get("changes", ())),
        movements={row["household"]: row["class"] for row in raw.get("movements", ())},
    )


def _decision(row: Mapping[str, Any]) -> DemoDecision:
    return DemoDecision(row["number"], row["issued_on"], row["issuer"], row["valid_from"])


def _decided_household(raw: Mapping[str, Any], row: Mapping[str, Any]) -> DemoHousehold:
    on = row.get("asked_on", raw["answered_on"])
    standard = law().standard_on(raw["opening_decision"]["valid_from"]).id
    classes = {standard: Decided(row["class"])} if "class" in row else {}
    household = written_household(row, on, raw["ethnicity"])
    return replace(household, household_class=row.get("class"), classes=classes)


def written_household(row: Mapping[str, Any], on: date, ethnicity: str) -> DemoHousehold:
    """A household written by hand, as it answered on a day; its classes are still open."""
    profiles = read_profiles()
    members = tuple(_member(member, profiles, ethnicity) for member in row["members"])
    return DemoHousehold(row["code"], row["village"], None, on, row["answers"], members)


@cache
def read_profiles() -> dict[str, dict[str, Any]]:
    """The ready sets of a member's answers by name."""
    profiles = read_data("member_profiles.toml")
    everyone = profiles.pop("everyone")
    return {name: {**everyone, **answers} for name, answers in profiles.items()}


def _member(
    row: Mapping[str, Any], profiles: Mapping[str, Mapping[str, Any]], ethnicity: str
) -> PersonInput:
    own = {name: value for name, value in row.items() if name not in MEMBER_FIELDS}
    return PersonInput(
        full_name=row["name"],
        relation=row["relation"],
        sex=row["sex"],
        birth=birth_of(row["birth"]),
        citizen_id=row.get("id"),
        ethnicity=row.get("ethnicity", ethnicity),
        answers={**profiles[row["profile"]], **own},
    )


def birth_of(text: str) -> PartialDate:
    """A birth date as the data files write it: day/month/year, or the year alone."""
    return PartialDate(*(int(part) for part in reversed(text.split("/"))))


def read_change(row: Mapping[str, Any]) -> DemoChange:
    """Answers that changed later, as a data file writes them."""
    members = {
        one["name"]: {name: value for name, value in one.items() if name != "name"}
        for one in row.get("members", ())
    }
    answers = row.get("answers", {})
    return DemoChange(row["household"], row["on"], row["reason"], answers, members)
