"""Writing the rows of a backup into an empty database, and holding them against its manifest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.apps import apps
from django.apps.registry import Apps
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Model

from chungtay.acts import sealing
from chungtay.acts.checking import check_chains
from chungtay.acts.models import KeyMark
from chungtay.acts.rows import fields_of, from_json
from chungtay.acts.services import head_of_heads
from chungtay.commands.backups.archive import Backup, Part, damaged, newer
from chungtay.commands.backups.dumping import TOLD_FROM_ROWS, own_labels, own_models
from chungtay.commands.backups.unreadable import forget_indexes, unreadable_here
from chungtay.commands.database import refuse_unsafe_sqlite
from chungtay.commands.outcome import CommandFailed
from chungtay.commands.speaking import _
from chungtay.rulebook.wording import vi_int

BATCH_ROWS = 500
BATCH_CHARACTERS = 4 * 1024 * 1024

Told = Callable[[str], None]


def restore(backup: Backup, told: Told) -> list[str]:
    """Restore every row or none; what is to be said afterwards."""
    refuse_unsafe_sqlite()
    try:
        _refuse_unknown_migrations(backup)
        _refuse_rows()
        _sweep()
        return _fill(backup, told)
    except DatabaseError as error:
        raise CommandFailed(
            _(
                "cơ sở dữ liệu {name} không nhận bản sao lưu này ({name__}); chưa khôi "
                "phục gì. Kiểm tra chỗ trống trên đĩa, quyền ghi và máy chủ PostgreSQL "
                "rồi làm lại."
            ).format(name=connection.settings_dict["NAME"], name__=type(error).__name__)
        ) from error


def _fill(backup: Backup, told: Told) -> list[str]:
    try:
        old = _migrate_to(backup.manifest.migrations)
        with transaction.atomic():
            models = [_load(backup, part, old, told) for part in backup.manifest.parts]
            _count_again(backup, models)
            _reset_sequences(models)
        call_command("migrate", verbosity=0, interactive=False)
        _hold_against(backup)
        return _said(backup)
    except BaseException:
        _sweep()
        raise
    finally:
        connection.close()


def _refuse_unknown_migrations(backup: Backup) -> None:
    known = MigrationExecutor(connection).loader.disk_migrations
    wanted = [(app, name) for app, names in backup.manifest.migrations.items() for name in names]
    if any(one not in known for one in wanted):
        raise newer(backup.manifest.version)


def _refuse_rows() -> None:
    standing = set(connection.introspection.table_names())
    for model in own_models():
        if model._meta.db_table in standing and model._default_manager.exists():
            raise CommandFailed(
                _(
                    "cơ sở dữ liệu {name} đã có dữ liệu; khôi phục chỉ ghi vào nơi chưa có "
                    "gì. Hãy chọn thư mục hoặc cơ sở dữ liệu khác."
                ).format(name=connection.settings_dict["NAME"])
            )


def _migrate_to(migrations: dict[str, list[str]]) -> Apps:
    """Build the tables as they were when the backup was written; the models of that time."""
    executor = MigrationExecutor(connection)
    executor.recorder.ensure_schema()
    graph = executor.loader.graph
    applied = {(app, name) for app, names in migrations.items() for name in names}
    last = [
        node
        for node in sorted(applied)
        if not any(
            child in applied and child[0] == node[0] for child in graph.node_map[node].children
        )
    ]
    executor.migrate(last)
    state = executor.loader.project_state(last)
    made: Apps = state.apps
    return made


def _load(backup: Backup, part: Part, old: Apps, told: Told) -> type[Model]:
    try:
        model = old.get_model(part.model)
    except LookupError as error:
        raise damaged(backup.path) from error
    fields = fields_of(model)
    if part.model.split(".")[0] not in own_labels() or set(part.columns) != set(fields):
        raise damaged(backup.path)
    for field in fields.values():
        # The moment a row was written comes from the backup, not from now.
        for automatic in ("auto_now", "auto_now_add"):
            if getattr(field, automatic, False):
                setattr(field, automatic, False)
    for rows in _batches(backup.rows(part)):
        try:
            made = [
                model(
                    **{
                        name: from_json(fields[name], value)
                        for name, value in zip(part.columns, row, strict=True)
                    }
                )
                for row in rows
            ]
        except (ValueError, TypeError, ValidationError) as error:
            raise damaged(backup.path) from error
        model._default_manager.bulk_create(made)
    if part.rows >= TOLD_FROM_ROWS:
        told(_("  {model}: {rows} dòng").format(model=part.model, rows=vi_int(part.rows)))
    return model


def _batches(rows: Iterator[list[Any]]) -> Iterator[list[list[Any]]]:
    """As many rows as are worth one statement: few where each holds a whole file."""
    batch: list[list[Any]] = []
    characters = 0
    for row in rows:
        batch.append(row)
        characters += sum(len(value) for value in row if isinstance(value, str))
        if len(batch) >= BATCH_ROWS or characters >= BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


def _count_again(backup: Backup, models: list[type[Model]]) -> None:
    for part, model in zip(backup.manifest.parts, models, strict=True):
        if model._default_manager.count() != part.rows:
            raise damaged(backup.path)


def _reset_sequences(models: list[type[Model]]) -> None:
    """The next row of each table gets a number nobody has."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def _hold_against(backup: Backup) -> None:
    """The chains as a check finds them, and their heads, against the manifest."""
    report = check_chains()
    problems = [str(one) for one in report.problems]
    if head_of_heads() != backup.manifest.heads or report.lines != backup.manifest.journal_lines:
        problems.append(_("mã đầu các chuỗi nhật ký không khớp bản sao lưu"))
    if problems:
        raise CommandFailed(
            _(
                "nhật ký trong bản sao lưu không nguyên vẹn ({problems}); chưa khôi "
                "phục gì. Hãy dùng một bản sao lưu khác."
            ).format(problems=problems[0])
        )


