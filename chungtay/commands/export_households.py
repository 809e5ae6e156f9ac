"""``chungtay export households``: the register of a place into Excel or CSV, by the one door."""

from __future__ import annotations

import argparse
from pathlib import Path

from chungtay.commands.actors import actor_named
from chungtay.commands.outcome import CommandFailed
from chungtay.commands.parsing import Parser, day, today
from chungtay.commands.speaking import _, in_words
from chungtay.files.writing import TableRefused
from chungtay.households.models import Household
from chungtay.households.queries.people import standing_on
from chungtay.households.queries.residences import lived_in
from chungtay.places.queries import unit_by_code
from chungtay.rulebook.wording import vi_int
from chungtay.sync.exporting import WRITERS, export_households


def parser(program: str) -> argparse.ArgumentParser:
    """The words of the command."""
    made = Parser(
        program,
        _(
            "Xuất danh sách hộ và thành viên của một xã, phường ra .xlsx hoặc "
            ".csv. Số định danh luôn được che; mỗi lần xuất có một dòng nhật ký."
        ),
        "chungtay export households --place 14824 --on 2023-12-31 --out so-ho.xlsx "
        '--purpose "rà soát"',
    )
    made.add_argument("--place", required=True, metavar="CODE", help=_("mã xã, phường (5 chữ số)"))
    made.add_argument("--on", type=day, help=_("sổ hộ tại ngày này (mặc định hôm nay)"))
    made.add_argument("--out", type=Path, help=_("tệp ghi ra, đuôi .xlsx hoặc .csv"))
    made.add_argument(
        "--purpose", default="xuất bằng dòng lệnh", help=_("xuất để làm gì; nhật ký giữ lại")
    )
    made.add_argument(
        "--as", dest="username", metavar="USER", help=_("làm việc dưới tên tài khoản này")
    )
    return made


def run(arguments: argparse.Namespace) -> int:
    """Write the file and say how many rows it holds."""
    target: Path = arguments.out or Path(f"so-ho-{arguments.place}.xlsx")
    if target.suffix not in WRITERS:
        raise CommandFailed(
            _("tệp ghi ra phải có đuôi .xlsx hoặc .csv, đang là {name}.").format(name=target.name)
        )
    if target.exists():
        raise CommandFailed(
            _("{target} đã có; chọn tên khác để không ghi đè.").format(target=target)
        )
    on = arguments.on or today()
    place = unit_by_code(arguments.place, on)
    try:
        rows = export_households(
            actor=actor_named(arguments.username),
            place=place,
            households=standing_on(
                Household.objects.filter(lived_in([place], on), withdrawn=False), on
            )
            .select_related("village")
            .order_by("head_sort_key"),
            on=on,
            purpose=arguments.purpose,
            target=target,
        )
    except TableRefused as error:
        raise CommandFailed(in_words(error)) from error
    except OSError as error:
        raise CommandFailed(
            _("không ghi được {target} ({strerror}).").format(
                target=target, strerror=error.strerror
            )
        ) from error
    print(
        _("Đã ghi {written}/{total} dòng vào {target}.").format(
            written=vi_int(rows), total=vi_int(rows), target=target
        )
    )
    return 0
