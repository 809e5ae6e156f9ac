"""Growing a place's families from its data file: the classes meant, their reviews, their answers.

Everything is drawn from the seed of the file, so that the same file gives the same families.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from random import Random
from typing import Any

from chungtay.demo.answering import INTERNET, MEANS, Dwelling, forced, member_answers, possible
from chungtay.demo.families import (
    Classes,
    Decided,
    DemoHousehold,
    DemoStep,
    written_household,
)
from chungtay.demo.papers import paper, stands_in
from chungtay.demo.relatives import Registry, Relative
from chungtay.households.writing import PersonInput
from chungtay.rulebook.loading import law

OUT = "out"
STEP_VND = 10_000
WITH_LABOUR = 0.85
KINH = "Kinh"

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Kind:
    """The classes a household is meant to have by each standard, and what makes them so."""

    name: str
    national: str
    province: str
    subclass: str
    labour: bool | None
    deprivations: tuple[int, int]
    income: Mapping[str, Sequence[int]]

    @classmethod
    def of(cls, name: str, row: Row) -> Kind:
        """A kind as its table says."""
        low, high = row["deprivations"]
        return cls(
            name=name,
            national=row.get("national", ""),
            province=row.get("province", ""),
            subclass=row.get("subclass", ""),
            labour=row.get("labour"),
            deprivations=(low, high),
            income=row["income"],
        )


@dataclass(eq=False)
class Grown:
    """A family while its years are being told: what it is, lacks and was decided so far."""

    unit: Row
    village: str
    code: str
    kind: Kind
    members: tuple[Relative, ...]
    order: list[str]
    dwelling: Dwelling
    lacking: frozenset[str] = frozenset()
    answers: dict[str, Any] = field(default_factory=dict)
    of_members: list[dict[str, Any]] = field(default_factory=list)
    told: DemoHousehold | None = None


class Place:
    """One place's data file at work."""

    def __init__(self, raw: Row) -> None:
        self.raw = raw
        self.rng = Random(raw["seed"])  # noqa: S311 made-up families, not secrets
        self.kinds = {name: Kind.of(name, row) for name, row in raw["kinds"].items()}
        self.registry = Registry(self.rng, raw["id_province"], raw["base_year"])
        self.reviews: dict[str, Row] = {row["key"]: row for row in raw["decisions"]}

    def households(self) -> dict[str, tuple[DemoHousehold, ...]]:
        """The households of each unit by its code: written by hand, then grown."""
        grown = list(self._families())
        for key, review in self.reviews.items():
            moved = self._move(grown, key)
            for one in grown:
                if one in moved or (review.get("everyone") and _due(one, review)):
                    self._review(one, review)
        told: dict[str, list[DemoHousehold]] = {row["code"]: [] for row in self.raw["units"]}
        for row in self.raw.get("households", ()):
            unit = self._unit_of(row["village"])
            told[unit["code"]].append(self._written(unit, row))
        for one in grown:
            if one.told is not None:
                told[one.unit["code"]].append(one.told)
        return {code: tuple(listed) for code, listed in told.items()}

    # Families

    def _families(self) -> Iterator[Grown]:
        seats = [(unit, seat) for unit in self.raw["units"] for seat in _seats(unit)]
        decks = {
            group: self._deck(shares, sum(seat[0] == group for _, seat in seats))
            for group, shares in self.raw.get("groups", {}).items()
        }
        written = [row["village"] for row in self.raw.get("households", ())]
        taken: dict[tuple[str, str], int] = {}
        for unit, (group, village) in seats:
            home = (unit["code"], village)
            taken[home] = taken.get(home, written.count(village)) + 1
            yield self._family(unit, village, taken[home], decks[group].pop())

    def _deck(self, shares: Mapping[str, int], count: int) -> list[Kind]:
        """The kinds of a group's households in the order they are dealt."""
        names = [name for name, share in shares.items() for _ in range(share)]
        deck = [self.kinds[names[at % len(names)]] for at in range(count)]
        self.rng.shuffle(deck)
        return deck

    def _family(self, unit: Row, village: str, number: int, kind: Kind) -> Grown:
        shares = self.raw["peoples"]
        people = self.rng.choices(list(shares), list(shares.values()))[0]
        labour = self.rng.random() < WITH_LABOUR if kind.labour is None else kind.labour
        members = self.registry.family(people, labour=labour)
        names = [row["name"] for row in unit["villages"]]
        code = f"{unit['prefix']}{names.index(village) + 1}-{number:02d}"
        dwelling = Dwelling(self.rng, self.raw["sources"], len(members))
        return Grown(unit, village, code, kind, members, self._order(), dwelling)

    def _order(self) -> list[str]:
        """The indicators in the order this family would come to lack them."""
        lacks = self.raw["lacks"]
        drawn = {code: self.rng.random() ** (1 / weight) for code, weight in lacks.items()}
        order = sorted(drawn, key=lambda code: -drawn[code])
        internet, means = order.index(INTERNET), order.index(MEANS)
        if means < internet:  # whoever has no means at all uses no internet either
            order[means], order[internet] = order[internet], order[means]
        return order

    # Years

    def _move(self, grown: Sequence[Grown], key: str) -> set[Grown]:
        """Let the households of a decision's flows become another kind; those that did."""
        moved: set[Grown] = set()
        flows = (row for row in self.raw.get("flows", ()) if row["decision"] == key)
        for row in (move for flow in flows for move in flow["moves"]):
            able = [one for one in grown if one not in moved and _may_move(one, row)]
            chosen = self.rng.sample(able, row["count"])
            for one in chosen:
                one.kind = self.kinds[row["to"]]
            moved.update(chosen)
        return moved

    def _review(self, one: Grown, review: Row) -> None:
        """Ask a household anew and decide its classes."""
        asked: date = review["asked_on"]
        one.lacking = self._lacking(one, asked.year)
        answers = {"income_per_person_vnd": self._income(one, asked)}
        answers |= one.dwelling.answers(one.lacking)
        of_members = member_answers(one.members, asked.year, one.lacking)
        if one.told is None:
            classes = self._classes(one.kind, review["issued_on"], None)
            one.told = self._named(_first(one, asked, answers, of_members), classes)
        else:
            step = DemoStep(
                paper(self.raw, one.unit, review),
                asked,
                _changed(one.answers, answers),
                _changed_members(one.of_members, of_members),
                self._classes(one.kind, review["issued_on"], one.told),
            )
            one.told = replace(one.told, steps=(*one.told.steps, step))
        one.answers, one.of_members = answers, of_members

    def _lacking(self, one: Grown, year: int) -> frozenset[str]:
        """What a household lacks: as before where it still can, as many as its kind asks for."""
        must, able = forced(one.members, year), possible(one.members, year)
        low, high = one.kind.deprivations
        kept = [code for code in one.order if code in one.lacking & able]
        wanted = min(max(low, len(kept) + len(must)), high) if kept else self.rng.randint(low, high)
        kept = kept[: max(0, wanted - len(must))]
        fresh = [code for code in one.order if code in able and code not in kept]
        return must.union(kept, fresh[: max(0, wanted - len(must) - len(kept))])

    def _income(self, one: Grown, asked: date) -> int:
        low, high = one.kind.income[stands_in(one.unit, asked)["area"]]
        return self.rng.randrange(low, high + 1, STEP_VND)

    def _classes(self, kind: Kind, on: date, told: DemoHousehold | None) -> Classes:
        """What is decided by each standard; who left a class is decided to be above it."""
        national, own = law().standard_on(on).id, self.raw.get("standard", "")
        classes = {own: Decided(kind.province, kind.subclass)} if own else {}
        if kind.name != OUT and kind.national:
            classes[national] = Decided(kind.national)
        elif told is not None and national in _standards(told):
            classes[national] = Decided(self.kinds[OUT].national)
        return classes

    def _named(self, household: DemoHousehold, classes: Classes) -> DemoHousehold:
        """A household with the classes of its first decision."""
        national = classes.get(law().standard_on(household.on).id)
        found = national.household_class if national is not None else None
        return replace(household, household_class=found, classes=classes)

    # Households written by hand

    def _written(self, unit: Row, row: Row) -> DemoHousehold:
        opening = next(iter(self.reviews.values()))
        told = written_household(row, opening["asked_on"], KINH)
        classes = self._classes(self.kinds[row["kind"]], opening["issued_on"], None)
        told = self._named(told, classes)
        positions = {member.full_name: at for at, member in enumerate(told.members)}
        for said in row.get("later", ()):
            review = self.reviews[said["decision"]]
            step = DemoStep(
                paper(self.raw, unit, review),
                review["asked_on"],
                said.get("answers", {}),
                {positions[name]: new for name, new in said.get("members", {}).items()},
                self._classes(self.kinds[said["kind"]], review["issued_on"], told),
            )
            told = replace(told, steps=(*told.steps, step))
        return told

    def _unit_of(self, village: str) -> Row:
        named = (unit for unit in self.raw["units"] if village in _village_names(unit))
        unit: Row = next(named)
        return unit


