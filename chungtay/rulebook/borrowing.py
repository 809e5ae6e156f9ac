"""A standard that takes the indicators of another one, with the values they need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from chungtay.rulebook.compiling import Shelf, reference_of
from chungtay.rulebook.conditions import values_in
from chungtay.rulebook.lawbook import Borrowed, Indicator, Standard
from chungtay.rulebook.schema import StandardFile, Value


@dataclass(frozen=True)
class Lent:
    """What one standard takes from another."""

    indicators: tuple[Indicator, ...] = ()
    values: Mapping[str, Value] = field(default_factory=dict)
    borrowed: Borrowed | None = None


def borrow(shelf: Shelf, raw: StandardFile, earlier: Mapping[str, Standard]) -> Lent:
    """The indicators taken from a standard; none is surer than the word that they are taken."""
    wanted = raw.indicators_from
    if wanted is None:
        if not raw.indicators:
            raise shelf.refuse(
                "indicators",
                "chuẩn chưa có chỉ số nào.",
                "Hãy ghi [[indicators]], hoặc [indicators_from] nếu dùng chỉ số của chuẩn khác.",
            )
        return Lent()
    if wanted.standard not in earlier:
        raise shelf.refuse(
            "indicators_from.standard",
            f"không có chuẩn “{wanted.standard}” để lấy chỉ số.",
            f"Hãy dùng một trong: {', '.join(sorted(earlier))}.",
        )
    lender = earlier[wanted.standard]
    reference = reference_of(shelf, "indicators_from", wanted)
    indicators = tuple(_lent(one, sure=wanted.verified) for one in lender.indicators)
    rules = [rule for one in indicators for rule in (one.when, one.unless) if rule is not None]
    needed = {name for rule in rules for name in values_in(rule)}
    return Lent(
        indicators,
        {name: lender.values[name] for name in lender.values if name in needed},
        Borrowed(lender.id, reference, wanted.note),
    )


def _lent(indicator: Indicator, *, sure: bool) -> Indicator:
    verified = indicator.reference.verified and sure
    return replace(indicator, reference=replace(indicator.reference, verified=verified))
