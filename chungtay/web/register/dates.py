"""Dates in three boxes: read with care, each mistake with its mend."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from chungtay.rulebook.dates import PartialDate

PARTS = ("day", "month", "year")
PASTED = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})")
FULL_YEAR = 4


@dataclass(frozen=True)
class TypedDate:
    """The three boxes as they were filled, and the date they make or why they make none."""

    boxes: dict[str, str]
    value: PartialDate | None = None
    error: str = ""


def boxes_of(value: PartialDate | date | None) -> dict[str, str]:
    """A date as the three boxes show it."""
    if value is None:
        return dict.fromkeys(PARTS, "")
    return {part: str(getattr(value, part) or "") for part in PARTS}


def read_date(
    posted: Mapping[str, Any], name: str, label: str, *, whole: bool = False
) -> TypedDate:
    """The date of three boxes; empty boxes are unknown; a year is enough unless ``whole``."""
    boxes = {part: str(posted.get(f"{name}_{part}", "")).strip()[:10] for part in PARTS}
    for text in boxes.values():
        if pasted := PASTED.fullmatch(text):
            boxes = dict(zip(PARTS, pasted.groups(), strict=True))
            break
    if not any(boxes.values()):
        return TypedDate(boxes)
    written = "/".join(text for text in boxes.values() if text)
    error = _unreadable(boxes, label, written)
    if error:
        return TypedDate(boxes, error=error)
    day, month, year = (int(boxes[part]) if boxes[part] else None for part in PARTS)
    try:
        return TypedDate(boxes, PartialDate(year or 0, month, day))
    except (ValueError, OverflowError):
        return TypedDate(boxes, error=_unreal(boxes["year"], label, written, whole=whole))


def _unreal(year: str, label: str, written: str, *, whole: bool) -> str:
    text = _("%(label)s %(written)s không có thật. Sửa thành ngày đúng.")
    if not whole:
        text = _(
            "%(label)s %(written)s không có thật. Sửa thành ngày đúng, hoặc chỉ ghi năm %(year)s."
        )
    return text % {"label": label, "written": written, "year": year}


def _unreadable(boxes: dict[str, str], label: str, written: str) -> str:
    if any(text and not (text.isascii() and text.isdecimal()) for text in boxes.values()):
        text = _("%(label)s “%(written)s” không đọc được. Chỉ ghi chữ số, ví dụ 15, 3 và 1984.")
        return text % {"label": label, "written": written}
    if len(boxes["year"]) != FULL_YEAR:
        text = _("%(label)s cần năm đủ bốn chữ số, ví dụ 1984. Chỉ biết năm thì ghi năm là đủ.")
        return text % {"label": label}
    if boxes["day"] and not boxes["month"]:
        text = _("%(label)s có ngày mà chưa có tháng. Ghi thêm tháng, hoặc chỉ ghi năm %(year)s.")
        return text % {"label": label, "year": boxes["year"]}
    return ""


def whole_day(typed: TypedDate, label: str) -> tuple[date | None, str]:
    """A day that must be whole: the day, or the sentence that says what is wanting."""
    if typed.error:
        return None, typed.error
    if typed.value is None or not typed.value.is_whole:
        return None, _("%(label)s cần đủ ngày, tháng, năm.") % {"label": label}
    return typed.value.earliest(), ""
