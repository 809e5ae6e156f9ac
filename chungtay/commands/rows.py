"""Rows of a table given to a command, one household each, as the rulebook reads them."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from chungtay.commands.outcome import CommandFailed
from chungtay.commands.speaking import _, in_words
from chungtay.files.cells import Cell, Sheet, column_letter
from chungtay.files.opening import open_sheets
from chungtay.rulebook.lawbook import Law, LookUpError, Standard
from chungtay.rulebook.tables import RowRefusal, RowResult, known_columns

SHORT_INDICATOR = re.compile(r"^d([1-9])$")


def read_rows(path: Path, book: Law) -> list[tuple[int, dict[str, Any]]]:
    """The households of a table, each with its number in the sheet; CommandFailed if none."""
    rows = list(_rows(path, book))
    if not rows:
        raise CommandFailed(
            _("tệp {name} chỉ có dòng tiêu đề, chưa có hộ nào.").format(name=path.name)
        )
    return rows


def refuse_rows(results: Sequence[RowResult | RowRefusal], numbers: Sequence[int]) -> None:
    """CommandFailed naming the first row that cannot be read, and how many more there are."""
    refused = [one for one in results if isinstance(one, RowRefusal)]
    if not refused:
        return
    first, more = refused[0], ""
    if len(refused) > 1:
        more = _(" Còn {count} dòng khác bị từ chối.").format(count=len(refused) - 1)
    raise CommandFailed(
        _("dòng {number}: {message}{more}").format(
            number=numbers[first.row - 1], message=in_words(first.message), more=more
        )
    )


def standard_named(book: Law, standard_id: str | None, on: date) -> Standard:
    """The standard of an id as people type it, else the national one of a day."""
    try:
        wanted = standard_id.strip().lower().replace("_", "-") if standard_id else ""
        return book.standard(wanted) if wanted else book.standard_on(on)
    except LookUpError as error:
        raise CommandFailed(in_words(error)) from error


def _rows(path: Path, book: Law) -> Iterator[tuple[int, dict[str, Any]]]:
    """The rows of the first sheet with a known column, each with its number in the sheet."""
    if not path.is_file():
        raise CommandFailed(_("không có tệp {path}.").format(path=path))
    known = set(known_columns(book))
    for sheet in open_sheets(path).sheets:
        headers = _headers(sheet)
        if known & set(headers.values()):
            _say_ignored(set(headers.values()) - known)
            yield from _records(sheet, headers)
            return
    raise CommandFailed(
        _(
            "tệp {name} không có cột nào nhận ra; cần area, income_per_person hoặc b1, và d01…d12."
        ).format(name=path.name)
    )


def _headers(sheet: Sheet) -> dict[int, str]:
    if not sheet.rows:
        return {}
    cells = enumerate(sheet.rows[0].cells, start=1)
    names = {at: str(cell.value).strip().lower() for at, cell in cells if cell.value is not None}
    return {at: SHORT_INDICATOR.sub(r"d0\1", name) for at, name in names.items()}


def _say_ignored(names: set[str]) -> None:
    """Name the columns that are not read, so that a slip in a header is seen."""
    if names:
        print(
            _("Không đọc các cột: {names}.").format(names=", ".join(sorted(names))), file=sys.stderr
        )


def _records(sheet: Sheet, headers: dict[int, str]) -> Iterator[tuple[int, dict[str, Any]]]:
    twice = {name for name in headers.values() if list(headers.values()).count(name) > 1}
    if twice:
        raise CommandFailed(
            _("cột {name} đứng hai lần; hãy giữ một cột.").format(name=sorted(twice)[0])
        )
    for row in sheet.rows[1:]:
        yield (
            row.number,
            {name: _value(row.at(at), row.number, at) for at, name in headers.items()},
        )


def _value(cell: Cell, row: int, column: int) -> Any:
    if cell.kind == "error":
        place = f"{column_letter(column)}{row}"
        raise CommandFailed(
            _("ô {place} đang báo lỗi {value}; hãy sửa công thức hoặc gõ thẳng giá trị.").format(
                place=place, value=cell.value
            )
        )
    if cell.formula and cell.value is None:
        place = f"{column_letter(column)}{row}"
        raise CommandFailed(
            _("ô {place} là công thức chưa có kết quả; hãy mở tệp bằng Excel rồi lưu lại.").format(
                place=place
            )
        )
    return cell.value
