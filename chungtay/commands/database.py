"""Getting the database ready before a command: safe SQLite, not from a newer version, migrated."""

from __future__ import annotations

import getpass

from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader

from chungtay.acts import sealing
from chungtay.acts.models import KeyMark
from chungtay.acts.services import System
from chungtay.commands.outcome import CommandFailed
from chungtay.commands.speaking import _
from chungtay.environment import data_folder
from chungtay.places.services import load_official_units

SAFE_SQLITE = (3, 51, 3)


def prepare() -> None:
    """Bring the database to this version; CommandFailed says why it cannot."""
    refuse_unsafe_sqlite()
    try:
        refuse_newer_database()
        call_command("migrate", verbosity=0, interactive=False)
        refuse_another_key()
        call_command("clearsessions", verbosity=0)
        load_official_units(actor=system_actor())
    except DatabaseError as error:
        raise CommandFailed(
            _(
                "không mở được cơ sở dữ liệu {name} ({error}). Kiểm tra CHUNGTAY_DATA "
                "và quyền ghi vào thư mục đó."
            ).format(name=connection.settings_dict["NAME"], error=error)
        ) from error


def refuse_unsafe_sqlite() -> None:
    """Refuse SQLite versions that can corrupt a database in WAL mode."""
    if connection.vendor != "sqlite":
        return
    version = connection.Database.sqlite_version_info  # type: ignore[attr-defined]
    if version < SAFE_SQLITE:
        raise CommandFailed(
            _(
                "SQLite {version} có lỗi có thể làm hỏng dữ liệu; cần từ 3.51.3. Hãy "
                "cài lại bằng make install."
            ).format(version=".".join(map(str, version)))
        )


def refuse_newer_database() -> None:
    """Refuse a database that a newer version of the program has already changed."""
    loader = MigrationLoader(connection)
    ours = {app.label for app in apps.get_app_configs()}
    unknown = sorted(
        f"{app}.{name}"
        for app, name in loader.applied_migrations
        if app in ours and (app, name) not in loader.disk_migrations
    )
    if unknown:
        raise CommandFailed(
            _(
                "cơ sở dữ liệu này do bản Chung Tay mới hơn tạo ra ({unknown}). Hãy "
                "cập nhật chương trình rồi mở lại; dữ liệu chưa bị thay đổi."
            ).format(unknown=unknown[0])
        )


def refuse_another_key() -> None:
    """Refuse a database written with another key: its citizen IDs could be neither read nor found.

    The first start leaves the key's fingerprint; it says nothing about the key.
    """
    own = sealing.keyed_hash("key mark", b"chungtay")
    mark = KeyMark.objects.first()
    if mark is None:
        KeyMark.objects.create(fingerprint=own)
    elif mark.fingerprint != own:
        raise CommandFailed(
            _(
                "khóa trong {folder} không phải khóa đã dùng để ghi cơ sở dữ liệu này. "
                "Hãy chép lại thư mục keys đã cất riêng; chưa có gì bị thay đổi."
            ).format(folder=data_folder() / "keys")
        )


def system_actor() -> System:
    """The system itself, with the operating-system user on whose word it acts."""
    try:
        name = getpass.getuser()
    except (KeyError, OSError):
        name = "không rõ"
    return System(system_user=name)
