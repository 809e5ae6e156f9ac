"""What the numeric half of reading a plan finds: one row a datum, each with its sentence."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from chungtay.plans.reading.shapes import Finding, Severity

OPENING, REDUCTION, CLOSING, COVERAGE = "opening", "reduction", "closing", "coverage"
COUNT, RATE, POINTS, SHARE = "count", "rate", "percentage_points", "share_of_baseline"
EXACT, AT_LEAST, OVER, ABOUT, RANGE = "=", ">=", ">", "about", "range"
AT_MOST, UNDER = "<=", "<"
EXPECTED, ASSIGNED, ALLOCATED = "expected", "assigned", "allocated"
INVESTMENT, RECURRENT = "investment", "recurrent"
ERROR: Severity = "error"
WARNING: Severity = "warning"
INFO: Severity = "info"
TOTAL, PART, LINE = "total", "part", "line"


class Datum:
    """A row that says itself which of its fields are handed on."""

    def as_json(self) -> dict[str, Any]:
        """The datum with the keys of the contract."""
        raise NotImplementedError


@dataclass(frozen=True)
class Baseline(Datum):
    """What a share is a share of, as the plan names it."""

    population: str
    on: str | None = None
    count: int | None = None

    def as_json(self) -> dict[str, Any]:
        """The datum with the keys of the contract."""
        return {"population": self.population, "on": self.on, "count": self.count}


@dataclass(frozen=True)
class Target(Datum):
    """One promised or stated number about a population."""

    kind: str
    population: str
    unit: str
    measure: str
    value: Decimal
    text: str
    comparator: str = EXACT
    value_to: Decimal | None = None
    on: str | None = None
    baseline: Baseline | None = None
    denominator: str | None = None
    condition: str | None = None
    place: str | None = None
    digits: int = 0
    at: tuple[int, int] = (0, 0)

    @property
    def same_as(self) -> tuple[Any, ...]:
        """What two statements of one target have in common, however they are worded."""
        of_whom = (self.kind, self.population, self.unit, self.measure, self.on)
        measured = (self.value, self.value_to, self.comparator, self.condition, self.place)
        return (*of_whom, *measured, self.text if self.kind == COVERAGE else "")

    def as_json(self) -> dict[str, Any]:
        """The datum with the keys of the contract, numbers as JSON numbers."""
        return {
            "kind": self.kind,
            "population": self.population,
            "unit": self.unit,
            "measure": self.measure,
            "comparator": self.comparator,
            "value": number_of(self.value),
            "value_to": None if self.value_to is None else number_of(self.value_to),
            "on": self.on,
            "baseline": self.baseline.as_json() if self.baseline else None,
            "denominator": self.denominator,
            "condition": self.condition,
            "place": self.place,
            "text": self.text,
        }


@dataclass(frozen=True)
class Money(Datum):
    """One amount of money the plan names; `role` and `at` tell wholes, parts and lines apart.

    Of a span of money ``amount_vnd`` is the least it may be, ``amount_to_vnd`` the most.
    """

    amount_vnd: int
    text: str
    purpose: str | None = None
    capital: str | None = None
    source: str | None = None
    stage: str | None = None
    quantity: int | None = None
    households: int | None = None
    cap_per_household_vnd: int | None = None
    role: str = LINE
    at: tuple[int, int] = (0, 0)
    amount_to_vnd: int | None = None

    @property
    def most_vnd(self) -> int:
        """The most it may be."""
        return self.amount_vnd if self.amount_to_vnd is None else self.amount_to_vnd

    def as_json(self) -> dict[str, Any]:
        """The datum with the keys of the contract; of a span of money its upper end too."""
        span = {} if self.amount_to_vnd is None else {"amount_to_vnd": self.amount_to_vnd}
        return {
            "amount_vnd": self.amount_vnd,
            **span,
            "purpose": self.purpose,
            "capital": self.capital,
            "source": self.source,
            "stage": self.stage,
            "quantity": self.quantity,
            "households": self.households,
            "cap_per_household_vnd": self.cap_per_household_vnd,
            "text": self.text,
        }


@dataclass(frozen=True)
class NamedHousehold(Datum):
    """A household the plan names, with what is asked for it and of whom."""

    head: str
    text: str
    place: str | None = None
    status: str | None = None
    requests: tuple[str, ...] = ()
    asked_of: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The datum with the keys of the contract."""
        return {
            "head": self.head,
            "place": self.place,
            "status": self.status,
            "requests": list(self.requests),
            "asked_of": list(self.asked_of),
            "text": self.text,
        }


@dataclass(frozen=True)
class Numbers:
    """Everything the numeric half found, in the order of the text."""

    targets: tuple[Target, ...] = ()
    money: tuple[Money, ...] = ()
    households: tuple[NamedHousehold, ...] = ()
    findings: tuple[Finding, ...] = field(default=())


def number_of(value: Decimal) -> int | float:
    """A number as JSON writes it: whole where it is whole."""
    return int(value) if value == value.to_integral_value() else float(value)
