"""Sentences for people, kept apart from their values so that they can be translated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from types import MappingProxyType
from typing import Any

NO_BREAK_SPACE = "\u00a0"
SINGLE_DIGITS = 10


@dataclass(frozen=True, init=False)
class Sentence:
    """A Vietnamese template with ``{name}`` fields and the values that fill it."""

    text: str
    values: Mapping[str, Any] = field(hash=False)

    def __init__(self, text: str, **values: Any) -> None:
        object.__setattr__(self, "text", text)
        object.__setattr__(self, "values", MappingProxyType(dict(values)))

    def __str__(self) -> str:
        return self.text.format(**self.values)

    def __reduce__(self) -> tuple[Any, ...]:
        return (_sentence, (self.text, dict(self.values)))


def _sentence(text: str, values: dict[str, Any]) -> Sentence:
    return Sentence(text, **values)


def vi_int(number: int) -> str:
    """Write an integer with the Vietnamese thousands mark: 1405 -> "1.405"."""
    return f"{number:,}".replace(",", ".")


def official_count(count: int) -> str:
    """Write a count as official papers do: "05" below ten, thousands with a point."""
    return f"{count:02d}" if 0 <= count < SINGLE_DIGITS else vi_int(count)


def vi_number(number: Decimal | float | int) -> str:
    """Write a number with a decimal comma and without needless zeros: 12.50 -> "12,5"."""
    whole, _, rest = f"{Decimal(str(number)):f}".partition(".")
    rest = rest.rstrip("0")
    return vi_int(int(whole)) + (f",{rest}" if rest else "")


def round_half_up(number: Decimal, digits: int) -> Decimal:
    """Round as official tables do: a five goes up."""
    return number.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)


def vi_percent(number: Decimal, digits: int = 2) -> str:
    """Write percent points with fixed digits: Decimal("1.49") -> "1,49 %"."""
    fixed = f"{round_half_up(number, digits):f}".replace(".", ",")
    return f"{fixed}{NO_BREAK_SPACE}%"


def vi_date(day: date) -> str:
    """Write a date as dd/mm/yyyy."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"
