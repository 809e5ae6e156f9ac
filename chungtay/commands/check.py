"""``chungtay check``: the journal's chains, the law files, the database."""

from __future__ import annotations

import argparse
from typing import Any

from django.core.checks import run_checks
from django.db import connection

from chungtay.acts.checking import check_chains
from chungtay.acts.services import head_of_heads
from chungtay.commands.parsing import Parser, print_json
from chungtay.commands.speaking import _, in_words
from chungtay.rulebook.loading import law

FOUND_WRONG = 3


def parser(program: str) -> argparse.ArgumentParser:
    """The words of the command."""
    made = Parser(program, _("Kiểm tra nhật ký, luật và cơ sở dữ liệu."), "chungtay check --json")
    made.add_argument("--json", action="store_true", help=_("in kết quả dạng JSON"))
    return made


def run(arguments: argparse.Namespace) -> int:
    """Check everything; 0 if whole, 3 if something was found wrong."""
    report = check_chains()
    problems = [in_words(problem) for problem in report.problems] + _database_problems()
    found: dict[str, Any] = {
        "chains": report.chains,
        "lines": report.lines,
        "heads": head_of_heads(),
        "standards": len(law().standards),
        "problems": problems,
    }
    if arguments.json:
        print_json(found)
    else:
        _say(found)
    return FOUND_WRONG if problems else 0


def _database_problems() -> list[str]:
    found = run_checks(databases=["default"])
    problems = [f"{one.msg} {one.hint or ''}".strip() for one in found if one.is_serious()]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            said = [row[0] for row in cursor.fetchall()]
            cursor.execute("PRAGMA foreign_key_check")
            said += [
                _("khóa ngoại hỏng ở bảng {table}").format(table=row[0])
                for row in cursor.fetchall()
            ]
        problems += [_("Cơ sở dữ liệu: {line}").format(line=line) for line in said if line != "ok"]
    return problems


def _say(found: dict[str, Any]) -> None:
    print(
        _("Nhật ký: {lines} dòng trong {chains} chuỗi.").format(
            lines=found["lines"], chains=found["chains"]
        )
    )
    print(_("Mã đầu chuỗi: {heads}").format(heads=found["heads"]))
    print(_("Luật: đọc được {standards} bộ chuẩn.").format(standards=found["standards"]))
    for problem in found["problems"]:
        print(_("SAI: {problem}").format(problem=problem))
    if not found["problems"]:
        print(_("Mọi thứ nguyên vẹn."))
