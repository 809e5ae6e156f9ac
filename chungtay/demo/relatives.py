"""Making up the members of a family: relations, ages, names and numbers that fit each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any

from chungtay.demo.families import read_data
from chungtay.households.models.people import HEAD
from chungtay.rulebook.dates import PartialDate

# Ages at the end of the base year at which, two years on, a birthday would turn an answer of the
# last review into another finding (nursery, school, childhood, adult education).
TURNING = frozenset({0, 3, 9, 13, 28})
YOUNG, OLD, SURE_OF_DAY = 36, 66, 35
PARENTS = frozenset({HEAD, "01", "02"})
CHILD, GRANDCHILD, FATHER = "08", "09", "03"
OF_THE_HOUSE = frozenset({CHILD, GRANDCHILD, FATHER})
LAST_MONTH, LAST_DAY = 10, 28  # nobody has a birthday between a review and the end of its year
GENERATION = 18
NAMES_TRIED = 40


@dataclass(frozen=True)
class Slot:
    """A place in the shape of a family: relation, sex ("" for either), ages, set of answers."""

    relation: str
    sex: str
    low: int
    high: int
    profile: str


@dataclass(frozen=True)
class Shape:
    """A family's shape; without labour nobody of it can earn a living."""

    labour: bool
    weight: int
    slots: tuple[Slot, ...]


@dataclass(frozen=True)
class Relative:
    """A made-up member of a family; ``profile`` only where age alone does not say it."""

    full_name: str
    relation: str
    sex: str
    birth: PartialDate
    citizen_id: str | None
    ethnicity: str
    profile: str

    def age_in(self, year: int) -> int:
        """The age reached in a year."""
        return year - self.birth.year


@cache
def shapes() -> tuple[Shape, ...]:
    """The shapes of ``family_shapes.toml``."""
    return tuple(
        Shape(bool(row.get("labour")), row["weight"], tuple(_slot(one) for one in row["members"]))
        for row in read_data("family_shapes.toml")["shapes"]
    )


def _slot(text: str) -> Slot:
    relation, sex, ages, *profile = text.split()
    low, high = ages.split("-")
    sexes = {"m": "male", "f": "female", "*": ""}
    return Slot(relation, sexes[sex], int(low), int(high), "".join(profile))


@cache
def peoples() -> dict[str, Any]:
    """The names of each people, from ``names.toml``."""
    return read_data("names.toml")


class Registry:
    """Draws families for one place; no number is given twice, names seldom."""

    def __init__(self, rng: Random, id_province: str, base_year: int) -> None:
        self._rng = rng
        self._province = id_province
        self._base_year = base_year
        self._names: set[str] = set()
        self._numbers: set[str] = set()

    def family(self, people: str, *, labour: bool) -> tuple[Relative, ...]:
        """A family of one people, with or without somebody who can work."""
        fitting = [shape for shape in shapes() if shape.labour is labour]
        shape = self._rng.choices(fitting, [one.weight for one in fitting])[0]
        ages = self._ages(shape.slots)
        names = peoples()[people]
        house, lone_head = self._surname(names), shape.slots[0].sex == "female"
        own = self._surname(names) if lone_head else house
        return tuple(
            self._relative(slot, age, names, own if slot.relation == HEAD else house)
            for slot, age in zip(shape.slots, ages, strict=True)
        )

    def _ages(self, slots: Sequence[Slot]) -> list[int]:
        """An age for each slot: parents older than their children, children in their order."""
        ages: list[int] = []
        top = 200
        for slot in slots:
            high = min(slot.high, top - 1) if slot.relation == CHILD else slot.high
            able = [one for one in range(slot.low, high + 1) if one not in TURNING]
            age = self._rng.choice(able) if able else max(1, high - (high in TURNING))
            ages.append(age)
            if slot.relation in PARENTS:
                top = min(top, age - GENERATION + 1)
            elif slot.relation == CHILD:
                top = age
        return ages

    def _relative(self, slot: Slot, age: int, names: Mapping[str, Any], surname: str) -> Relative:
        sex = slot.sex or self._rng.choice(["male", "female"])
        year = self._base_year - age
        family = surname if slot.relation in {HEAD, *OF_THE_HOUSE} else self._surname(names)
        birth = self._birth(year, age)
        number = None if age < GENERATION and self._rng.random() < 0.04 else self._number(sex, year)
        full_name = self._name(names, sex, family, young=age < YOUNG)
        return Relative(full_name, slot.relation, sex, birth, number, names["label"], slot.profile)

    def _birth(self, year: int, age: int) -> PartialDate:
        vague = 0.5 if age >= OLD else 0.05
        if age >= SURE_OF_DAY and self._rng.random() < vague:
            return PartialDate(year)
        return PartialDate(year, self._rng.randint(1, LAST_MONTH), self._rng.randint(1, LAST_DAY))

    def _surname(self, names: Mapping[str, Any]) -> str:
        surnames = names["surnames"]
        return str(self._rng.choice(surnames)) if surnames else ""

    def _name(self, names: Mapping[str, Any], sex: str, surname: str, *, young: bool) -> str:
        words = names[sex]
        middles = words.get("young", [""]) if young else [""]
        for _ in range(NAMES_TRIED):
            parts = (
                surname,
                self._rng.choice(words["first"]),
                self._rng.choice(middles),
                self._rng.choice(words["last"]),
            )
            name = " ".join(part for part in parts if part)
            if name not in self._names:
                break
        self._names.add(name)
        return name

    def _number(self, sex: str, year: int) -> str:
        """A citizen ID in the right form, marked as made up by 99 after the year of birth."""
        century_and_sex = (year // 100 - 19) * 2 + (sex == "female")
        number = ""
        while not number or number in self._numbers:
            serial = self._rng.randint(1000, 9999)
            number = f"{self._province}{century_and_sex}{year % 100:02d}99{serial:04d}"
        self._numbers.add(number)
        return number
