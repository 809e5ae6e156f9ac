"""``chungtay whatif``: the same households under two standards, of a place or of a table."""

from __future__ import annotations

import argparse
import importlib
import json
import sys
import time
from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import django
from django.utils import translation

from chungtay.commands.outcome import CommandFailed
from chungtay.commands.parsing import Parser, day
from chungtay.commands.rows import read_rows, refuse_rows, standard_named
from chungtay.commands.speaking import _, in_words, speaks_english
from chungtay.commands.whatif_words import as_dict, say
from chungtay.files.writing import TableRefused, write_xlsx
from chungtay.reports.foresight_table import foresight_table
from chungtay.rulebook.doubting import latest_national
from chungtay.rulebook.foresight import Foresight, Part
from chungtay.rulebook.lawbook import Law, Standard
from chungtay.rulebook.loading import law
from chungtay.rulebook.side_by_side import Cell, Heads, Side, SideBySide, side_of
from chungtay.rulebook.tables import RowResult, classify_rows
from chungtay.rulebook.wording import vi_int

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
TABLES = (".csv", ".xlsx", ".xls")
LEVELS = ("province", "district", "commune")
PLACES = "chungtay.commands.whatif_place"
TOLD_EVERY_SECONDS = 1.0
LOOK_EVERY_ROWS = 500


class Progress:
    """Says on the error stream how far a run is, once it takes over a second."""

    def __init__(self, *, always: bool) -> None:
        self._speaks = always or sys.stderr.isatty()
        self._every = 0.0 if always else TOLD_EVERY_SECONDS
        self._last = time.monotonic()
        self._said = False

    def due(self) -> bool:
        """Whether it is time to say something."""
        return self._speaks and time.monotonic() - self._last >= self._every

    def say(self, text: str) -> None:
        """Say it over what was said before."""
        self._last, self._said = time.monotonic(), True
        print(f"\r{text}   ", end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        """Leave the line."""
        if self._said:
            print(file=sys.stderr)


def parser(program: str) -> argparse.ArgumentParser:
    """The words of the command."""
    made = Parser(
        program,
        _(
            "Đặt hai chuẩn nghèo cạnh nhau trên cùng những hộ: ai vào, ai ra, ở đâu, vì chỉ số "
            "nào, còn thiếu câu trả lời nào. Hộ lấy từ sổ hộ của một địa bàn, hoặc từ một bảng "
            "như của chungtay classify (khi đó không cần cơ sở dữ liệu)."
        ),
        "chungtay whatif 14824 --on 2023-12-31 --standard nd-07-2021 --against nd-351-2025\n"
        "  chungtay whatif ho.csv --standard nd-07-2021 --against nd-351-2025 --json",
    )
    made.add_argument(
        "where", metavar="PLACE|FILE", help=_("mã đơn vị tại ngày ấy, hoặc tệp .xlsx, .xls, .csv")
    )
    made.add_argument(
        "--level",
        default="commune",
        choices=LEVELS,
        help=_("cấp của đơn vị: province, district hay commune (mặc định)"),
    )
    known = ", ".join(law().standards)
    made.add_argument(
        "--standard",
        metavar="ID",
        help=_("mã chuẩn nghèo ({known}); mặc định chuẩn quốc gia của ngày").format(known=known),
    )
    made.add_argument(
        "--against", metavar="ID", help=_("chuẩn đặt cạnh; mặc định chuẩn quốc gia mới nhất")
    )
    made.add_argument("--on", type=day, help=_("ngày của các dữ kiện (mặc định hôm nay)"))
    made.add_argument("--out", type=Path, help=_("ghi ra tệp .xlsx này"))
    made.add_argument("--json", action="store_true", help=_("in kết quả dạng JSON"))
    made.add_argument("--progress", action="store_true", help=_("luôn báo tiến độ"))
    made.add_argument(
        "--as", dest="username", metavar="USER", help=_("làm việc dưới tên tài khoản này")
    )
    return made


def run(arguments: argparse.Namespace) -> int:
    """Print or write the comparison; CommandFailed names what cannot be read."""
    book = law()
    on = arguments.on or datetime.now(VIETNAM).date()
    first = standard_named(book, arguments.standard, on)
    second = standard_named(book, arguments.against or latest_national(book).id, on)
    if arguments.out:
        _refuse_target(arguments.out)
    progress = Progress(always=arguments.progress)
    try:
        if Path(arguments.where).suffix.lower() in TABLES:
            path = Path(arguments.where)
            shown = _of_table(path, book, (first, second), on, progress)
            write = partial(_write_table, shown)
        else:
            shown, write = _places().of_place(arguments, (first, second), on, progress)
    finally:
        progress.end()
    rows = _written(arguments.out, write) if arguments.out else 0
    _print(shown, rows, arguments)
    return 0


def _written(target: Path, write: Callable[[Path], int]) -> int:
    try:
        return write(target)
    except TableRefused as error:
        raise CommandFailed(in_words(error)) from error
    except OSError as error:
        raise CommandFailed(
            _("không ghi được {target} ({strerror}).").format(
                target=target, strerror=error.strerror
            )
        ) from error


def _print(shown: Foresight, rows: int, arguments: argparse.Namespace) -> None:
    if arguments.json:
        print(json.dumps(as_dict(shown), ensure_ascii=False, indent=2))
    elif arguments.out:
        written = _("Đã ghi {count} dòng vào {path}.")
        print(written.format(count=vi_int(rows), path=arguments.out))
    else:
        say(shown)


def _refuse_target(target: Path) -> None:
    if target.suffix.lower() != ".xlsx":
        raise CommandFailed(
            _("tệp ghi ra phải có đuôi .xlsx, đang là {name}.").format(name=target.name)
        )
    if target.exists():
        raise CommandFailed(
            _("{target} đã có; chọn tên khác để không ghi đè.").format(target=target)
        )


def _places() -> Any:
    """The part that asks the register, once the database is ready."""
    django.setup()
    if speaks_english():
        translation.activate("en")
    importlib.import_module("chungtay.commands.database").prepare()
    return importlib.import_module(PLACES)


def _of_table(
    path: Path, book: Law, standards: tuple[Standard, Standard], on: date, progress: Progress
) -> Foresight:
    """The households of a table, each row read under both standards."""
    rows = read_rows(path, book)
    numbers = [number for number, _row in rows]
    sides: list[list[Side]] = []
    for standard in standards:
        results = []
        for one in classify_rows(book, standard, (row for _number, row in rows), on=on):
            results.append(one)
            if len(results) % LOOK_EVERY_ROWS == 0 and progress.due():
                done = vi_int(len(results) + len(rows) * len(sides))
                of = vi_int(len(rows) * len(standards))
                progress.say(_("Đang tính: {done}/{of} lượt hộ").format(done=done, of=of))
        refuse_rows(results, numbers)
        sides.append([side_of(one.finding) for one in results if isinstance(one, RowResult)])
    found = _counted(zip(*sides, strict=True))
    part = Part(None, path.name, found)
    return Foresight(book, path.name, on, *standards, found, [part])


def _counted(pairs: Iterable[tuple[Side, ...]]) -> SideBySide:
    return SideBySide.counted((Cell(None, *pair), Heads(1)) for pair in pairs)


def _write_table(shown: Foresight, target: Path) -> int:
    return write_xlsx(target, foresight_table(shown, "chungtay whatif", shown.place))
