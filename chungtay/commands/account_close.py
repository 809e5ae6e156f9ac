"""``chungtay account close``: an account closed and its posts ended."""

from __future__ import annotations

import argparse

from chungtay.commands.actors import account_named
from chungtay.commands.database import system_actor
from chungtay.commands.parsing import Parser, today
from chungtay.commands.speaking import _
from chungtay.staff.services import close_account


def parser(program: str) -> argparse.ArgumentParser:
    """The words of the command."""
    made = Parser(
        program,
        _("Đóng một tài khoản và kết thúc mọi chức danh đang giữ. Việc người ấy đã làm vẫn còn."),
        "chungtay account close --user mai.nt",
    )
    made.add_argument("--user", required=True, help=_("tên đăng nhập"))
    return made


def run(arguments: argparse.Namespace) -> int:
    """Close the account at once."""
    user, unit = account_named(arguments.user)
    ended = close_account(actor=system_actor(), user=user, unit=unit, on=today())
    print(
        _("Đã đóng tài khoản {username}, kết thúc {ended} chức danh.").format(
            username=user.username, ended=ended
        )
    )
    return 0
