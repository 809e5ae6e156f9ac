"""``chungtay backup``: the database as it stands, without its keys, with its head hash."""

from __future__ import annotations

import argparse
import json
import sqlite3
import zipfile
from contextlib import closing
from datetime import datetime
from pathlib import Path

from django.db import connection
from django.utils import timezone

from chungtay import __version__
from chungtay.acts.services import DAYS_CHAIN, Deed, OpenLine, hash_of_heads, perform
from chungtay.commands.database import system_actor
from chungtay.commands.outcome import CommandFailed
from chungtay.commands.parsing import Parser
from chungtay.commands.speaking import _
from chungtay.environment import data_folder, private_folder

FORGOTTEN = ("django_session", "axes_accessattempt", "axes_accessfailurelog", "axes_accesslog")


class _Country:
    chain = "country:VN:"


def parser(program: str) -> argparse.ArgumentParser:
    """The words of the command."""
    made = Parser(
        program,
        _(
            "Sao lưu cơ sở dữ liệu thành một tệp zip. Khóa giải mã không nằm trong "
            "bản sao lưu: hãy giữ riêng thư mục keys."
        ),
        "chungtay backup --out sao-luu.zip",
    )
    made.add_argument("--out", type=Path, help=_("tệp ghi ra (mặc định trong thư mục backups)"))
    return made


def run(arguments: argparse.Namespace) -> int:
    """Write the backup whole or not at all, then note it in the journal."""
    if connection.vendor != "sqlite":
        raise CommandFailed(_("với PostgreSQL hãy dùng pg_dump theo lịch của máy chủ."))
    now = timezone.localtime()
    target = arguments.out or _default_path(now)
    if target.exists():
        raise CommandFailed(
            _("{target} đã có; chọn tên khác để không ghi đè bản sao lưu cũ.").format(target=target)
        )
    try:
        heads = _write(target, now)
    except OSError as error:
        raise CommandFailed(
            _("không ghi được {target} ({strerror}).").format(
                target=target, strerror=error.strerror
            )
        ) from error
    _note(heads)
    print(
        _("Đã sao lưu vào {target} ({st_size:,} byte).")
        .format(target=target, st_size=target.stat().st_size)
        .replace(",", ".")
    )
    print(
        _("Khóa giải mã không nằm trong tệp này; hãy chép riêng thư mục keys vào nơi an toàn khác.")
    )
    return 0


def _note(heads: str) -> None:
    def write(line: OpenLine) -> None:
        line.details = {"version": __version__, "heads": heads}

    perform(system_actor(), Deed("backup.write", "backup.write", _Country()), write)


def _default_path(now: datetime) -> Path:
    folder = data_folder() / "backups"
    folder.mkdir(exist_ok=True, mode=0o700)
    return folder / f"chungtay-{now:%Y-%m-%d-%H%M%S}.zip"


def _write(target: Path, now: datetime) -> str:
    """Write the archive beside the target and put it in place; the head hash it holds."""
    snapshot = private_folder(data_folder(), "tmp") / f"backup-{now:%Y%m%d%H%M%S%f}.sqlite3"
    draft = target.with_name(f".{target.name}.part")
    try:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(snapshot)])
        witness = _witness(snapshot, now)
        with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.write(snapshot, "chungtay.sqlite3")
            archive.writestr("witness.json", json.dumps(witness, indent=2))
        draft.replace(target)
    finally:
        snapshot.unlink(missing_ok=True)
        draft.unlink(missing_ok=True)
    return str(witness["heads"])


def _witness(snapshot: Path, now: datetime) -> dict[str, object]:
    """What the snapshot itself holds; its sessions and login tries are emptied, they open doors."""
    with closing(sqlite3.connect(snapshot)) as kept, kept:
        for table in FORGOTTEN:
            kept.execute(f"DELETE FROM {table}")  # noqa: S608 our own names
        heads = kept.execute(
            "SELECT name, number, head FROM acts_chain WHERE name <> ?", [DAYS_CHAIN]
        ).fetchall()
        (lines,) = kept.execute("SELECT count(*) FROM acts_journalline").fetchone()
    return {
        "version": __version__,
        "written_at": now.isoformat(),
        "heads": hash_of_heads(heads),
        "journal_lines": lines,
    }
