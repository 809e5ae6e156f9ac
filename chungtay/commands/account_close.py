"""``chungtay account close``: an account closed and its posts ended."""

from __future__ import annotations

import argparse

from chungtay.commands.actors import account_named
from chungtay.commands.database import system_actor
from chungtay.commands.parsing import Parser, today
from chungtay.staff.services import close_account


def parser(program: str) -> argparse.ArgumentParser:
    """The words of the command."""
    made = Parser(
        program,
        "Đóng một tài khoản và kết thúc mọi chức danh đang giữ. Việc người ấy đã làm vẫn còn.",
        "chungtay account close --user mai.nt",
    )
    made.add_argument("--user", required=True, help="tên đăng nhập")
    return made


def run(arguments: argparse.Namespace) -> int:
    """Close the account at once."""
    user, unit = account_named(arguments.user)
    ended = close_account(actor=system_actor(), user=user, unit=unit, on=today())
    print(f"Đã đóng tài khoản {user.username}, kết thúc {ended} chức danh.")
    return 0
