"""Rows held while an act changes them, and their next version."""

from __future__ import annotations

from typing import TypeVar

from chungtay.acts.refusing import Refused, Stale
from chungtay.rulebook.wording import Sentence
from chungtay.supervision.models.kept import Kept

Row = TypeVar("Row", bound=Kept)


def held(row: Row, expected_version: int) -> Row:
    """The row as it stands, locked; Stale if somebody changed it since it was shown."""
    fresh = type(row)._default_manager.select_for_update(of=("self",)).get(pk=row.pk)
    as_shown(fresh, expected_version)
    return fresh


def as_shown(row: Kept, expected_version: int) -> None:
    """Stale if a row is not what it was when its form was shown."""
    if row.version != expected_version:
        raise Stale(Sentence("Nội dung này vừa thay đổi. Hãy xem lại rồi làm lại nếu vẫn cần."))


def standing(row: Row, expected_version: int) -> Row:
    """The same, refused if it was withdrawn."""
    fresh = held(row, expected_version)
    if fresh.withdrawn:
        raise Refused(Sentence("Nội dung này đã được rút. Hãy dùng lại trước khi sửa."))
    return fresh


def saved(row: Kept) -> int:
    """Save a row as its next version, which is the answer."""
    row.version += 1
    row.save()
    return row.version


def withdraw(row: Row, reason: str, expected_version: int) -> int:
    """Withdraw a row with its reason; its new version."""
    fresh = standing(row, expected_version)
    fresh.withdrawn, fresh.withdrawn_why = True, reason
    return saved(fresh)


def restore(row: Row, expected_version: int) -> int:
    """Use a withdrawn row again; its new version."""
    fresh = held(row, expected_version)
    fresh.withdrawn, fresh.withdrawn_why = False, ""
    return saved(fresh)


def need_reason(reason: str) -> None:
    """Refused without a reason."""
    if not reason.strip():
        raise Refused(Sentence("Chưa ghi lý do. Hãy ghi lý do để người khác đọc hiểu được."))
