"""How far each promise is and how it stands against the year, measured or typed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from chungtay.plans.cells import TargetCell
from chungtay.plans.models import Plan, TypedProgress
from chungtay.plans.progress import Progress
from chungtay.rulebook.lights import UNKNOWN, Light, elapsed, light_of
from chungtay.rulebook.loading import light_thresholds
from chungtay.rulebook.promise_words import number_words
from chungtay.rulebook.promises import COUNT, HOUSEHOLD, POINTS, REDUCING, SHARE, reached
from chungtay.rulebook.wording import Sentence


@dataclass(frozen=True)
class Followed:
    """A promise with its light; what was typed of it last where the register measures nothing."""

    progress: Progress
    light: Light
    typed: TypedProgress | None = None

    @property
    def typable(self) -> bool:
        """Whether its progress is typed, because the register does not measure it."""
        return self.progress.measured is None and not self.progress.derived.cell.is_open


def followed_by(plan: Plan, progress: Iterable[Progress], on: date) -> list[Followed]:
    """Every promise with its light on a day."""
    listed = list(progress)
    asked = any(one.measured is None for one in listed)
    typed = last_typed(plan, on) if asked else {}
    return [_followed(plan, one, typed.get(one.derived.cell.code), on) for one in listed]


def last_typed(plan: Plan, on: date) -> dict[str, TypedProgress]:
    """What was typed last of each promise by a day, by its code."""
    rows = TypedProgress.objects.filter(target__plan=plan, withdrawn=False, on__lte=on)
    ordered = rows.select_related("target").order_by("on", "pk")
    return {row.target.code: row for row in ordered}


def _followed(plan: Plan, one: Progress, typed: TypedProgress | None, on: date) -> Followed:
    passed = elapsed(plan.year, on)
    cell = one.derived.cell
    if cell.is_open:
        return Followed(one, Light(UNKNOWN, Sentence("Chỉ tiêu chưa có số; hãy ghi số trước.")))
    measured, last = one.measured, None
    kept = bool(one.kept)
    if measured is None and typed is not None:
        measured, last = Fraction(typed.value), typed
        kept = reached(cell.kind, cell.amount, measured)
        promised = cell.amount.value
    else:
        promised = _promised(one)
    share = _share(measured, promised)
    told = _told(cell, measured or Fraction(0), promised, households=last is None)
    light = light_of(share, kept=kept, passed=passed, thresholds=light_thresholds(), told=told)
    return Followed(one, light, last)


def _share(measured: Fraction | None, promised: Fraction) -> Fraction | None:
    if measured is None:
        return None
    return measured / promised if promised else Fraction(1)


def _promised(one: Progress) -> Fraction:
    """What a measured promise is held against: whole households of a fall, else its number."""
    if one.derived.cell.kind.measure in {COUNT, SHARE}:
        return Fraction(one.derived.reduction or 0)
    return one.derived.cell.amount.value


def _told(
    cell: TargetCell, measured: Fraction, promised: Fraction, *, households: bool
) -> Sentence:
    numbers = {"measured": number_words(measured), "promised": number_words(promised)}
    measure, counted = cell.kind.measure, cell.kind.population.counted
    if measure == POINTS:
        return Sentence("Đã giảm {measured}/{promised} điểm phần trăm", **numbers)
    if (measure == COUNT or (measure == SHARE and households)) and counted == HOUSEHOLD:
        return Sentence("Đã đạt {measured}/{promised} hộ", **numbers)
    if measure == COUNT:
        return Sentence("Đã đạt {measured}/{promised}", **numbers)
    if measure in REDUCING:
        return Sentence("Đã giảm {measured}/{promised}\u00a0%", **numbers)
    return Sentence("Đã đạt {measured}/{promised}\u00a0%", **numbers)
