"""``chungtay plan read``: an existing plan, from its file, as data or in a few words."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from chungtay.commands.outcome import CommandFailed
from chungtay.commands.parsing import Parser, print_json
from chungtay.commands.speaking import _, in_words
from chungtay.files.opening import open_document
from chungtay.plans.reading.shapes import Deadline, Finding
from chungtay.plans.reading.whole import ReadPlan, as_object, read_plan

NOT_SAID = "—"


def parser(program: str) -> argparse.ArgumentParser:
    """The words of the command."""
    made = Parser(
        program,
        _("Đọc một bản kế hoạch có sẵn thành dữ liệu; không ghi gì vào sổ."),
        "chungtay plan read ke-hoach.docx --json",
    )
    made.add_argument("file", type=Path, metavar="FILE", help=_("tệp .docx, .txt hoặc .md"))
    made.add_argument("--json", action="store_true", help=_("in mọi điều đọc được dạng JSON"))
    return made


def run(arguments: argparse.Namespace) -> int:
    """Print what was read: one JSON object, or a summary."""
    if not arguments.file.is_file():
        raise CommandFailed(_("không có tệp {path}.").format(path=arguments.file))
    document = open_document(arguments.file)
    plan = read_plan(document.text)
    if arguments.json:
        print_json(as_object(plan))
        return 0
    for note in document.notes:
        print(_("Lưu ý: {note}").format(note=in_words(note.sentence)))
    _say(plan)
    return 0


def _say(plan: ReadPlan) -> None:
    read, head = plan.structure, plan.structure.head
    title = " ".join(part for part in (head.title, head.subject) if part)
    print(title or _("Không thấy tên kế hoạch."))
    rows = (
        (_("Cơ quan ban hành"), head.authority),
        (_("Số"), head.number or (head.symbol and f"…/{head.symbol}")),
        (_("Nơi, ngày"), ", ".join(part for part in (head.place, head.date) if part)),
        (_("Kế hoạch cấp trên"), read.parent),
        (_("Người ký"), ", ".join(
            part for part in (read.signature.position, read.signature.name) if part
        )),
    )  # fmt: skip
    for name, value in rows:
        print(f"  {name}: {value or NOT_SAID}")
    _say_papers(plan)
    _say_numbers(plan)
    _say_duties(plan)
    _say_deadlines(read.deadlines)
    _say_findings(plan.findings)


def _say_papers(plan: ReadPlan) -> None:
    print(_("Căn cứ: {count}").format(count=len(plan.structure.legal_bases)))
    for paper in plan.structure.legal_bases:
        parts = (paper.kind, paper.number, paper.date, paper.issuer)
        print(f"  - {' · '.join(part for part in parts if part)}")
    headed = [one for one in plan.structure.sections if one.number or one.title]
    print(_("Mục: {count}").format(count=len(headed)))
    for one in headed:
        print(f"{'  ' * max(one.level, 1)}{one.number or ''} {one.title[:90]}".rstrip())


def _say_numbers(plan: ReadPlan) -> None:
    numbers = plan.numbers
    print(
        _("Chỉ tiêu: {targets} · kinh phí: {money} · hộ nêu tên: {households}").format(
            targets=len(numbers.targets),
            money=len(numbers.money),
            households=len(numbers.households),
        )
    )


def _say_duties(plan: ReadPlan) -> None:
    read = plan.structure
    print(_("Phân công: {count}").format(count=len(read.assignments)))
    for one in read.assignments:
        said = _("{offices}: {count} việc")
        offices = said.format(offices=", ".join(one.offices), count=len(one.duties))
        print(f"  {one.number or '-'} {offices}")
    recipients = ", ".join(one.name for one in read.recipients)
    print(_("Nơi nhận: {recipients}").format(recipients=recipients or NOT_SAID))
    for annex in read.annexes:
        there = _("có trong tệp") if annex.attached else _("không có trong tệp")
        print(f"  {annex.label}: {there}")


def _say_deadlines(deadlines: Sequence[Deadline]) -> None:
    print(_("Thời hạn: {count}").format(count=len(deadlines)))
    for one in deadlines:
        print(f"  {one.date or one.recurrence}: {one.who or NOT_SAID}: {one.what[:90]}")


def _say_findings(findings: Sequence[Finding]) -> None:
    for finding in findings:
        print(_("  Cần xem: {finding}").format(finding=in_words(finding.message)))
