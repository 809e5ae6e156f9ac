"""One row of a list turned into named values, with a message for every cell that is not plain."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from chungtay.files.cells import Cell, column_letter
from chungtay.rulebook.citizen_numbers import disagreements
from chungtay.rulebook.dates import PartialDate
from chungtay.sync.reading.answers import (
    YES_NO,
    read_area,
    read_class,
    read_described,
    read_education,
    read_flag,
    read_indicator_list,
    read_insurance,
    read_schooling,
    read_subclass,
    read_work,
)
from chungtay.sync.reading.days import from_parts, read_birth, read_decision_date
from chungtay.sync.reading.drafts import Column
from chungtay.sync.reading.headers import NAME_KEYS
from chungtay.sync.reading.identities import (
    read_citizen_id,
    read_ethnicity,
    read_name,
    read_relation,
    read_sex,
)
from chungtay.sync.reading.messages import Message, masked, say
from chungtay.sync.reading.numbers import read_count, read_income, read_points
from chungtay.sync.reading.parsed import Basis, Clues, Parsed, Problem, text_of
from chungtay.sync.reading.vocabulary import COLUMN_SPELLINGS, FLAGS, HEAD, INDICATORS, label

Reader = Callable[[Cell, Clues], Parsed]
IDENTITY = frozenset({*NAME_KEYS, "family_name", "birth", "male", "female", "relation", "code"})
BIRTH_PARTS = ("birth_day", "birth_month", "birth_year")
NUMBER_CODES = {
    "sex": "id_sex_differs",
    "birth_year": "id_year_differs",
    "province": "id_province_unknown",
}


def read_text(cell: Cell, _clues: Clues) -> Parsed:
    """A cell kept as tidy text."""
    return Parsed(text_of(cell) or None)


def read_sexed_birth(cell: Cell, clues: Clues) -> Parsed:
    """A cell below Nam or Nữ: a mark says the sex alone, a date says the birth too."""
    mark = FLAGS.find(text_of(cell))
    if mark is not None:
        return Parsed(YES_NO[mark] or None)
    return read_birth(cell, clues)


def read_head_name(cell: Cell, clues: Clues) -> Parsed:
    """The head's name, or a mark in a column that only says who is the head."""
    mark = FLAGS.find(text_of(cell))
    return Parsed(YES_NO[mark] or None) if mark is not None else read_name(cell, clues)


READERS: Mapping[str, Reader] = {
    "full_name": read_name,
    "head_name": read_head_name,
    "family_name": read_name,
    "given_name": read_name,
    "relation": read_relation,
    "sex": read_sex,
    "birth": read_birth,
    "male": read_sexed_birth,
    "female": read_sexed_birth,
    "citizen_id": read_citizen_id,
    "ethnicity": read_ethnicity,
    "household_class": read_class,
    "class_poor": read_flag,
    "class_poor_a": read_flag,
    "class_poor_b": read_flag,
    "subclass": read_subclass,
    "class_near_poor": read_flag,
    "income_points": read_points,
    "deprivation_points": read_points,
    "income": read_income,
    "deprivation_list": read_indicator_list,
    "house_area": read_area,
    "health_insurance": read_insurance,
    "education": read_education,
    "schooling": read_schooling,
    "work": read_work,
    "disabled": read_described,
    "monthly_assistance": read_described,
    "decision_date": read_decision_date,
    "member_count": read_count,
    **dict.fromkeys(INDICATORS, read_flag),
}


@dataclass(frozen=True)
class RowRead:
    """What one row says: values by column meaning, where each stands, and the messages."""

    number: int
    first_column: str
    found: Mapping[str, Any]
    letters: Mapping[str, str]
    extras: Mapping[str, str] = field(repr=False)
    messages: tuple[Message, ...]

    @property
    def name(self) -> str | None:
        """The name of the person in this row."""
        name: str | None = self.found.get("full_name")
        return name

    @property
    def is_head(self) -> bool:
        """Whether the row calls its person the head."""
        return bool(self.found.get("relation") == HEAD)

    def get(self, key: str) -> Any:
        """The value of a column; None when the column or the value is missing."""
        return self.found.get(key)

    def letter(self, key: str) -> str:
        """The column letter of a meaning; the list's first column when there is none."""
        return self.letters.get(key, self.first_column)


