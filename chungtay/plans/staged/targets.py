"""Targets that were read made into the promises of a plan; what cannot be one is said, not lost."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from chungtay.plans.arithmetic import impossible
from chungtay.plans.cells import Cells, Meaning, PartCell, TargetCell
from chungtay.plans.reading.numbers import people, rows
from chungtay.plans.staged.queries import Read
from chungtay.rulebook.folding import fold
from chungtay.rulebook.promises import (
    ABOUT,
    AT_LEAST,
    BETWEEN,
    CLASSES,
    COUNT,
    COVERAGE,
    EXACTLY,
    HOUSEHOLD,
    OVER,
    POINTS,
    POOR,
    RATE,
    SHARE,
    Base,
    Kind,
    Population,
)
from chungtay.rulebook.wording import Sentence

MEASURES = {
    rows.COUNT: COUNT,
    rows.RATE: RATE,
    rows.POINTS: POINTS,
    rows.SHARE: SHARE,
    rows.COVERAGE: COVERAGE,
}
COMPARED = {
    rows.EXACT: EXACTLY,
    rows.AT_LEAST: AT_LEAST,
    rows.OVER: OVER,
    rows.ABOUT: ABOUT,
    rows.RANGE: BETWEEN,
}
COUNTED = {
    people.HOUSEHOLD: HOUSEHOLD,
    people.PERSON: "person",
    people.CHILD: "child",
    people.WORKER: "worker",
    people.OFFICER: "poverty_officer",
}
GROUPS = {"_kinh": "Kinh"}
OF_A_CLASS = frozenset({POOR, "near_poor", "newly_escaped"})

NO_CELL = "Kế hoạch trong máy chưa có ô cho loại chỉ tiêu này; câu vẫn nằm trong văn bản."
NO_POPULATION = "Chưa biết chỉ tiêu này của diện hộ nào; hãy chọn ở ô “Của ai”."
NO_PLACE = "Không thấy “{place}” trong danh mục thôn, xã của nơi này; hãy sửa tên cho khớp."
NO_REDUCTION = "Chỉ có số đầu kỳ, chưa có số giảm hay số cuối kỳ, nên chưa thành chỉ tiêu."
TWO_VALUES = "Đã có một số khác cho cùng chỉ tiêu; hãy bỏ một trong hai."

FindPlace = Callable[[str], PartCell | None]
Says = Callable[[Read], str]
LONGEST_AIM = 300


@dataclass
class Carried:
    """The promises made of what was read, and for each datum that made none why not."""

    targets: list[TargetCell] = field(default_factory=list)
    left: list[tuple[Read, Sentence]] = field(default_factory=list)

    def leave(self, data: Iterable[Read], why: Sentence) -> None:
        """Say why some data make no promise."""
        self.left += [(one, why) for one in data]


def carry_targets(data: Iterable[Read], find_place: FindPlace, says: Says) -> Carried:
    """The promises of a plan from its confirmed targets, in the order of the text."""
    carried, counts = Carried(), dict[Population, list[Read]]()
    others: list[tuple[Read, Population]] = []
    for one in data:
        population = population_of(one.values)
        if isinstance(population, Sentence):
            carried.leave([one], population)
        elif one.values["kind"] != rows.COVERAGE and one.values["measure"] in {"count", "rate"}:
            counts.setdefault(population, []).append(one)
        else:
            others.append((one, population))
    for population, some in counts.items():
        _carry_count(carried, population, some, find_place)
    for one, population in others:
        covers = one.values["kind"] == rows.COVERAGE
        _carry_other(carried, one, population, says(one)[:LONGEST_AIM] if covers else "")
    return carried


def population_of(values: dict[str, Any]) -> Population | Sentence:
    """Of whom a target that was read is, or why no promise can be about them."""
    said, group = values["population"] or "", ""
    for ending, name in GROUPS.items():
        if said.endswith(ending):
            said, group = said.removesuffix(ending), name
    counted = COUNTED.get(values["unit"])
    if counted == "poverty_officer":
        return Population(counted=counted, classes=())
    if counted is None or fold(values["condition"] or "").startswith("tru "):
        return Sentence(NO_CELL)
    if not said:
        return Sentence(NO_POPULATION)
    subclass = {"poor_a": "A", "poor_b": "B"}.get(said, "")
    classes = (POOR,) if subclass else tuple(one for one in CLASSES if one in said.split("+"))
    if set(said.split("+")) - OF_A_CLASS and not subclass:
        return Sentence(NO_CELL)
    need = "nhu cau" in fold(values["condition"] or "")
    return Population(counted, classes, subclass, group, registered_need=need)


def _code(carried: Carried, population: Population) -> str:
    """The name a promise's live values begin with; the class where that alone says it."""
    plain = population.classes[0] if len(population.classes) == 1 else ""
    taken = {cell.code for cell in carried.targets}
    if plain and population == Population(classes=(plain,)) and plain not in taken:
        return plain
    return next(f"target_{at}" for at in range(1, 999) if f"target_{at}" not in taken)


