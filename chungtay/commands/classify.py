"""``chungtay classify``: the class of every household of a table, without any database."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from chungtay.commands.parsing import Parser, day, print_json
from chungtay.commands.rows import read_rows, refuse_rows, standard_named
from chungtay.commands.speaking import _, in_words
from chungtay.rulebook.findings import CLASS_LABELS
from chungtay.rulebook.loading import law
from chungtay.rulebook.tables import RowRefusal, RowResult, classify_rows

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


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
    standard = standard_named(book, arguments.standard, on)
    # A day asked for is kept, and the finding says where it lies outside the standard.
    day_of_facts = arguments.on or standard.nearest_day(on)
    rows = read_rows(arguments.file, book)
    numbers = [number for number, _ in rows]
    results = list(classify_rows(book, standard, (row for _, row in rows), on=day_of_facts))
    if arguments.json:
        print_json([_as_dict(one, numbers) for one in results])
    else:
        _say(results, numbers)
    refuse_rows(results, numbers)
    return 0


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
