"""``chungtay account password``: a new password for an account, printed once."""

from __future__ import annotations

import argparse

from chungtay.commands.actors import account_named
from chungtay.commands.database import system_actor
from chungtay.commands.parsing import Parser
from chungtay.commands.speaking import _
from chungtay.staff.passwords import one_time_password
from chungtay.staff.services import set_password


def parser(program: str) -> argparse.ArgumentParser:
    """The words of the command."""
    made = Parser(
        program,
        _("Đặt lại mật khẩu của một tài khoản; mật khẩu cũ và mọi phiên đang mở hết hiệu lực."),
        "chungtay account password --user mai.nt",
    )
    made.add_argument("--user", required=True, help=_("tên đăng nhập"))
    return made


def run(arguments: argparse.Namespace) -> int:
    """Set and print a new password."""
    user, unit = account_named(arguments.user)
    password = one_time_password()
    set_password(actor=system_actor(), user=user, unit=unit, password=password, must_change=True)
    print(
        _("Mật khẩu mới của {username} (chỉ in một lần): {password}").format(
            username=user.username, password=password
        )
    )
    return 0