def _carry_count(
    carried: Carried, population: Population, data: list[Read], find_place: FindPlace
) -> None:
    """Opening, fall and rest of one population make one promise; villages make its parts."""
    whole: dict[tuple[str, str], Read] = {}
    for one in data:
        if one.values["place"]:
            continue
        slot = one.values["kind"], one.values["measure"]
        if slot in whole and whole[slot].values["value"] != one.values["value"]:
            carried.leave([one], Sentence(TWO_VALUES))
        else:
            whole.setdefault(slot, one)
    numbers = {slot: one.values["value"] for slot, one in whole.items()}
    opening, closing = numbers.get(("opening", "count")), numbers.get(("closing", "count"))
    reduction = numbers.get(("reduction", "count"))
    if reduction is None and opening is not None and closing is not None:
        reduction = opening - closing
    placed = [one for one in data if one.values["place"]]
    if reduction is None:
        _carry_levels(carried, population, whole)
        carried.leave(placed, Sentence(NO_REDUCTION))
        return
    lead = whole.get(("reduction", "count"))
    if lead and opening is None and lead.values["base_population"] == lead.values["population"]:
        opening = lead.values["base_count"]  # "2/3 hộ": two of the three there are
    comparator = COMPARED.get(lead.values["comparator"]) if lead else EXACTLY
    if comparator in {None, BETWEEN}:
        carried.leave(whole.values(), Sentence(NO_CELL))
        return
    cell = TargetCell(
        _code(carried, population),
        opening=opening,
        reduction=reduction,
        stated_opening_rate=_rate(numbers.get(("opening", "rate"))),
        stated_closing_rate=_rate(numbers.get(("closing", "rate"))),
        parts=tuple(_parts(carried, placed, find_place)),
        meaning=Meaning(Kind(population, COUNT, comparator or EXACTLY)),
    )
    _put(carried, cell, [*whole.values(), *placed])


def _carry_levels(
    carried: Carried, population: Population, whole: dict[tuple[str, str], Read]
) -> None:
    """A rate to be reached, without any count, is a promise of its own; the rest is none."""
    for (kind, measure), one in whole.items():
        if kind == rows.CLOSING and measure == rows.RATE:
            _carry_other(carried, one, population)
        else:
            carried.leave([one], Sentence(NO_REDUCTION))


def _parts(carried: Carried, data: list[Read], find_place: FindPlace) -> Iterable[PartCell]:
    seen: set[int] = set()
    for one in data:
        if (one.values["kind"], one.values["measure"]) != ("reduction", "count"):
            carried.leave([one], Sentence(NO_CELL))
            continue
        part = find_place(one.values["place"])
        if part is None or part.unit in seen:
            carried.leave([one], Sentence(NO_PLACE, place=one.values["place"]))
            continue
        seen.add(part.unit)
        yield PartCell(part.unit, part.name, None, one.values["value"])


def _carry_other(carried: Carried, one: Read, population: Population, aim: str = "") -> None:
    """Points, a share of a base, a rate or a coverage: one promise each."""
    values = one.values
    comparator = COMPARED.get(values["comparator"])
    measure = MEASURES[values["measure"]]
    if comparator is None or measure == COUNT or values["place"]:
        carried.leave([one], Sentence(NO_CELL))
        return
    covers = values["kind"] == rows.COVERAGE
    base = _base(values) if measure == SHARE else None
    cell = TargetCell(
        _code(carried, population) if not covers else _code(carried, Population(counted="")),
        value=Decimal(str(values["value"])),
        value_to=None if values["value_to"] is None else Decimal(str(values["value_to"])),
        base_count=values["base_count"] if base else None,
        meaning=Meaning(
            Kind(population, COVERAGE if covers else measure, comparator, base),
            aim=aim,
            base_said=values["denominator"] or "",
        ),
    )
    _put(carried, cell, [one])


def _base(values: dict[str, Any]) -> Base | None:
    said, on = values["base_population"] or "", values["base_on"] or ""
    if said not in OF_A_CLASS:
        return None
    population = Population(classes=(said,))
    if "/" in on:
        first, last = on.split("/")
        return Base(population, from_year=int(first), to_year=int(last))
    try:
        return Base(population, on=date.fromisoformat(on))
    except ValueError:
        return Base(population)


def _rate(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _put(carried: Carried, cell: TargetCell, data: list[Read]) -> None:
    wrong = impossible(Cells(None, (cell,)))
    if wrong is None:
        carried.targets.append(cell)
    else:
        told = {id(one) for one, _why in carried.left}
        carried.leave([one for one in data if id(one) not in told], wrong)
