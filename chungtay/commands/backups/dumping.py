"""Reading every row the program keeps, as of one moment, into the parts of a backup."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model

from chungtay import __version__
from chungtay.acts.models import JournalLine, KeyMark
from chungtay.acts.rows import fields_of, to_json
from chungtay.acts.services import head_of_heads
from chungtay.commands.backups.archive import Manifest, Writer
from chungtay.commands.backups.passphrase import seal_keys
from chungtay.commands.speaking import _
from chungtay.rulebook.wording import vi_int

CHUNK_ROWS = 500
TOLD_FROM_ROWS = 10_000
KEY_NAME = "personal.key"
# They open doors or shut them for a while; neither should come back with old data.
LEFT_OUT = [_("phiên đăng nhập"), _("lần khóa tài khoản")]


def own_models() -> list[type[Model]]:
    """Every model the program itself keeps, room by room from the bottom of the stairs.

    What is derived from others (`derived`) is left out and counted again when it is asked for.
    """
    return [
        model
        for config in apps.get_app_configs()
        if config.name.startswith("chungtay.")
        for model in config.get_models(include_auto_created=True)
        if not getattr(model, "derived", False)
    ]


def own_labels() -> set[str]:
    """The labels of the rooms that keep rows."""
    return {model._meta.app_label for model in own_models()}


@contextmanager
def one_moment() -> Iterator[None]:
    """All that is read inside stands as of one moment, and nobody is kept from writing."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def dump(
    writer: Writer, written_at: str, passphrase: str | None, told: Callable[[str], None]
) -> Manifest:
    """Write every table, and what they must add up to; the keys only under a passphrase."""
    with one_moment():
        for model in own_models():
            _dump_table(writer, model, told)
        manifest = _manifest(written_at, with_key=passphrase is not None)
    keys = None
    if passphrase is not None:
        kept = {KEY_NAME: settings.PERSONAL_DATA_KEY.hex()}
        keys = seal_keys(kept, passphrase, bound_to=manifest.key_mark)
    writer.finish(manifest, keys)
    return manifest


def _dump_table(writer: Writer, model: type[Model], told: Callable[[str], None]) -> None:
    known = fields_of(model)
    part = writer.table(model._meta.label, list(known), _rows(model))
    if part.rows >= TOLD_FROM_ROWS:
        told(_("  {label}: {rows} dòng").format(label=model._meta.label, rows=vi_int(part.rows)))


def _rows(model: type[Model]) -> Iterator[list[Any]]:
    known = fields_of(model)
    fields = list(known.values())
    rows = model._default_manager.order_by("pk").values_list(*known)
    for row in rows.iterator(chunk_size=CHUNK_ROWS):
        yield [to_json(field, value) for field, value in zip(fields, row, strict=True)]


def _manifest(written_at: str, *, with_key: bool) -> Manifest:
    applied: dict[str, list[str]] = {label: [] for label in sorted(own_labels())}
    for app, name in sorted(MigrationRecorder(connection).applied_migrations()):
        if app in applied:
            applied[app].append(name)
    return Manifest(
        version=__version__,
        written_at=written_at,
        database=connection.vendor,
        migrations=applied,
        heads=head_of_heads(),
        journal_lines=JournalLine.objects.count(),
        key_mark=KeyMark.objects.values_list("fingerprint", flat=True).first() or "",
        with_key=with_key,
        left_out=LEFT_OUT,
    )
