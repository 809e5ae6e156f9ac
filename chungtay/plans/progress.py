"""Where a place stands against its promises on a day; what the register cannot say is not said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from chungtay.plans.arithmetic import DerivedPart, DerivedTarget, derive
from chungtay.plans.cells import Cells
from chungtay.plans.counting import Counted, countable, counted_at, groups_of
from chungtay.plans.coverage import Covered, covered_on
from chungtay.plans.models import Plan
from chungtay.rulebook.promise_words import number_words, population_words
from chungtay.rulebook.promises import (
    CUMULATIVE,
    HUNDRED,
    POINTS,
    RATE,
    Population,
    points,
    reached,
)
from chungtay.rulebook.wording import Sentence, vi_int

NOT_MEASURED = Sentence("chưa đo được từ sổ")
NO_NUMBER_YET = Sentence("chưa có số, còn phải ghi")


@dataclass(frozen=True)
class PartStanding:
    """One place below: its part of the promise, its households then and now."""

    part: DerivedPart
    opening: int
    now: int

    @property
    def fallen(self) -> int:
        """How many households fewer the place has."""
        return self.opening - self.now

    @property
    def still_to_go(self) -> int:
        """How many must still leave for the part to be kept."""
        return max(0, self.part.reduction - self.fallen)


@dataclass(frozen=True)
class Progress:
    """A promise and what the register says of it; nothing where it cannot be measured."""

    derived: DerivedTarget
    opening: int | None = None
    now: int | None = None
    measured: Fraction | None = None
    kept: bool | None = None
    said: Sentence = NOT_MEASURED
    parts: tuple[PartStanding, ...] = ()


@dataclass(frozen=True)
class Standing:
    """Where a number of households stands against its promise on a day."""

    derived: DerivedTarget
    opening: int
    closing: int
    now: int
    registered_opening: int

    @property
    def still_to_go(self) -> int:
        """How many households must still leave for the promise to be kept."""
        return max(0, self.now - self.closing)

    @property
    def label(self) -> str:
        """Whose number is promised to fall, as a heading."""
        words = population_words(self.derived.cell.kind.population)
        return words[:1].upper() + words[1:]


def standings(plan: Plan, on: date, cells: Cells | None = None) -> list[Standing]:
    """Each promised fall of households with the register's count at both ends."""
    typed = cells or Cells.of(plan)
    return standings_of(progress_of(plan, on, typed), typed)


def standings_of(progress: Iterable[Progress], cells: Cells) -> list[Standing]:
    """Those of some promises that are a fall in whole households.

    A combined promise is left out, its parts stand for it.
    """
    return [
        one
        for each in progress
        if not cells.pieces_of(each.derived.cell.code) and (one := _standing(each)) is not None
    ]


def _standing(progress: Progress) -> Standing | None:
    derived = progress.derived
    if progress.opening is None or progress.now is None or derived.reduction is None:
        return None
    begun = progress.opening if derived.cell.opening is None else derived.cell.opening
    closing = max(0, begun - derived.reduction)
    return Standing(derived, begun, closing, progress.now, progress.opening)


def progress_of(plan: Plan, on: date, cells: Cells | None = None) -> list[Progress]:
    """Every promise with what the register says of it on a day."""
    typed = cells or Cells.of(plan)
    opening, now = _both_ends(plan, typed, on)
    covered = covered_on(plan, on, typed.targets)
    return [
        _of_answers(derived, covered[derived.cell.code])
        if derived.cell.code in covered and not derived.cell.is_open
        else _progress(derived, opening, now, typed)
        for derived in derive(typed)
    ]


def _of_answers(derived: DerivedTarget, covered: Covered) -> Progress:
    """A coverage as the answers tell it; not measured where no answer tells."""
    if not covered.known:
        return Progress(derived)
    measured = Fraction(HUNDRED * covered.have, covered.known)
    said = Sentence(
        "{rate}\u00a0% ({have} trên {known} hộ có câu trả lời)",
        rate=number_words(measured),
        have=vi_int(covered.have),
        known=vi_int(covered.known),
    )
    kept = reached(derived.cell.kind, derived.cell.amount, measured)
    return Progress(derived, measured=measured, kept=kept, said=said)


def _both_ends(plan: Plan, cells: Cells, on: date) -> tuple[Counted, Counted]:
    groups = groups_of(cells)
    before, now = counted_at(plan, [date(plan.year, 1, 1), on], groups)
    return before, now


def _progress(derived: DerivedTarget, opening: Counted, now: Counted, cells: Cells) -> Progress:
    cell, total = derived.cell, cells.total_households
    if cell.is_open:
        return Progress(derived, said=NO_NUMBER_YET)
    if not countable(cell) or (cell.kind.measure in {POINTS, RATE} and not total):
        return Progress(derived)
    before = _counted_from(derived, opening)
    after = now.of(cell.kind.population)
    parts = tuple(_part_standings(derived, opening, now, cell.kind.population))
    if cell.kind.measure in {POINTS, RATE}:
        in_per_cent = _in_per_cent(cell.kind.measure, before, after, total or 1)
        kept = reached(cell.kind, cell.amount, in_per_cent)
        return Progress(
            derived, before, after, in_per_cent, kept, _said_of_rate(derived, in_per_cent), parts
        )
    fallen = before - after
    promised = derived.reduction or 0
    said = Sentence(
        "đã giảm {fallen} trên {promised} hộ", fallen=vi_int(fallen), promised=vi_int(promised)
    )
    return Progress(derived, before, after, Fraction(fallen), fallen >= promised, said, parts)


def _counted_from(derived: DerivedTarget, opening: Counted) -> int:
    """Where a fall is counted from: the start of the year, or the base of a whole period."""
    cell = derived.cell
    base = cell.kind.base
    if base is not None and base.reach == CUMULATIVE and cell.base_count is not None:
        return cell.base_count
    return opening.of(cell.kind.population)


def _in_per_cent(measure: str, before: int, after: int, total: int) -> Fraction:
    return Fraction(HUNDRED * after, total) if measure == RATE else points(before, after, total)


def _said_of_rate(derived: DerivedTarget, measured: Fraction) -> Sentence:
    if derived.cell.kind.measure == RATE:
        return Sentence("hiện là {rate}\u00a0%", rate=number_words(measured))
    return Sentence("đã giảm {points} điểm phần trăm", points=number_words(measured))


def _part_standings(
    derived: DerivedTarget, opening: Counted, now: Counted, population: Population
) -> Iterator[PartStanding]:
    for part in derived.parts:
        unit = part.cell.unit
        yield PartStanding(part, opening.of(population, unit), now.of(population, unit))
