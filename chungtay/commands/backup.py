"""``chungtay backup``: every row as it stands, in one file that either database takes back."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path

from django.utils import timezone

from chungtay import __version__
from chungtay.acts.services import Deed, OpenLine, perform
from chungtay.commands.backups.archive import Manifest, writing
from chungtay.commands.backups.dumping import dump
from chungtay.commands.backups.passphrase import new_passphrase
from chungtay.commands.database import system_actor
from chungtay.commands.outcome import CommandFailed
from chungtay.commands.parsing import Parser
from chungtay.commands.speaking import _
from chungtay.environment import data_folder, private_folder
from chungtay.rulebook.wording import vi_int

KEY_APART = _(
    "Khóa giải mã không nằm trong tệp này; hãy chép riêng thư mục keys vào nơi an toàn khác."
)
KEY_INSIDE = _(
    "Khóa giải mã nằm trong tệp này, khóa bằng cụm mật khẩu vừa đặt. Quên "
    "cụm mật khẩu thì không mở được khóa: hãy cất nó ở nơi khác với tệp."
)


class _Country:
    chain = "country:VN:"


def parser(program: str) -> argparse.ArgumentParser:
    """The words of the command."""
    made = Parser(
        program,
        _(
            "Sao lưu mọi dữ liệu thành một tệp, khôi phục được bằng chungtay "
            "restore trên SQLite hoặc PostgreSQL. Khóa giải mã chỉ đi cùng khi có "
            "--with-key."
        ),
        "chungtay backup --out sao-luu.zip --with-key",
    )
    made.add_argument("--out", type=Path, help=_("tệp ghi ra (mặc định trong thư mục backups)"))
    made.add_argument(
        "--with-key",
        action="store_true",
        help=_("kèm khóa giải mã, khóa bằng một cụm mật khẩu sẽ được hỏi"),
    )
    made.add_argument(
        "--passphrase-file", type=Path, metavar="FILE", help=_("tệp có cụm mật khẩu, thay cho hỏi")
    )
    return made


def run(arguments: argparse.Namespace) -> int:
    """Write the backup whole or not at all, then note it in the journal."""
    now = timezone.localtime()
    target = arguments.out or _default_path(now)
    if target.exists():
        raise CommandFailed(
            _("{target} đã có; chọn tên khác để không ghi đè bản sao lưu cũ.").format(target=target)
        )
    if arguments.passphrase_file and not arguments.with_key:
        raise CommandFailed(_("--passphrase-file chỉ dùng cùng với --with-key."))
    passphrase = new_passphrase(arguments.passphrase_file) if arguments.with_key else None
    try:
        with writing(target) as writer:
            manifest = dump(writer, now.isoformat(), passphrase, print)
    except OSError as error:
        raise CommandFailed(
            _("không ghi được {target} ({strerror}).").format(
                target=target, strerror=error.strerror
            )
        ) from error
    _note(manifest)
    _say(target, manifest)
    return 0


def _say(target: Path, manifest: Manifest) -> None:
    rows, size = vi_int(manifest.rows), vi_int(target.stat().st_size)
    print(
        _("Đã sao lưu {rows} dòng vào {target} ({size} byte).").format(
            rows=rows, target=target, size=size
        )
    )
    print(_("Mã đầu chuỗi: {heads}").format(heads=manifest.heads))
    print(KEY_INSIDE if manifest.with_key else KEY_APART)


def _note(manifest: Manifest) -> None:
    def write(line: OpenLine) -> None:
        line.details = {
            "version": __version__,
            "heads": manifest.heads,
            "with_key": manifest.with_key,
        }

    perform(system_actor(), Deed("backup.write", "backup.write", _Country()), write)


def _default_path(now: datetime) -> Path:
    folder = private_folder(data_folder(), "backups")
    return folder / f"chungtay-{now:%Y-%m-%d-%H%M%S}.zip"
