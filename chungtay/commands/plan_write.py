"""``chungtay plan write``: a plan's official paper into a Word file."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from chungtay.commands.actors import actor_named
from chungtay.commands.outcome import CommandFailed
from chungtay.commands.parsing import Parser
from chungtay.commands.speaking import _, in_words
from chungtay.places.models import Level
from chungtay.places.queries import unit_by_code
from chungtay.plans.queries import findings_of, plan_of
from chungtay.reports.plan_content import ContentError
from chungtay.reports.plan_paper import paper_name, write_plan_paper
from chungtay.reports.rendering import RenderingError
from chungtay.reports.tokens import TokenError


def parser(program: str) -> argparse.ArgumentParser:
    """The words of the command."""
    made = Parser(
        program,
        _("Viết văn bản kế hoạch của một xã, phường, hoặc của huyện, ra tệp Word."),
        "chungtay plan write --place 14824 --year 2023 --out ke-hoach.docx",
    )
    made.add_argument("--place", required=True, metavar="CODE", help=_("mã đơn vị trong năm đó"))
    made.add_argument(
        "--level",
        default=Level.COMMUNE,
        choices=[Level.PROVINCE, Level.DISTRICT, Level.COMMUNE],
        help=_("cấp của đơn vị: province, district hay commune (mặc định)"),
    )
    made.add_argument("--year", required=True, type=int, help=_("năm của kế hoạch"))
    made.add_argument("--out", type=Path, help=_("tệp ghi ra (mặc định theo tên kế hoạch)"))
    made.add_argument(
        "--as", dest="username", metavar="USER", help=_("làm việc dưới tên tài khoản này")
    )
    return made


def run(arguments: argparse.Namespace) -> int:
    """Write the paper; what needs a look is said beside it."""
    if not date.min.year <= arguments.year < date.max.year:
        raise CommandFailed(
            _("năm {year} không đúng; ghi bốn chữ số, ví dụ 2023.").format(year=arguments.year)
        )
    unit = unit_by_code(arguments.place, date(arguments.year, 1, 1), arguments.level)
    plan = plan_of(unit, arguments.year)
    if plan is None:
        raise CommandFailed(
            _("{name} chưa có kế hoạch năm {year}.").format(name=unit.name, year=arguments.year)
        )
    try:
        content = write_plan_paper(actor=actor_named(arguments.username), plan=plan)
    except (ContentError, TokenError, RenderingError) as error:
        raise CommandFailed(in_words(error)) from error
    path = arguments.out or Path(paper_name(plan))
    try:
        path.write_bytes(content)
    except OSError as error:
        raise CommandFailed(
            _("không ghi được {path} ({strerror}).").format(path=path, strerror=error.strerror)
        ) from error
    print(
        _("Đã viết {path} ({content:,} byte).")
        .format(path=path, content=len(content))
        .replace(",", ".")
    )
    for finding in findings_of(plan):
        print(_("  Cần xem: {finding}").format(finding=finding))
    return 0
