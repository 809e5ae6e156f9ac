"""The values of a datum as people type and read them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from chungtay.plans.staged.groups import (
    CHOICE,
    DAY,
    LINES,
    MONEY,
    NUMBER,
    WHOLE,
    Field,
    Group,
)
from chungtay.rulebook.folding import tidy
from chungtay.rulebook.wording import Sentence, vi_int, vi_number

COUNT = re.compile(r"\d{1,3}(?:[.\s]\d{3}){1,4}|\d{1,15}", re.ASCII)
DECIMAL = re.compile(r"(?:\d{1,3}(?:\.\d{3}){1,3}|\d{1,9})(?:,\d{1,4})?", re.ASCII)
SPAN = re.compile(r"(20\d\d|19\d\d)\s*[-–/]\s*(20\d\d|19\d\d)", re.ASCII)
PARTS = re.compile(r"(?:(?:(\d{1,2})[/.-])?(\d{1,2})[/.-])?(\d{4})", re.ASCII)
KEPT_DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", re.ASCII)
COUNTED = frozenset({WHOLE, MONEY})


def shown(field: Field, value: Any) -> str:
    """A kept value as it stands in a box."""
    if value is None or value == []:
        return ""
    if field.name == "year":
        return str(value)
    if field.kind in COUNTED:
        return vi_int(int(value))
    if field.kind == NUMBER:
        return vi_number(Decimal(str(value)))
    if field.kind == LINES:
        return "\n".join(value)
    return shown_day(str(value)) if field.kind == DAY else str(value)


def shown_day(kept: str) -> str:
    """ "2024-06-20" as 20/06/2024, "2024-06" as 06/2024, "2022/2025" as 2022–2025."""
    if "/" in kept:
        return kept.replace("/", "–")
    found = KEPT_DAY.fullmatch(kept)
    return "/".join(filter(None, reversed(found.groups()))) if found else kept


def read_values(
    group: Group, typed: Mapping[str, str]
) -> tuple[dict[str, Any], dict[str, Sentence]]:
    """The values typed into a group's boxes, and a sentence for each box that cannot be read."""
    values: dict[str, Any] = {}
    wrong: dict[str, Sentence] = {}
    for field in group.fields:
        text = typed.get(field.name, "").strip()
        try:
            values[field.name] = _read(field, text)
        except _Wrong as error:
            wrong[field.name] = error.sentence
    if group.name == "target" and not wrong:
        wrong |= _of_target(values)
    return values, wrong


class _Wrong(ValueError):
    def __init__(self, text: str, **values: Any) -> None:
        self.sentence = Sentence(text, **values)
        super().__init__(text)


def _read(field: Field, text: str) -> Any:
    if field.kind == CHOICE:
        if text and text not in field.choices and not set(text.split("+")) <= set(field.choices):
            raise _Wrong("Hãy chọn một mục trong danh sách.")
        if field.required and not text:
            raise _Wrong("Ô này cần được chọn.")
        return text or None
    if field.required and not text:
        raise _Wrong("Ô này không được để trống.")
    if len(text) > field.most and field.kind != LINES:
        raise _Wrong("Ô này dài quá {most} chữ; hãy viết gọn lại.", most=vi_int(field.most))
    if field.kind == LINES:
        return [line for line in map(tidy, text.splitlines()) if line]
    if not text:
        return None
    readers = {WHOLE: _whole, MONEY: _whole, NUMBER: _number, DAY: _day}
    return readers.get(field.kind, tidy)(text)


def _whole(text: str) -> int:
    if not COUNT.fullmatch(text):
        raise _Wrong("“{said}” không phải một số; chỉ ghi chữ số, ví dụ 21 hoặc 1.500.000.",
                     said=text[:30])  # fmt: skip
    return int(re.sub(r"\D", "", text))


def _number(text: str) -> int | float:
    bare = text.replace("%", "").strip()
    if not DECIMAL.fullmatch(bare):
        raise _Wrong("“{said}” không phải một số; ghi kiểu 1.411 hoặc 10,5.", said=text[:30])
    number = Decimal(bare.replace(".", "").replace(",", "."))
    return int(number) if number == number.to_integral_value() else float(number)


def _day(text: str) -> str:
    span = SPAN.fullmatch(text)
    if span and span[1] < span[2]:
        return f"{span[1]}/{span[2]}"
    found = PARTS.fullmatch(text)
    template = "Ngày “{said}” không có thật. Ghi 20/06/2024, 06/2024, 2024 hoặc 2022–2025."
    if not found:
        raise _Wrong(template, said=text[:30])
    day, month, year = (int(one) if one else None for one in found.groups())
    try:
        date(year or 0, month or 1, day or 1)
    except ValueError as error:
        raise _Wrong(template, said=text[:30]) from error
    return "-".join([f"{year:04d}", *(f"{one:02d}" for one in (month, day) if one)])


def _of_target(values: Mapping[str, Any]) -> dict[str, Sentence]:
    """What the values of a target belie of each other."""
    wrong: dict[str, Sentence] = {}
    value, value_to = values["value"], values["value_to"]
    ranged = values["comparator"] == "range"
    if ranged and value_to is None:
        wrong["value_to"] = Sentence("So sánh “từ … đến …” cần số thứ hai.")
    elif value_to is not None and not ranged:
        wrong["value_to"] = Sentence("Có hai số thì hãy chọn so sánh “từ … đến …”.")
    elif value_to is not None and value_to <= value:
        wrong["value_to"] = Sentence("Khoảng phải đi từ số nhỏ đến số lớn hơn.")
    if values["measure"] == "count" and not isinstance(value, int):
        wrong["value"] = Sentence("Số đếm phải là số nguyên.")
    elif values["measure"] != "count" and value > 100:
        wrong["value"] = Sentence("Số phần trăm không được quá 100.")
    return wrong
