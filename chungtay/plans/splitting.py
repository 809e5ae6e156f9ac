"""How a target is split over the places below: the rules, and whether the parts make the whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone

from chungtay.households.queries.residences import residences_of_many
from chungtay.places.models import Level, Unit
from chungtay.places.queries import all_as_on
from chungtay.plans.arithmetic import DerivedTarget, derive_one
from chungtay.plans.cells import Cells, TargetCell
from chungtay.plans.counting import Counted, countable, counted_on
from chungtay.plans.models import HandingDown, Plan, PlanTarget
from chungtay.rulebook.promise_words import population_words
from chungtay.rulebook.promises import COVERAGE, RATE, REDUCING, Base, split_evenly
from chungtay.rulebook.targets import TargetError
from chungtay.rulebook.wording import Sentence, vi_date, vi_int

LEVELS = frozenset({RATE, COVERAGE})
Rule = HandingDown.Rule


@dataclass(frozen=True)
class Whole:
    """What is to be split: a target with its number in households, its places and their bases."""

    derived: DerivedTarget
    units: tuple[Unit, ...]
    bases: Mapping[int, int | None]
    base_said: Sentence | None

    @property
    def cell(self) -> TargetCell:
        """The typed numbers of the target."""
        return self.derived.cell

    @property
    def sums(self) -> bool:
        """Whether the parts add up; a level (per cent reached) is asked of each place alike."""
        return self.cell.kind.measure in REDUCING

    def by_base(self) -> dict[int, Decimal]:
        """The whole in proportion to the bases, largest remainders first; a level for all alike."""
        if self.cell.is_open:
            return {}
        if not self.sums:
            return {unit.pk: self.cell.value or Decimal(0) for unit in self.units}
        weights = [self.bases.get(unit.pk) or 0 for unit in self.units]
        try:
            parts = split_evenly(self.derived.reduction or 0, weights)
        except TargetError:
            return {}
        return {unit.pk: Decimal(part) for unit, part in zip(self.units, parts, strict=True)}


def whole_of(plan: Plan, target: PlanTarget, cells: Cells | None = None) -> Whole:
    """A target with the places it can be handed down to, as they were on the year's first day."""
    typed = cells or Cells.of(plan)
    cell = next(one for one in typed.targets if one.code == target.code)
    units = places_below(plan)
    bases, said = _bases(plan, cell, units)
    return Whole(derive_one(typed, cell), tuple(units), bases, said)


def places_below(plan: Plan) -> list[Unit]:
    """The units just below a plan's place: those of the year's first day, while any of them stands.

    So a province hands down to its districts up to 30/6/2025, and to its communes since.
    """
    day = date(plan.year, 1, 1)
    now = min(date(plan.year, 12, 31), max(day, timezone.localdate()))
    children = list(plan.unit.children.filter(withdrawn=False))
    standing = [one for one in children if one.stands_on(day)]
    if all(one.ended_before(now) for one in standing):
        day, standing = now, [one for one in children if one.stands_on(now)]
    return sorted(all_as_on(standing, day), key=lambda one: natural(one.folded))


def natural(folded: str) -> tuple[tuple[int, str], ...]:
    """Thôn 2 before Thôn 10."""
    return tuple((int(word), "") if word.isdecimal() else (0, word) for word in folded.split())


def _bases(
    plan: Plan, cell: TargetCell, units: Sequence[Unit]
) -> tuple[dict[int, int | None], Sentence | None]:
    """The base of each place and its name: as the plan gives it, else as the register counts."""
    typed = {part.unit: part.opening for part in cell.parts}
    if any(opening is not None for opening in typed.values()):
        said = _said_of(cell.kind.base) if cell.kind.base else _since_the_first(plan, cell)
        return {unit.pk: typed.get(unit.pk) for unit in units}, said
    if not countable(cell):
        return {}, None
    base = cell.kind.base
    day = base.on if base is not None and base.on is not None else date(plan.year, 1, 1)
    population = base.population if base is not None and base.on else cell.kind.population
    counted = rolled_up(plan, counted_on(plan, day, filter(None, [population.group])))
    words = _said_of(base) if base is not None and base.on else _since_the_first(plan, cell)
    return {unit.pk: counted.of(population, unit.pk) for unit in units}, words


