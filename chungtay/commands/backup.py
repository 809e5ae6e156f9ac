"""``chungtay backup``: the database as it stands, without its keys, with its head hash."""

from __future__ import annotations

import argparse
import json
import zipfile
from datetime import datetime
from pathlib import Path

from django.db import connection
from django.utils import timezone

from chungtay import __version__
from chungtay.acts.models import JournalLine
from chungtay.acts.services import Deed, OpenLine, head_of_heads, perform
from chungtay.commands.database import system_actor
from chungtay.commands.outcome import CommandFailed
from chungtay.commands.parsing import Parser
from chungtay.environment import data_folder


class _Country:
    chain = "country:VN:"


def parser(program: str) -> argparse.ArgumentParser:
    """The words of the command."""
    made = Parser(
        program,
        "Sao lưu cơ sở dữ liệu thành một tệp zip. Khóa giải mã không nằm trong bản sao lưu: "
        "hãy giữ riêng thư mục keys.",
        "chungtay backup --out sao-luu.zip",
    )
    made.add_argument("--out", type=Path, help="tệp ghi ra (mặc định trong thư mục backups)")
    return made


def run(arguments: argparse.Namespace) -> int:
    """Write the backup whole or not at all."""
    if connection.vendor != "sqlite":
        raise CommandFailed("với PostgreSQL hãy dùng pg_dump theo lịch của máy chủ.")
    now = timezone.localtime()
    target = arguments.out or _default_path(now)
    if target.exists():
        raise CommandFailed(f"{target} đã có; chọn tên khác để không ghi đè bản sao lưu cũ.")
    perform(system_actor(), Deed("backup.write", "backup.write", _Country()), _noted)
    try:
        _write(target, now)
    except OSError as error:
        raise CommandFailed(f"không ghi được {target} ({error.strerror}).") from error
    print(f"Đã sao lưu vào {target} ({target.stat().st_size:,} byte).".replace(",", "."))
    print("Khóa giải mã không nằm trong tệp này; hãy chép riêng thư mục keys vào nơi an toàn khác.")
    return 0


def _noted(line: OpenLine) -> None:
    line.details = {"version": __version__}


def _default_path(now: datetime) -> Path:
    folder = data_folder() / "backups"
    folder.mkdir(exist_ok=True, mode=0o700)
    return folder / f"chungtay-{now:%Y-%m-%d-%H%M%S}.zip"


def _write(target: Path, now: datetime) -> None:
    snapshot = data_folder() / f"backup-{now:%Y%m%d%H%M%S%f}.sqlite3"
    draft = target.with_name(f".{target.name}.part")
    try:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(snapshot)])
        witness = {
            "version": __version__,
            "written_at": now.isoformat(),
            "heads": head_of_heads(),
            "journal_lines": JournalLine.objects.count(),
        }
        with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.write(snapshot, "chungtay.sqlite3")
            archive.writestr("witness.json", json.dumps(witness, indent=2))
        draft.chmod(0o600)
        draft.replace(target)
    finally:
        snapshot.unlink(missing_ok=True)
        draft.unlink(missing_ok=True)
