"""What comes of one cell: a value, or what is wrong with it, or both."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from chungtay.files.cells import Cell
from chungtay.rulebook.folding import tidy
from chungtay.rulebook.wording import vi_date


@dataclass(frozen=True)
class Problem:
    """A code of the message table and the values its sentence needs besides the place."""

    code: str
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Parsed:
    """A value read from a cell (None = not known) and the problems met on the way."""

    value: Any = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Basis:
    """What reading a whole list may rely on: the day of the act, the codes of the provinces."""

    on: date
    provinces: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Clues:
    """What reading a cell may rely on: the day of the act, the column's header and its label."""

    on: date
    header: str
    label: str


def parsed(value: Any, code: str | None = None, /, **values: Any) -> Parsed:
    """A value with at most one problem."""
    return Parsed(value, (Problem(code, values),) if code else ())


def text_of(cell: Cell) -> str:
    """A cell's content as tidy text, dates as dd/mm/yyyy; empty text for an empty cell."""
    if cell.kind == "date":
        return vi_date(cell.day)
    if cell.kind == "bool":
        return "1" if cell.value else "0"
    if cell.value is None:
        return ""
    return tidy(str(cell.value))
