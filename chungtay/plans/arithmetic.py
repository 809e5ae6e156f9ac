"""What follows from a plan's cells: rests, rates, whole households, parts, sums of money."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from chungtay.plans.cells import Cells, LineCell, NeedCell, PartCell, TargetCell
from chungtay.rulebook.promises import (
    HOUSEHOLD,
    POINTS,
    SHARE,
    WholeHouseholds,
    households_for_points,
    refuse_unclear,
    split_evenly,
    whole_households,
)
from chungtay.rulebook.targets import Target, TargetError, plan_target
from chungtay.rulebook.wording import Sentence, vi_int


@dataclass(frozen=True)
class DerivedPart:
    """What one place carries of a promise: as typed, or its share by largest remainder."""

    cell: PartCell
    reduction: int
    typed: bool


@dataclass(frozen=True)
class DerivedTarget:
    """A promise with what follows: fewer households, rest, rates (None where not to be known).

    ``reduction`` is the least that keeps the promise, ``most`` the upper end of a range. Nothing
    follows from a promise whose number is still open.
    """

    cell: TargetCell
    target: Target | None
    reduction: int | None
    most: int | None = None
    whole: WholeHouseholds | None = None
    parts: tuple[DerivedPart, ...] = ()

    @property
    def closing(self) -> int | None:
        """How many are left at the end of the year if the promise is kept."""
        if self.reduction is None or self.cell.opening is None:
            return None
        return self.cell.opening - self.reduction

    @property
    def not_assigned(self) -> int:
        """What the places below do not carry of the whole; negative if they carry more."""
        if not self.parts or self.reduction is None:
            return 0
        return self.reduction - sum(part.reduction for part in self.parts)


def derive(cells: Cells) -> tuple[DerivedTarget, ...]:
    """Each promise with its rest, rates and parts."""
    return tuple(derive_one(cells, cell) for cell in cells.targets)


def derive_one(cells: Cells, cell: TargetCell) -> DerivedTarget:
    """One promise with what follows from the cells."""
    if cell.is_open:
        return DerivedTarget(cell, None, None)
    reduction, most, whole = cell.reduction, None, None
    if cell.kind.measure == SHARE:
        whole = whole_households(cell.kind, cell.amount)
        reduction = whole.count
    elif cell.kind.measure == POINTS and cells.total_households:
        reduction, most = households_for_points(cell.kind, cell.amount, cells.total_households)
    parts = tuple(_parts(cell, reduction))
    return DerivedTarget(cell, _target(cells, cell), reduction, most, whole, parts)


def _target(cells: Cells, cell: TargetCell) -> Target | None:
    rated = cell.is_count and cell.kind.population.counted == HOUSEHOLD
    if not (rated and cells.total_households) or cell.opening is None or cell.reduction is None:
        return None
    return plan_target(total=cells.total_households, opening=cell.opening, reduction=cell.reduction)


def _parts(cell: TargetCell, whole: int | None) -> Iterable[DerivedPart]:
    typed = sum(part.reduction or 0 for part in cell.parts)
    open_parts = [part for part in cell.parts if part.reduction is None]
    rest = max(0, (whole or 0) - typed)
    weights = [part.opening or 0 for part in open_parts]
    shares = iter(split_evenly(rest if any(weights) else 0, weights))
    for part in cell.parts:
        if part.reduction is None:
            yield DerivedPart(part, next(shares), typed=False)
        else:
            yield DerivedPart(part, part.reduction, typed=True)


def refuse_impossible(cells: Cells, may_be_open: Collection[str] = ()) -> None:
    """TargetError if a number cannot be: negative, above its opening, without its base.

    ``may_be_open``: the codes of the promises whose number need not be known yet.
    """
    for cell in cells.targets:
        if cell.is_open and cell.code in may_be_open:
            continue
        if cell.is_count:
            _refuse_count(cells, cell)
        elif cell.value is None:
            raise TargetError(Sentence("Chỉ tiêu này cần một số phần trăm; hãy ghi số đó."))
        refuse_unclear(cell.kind, cell.amount)
        _refuse_parts(cell)
    for need in cells.needs:
        if need.cap_vnd is not None and need.amount_vnd > need.cap_vnd:
            raise TargetError(
                Sentence(
                    "{what} ghi {amount} đồng, vượt mức cao nhất {cap} đồng; hãy ghi lại.",
                    what=need.what,
                    amount=vi_int(need.amount_vnd),
                    cap=vi_int(need.cap_vnd),
                )
            )


def _refuse_count(cells: Cells, cell: TargetCell) -> None:
    if cell.reduction is None:
        raise TargetError(Sentence("Chỉ tiêu này cần số hộ giảm; ghi 0 nếu không giảm."))
    opening = cell.reduction if cell.opening is None else cell.opening
    if cell.opening is None or cell.kind.population.counted != HOUSEHOLD:
        total = max(opening, 1)
    else:
        total = cells.total_households or max(opening, 1)
    plan_target(total=total, opening=opening, reduction=cell.reduction)


def _refuse_parts(cell: TargetCell) -> None:
    for part in cell.parts:
        plan_target(
            total=max(part.opening or 0, part.reduction or 0, 1),
            opening=max(part.reduction or 0, 0) if part.opening is None else part.opening,
            reduction=part.reduction or 0,
        )


def impossible(cells: Cells, may_be_open: Collection[str] = ()) -> Sentence | None:
    """Why the cells cannot be; None if they can."""
    try:
        refuse_impossible(cells, may_be_open)
    except TargetError as error:
        return error.sentence
    return None


@dataclass(frozen=True)
class Sums:
    """The money of a plan by its kinds, in whole đồng; every sum derived from its rows."""

    total: int
    by_capital: dict[str, int]
    by_source: dict[str, int]
    needs_total: int
    needs: tuple[NeedSum, ...]


@dataclass(frozen=True)
class NeedSum:
    """What households need of one kind: how many times, how much together, the cap of one."""

    code: str
    what: str
    count: int
    amount_vnd: int
    cap_vnd: int | None


def sums_of(cells: Cells) -> Sums:
    """The sums of a plan's lines and needs."""
    return Sums(
        total=sum(line.amount_vnd for line in cells.lines),
        by_capital=_by((line.capital, line.amount_vnd) for line in cells.lines if line.capital),
        by_source=_by((line.source, line.amount_vnd) for line in cells.lines),
        needs_total=sum(need.amount_vnd for need in cells.needs),
        needs=tuple(_need_sums(cells.needs)),
    )


def _by(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for name, amount in pairs:
        sums[name] = sums.get(name, 0) + amount
    return sums


def _need_sums(needs: tuple[NeedCell, ...]) -> Iterable[NeedSum]:
    for code in dict.fromkeys(need.code for need in needs):
        some = [need for need in needs if need.code == code]
        amount = sum(need.amount_vnd for need in some)
        yield NeedSum(code, some[0].what, len(some), amount, some[0].cap_vnd)


__all__ = [
    "Cells",
    "DerivedPart",
    "DerivedTarget",
    "LineCell",
    "NeedSum",
    "Sums",
    "TargetCell",
    "derive",
    "derive_one",
    "impossible",
    "refuse_impossible",
    "sums_of",
]
