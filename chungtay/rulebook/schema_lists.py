"""The shape of what lists the law: the index of code lists, and what is modelled of it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from msgspec import Struct, field


class RawScheme(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """One numbering of a code list: its columns, its days, and whether every row was compared.

    `every_mark` stands for the mark of each row where the file has no column of marks.
    """

    id: str
    name: str
    code: str
    verified: bool
    mark: str = ""
    every_mark: str = ""
    source: str = ""
    from_: date | None = field(name="from", default=None)
    to: date | None = None
    note: str = ""


class RawCodeList(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """A code list: what it is for, the columns its file must have, and its numberings."""

    id: str
    name: str
    use: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    label: str
    schemes: tuple[RawScheme, ...]
    note: str = ""


class CodeIndexFile(Struct, forbid_unknown_fields=True, frozen=True):
    """The index of code lists."""

    lists: tuple[RawCodeList, ...]


CoverageKind = Literal[
    "standard", "form", "values", "document", "codes", "calendar", "benefit", "programme", "case"
]


class CoverageEntry(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """What of the law is modelled (or known and not modelled: no file), and what is missing."""

    kind: CoverageKind
    title: str
    source: str
    verified: Literal["all", "some", "none", "no_text"]
    file: str = ""
    from_: date | None = field(name="from", default=None)
    to: date | None = None
    missing: tuple[str, ...] = ()


class CoverageFile(Struct, forbid_unknown_fields=True, frozen=True):
    """What the law files hold, as a whole."""

    entries: tuple[CoverageEntry, ...]


class ResultColumn(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """A numbered column of an official table: the figure it shows, and how the form computes it."""

    number: str
    title: str
    figure: str
    formula: str = ""


class ResultTable(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """One official table: the results of a day, or the movement of one class in a period."""

    id: str
    number: str
    kind: Literal["results", "movement"]
    title: str
    columns: tuple[ResultColumn, ...]
    household_class: Literal["poor", "near_poor", ""] = ""


class ResultTablesFile(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """The official tables with where their columns were seen."""

    verified: bool
    source: str
    tables: tuple[ResultTable, ...]


class LightsFile(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """From which share on the light of a promise is green or yellow: our own convention."""

    verified: bool
    source: str
    thresholds: dict[str, Decimal]
