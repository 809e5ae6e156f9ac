"""``chungtay demo``: the demonstration, loaded and served."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from chungtay.commands.database import system_actor
from chungtay.commands.parsing import Parser
from chungtay.commands.serve import add_address, free_port, serve
from chungtay.commands.speaking import _
from chungtay.demo.accounts import DemoAccount, fresh_passwords
from chungtay.demo.loading import load_demo
from chungtay.demo.sheets import write_sample_files
from chungtay.environment import data_folder


def parser(program: str) -> argparse.ArgumentParser:
    """The words of the command."""
    made = Parser(
        program,
        _(
            "Nạp dữ liệu mẫu của năm nơi (2023-2026), in tài khoản và mở máy chủ. "
            "Chạy lại vẫn giữ dữ liệu; mật khẩu được tạo mới mỗi lần."
        ),
        "chungtay demo --port 8000",
    )
    add_address(made)
    made.add_argument("--no-serve", action="store_true", help=_("chỉ nạp dữ liệu và in tài khoản"))
    return made


def run(arguments: argparse.Namespace) -> int:
    """Load what is missing, print address and accounts, serve until stopped."""
    os.environ["CHUNGTAY_DEMO"] = "1"
    actor = system_actor()
    loaded = load_demo(actor=actor)
    accounts = fresh_passwords(actor=actor, opened=loaded.accounts)
    samples = write_sample_files(data_folder() / "samples")
    port = free_port(arguments.port)
    _introduce(port, accounts, samples, kept=not loaded.changed_anything)
    if not arguments.no_serve:
        serve(port, arguments.workers)
    return 0


def _introduce(
    port: int, accounts: tuple[DemoAccount, ...], samples: list[Path], *, kept: bool
) -> None:
    said = _("Dữ liệu mẫu đã có, giữ nguyên.") if kept else _("Đã nạp dữ liệu mẫu.")
    print(f"\n  Chung Tay · {said}")
    print(_("\n  Mở trình duyệt:  http://127.0.0.1:{port}/\n").format(port=port))
    for line in account_lines(accounts):
        print(line)
    print(_("  Tệp Excel để thử nhập:"))
    for path in samples:
        print(f"    {path}")
    print(_("\n  Bấm Ctrl+C để dừng.\n"), flush=True)


def account_lines(accounts: Sequence[DemoAccount]) -> Iterator[str]:
    """The accounts as a table that fits a terminal, by place: name, password, what it is for."""
    width = max((len(account.username) for account in accounts), default=0)
    for group, held in groupby(accounts, key=lambda account: account.group):
        yield f"  — {group}"
        for one in held:
            yield f"  {one.username:<{width}}  {one.password}  {one.short}: {one.good_for}"
        yield ""