def _seats(unit: Row) -> Iterator[tuple[str, str]]:
    """The group and village of each household to grow in a unit."""
    for village in unit["villages"]:
        for group, count in village.get("groups", {}).items():
            yield from [(group, village["name"])] * count
    names = _village_names(unit)
    for group, count in unit.get("groups", {}).items():
        yield from [(group, names[at % len(names)]) for at in range(count)]


def _village_names(unit: Row) -> list[str]:
    return [row["name"] for row in unit["villages"]]


def _due(one: Grown, review: Row) -> bool:
    """Whether a yearly review asks a household: in a class, or where another income line counts."""
    if one.kind.name != OUT:
        return True
    return (
        "successor" in one.unit
        and stands_in(one.unit, review["asked_on"])["area"] != one.unit["area"]
    )


def _may_move(one: Grown, row: Row) -> bool:
    return one.kind.name in row["from"] and one.unit["code"] in row.get("units", [one.unit["code"]])


def _standards(told: DemoHousehold) -> set[str]:
    """The standards by which something was decided of a household."""
    return {
        standard
        for classes in (told.classes, *(s.classes for s in told.steps))
        for standard in classes
    }


def _first(one: Grown, asked: date, answers: Row, of_members: Sequence[Row]) -> DemoHousehold:
    members = tuple(
        PersonInput(
            full_name=relative.full_name,
            relation=relative.relation,
            sex=relative.sex,
            birth=relative.birth,
            citizen_id=relative.citizen_id,
            ethnicity=relative.ethnicity,
            answers=given,
        )
        for relative, given in zip(one.members, of_members, strict=True)
    )
    return DemoHousehold(one.code, one.village, None, asked, answers, members)


def _changed(before: Row, now: Row) -> dict[str, Any]:
    """Of some answers, those that differ; one that is no longer asked stays as it was."""
    return {name: value for name, value in now.items() if before.get(name) != value}


def _changed_members(before: Sequence[Row], now: Sequence[Row]) -> dict[int, dict[str, Any]]:
    pairs = enumerate(zip(before, now, strict=True))
    return {place: new for place, (old, given) in pairs if (new := _changed(old, given))}
