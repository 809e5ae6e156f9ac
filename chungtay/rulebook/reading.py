"""Reading numbers and yes/no as people write them, and saying when a number reads two ways."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from chungtay.rulebook.folding import fold

SPACES = re.compile(r"[\s\u00a0\u202f]+")
UNIT = re.compile(r"(đồng|vnđ|vnd|đ|₫|m²|m2|điểm|người)$")
GROUPED_DOTS = re.compile(r"\d{1,3}(\.\d{3})+")
GROUPED_COMMAS = re.compile(r"\d{1,3}(,\d{3})+")
PLAIN = re.compile(r"\d+([.,]\d+)?")
YES = {"1", "co", "yes", "true", "x", "dung"}
NO = {"0", "khong", "no", "false", "sai"}


def is_blank(raw: Any) -> bool:
    """Whether a cell says nothing."""
    return raw is None or (isinstance(raw, str) and not SPACES.sub("", raw))


def number_readings(raw: Any, *, whole: bool) -> tuple[Decimal, ...]:
    """The numbers a cell may mean, likeliest first; () if none, two for "1.234" or "1,234"."""
    if isinstance(raw, bool):
        return ()
    if isinstance(raw, int | float | Decimal):
        number = Decimal(str(raw))
        return _fitting([number], whole) if number.is_finite() else ()
    if not isinstance(raw, str):
        return ()
    text = UNIT.sub("", SPACES.sub("", raw).casefold())
    sign = "-" if text.startswith("-") else ""
    text = text.removeprefix("-")
    found: list[Decimal] = []
    if PLAIN.fullmatch(text):
        found.append(Decimal(sign + text.replace(",", ".")))
    if GROUPED_DOTS.fullmatch(text) or GROUPED_COMMAS.fullmatch(text):
        found.append(Decimal(sign + text.replace(".", "").replace(",", "")))
    for thousands, decimal in ((".", ","), (",", ".")):
        head, mark, tail = text.partition(decimal)
        if mark and thousands in head and tail.isdigit() and _grouped(head, thousands):
            found.append(_decimal(f"{sign}{head.replace(thousands, '')}.{tail}"))
    return _fitting(found, whole)


def yes_no(raw: Any) -> bool | None:
    """A cell as yes or no; None if it is neither."""
    if isinstance(raw, bool):
        return raw
    if isinstance(raw, int | float | Decimal):
        return {0: False, 1: True}.get(int(raw)) if raw in (0, 1) else None
    word = fold(str(raw))
    if word in YES or word in NO:
        return word in YES
    readings = number_readings(raw, whole=True)
    return {Decimal(0): False, Decimal(1): True}.get(readings[0]) if readings else None


def _grouped(head: str, thousands: str) -> bool:
    pattern = GROUPED_DOTS if thousands == "." else GROUPED_COMMAS
    return pattern.fullmatch(head) is not None


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        return Decimal("NaN")


def _fitting(found: list[Decimal], whole: bool) -> tuple[Decimal, ...]:
    kept = [one for one in found if one.is_finite()]
    if whole:
        kept = [one for one in kept if one == one.to_integral_value()]
    return tuple(dict.fromkeys(kept))
