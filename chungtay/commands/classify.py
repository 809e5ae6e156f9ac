"""``chungtay classify``: the class of every household of a table, without any database."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from chungtay.commands.outcome import CommandFailed
from chungtay.commands.parsing import Parser, day, print_json
from chungtay.commands.speaking import _, in_words
from chungtay.files.cells import Cell, Sheet, column_letter
from chungtay.files.opening import open_sheets
from chungtay.rulebook.findings import CLASS_LABELS
from chungtay.rulebook.lawbook import Law, LookUpError, Standard
from chungtay.rulebook.loading import law
from chungtay.rulebook.tables import RowRefusal, RowResult, classify_rows, known_columns

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
SHORT_INDICATOR = re.compile(r"^d([1-9])$")


def parser(program: str) -> argparse.ArgumentParser:
    """The words of the command."""
    made = Parser(
        program,
        _(
            "Xếp loại từng hộ của một bảng .xlsx, .xls hoặc .csv, mỗi dòng một hộ. "
            "Cột: area (rural/urban), income_per_person (đồng một tháng) hoặc b1, "
            "và d01…d12 (1, 0, trống = chưa rõ) hoặc các dữ kiện có tên."
        ),
        "chungtay classify ho.csv --on 2023-01-01 --json",
    )
    made.add_argument("file", type=Path, metavar="FILE", help=_("tệp .xlsx, .xls hoặc .csv"))
    known = _("mã chuẩn nghèo ({known}); mặc định chuẩn quốc gia của ngày")
    made.add_argument(
        "--standard", metavar="ID", help=known.format(known=", ".join(law().standards))
    )
    made.add_argument("--on", type=day, help=_("ngày của các dữ kiện (mặc định hôm nay)"))
    made.add_argument("--json", action="store_true", help=_("in kết quả dạng JSON"))
    return made


def run(arguments: argparse.Namespace) -> int:
    """Print the class of each row; CommandFailed names the rows that cannot be read."""
    book = law()
    on = arguments.on or datetime.now(VIETNAM).date()
    standard = _standard(book, arguments.standard, on)
    # A day asked for is kept, and the finding says where it lies outside the standard.
    day_of_facts = arguments.on or standard.nearest_day(on)
    rows = list(_rows(arguments.file, book))
    if not rows:
        raise CommandFailed(
            _("tệp {name} chỉ có dòng tiêu đề, chưa có hộ nào.").format(name=arguments.file.name)
        )
    numbers = [number for number, _ in rows]
    results = list(classify_rows(book, standard, (row for _, row in rows), on=day_of_facts))
    refused = [one for one in results if isinstance(one, RowRefusal)]
    if arguments.json:
        print_json([_as_dict(one, numbers) for one in results])
    else:
        _say(results, numbers)
    if refused:
        first = refused[0]
        more = (
            _(" Còn {count} dòng khác bị từ chối.").format(count=len(refused) - 1)
            if len(refused) > 1
            else ""
        )
        raise CommandFailed(
            _("dòng {number}: {message}{more}").format(
                number=numbers[first.row - 1], message=in_words(first.message), more=more
            )
        )
    return 0


def _standard(book: Law, standard_id: str | None, on: Any) -> Standard:
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


def _as_dict(one: RowResult | RowRefusal, numbers: list[int]) -> dict[str, Any]:
    said = one.as_dict() | {"row": numbers[one.row - 1]}
    return said if isinstance(one, RowResult) else {"class": None, "refused": said} | said


def _say(results: list[RowResult | RowRefusal], numbers: list[int]) -> None:
    for one in results:
        if isinstance(one, RowRefusal):
            print(
                _("Dòng {number}: bị từ chối. {message}").format(
                    number=numbers[one.row - 1], message=in_words(one.message)
                )
            )
            continue
        finding = one.finding
        print(
            _("Dòng {number}: {label}").format(
                number=numbers[one.row - 1], label=_(CLASS_LABELS[finding.household_class])
            )
        )
        for reason in finding.reasons:
            print(f"    {in_words(reason)}")
        for missing in finding.missing:
            print(_("    Còn thiếu: {sentence}").format(sentence=in_words(missing)))
        for note in finding.notes:
            print(_("    Lưu ý: {note}").format(note=in_words(note)))
