"""``chungtay import households``: a list looked at and, when asked, written."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

from chungtay.acts.refusing import Refused
from chungtay.acts.services import Actor
from chungtay.commands.actors import actor_named
from chungtay.commands.outcome import CommandFailed
from chungtay.commands.parsing import Parser, day, print_json, today
from chungtay.commands.speaking import _
from chungtay.places.models import Unit
from chungtay.places.queries import unit_by_code
from chungtay.rulebook.wording import Sentence
from chungtay.sync.answers import answer_of
from chungtay.sync.collecting import without_collecting
from chungtay.sync.earlier.terms import Asked, check_year
from chungtay.sync.opening import reading_once
from chungtay.sync.proposals import Preview
from chungtay.sync.services import (
    apply_import,
    earlier_seen_by,
    preview_seen_by,
    stage_earlier,
    stage_import,
)

MOST_SHOWN = 20
NOTHING: frozenset[int] = frozenset()


def parser(program: str) -> argparse.ArgumentParser:
    """The words of the command."""
    made = Parser(
        program,
        _("Xem trước một danh sách hộ và, khi có --apply, ghi vào sổ của một xã, phường."),
        "chungtay import households danh-sach.xlsx --place 14824 --on 2023-01-01 --apply",
    )
    made.add_argument("file", type=Path, metavar="FILE", help=_("tệp .xlsx, .xls hoặc .csv"))
    made.add_argument("--place", required=True, metavar="CODE", help=_("mã xã, phường (5 chữ số)"))
    made.add_argument("--on", type=day, help=_("ngày của danh sách (mặc định hôm nay)"))
    earlier = made.add_argument_group(_("danh sách của năm trước"))
    earlier.add_argument("--year", type=int, metavar="YEAR", help=_("danh sách của năm này"))
    earlier.add_argument("--standard", default="", metavar="ID", help=_("chuẩn đã áp dụng khi đó"))
    earlier.add_argument("--decision", default="", metavar="NUMBER", help=_("số quyết định"))
    earlier.add_argument("--decided-on", type=day, metavar="DAY", help=_("ngày ký quyết định"))
    earlier.add_argument("--issuer", default="", help=_("cơ quan ban hành quyết định"))
    earlier.add_argument("--commune", metavar="CODE", help=_("mã xã, phường lúc đó"))
    made.add_argument(
        "--as", dest="username", metavar="USER", help=_("làm việc dưới tên tài khoản này")
    )
    made.add_argument("--apply", action="store_true", help=_("ghi vào sổ các hộ chắc chắn"))
    made.add_argument("--accept-doubtful", action="store_true", help=_("ghi cả các hộ nghi ngờ"))
    made.add_argument("--json", action="store_true", help=_("in bản xem trước dạng JSON"))
    return made


def run(arguments: argparse.Namespace) -> int:
    """Print the preview; with --apply write it in one transaction."""
    if arguments.accept_doubtful and not arguments.apply:
        raise CommandFailed(_("--accept-doubtful chỉ dùng cùng với --apply."))
    actor = actor_named(arguments.username)
    content = _content(arguments.file)
    place = _place(arguments)
    bring = _earlier(arguments, place) if _is_earlier(arguments) else _present(arguments, place)
    with reading_once(), without_collecting():
        preview = bring.look(actor, content)
        written = None
        if arguments.apply:
            batch = bring.stage(actor, content)
            ticked = None if arguments.accept_doubtful else NOTHING
            written = apply_import(actor=actor, batch_id=UUID(batch), ticked=ticked)
    if arguments.json:
        print_json(answer_of(preview) | ({"applied": written} if written is not None else {}))
    else:
        _say(preview, written)
    return 0


@dataclass(frozen=True)
class _List:
    """How one kind of list is looked at and staged."""

    look: Callable[[Actor, bytes], Preview]
    stage: Callable[[Actor, bytes], str]


def _is_earlier(arguments: argparse.Namespace) -> bool:
    """Whether the list is of an earlier year; what only such a list has is refused without it."""
    if arguments.year is not None:
        if arguments.on is not None:
            raise CommandFailed(
                _("--on và --year không đi cùng: danh sách của năm trước chỉ cần năm.")
            )
        return True
    only = ("standard", "decision", "decided_on", "issuer", "commune")
    given = [f"--{name.replace('_', '-')}" for name in only if getattr(arguments, name)]
    if given:
        raise CommandFailed(_("{given} chỉ dùng cùng với --year.").format(given=", ".join(given)))
    return False


def _place(arguments: argparse.Namespace) -> Unit:
    """The commune of the code: on the list's day, or now, or when the list was made."""
    if arguments.year is None:
        return unit_by_code(arguments.place, arguments.on or today())
    try:
        return unit_by_code(arguments.place, today())
    except Refused:
        return unit_by_code(arguments.place, date(arguments.year, 12, 31))