def _said_of(base: Base) -> Sentence:
    words = population_words(base.population)
    if base.on is not None:
        return Sentence("{population} tại ngày {on}", population=words, on=vi_date(base.on))
    return Sentence(
        "{population} giai đoạn {from_year}–{to_year}",
        population=words,
        from_year=base.from_year,
        to_year=base.to_year,
    )


def _since_the_first(plan: Plan, cell: TargetCell) -> Sentence:
    return Sentence(
        "{population} tại ngày {on}",
        population=population_words(cell.kind.population),
        on=vi_date(date(plan.year, 1, 1)),
    )


def rolled_up(plan: Plan, counted: Counted) -> Counted:
    """A count by commune, brought to the districts where these stand right below the plan's."""
    if plan.unit.level != Level.PROVINCE:
        return counted
    places = {row[0] for rows in counted.rows.values() for row in rows if row[0] is not None}
    above = above_of(plan, places)
    return Counted(
        {
            group: [(above.get(place or 0, place), one, kind, n) for place, one, kind, n in rows]
            for group, rows in counted.rows.items()
        }
    )


def above_of(plan: Plan, places: set[int]) -> dict[int, int]:
    """Which unit just below the plan's place each of some places is, or lies in."""
    paths = Unit.objects.filter(pk__in=places, path__startswith=plan.unit.path)
    return {
        pk: int(path.removeprefix(plan.unit.path).split("/")[0])
        for pk, path in paths.values_list("pk", "path")
    }


def by_names(plan: Plan, cell: TargetCell, units: Sequence[Unit]) -> dict[int, Decimal]:
    """How many of the households the plan names for a target lived in each place."""
    named = plan.named_households.filter(withdrawn=False, population=cell.population)
    ids = list(named.values_list("household", flat=True))
    homes = residences_of_many(ids, date(plan.year, 1, 1))
    below = "village_id" if plan.unit.level == Level.COMMUNE else "commune_id"
    lived = Counter(getattr(home, below) for home in homes.values())
    above = above_of(plan, {pk for pk in lived if pk is not None})
    found: Counter[int] = Counter()
    for place, count in lived.items():
        if place is not None:
            found[above.get(place, place)] += count
    return {unit.pk: Decimal(found[unit.pk]) for unit in units}


def difference(whole: Whole, parts: Mapping[int, Decimal]) -> Sentence | None:
    """Why parts do not make the whole, and by how much; None if they do."""
    if whole.cell.is_open:
        return Sentence(
            "Chỉ tiêu này chưa có số nên chưa giao được. Hãy ghi số vào kế hoạch trước."
        )
    if not whole.sums:
        return None
    reduction, most = whole.derived.reduction, whole.derived.most
    if reduction is None:
        return Sentence(
            "Kế hoạch chưa ghi tổng số hộ nên chưa đổi được điểm phần trăm ra số hộ để giao. "
            "Hãy ghi tổng số hộ vào kế hoạch."
        )
    together = sum(parts.values())
    if reduction <= together <= (most if most is not None else reduction):
        return None
    missing = reduction - together
    return Sentence(
        "Các nơi cộng lại {parts} hộ, chỉ tiêu là {whole} hộ: còn thiếu {missing} hộ chưa giao. "
        "Hãy giao nốt."
        if missing > 0
        else "Các nơi cộng lại {parts} hộ, chỉ tiêu là {whole} hộ: thừa {over} hộ. Hãy bớt đi.",
        parts=vi_int(int(together)),
        whole=vi_int(reduction),
        missing=vi_int(int(missing)),
        over=vi_int(int(together - (most if most is not None else reduction))),
    )


def rule_of(whole: Whole, plan: Plan, parts: Mapping[int, Decimal]) -> str:
    """The rule a split follows: the one that gives exactly these parts, else by hand."""
    if parts == whole.by_base():
        return Rule.BY_BASE if whole.sums else Rule.SAME_FOR_ALL
    if whole.sums and parts == by_names(plan, whole.cell, whole.units):
        return Rule.BY_NAMES
    return Rule.BY_HAND
