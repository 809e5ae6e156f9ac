"""The arithmetic of a plan's promise: counts, rates and what they say about the total."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from chungtay.rulebook.wording import Joined, Sentence, catalogued, vi_int, vi_percent


class TargetError(ValueError):
    """A target that cannot be; the sentence says why and what to do."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        super().__init__(str(sentence))


@dataclass(frozen=True)
class Target:
    """A promise about one group of households: opening, reduction, what is left, both rates."""

    total: int
    opening: int
    reduction: int
    closing: int
    opening_rate: Decimal
    closing_rate: Decimal
    rate_reduction: Decimal


@dataclass(frozen=True)
class RateClaim:
    """So many households are said to be so many per cent, with that many decimals."""

    count: int
    rate: Decimal
    digits: int = 2


@dataclass(frozen=True)
class TotalRange:
    """The totals that fit a claim: from `low` to `high` inclusive, no upper end if None."""

    low: int
    high: int | None

    def __contains__(self, total: object) -> bool:
        if not isinstance(total, int):
            return False
        return self.low <= total and (self.high is None or total <= self.high)

    @property
    def sentence(self) -> Sentence:
        """The totals in words."""
        if self.high is None:
            return Sentence("từ {low} hộ trở lên", low=vi_int(self.low))
        if self.low == self.high:
            return Sentence("{count} hộ", count=vi_int(self.low))
        return Sentence("{low}–{high} hộ", low=vi_int(self.low), high=vi_int(self.high))

    def __str__(self) -> str:
        return str(self.sentence)


def plan_target(*, total: int, opening: int, reduction: int, digits: int = 2) -> Target:
    """Derive what is left and the rates in per cent; TargetError if the numbers cannot be."""
    _refuse_impossible(total, opening, reduction)
    closing = opening - reduction
    opening_rate, closing_rate = rate(opening, total, digits), rate(closing, total, digits)
    return Target(
        total=total,
        opening=opening,
        reduction=reduction,
        closing=closing,
        opening_rate=opening_rate,
        closing_rate=closing_rate,
        rate_reduction=opening_rate - closing_rate,
    )


def rate(count: int, total: int, digits: int = 2) -> Decimal:
    """A share in per cent, rounded half up, in exact integers; TargetError without a total."""
    if total <= 0 or count < 0:
        raise TargetError(
            Sentence(
                "Không tính được tỷ lệ của {count} hộ trên tổng số {total} hộ; tổng số hộ phải "
                "lớn hơn 0 và số hộ không được âm.",
                count=vi_int(count),
                total=vi_int(total),
            )
        )
    scaled = (2 * count * _hundred(digits) + total) // (2 * total)
    return Decimal(scaled).scaleb(-digits)


def fitting_totals(count: int, stated: Decimal, digits: int = 2) -> TotalRange | None:
    """The totals of households for which `count` is the stated rate in per cent; None if none."""
    steps = _steps(stated, digits)
    if count < 0 or steps is None or steps < 0:
        return None
    if count == 0:
        return TotalRange(1, None) if steps == 0 else None
    twice = 2 * count * _hundred(digits)
    low = max(twice // (2 * steps + 1) + 1, count)
    if steps == 0:
        return TotalRange(low, None)
    high = twice // (2 * steps - 1)
    return TotalRange(low, high) if low <= high else None


def totals_fitting_all(claims: Iterable[RateClaim]) -> TotalRange | None:
    """The totals that fit several claims at once; None if none does."""
    low, high = 1, None
    for claim in claims:
        found = fitting_totals(claim.count, claim.rate, claim.digits)
        if found is None:
            return None
        low = max(low, found.low)
        high = found.high if high is None else high if found.high is None else min(high, found.high)
    return TotalRange(low, high) if high is None or low <= high else None


def contradiction(claim: RateClaim, total: int) -> Sentence | None:
    """Say that a count and its rate do not fit the total of households; None if they do."""
    found = fitting_totals(claim.count, claim.rate, claim.digits)
    if found is None:
        return Sentence(
            "{claim} không đúng với tổng số hộ nào; đang ghi {total}",
            claim=_claimed(claim),
            total=vi_int(total),
        )
    if total in found:
        return None
    return Sentence(
        "{claim} chỉ đúng với tổng số {totals}; đang ghi {total}",
        claim=_claimed(claim),
        totals=found.sentence,
        total=vi_int(total),
    )


def contradictions(claims: Iterable[RateClaim], total: int | None = None) -> tuple[Sentence, ...]:
    """Every contradiction of the claims with the total, or else among themselves."""
    kept = tuple(claims)
    if total is not None:
        found = (contradiction(claim, total) for claim in kept)
        return tuple(sentence for sentence in found if sentence is not None)
    if totals_fitting_all(kept) is not None:
        return ()
    parts = []
    for claim in kept:
        needed = fitting_totals(claim.count, claim.rate, claim.digits)
        totals = needed.sentence if needed else catalogued("một tổng số không có thật")
        parts.append(Sentence("{claim} cần {totals}", claim=_claimed(claim), totals=totals))
    text = "Các tỷ lệ không thể cùng đúng với một tổng số hộ: {parts}. Hãy xem lại từng con số."
    return (Sentence(text, parts=Joined(tuple(parts), "; ")),)


def _claimed(claim: RateClaim) -> Sentence:
    rate = vi_percent(claim.rate, claim.digits)
    return Sentence("{count} hộ = {rate}", count=vi_int(claim.count), rate=rate)


def _refuse_impossible(total: int, opening: int, reduction: int) -> None:
    if min(total, opening, reduction) < 0:
        raise TargetError(
            Sentence("Số hộ không được âm; hãy ghi lại số hộ và số hộ giảm bằng số không âm.")
        )
    if total == 0 or opening > total:
        raise TargetError(
            Sentence(
                "Số hộ đầu năm là {opening} nhưng tổng số hộ chỉ có {total}; hãy xem lại hai số.",
                opening=vi_int(opening),
                total=vi_int(total),
            )
        )
    if reduction > opening:
        raise TargetError(
            Sentence(
                "Không thể giảm {reduction} hộ vì đầu năm chỉ có {opening} hộ; hãy ghi số giảm từ "
                "0 đến {opening}.",
                reduction=vi_int(reduction),
                opening=vi_int(opening),
            )
        )


def _hundred(digits: int) -> int:
    return 100 * int(10**digits)


def _steps(stated: Decimal, digits: int) -> int | None:
    scaled = stated.scaleb(digits)
    return int(scaled) if scaled == scaled.to_integral_value() else None
