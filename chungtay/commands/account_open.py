"""``chungtay account open``: an account, its post at a unit, and a password printed once."""

from __future__ import annotations

import argparse

from django.db import transaction

from chungtay.commands.database import system_actor
from chungtay.commands.outcome import CommandFailed
from chungtay.commands.parsing import Parser, today
from chungtay.commands.speaking import _
from chungtay.places.models import Level, Unit
from chungtay.places.queries import unit_by_code, villages_of
from chungtay.rulebook.folding import fold
from chungtay.staff.passwords import one_time_password
from chungtay.staff.policy import roles
from chungtay.staff.services import give_post, open_account


def parser(program: str) -> argparse.ArgumentParser:
    """The words of the command."""
    made = Parser(
        program,
        _("Mở một tài khoản và giao chức danh tại một đơn vị đang hoạt động; in mật khẩu một lần."),
        'chungtay account open --user mai.nt --name "Nguyễn Thị Mai" --role officer --place 14818',
    )
    made.add_argument("--user", required=True, help=_("tên đăng nhập"))
    made.add_argument("--name", required=True, help=_("họ và tên"))
    made.add_argument("--role", required=True, choices=sorted(roles()), help=_("vai trò"))
    made.add_argument("--place", required=True, metavar="CODE", help=_("mã đơn vị hiện nay"))
    made.add_argument("--village", help=_("tên thôn, tổ; chỉ dùng với village_head"))
    return made


def run(arguments: argparse.Namespace) -> int:
    """Open the account with its post, or nothing at all."""
    level = roles()[arguments.role].level
    unit = _unit(arguments.place, level, arguments.village)
    password = one_time_password()
    with transaction.atomic():
        actor = system_actor()
        user_id = open_account(
            actor=actor,
            unit=unit,
            username=arguments.user.strip(),
            full_name=arguments.name.strip(),
            password=password,
            must_change=True,
        )
        give_post(actor=actor, user_id=user_id, unit=unit, role=arguments.role, valid_from=today())
    print(_("Đã mở tài khoản {user} tại {name}.").format(user=arguments.user, name=unit.name))
    print(_("Mật khẩu (chỉ in một lần): {password}").format(password=password))
    return 0


def _unit(code: str, level: str, village: str | None) -> Unit:
    if level != Level.VILLAGE:
        return unit_by_code(code, today(), level)
    commune = unit_by_code(code, today())
    names = list(villages_of(commune, today()))
    found = next((unit for unit in names if unit.folded == fold(village or "")), None)
    if found is None:
        known = ", ".join(unit.name for unit in names) or _("chưa có thôn, tổ nào")
        raise CommandFailed(
            _("{name} không có thôn, tổ “{village}” ({known}).").format(
                name=commune.name, village=village or "", known=known
            )
        )
    return found