def _present(arguments: argparse.Namespace, commune: Unit) -> _List:
    on, name = arguments.on or today(), arguments.file.name

    def look(actor: Actor, content: bytes) -> Preview:
        return preview_seen_by(actor=actor, commune=commune, on=on, content=content)

    def stage(actor: Actor, content: bytes) -> str:
        return stage_import(actor=actor, commune=commune, on=on, file_name=name, content=content)

    return _List(look, stage)


def _earlier(arguments: argparse.Namespace, commune: Unit) -> _List:
    check_year(arguments.year)
    then = date(arguments.year, 12, 31)
    code = arguments.commune
    asked = Asked(
        year=arguments.year,
        standard=arguments.standard,
        commune=unit_by_code(code, then).pk if code else None,
        decision_number=arguments.decision,
        decision_date=arguments.decided_on,
        issuer=arguments.issuer,
    )
    name = arguments.file.name

    def look(actor: Actor, content: bytes) -> Preview:
        return earlier_seen_by(actor=actor, commune=commune, asked=asked, content=content)[1]

    def stage(actor: Actor, content: bytes) -> str:
        return stage_earlier(
            actor=actor, commune=commune, asked=asked, file_name=name, content=content
        )

    return _List(look, stage)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandFailed(
            _("không đọc được tệp {path} ({strerror}).").format(path=path, strerror=error.strerror)
        ) from error


def _say(preview: Preview, written: dict[str, object] | None) -> None:
    answer = answer_of(preview)
    counts = answer["counts"]
    print(
        _(
            "Đọc {read} hộ: thêm {added}, đổi {changed}, giữ nguyên {unchanged}, "
            "nghi ngờ {doubtful}, từ chối {refused}."
        ).format(**counts)
    )
    for title, name in (
        (_("Nghi ngờ"), "doubtful"),
        (_("Từ chối"), "refused"),
        (_("Đổi"), "changed"),
    ):
        _say_lines(title, answer[name])
    if written is not None and not written["households"]:
        print(_why_nothing(counts))
    elif written is not None:
        said = Sentence(
            "Đã ghi {households} hộ ({added} hộ mới, {changed} hộ đổi), {persons} người mới.",
            **written,
        )
        print(said)
    elif counts["added"] + counts["changed"] + counts["doubtful"]:
        print(_("Chưa ghi gì. Thêm --apply để ghi."))


def _why_nothing(counts: dict[str, int]) -> str:
    """Why an import wrote nothing, and what to do."""
    if counts["added"] + counts["changed"]:
        return _("Không ghi hộ nào: người khác vừa ghi đúng những hộ này. Hãy xem trước lại.")
    if counts["doubtful"]:
        return _("Không ghi hộ nào: chỉ có hộ nghi ngờ. Xem kỹ rồi thêm --accept-doubtful để ghi.")
    return _("Không có gì để ghi: sổ đã đúng như các hộ đọc được, hoặc mọi hộ đều bị từ chối.")


def _say_lines(title: str, lines: list[dict[str, object]]) -> None:
    for line in lines[:MOST_SHOWN]:
        print(f"  {title}: {line['message']}")
    if len(lines) > MOST_SHOWN:
        print(
            _("  … còn {value} dòng nữa; dùng --json để xem hết.").format(
                value=len(lines) - MOST_SHOWN
            )
        )