class _Builder:
    """Gathers the values and messages of one row."""

    def __init__(self, number: int, columns: tuple[Column, ...], basis: Basis) -> None:
        self.number = number
        self.on = basis.on
        self.provinces = basis.provinces
        self.letters = {column.key: column.letter for column in columns if column.key}
        self.headers = {column.key: column.header for column in columns if column.key}
        self.first_column = columns[0].letter
        self.found: dict[str, Any] = {}
        self.extras: dict[str, str] = {}
        self.messages: list[Message] = []

    def clues(self, key: str) -> Clues:
        named = key if key in COLUMN_SPELLINGS else "birth"
        return Clues(self.on, self.headers.get(key, ""), label(named))

    def take(self, key: str, cell: Cell) -> None:
        """Read one cell of a known column."""
        if cell.kind == "error":
            code = "error_cell_identity" if key in IDENTITY else "error_cell"
            values = {"error": cell.value, "label": self.clues(key).label}
            self.tell(key, (Problem(code, values),))
        elif cell.kind == "empty":
            if cell.formula:
                values = {"label": self.clues(key).label}
                self.tell(key, (Problem("formula_without_value", values),))
        else:
            self.keep(key, READERS.get(key, read_text)(cell, self.clues(key)))

    def keep(self, key: str, read: Parsed) -> None:
        if read.value is not None:
            self.found[key] = read.value
        self.tell(key, read.problems)

    def tell(self, key: str, problems: tuple[Problem, ...]) -> None:
        letter = self.letters.get(key, self.first_column)
        for problem in problems:
            self.messages.append(say(problem.code, self.number, letter, **problem.values))


def read_row(
    number: int, cells: Mapping[int, Cell], columns: tuple[Column, ...], basis: Basis
) -> RowRead:
    """Read a row's cells (by column number) as the header's columns say."""
    builder = _Builder(number, columns, basis)
    by_number = {column.number: column for column in columns}
    for place, cell in cells.items():
        column = by_number.get(place)
        if column is not None and column.key:
            builder.take(column.key, cell)
        elif text := text_of(cell):
            builder.extras[column.header if column else f"Cột {column_letter(place)}"] = text
    _join_names(builder)
    _join_birth(builder)
    _mark_head(builder)
    _spread_indicators(builder)
    _compare_id(builder)
    return RowRead(
        number,
        builder.first_column,
        builder.found,
        builder.letters,
        builder.extras,
        tuple(builder.messages),
    )


def _join_names(builder: _Builder) -> None:
    found = builder.found
    parts = [found.pop(key, None) for key in ("family_name", "given_name")]
    if not found.get("full_name") and any(parts):
        found["full_name"] = " ".join(part for part in parts if part)
        builder.letters.setdefault("full_name", builder.letters.get("given_name", "A"))


def _join_birth(builder: _Builder) -> None:
    """Bring together a birth said by day, month and year, or below Nam and Nữ."""
    found = builder.found
    parts = [str(found.pop(key, "") or "") for key in BIRTH_PARTS]
    if any(parts):
        builder.letters.setdefault("birth", builder.letters.get("birth_year", "A"))
        builder.keep("birth", from_parts(parts[0], parts[1], parts[2], builder.clues("birth")))
    sexed = {key: found.pop(key) for key in ("male", "female") if found.get(key)}
    if len(sexed) == 2:
        builder.tell("female", (Problem("sexes_differ"),))
    for sex, said in sexed.items():
        if len(sexed) == 1:
            found.setdefault("sex", sex)
        if isinstance(said, PartialDate):
            builder.letters.setdefault("birth", builder.letters[sex])
            _keep_birth(builder, said)


def _keep_birth(builder: _Builder, said: PartialDate) -> None:
    known = builder.found.setdefault("birth", said)
    if known != said:
        builder.tell("birth", (Problem("dates_differ", {"value": f"{known}, {said}"}),))


def _mark_head(builder: _Builder) -> None:
    if builder.found.get("head_name") is True:
        del builder.found["head_name"]
        builder.found.setdefault("relation", HEAD)


def _spread_indicators(builder: _Builder) -> None:
    for name, lacking in (builder.found.pop("deprivation_list", None) or {}).items():
        builder.found.setdefault(name, lacking)
        builder.letters.setdefault(name, builder.letters["deprivation_list"])


def _compare_id(builder: _Builder) -> None:
    number, found = builder.found.get("citizen_id"), builder.found
    if not number:
        return
    birth = found.get("birth")
    for part in disagreements(number, found.get("sex"), birth, builder.provinces):
        said = {"value": masked(number), "written": birth.year if birth else ""}
        builder.tell("citizen_id", (Problem(NUMBER_CODES[part], said),))