def _said(backup: Backup) -> list[str]:
    manifest = backup.manifest
    lines, target = vi_int(manifest.journal_lines), connection.settings_dict["NAME"]
    said = [
        _("Đã khôi phục {rows} dòng vào {target}.").format(
            rows=vi_int(manifest.rows), target=target
        ),
        _("Nhật ký nguyên vẹn: {lines} dòng, mã đầu chuỗi khớp bản sao lưu: {heads}").format(
            lines=lines, heads=manifest.heads
        ),
    ]
    own = sealing.keyed_hash("key mark", b"chungtay")
    if manifest.key_mark == own:
        said.append(_("Khóa giải mã khớp: số định danh và tệp đã tải lên đọc được như trước."))
    else:
        said += unreadable_here()
        with transaction.atomic():
            forget_indexes()
            KeyMark.objects.update(fingerprint=own)
    said.append(
        _(
            "Phiên đăng nhập và các lần khóa tài khoản không đi cùng bản sao lưu: "
            "mọi người đăng nhập lại bằng mật khẩu cũ."
        )
    )
    return said


def _sweep() -> None:
    """Take our tables away again: they hold nothing, or only what has just failed."""
    connection.close()
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        ours = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
        ours |= {name for name in tables if name.split("_")[0] in own_labels()}
        gone = sorted(tables & (ours | {"django_migrations"}))
        if connection.vendor == "sqlite":
            _drop_on_sqlite(cursor, gone)
        else:
            _drop_on_postgresql(cursor, gone)


def _drop_on_sqlite(cursor: Any, tables: list[str]) -> None:
    cursor.execute("PRAGMA foreign_keys=OFF")
    for name in tables:
        cursor.execute(f"DROP TABLE {connection.ops.quote_name(name)}")
    cursor.execute("PRAGMA foreign_keys=ON")


def _drop_on_postgresql(cursor: Any, tables: list[str]) -> None:
    for name in tables:
        cursor.execute(f"DROP TABLE {connection.ops.quote_name(name)} CASCADE")
    cursor.execute(
        "SELECT p.oid::regprocedure::text FROM pg_proc p "
        "WHERE p.pronamespace = current_schema()::regnamespace AND NOT EXISTS "
        "(SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e') "
        "AND split_part(p.proname, '_', 1) = ANY(%s)",
        [sorted(own_labels())],
    )
    for (function,) in cursor.fetchall():
        cursor.execute(f"DROP FUNCTION {function} CASCADE")
