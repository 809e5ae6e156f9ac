"""Sentences for people, kept apart from their values so that they can be translated."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any

NO_BREAK_SPACE = "\u00a0"
SINGLE_DIGITS = 10


@dataclass(frozen=True, init=False)
class Sentence:
    """A Vietnamese template with ``{name}`` fields and the values that fill it."""

    text: str
    values: Mapping[str, Any] = field(hash=False)

    def __init__(self, text: str, **values: Any) -> None:
        # What a dataclass does for a frozen field costs twice as much; a finding makes twenty.
        own = self.__dict__
        own["text"], own["values"] = text, values

    def __str__(self) -> str:
        return self.text.format(**self.values)

    def unended(self) -> Unended:
        """The sentence without its full stop, to stand within another."""
        return Unended(self)

    def __reduce__(self) -> tuple[Any, ...]:
        return (_sentence, (self.text, self.values))


def catalogued(text: str) -> str:
    """Mark a text that is no whole sentence, so that it is gathered and can be said in English."""
    return text


OR = catalogued(" hoặc ")


@dataclass(frozen=True, init=False)
class Joined:
    """Sentences and words side by side, each to be said in the reader's language."""

    parts: tuple[Any, ...]
    mark: str

    def __init__(self, parts: tuple[Any, ...], mark: str = ", ") -> None:
        own = self.__dict__
        own["parts"], own["mark"] = parts, mark

    def __str__(self) -> str:
        return self.mark.join(str(part) for part in self.parts)

    def __bool__(self) -> bool:
        return bool(self.parts)


@dataclass(frozen=True)
class Unended:
    """A sentence within another: said in the reader's language, then without its full stop."""

    what: Sentence

    def __str__(self) -> str:
        return str(self.what).rstrip(".")


@dataclass(frozen=True)
class Lowered:
    """A label within a sentence: said in the reader's language, then without its capital."""

    what: Any

    def __str__(self) -> str:
        return str(self.what).lower()


def said_in(say: Callable[[str], str], what: Any) -> str:
    """A sentence in the language that ``say`` speaks, what fills it too; other values as they are.

    A value that is a text of the catalogue (a class, a unit, a label of the law) is said as well.
    """
    match what:
        case Sentence():
            values = {
                name: said_in(say, value)
                if isinstance(value, str | Sentence | Joined | Lowered | Unended)
                else value
                for name, value in what.values.items()
            }
            return say(what.text).format(**values)
        case Joined():
            return (say(what.mark) if what.mark.strip(" ,;·") else what.mark).join(
                said_in(say, part) for part in what.parts
            )
        case Unended():
            return said_in(say, what.what).rstrip(".")
        case Lowered():
            return said_in(say, what.what).lower()
        case str():
            return say(what) if what.strip() else what
    return str(what)


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
    if isinstance(number, int):
        return vi_int(number)
    return _vi_decimal(number if isinstance(number, Decimal) else Decimal(str(number)))


@lru_cache(maxsize=4096)
def _vi_decimal(number: Decimal) -> str:
    whole, _, rest = f"{number:f}".partition(".")
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
