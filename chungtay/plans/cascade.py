"""The board of what is handed down: asked, promised, backed by names, and the register's result.

Whatever the number of places, the number of questions to the database stays the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.db.models import Count, Exists, OuterRef

from chungtay.places.models import Unit
from chungtay.plans.answering import OPEN
from chungtay.plans.arithmetic import derive_one
from chungtay.plans.cells import Cells, TargetCell
from chungtay.plans.counting import countable, groups_of
from chungtay.plans.coverage import Covered, covered_by_place, measurable
from chungtay.plans.falling import Falls, falls_of
from chungtay.plans.models import (
    AskedPart,
    HandingDown,
    Plan,
    PlanHousehold,
    PlanTarget,
    PromisedHousehold,
)
from chungtay.plans.splitting import LEVELS
from chungtay.plans.states import other_plans, standing
from chungtay.rulebook.promise_words import population_words
from chungtay.rulebook.promises import CUMULATIVE, HOUSEHOLD, HUNDRED
from chungtay.rulebook.wording import Sentence, vi_date, vi_int

State = AskedPart.State


@dataclass(frozen=True)
class Numbers:
    """The four numbers of a row; None where there is none to say."""

    asked: Decimal
    promised: Decimal | None = None
    named: int | None = None
    result: Fraction | None = None


@dataclass(frozen=True)
class PlaceRow:
    """One place: what is asked of it and what came of it, with what there is to say in words."""

    part: AskedPart
    unit: Unit
    numbers: Numbers
    said: tuple[Sentence, ...] = ()
    late: bool = False
    owes_plan: bool = False
    child_plan: int | None = None


@dataclass(frozen=True)
class TargetBoard:
    """A target handed down: its rows, the sum that ties, and how many of each kind there are."""

    target: PlanTarget
    cell: TargetCell
    handing: HandingDown
    rows: tuple[PlaceRow, ...]
    total: Numbers
    elsewhere: int = 0
    whole: int | None = None

    @property
    def sums(self) -> bool:
        """Whether the parts add up."""
        return self.cell.kind.measure not in LEVELS

    @property
    def silent(self) -> int:
        """How many places have not answered."""
        return sum(row.part.state == State.UNANSWERED for row in self.rows)

    @property
    def waiting(self) -> int:
        """How many answers wait to be accepted or sent back."""
        return sum(row.part.state == State.ANSWERED for row in self.rows)

    @property
    def gap(self) -> int:
        """What the answers promise beyond what is asked of those who answered; negative: short."""
        answered = [row.part for row in self.rows if row.part.promised is not None]
        return int(sum((part.promised or 0) - part.asked for part in answered))

    @property
    def owing(self) -> tuple[str, ...]:
        """The places that owe a plan of their own."""
        return tuple(row.unit.name for row in self.rows if row.owes_plan)


@dataclass(frozen=True)
class Known:
    """What is fetched once for all targets of a plan."""

    plan: Plan
    on: date
    today: date
    falls: Falls
    covered: Mapping[str, Mapping[int | None, Covered]]
    named: Mapping[int, int]
    elsewhere: Mapping[int, int]
    plans: Mapping[int, int]


def boards_of(plan: Plan, on: date, today: date, cells: Cells | None = None) -> list[TargetBoard]:
    """The board of every target of a plan that is handed down."""
    typed = cells or Cells.of(plan)
    handings = HandingDown.objects.filter(target__plan=plan, withdrawn=False)
    listed = list(handings.select_related("target").order_by("target__position", "pk"))
    parts: dict[int, list[AskedPart]] = defaultdict(list)
    rows = AskedPart.objects.filter(handing__in=listed).select_related("unit")
    for part in rows.order_by("position", "pk"):
        parts[part.handing_id].append(part)
    handed = {one.target.code for one in listed}
    asked = [cell for cell in typed.targets if cell.code in handed]
    units = {part.unit_id: part.unit for row in parts.values() for part in row}
    known = _known(plan, on, today, asked, units.values(), listed)
    by_code = {cell.code: cell for cell in asked}
    return [_board(known, typed, by_code[one.target.code], one, parts[one.pk]) for one in listed]


def _known(
    plan: Plan,
    on: date,
    today: date,
    asked: list[TargetCell],
    units: Iterable[Unit],
    handings: list[HandingDown],
) -> Known:
    below = list(units)
    groups = groups_of(Cells(None, tuple(asked)))
    counted = any(countable(cell) for cell in asked)
    return Known(
        plan=plan,
        on=on,
        today=today,
        falls=falls_of(plan, on, below, groups) if counted else Falls(),
        covered=_covered(plan, on, asked),
        named=_named(handings),
        elsewhere=_named_elsewhere(plan, handings),
        plans=_child_plans(plan, below),
    )


def _covered(
    plan: Plan, on: date, asked: list[TargetCell]
) -> Mapping[str, Mapping[int | None, Covered]]:
    """Answers are read up to the district: a province would read those of every poor family."""
    if plan.unit.level == "province" or not any(measurable(cell) for cell in asked):
        return {}
    return covered_by_place(plan, on, asked)


def _named(handings: list[HandingDown]) -> dict[int, int]:
    """How many households stand behind each part."""
    rows = PromisedHousehold.objects.filter(handing__in=handings, withdrawn=False)
    return dict(rows.values_list("part").annotate(households=Count("pk")))


def _named_elsewhere(plan: Plan, handings: list[HandingDown]) -> dict[int, int]:
    """How many households of each part another plan or target counts too.

    The place's own plan is where its names come from, so it is no other one.
    """
    promised = PromisedHousehold.objects.filter(
        household=OuterRef("household"),
        withdrawn=False,
        handing__withdrawn=False,
        handing__target__plan__year=plan.year,
    ).exclude(handing=OuterRef("handing"))
    others = other_plans(standing(Plan.objects.filter(year=plan.year)), plan)
    written = PlanHousehold.objects.filter(
        household=OuterRef("household"), withdrawn=False, plan__in=others.values("pk")
    ).exclude(plan__unit=OuterRef("part__unit"))
    own = PromisedHousehold.objects.filter(handing__in=handings, withdrawn=False)
    counted_twice = own.filter(Exists(promised) | Exists(written))
    return dict(counted_twice.values_list("part").annotate(households=Count("pk")))


def _child_plans(plan: Plan, units: list[Unit]) -> dict[int, int]:
    """The plan of the year of each place, where it has one."""
    rows = standing(Plan.objects.filter(unit__in=units, year=plan.year)).reverse()
    return dict(rows.values_list("unit", "pk"))


def _board(
    known: Known, cells: Cells, cell: TargetCell, handing: HandingDown, parts: list[AskedPart]
) -> TargetBoard:
    rows = tuple(_row(known, cell, handing, part) for part in parts)
    derived = derive_one(cells, cell)
    if cell.kind.measure in LEVELS:
        return TargetBoard(handing.target, cell, handing, rows, Numbers(cell.value or Decimal(0)))
    total = Numbers(
        sum((row.numbers.asked for row in rows), Decimal(0)),
        sum((row.numbers.promised or Decimal(0) for row in rows), Decimal(0)),
        sum(row.numbers.named or 0 for row in rows),
        sum((row.numbers.result or Fraction(0) for row in rows), Fraction(0))
        if countable(cell)
        else None,
    )
    elsewhere = 0
    if countable(cell):
        fallen = known.falls.fallen(cell.kind.population)
        together = sum(known.falls.fallen(cell.kind.population, part.unit_id) for part in parts)
        elsewhere = fallen - together
    return TargetBoard(handing.target, cell, handing, rows, total, elsewhere, derived.reduction)


def _row(known: Known, cell: TargetCell, handing: HandingDown, part: AskedPart) -> PlaceRow:
    counts_names = cell.kind.measure not in LEVELS and cell.kind.population.counted == HOUSEHOLD
    numbers = Numbers(
        part.asked,
        part.promised,
        known.named.get(part.pk, 0) if counts_names else None,
        _result(known, cell, part),
    )
    child = known.plans.get(part.unit_id)
    late = _late(part, handing, known.today)
    return PlaceRow(
        part=part,
        unit=part.unit,
        numbers=numbers,
        said=tuple(_said(known, cell, handing, part, numbers)),
        late=late,
        owes_plan=handing.plan_by is not None and child is None,
        child_plan=child,
    )


def _late(part: AskedPart, handing: HandingDown, today: date) -> bool:
    by = part.answer_by or handing.answer_by
    return part.state in OPEN and by is not None and by < today


def _result(known: Known, cell: TargetCell, part: AskedPart) -> Fraction | None:
    if cell.code in known.covered:
        covered = known.covered[cell.code].get(part.unit_id)
        if covered is None or not covered.known:
            return None
        return Fraction(HUNDRED * covered.have, covered.known)
    if not countable(cell) or cell.kind.measure in LEVELS:
        return None
    base = cell.kind.base
    if base is not None and base.reach == CUMULATIVE and part.base is not None:
        return Fraction(part.base - known.falls.now.of(cell.kind.population, part.unit_id))
    return Fraction(known.falls.fallen(cell.kind.population, part.unit_id))


def _said(
    known: Known, cell: TargetCell, handing: HandingDown, part: AskedPart, numbers: Numbers
) -> Iterator[Sentence]:
    """What a row says beyond its numbers, the most urgent first."""
    yield from _said_of_answer(cell, handing, part, numbers, known.today)
    if handing.plan_by is not None and part.unit_id not in known.plans:
        yield Sentence("Chưa lập kế hoạch riêng, hạn {by}.", by=vi_date(handing.plan_by))
    if known.elsewhere.get(part.pk):
        yield Sentence(
            "{count} hộ cũng có tên trong kế hoạch hoặc chỉ tiêu khác; mỗi hộ chỉ tính một lần.",
            count=vi_int(known.elsewhere[part.pk]),
        )
    if countable(cell) and cell.kind.measure not in LEVELS:
        yield from _said_of_register(known.falls, cell, part)


def _said_of_answer(
    cell: TargetCell, handing: HandingDown, part: AskedPart, numbers: Numbers, today: date
) -> Iterator[Sentence]:
    if _late(part, handing, today):
        by = part.answer_by or handing.answer_by
        yield Sentence("Quá hạn trả lời {by}.", by=vi_date(by) if by else "")
    if part.promised is None:
        return
    missing = int(part.promised) - (numbers.named or 0)
    if cell.kind.measure not in LEVELS:
        gap = int(part.promised - part.asked)
        if gap < 0:
            yield Sentence("Nhận thiếu {count} hộ so với số giao.", count=vi_int(-gap))
        elif gap > 0:
            yield Sentence("Nhận thêm {count} hộ so với số giao.", count=vi_int(gap))
        if numbers.named is not None and missing > 0:
            yield Sentence("Còn thiếu tên {count} hộ.", count=vi_int(missing))


def _said_of_register(falls: Falls, cell: TargetCell, part: AskedPart) -> Iterator[Sentence]:
    population = cell.kind.population
    words = population_words(population)
    before, now = (one.of(population, part.unit_id) for one in (falls.before, falls.now))
    if before == 0:
        if now:
            yield Sentence(
                "Đầu năm không có {words}, nay phát sinh {count} hộ: phải giữ không phát sinh, "
                "không tái nghèo.",
                words=words,
                count=vi_int(now),
            )
        else:
            yield Sentence("Không còn {words}: giữ không phát sinh, không tái nghèo.", words=words)
    turned = falls.turned.get((population.subclass, part.unit_id), 0)
    if turned and population.classes == ("poor",):
        yield Sentence(
            "Trong số giảm có {count} hộ chuyển thành hộ cận nghèo.", count=vi_int(turned)
        )
