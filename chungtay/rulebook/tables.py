"""Rows of a list, one household each, to findings or refusals that name the column."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal
from itertools import product
from typing import Any

from chungtay.rulebook.classifying import Finding, find
from chungtay.rulebook.findings import Contradiction
from chungtay.rulebook.folding import fold
from chungtay.rulebook.household import AnswerError, HouseholdFacts, checked_answer
from chungtay.rulebook.incomes import INCOME_POINTS, INCOME_VND
from chungtay.rulebook.lawbook import AREAS, Law, Standard
from chungtay.rulebook.reading import is_blank, number_readings, yes_no
from chungtay.rulebook.schema import Fact
from chungtay.rulebook.wording import OR, Joined, Sentence, catalogued, vi_number

COLUMN_NAMES = {"income_per_person": INCOME_VND, "b1": INCOME_POINTS}
AREA_WORDS = {
    "rural": "rural",
    "nong thon": "rural",
    "urban": "urban",
    "thanh thi": "urban",
    "do thi": "urban",
}
# Four digits before the sign: it cannot be a thousands mark.
FRACTION = re.compile(r"\s*(\d{4,})[.,](\d+)\s*")
NOTHING = {"khong", "khong co", "khong co gi", "none"}
MOST_READINGS = 8


@dataclass(frozen=True)
class RowResult:
    """The finding of one row (counted from 1)."""

    row: int
    finding: Finding

    def as_dict(self) -> dict[str, Any]:
        """The finding as plain values for a file or a program."""
        finding = self.finding
        points = finding.deprivation_points
        return {
            "row": self.row,
            "class": finding.household_class,
            "possible_classes": list(finding.possible_classes),
            "standard": finding.standard_id,
            "on": finding.on.isoformat(),
            "deprivations": {one.code: one.deprived for one in finding.deprivations},
            "deprivation_count": list(finding.deprivation_count),
            "points": {
                "b1": _plain(finding.income_points),
                "b2": points[0] if points and points[0] == points[1] else None,
                "b2_range": list(points) if points else None,
            },
            "income_per_person": finding.income_per_person_vnd,
            "reasons": [
                *(str(reason) for reason in finding.reasons),
                *(str(reason) for one in finding.deprivations for reason in one.reasons),
            ],
            "missing": [str(one.sentence) for one in finding.missing],
            "notes": [str(note) for note in finding.notes],
            "verified": finding.verified,
        }


@dataclass(frozen=True)
class RowRefusal:
    """Why one row (counted from 1) cannot be read: the column and what to do."""

    row: int
    column: str
    message: Sentence

    def as_dict(self) -> dict[str, Any]:
        """The refusal as plain values for a file or a program."""
        return {"row": self.row, "column": self.column, "message": str(self.message)}


class CellError(ValueError):
    """A cell that cannot be read; the sentence says what it may hold."""

    def __init__(self, column: str, sentence: Sentence) -> None:
        self.column, self.sentence = column, sentence
        super().__init__(str(sentence))


def classify_rows(
    law: Law,
    standard: Standard,
    rows: Iterable[Mapping[str, Any]],
    *,
    on: date | None = None,
) -> Iterator[RowResult | RowRefusal]:
    """Class each row under a standard, on a day (else its first); a bad row is refused alone."""
    day = on or standard.valid_from
    for number, row in enumerate(rows, start=1):
        try:
            yield RowResult(number, _find_row(law, standard, row, day))
        except CellError as error:
            yield RowRefusal(number, error.column, error.sentence)
        except Contradiction as error:
            columns = {fact: column for column, fact in COLUMN_NAMES.items()}
            column = ", ".join(columns.get(fact, fact) for fact in error.facts)
            yield RowRefusal(number, column, error.sentence)


def known_columns(law: Law) -> list[str]:
    """Every column name that a list of households may use."""
    facts = [fact.name for fact in law.facts.values() if _usable(fact)]
    return ["area", *COLUMN_NAMES, *facts]


def _usable(fact: Fact) -> bool:
    return fact.scope == "household" and fact.held == "answer"


def _find_row(law: Law, standard: Standard, row: Mapping[str, Any], day: date) -> Finding:
    area = _area(row)
    readings = _readings(law, row)
    findings: list[Finding] = []
    for values in product(*readings.values()):
        answers = dict(zip(readings, values, strict=True))
        findings.append(find(law, standard, HouseholdFacts(day, area, answers)))
        if len(findings) > MOST_READINGS:
            break
    if len({_outcome(finding) for finding in findings}) > 1:
        raise _ambiguous(law, readings)
    return findings[0]


def _outcome(finding: Finding) -> tuple[Any, ...]:
    return finding.possible_classes, tuple(one.deprived for one in finding.deprivations)


def _area(row: Mapping[str, Any]) -> str | None:
    if "area" not in row:
        raise CellError(
            "area",
            Sentence(
                "Thiếu cột area (khu vực); hãy thêm cột này và ghi rural (nông thôn) hoặc urban "
                "(thành thị) cho từng hộ."
            ),
        )
    if is_blank(row["area"]):
        return None
    area = AREA_WORDS.get(fold(str(row["area"])))
    if area not in AREAS:
        raise CellError(
            "area",
            Sentence(
                "Cột area ghi “{raw}” nên không biết khu vực của hộ; hãy ghi rural (nông thôn) "
                "hoặc urban (thành thị).",
                raw=row["area"],
            ),
        )
    return area


def _readings(law: Law, row: Mapping[str, Any]) -> dict[str, tuple[Any, ...]]:
    found: dict[str, tuple[Any, ...]] = {}
    sources: dict[str, str] = {}
    for column, raw in row.items():
        name = COLUMN_NAMES.get(column, column)
        fact = law.facts.get(name)
        if fact is None or not _usable(fact) or is_blank(raw):
            continue
        values = _cell(fact, column, raw)
        if name in found and found[name] != values:
            raise CellError(
                column,
                Sentence(
                    "Hai cột {first} và {second} cùng ghi một dữ kiện nhưng khác nhau; hãy giữ "
                    "lại một cột.",
                    first=sources[name],
                    second=column,
                ),
            )
        found[name], sources[name] = values, column
    return found


def _cell(fact: Fact, column: str, raw: Any) -> tuple[Any, ...]:
    values: tuple[Any, ...] = ()
    if fact.type == "yes_no":
        answer = yes_no(raw)
        values = () if answer is None else (answer,)
    elif fact.type in ("money", "whole", "number"):
        rounded = _rounded_up(raw) if fact.type == "money" else None
        values = (rounded,) if rounded else number_readings(raw, whole=fact.type != "number")
    elif fact.type == "choice":
        values = tuple(_option(fact, str(raw)))
    elif fact.type == "choices":
        values = _choices(fact, raw)
    if not values:
        raise CellError(column, _unreadable(fact, column, raw))
    kept = []
    for value in values:
        try:
            checked_answer(fact, value)
        except AnswerError as error:
            problem = error.sentence
        else:
            kept.append(value)
    if not kept:
        text = "Cột {column}: {problem}"
        raise CellError(column, Sentence(text, column=column, problem=problem))
    return tuple(kept)


def _rounded_up(raw: Any) -> Decimal | None:
    """A quotient such as 4.500.000 / 7 as the next whole đồng; None for what is no fraction.

    Lines are whole numbers, so rounding up never moves an amount across one.
    """
    found = FRACTION.fullmatch(raw) if isinstance(raw, str) else None
    number = Decimal(f"{found[1]}.{found[2]}") if found else raw
    if isinstance(number, float) and math.isfinite(number):
        number = Decimal(str(number))
    if not isinstance(number, Decimal) or number == number.to_integral_value():
        return None
    return number.to_integral_value(ROUND_CEILING)


def _option(fact: Fact, raw: str) -> list[str]:
    word = fold(raw)
    return [one.code for one in fact.options if word in (fold(one.code), fold(one.label))][:1]


def _choices(fact: Fact, raw: Any) -> tuple[Any, ...]:
    parts = raw if isinstance(raw, list | tuple) else str(raw).replace(";", ",").split(",")
    if len(parts) == 1 and fold(str(parts[0])) in NOTHING:
        return ([],)
    found = [_option(fact, str(part)) for part in parts if not is_blank(part)]
    return ([one[0] for one in found],) if all(found) else ()


def _unreadable(fact: Fact, column: str, raw: Any) -> Sentence:
    allowed = {
        "yes_no": catalogued("1 (có), 0 (không) hoặc để trống (chưa rõ)"),
        "money": catalogued("số đồng nguyên, ví dụ 1.500.000"),
        "whole": catalogued("một số nguyên, ví dụ 4"),
        "number": catalogued("một số, ví dụ 42,5"),
    }.get(fact.type) or Joined(
        tuple(Sentence("{code} ({label})", code=one.code, label=one.label) for one in fact.options)
    )
    return Sentence(
        "Cột {column} ({label}) ghi “{raw}” nên không đọc được; hãy ghi {allowed}.",
        column=column,
        label=fact.label,
        raw=raw,
        allowed=allowed,
    )


def _ambiguous(law: Law, readings: Mapping[str, tuple[Any, ...]]) -> CellError:
    name = next(name for name, values in readings.items() if len(values) > 1)
    columns = {fact: column for column, fact in COLUMN_NAMES.items()}
    column = columns.get(name, name)
    return CellError(
        column,
        Sentence(
            "Cột {column} ({label}) có thể đọc là {readings} mà kết luận khác nhau; hãy ghi lại "
            "không có dấu phân cách hàng nghìn.",
            column=column,
            label=law.facts[name].label,
            readings=Joined(tuple(vi_number(one) for one in readings[name]), OR),
        ),
    )


def _plain(number: Decimal | None) -> int | float | None:
    if number is None:
        return None
    return int(number) if number == number.to_integral_value() else float(number)
