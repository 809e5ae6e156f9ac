"""Sentences of other plans, invented as such plans speak, each with the rows it must give."""

from __future__ import annotations

from pathlib import Path

from chungtay.plans.reading.blocks import split
from chungtay.plans.reading.numbers import Numbers, read_numbers
from chungtay.plans.reading.numbers.rows import Money, Target
from chungtay.plans.reading.shapes import Head

HERE = Path(__file__).resolve().parent
MONEY_FIELDS = (
    *("purpose", "capital", "source", "stage", "quantity", "households"),
    *("cap_per_household_vnd", "amount_to_vnd"),
)


def numbers_of(text: str, year: int = 2024, subject: str | None = None) -> Numbers:
    """What is read of a text that is a plan of a year."""
    return read_numbers(split(text), Head(subject=subject, year=year))


def cases(name: str) -> list[tuple[str, list[str]]]:
    """The sentences of a file, each with the indented rows beneath it."""
    found: list[tuple[str, list[str]]] = []
    for line in (HERE / name).read_text("utf-8").splitlines():
        if line.startswith(" "):
            found[-1][1].append(line.strip())
        else:
            found.append((line, []))
    return found


def target_row(one: Target) -> str:
    """A target in one line: kind, of whom, measure, compared how, value, when, of what, where."""
    value = f"{one.value.normalize():f}"
    if one.value_to is not None:
        value += f"–{one.value_to.normalize():f}"
    sign = "" if one.comparator in {"=", "range"} else f"{one.comparator} "
    said = f"{one.kind} {one.population} {one.unit} {one.measure} {sign}{value} @{one.on}"
    if one.baseline:
        said += f" of {one.baseline.population}@{one.baseline.on}"
        said += f"({one.baseline.count})" if one.baseline.count is not None else ""
    said += f" if {one.condition}" if one.condition else ""
    return said + (f" in {one.place}" if one.place else "")


def money_row(one: Money) -> str:
    """An amount in one line: VND, its role, then what is known of it."""
    known = [(name, getattr(one, name)) for name in MONEY_FIELDS]
    return "; ".join(
        (str(one.amount_vnd), one.role, *(f"{n}={v}" for n, v in known if v is not None))
    )
