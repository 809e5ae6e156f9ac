"""The database follows the models; one that must not be opened is refused before it is touched."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from chungtay.__main__ import BAD_INPUT, main
from chungtay.commands.database import refuse_newer_database, refuse_unsafe_sqlite
from chungtay.commands.outcome import CommandFailed

FROM_THE_FUTURE = "9999_from_the_future"


@pytest.fixture
def newer_database(db: None) -> None:
    """The database as a newer version of the program would leave it."""
    MigrationRecorder(connection).record_applied("households", FROM_THE_FUTURE)


@pytest.mark.django_db
def test_no_model_changed_without_a_migration(capsys: pytest.CaptureFixture[str]) -> None:
    try:
        call_command("makemigrations", check=True, dry_run=True, verbosity=1)
    except SystemExit:
        pytest.fail(f"run `python -m django makemigrations`:\n{capsys.readouterr().out}")


@pytest.mark.database
@pytest.mark.django_db
def test_the_migrations_build_the_whole_database_from_nothing() -> None:
    executor = MigrationExecutor(connection)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []
    executor.loader.check_consistent_history(connection)
    wanted = {model._meta.db_table for model in apps.get_models() if model._meta.managed}
    assert wanted <= set(connection.introspection.table_names())


@pytest.mark.database
@pytest.mark.django_db
def test_a_database_of_this_version_is_taken() -> None:
    refuse_newer_database()
    refuse_unsafe_sqlite()


@pytest.mark.database
def test_a_database_of_a_newer_version_is_refused(newer_database: None) -> None:
    with pytest.raises(CommandFailed) as refused:
        refuse_newer_database()
    said = str(refused.value)
    assert "bản Chung Tay mới hơn" in said
    assert f"households.{FROM_THE_FUTURE}" in said
    assert "dữ liệu chưa bị thay đổi" in said


def test_a_command_over_a_newer_database_ends_with_the_sentence(
    newer_database: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check"]) == BAD_INPUT
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("chungtay: ")
    assert "bản Chung Tay mới hơn" in printed.err
    assert "Traceback" not in printed.err


@pytest.mark.django_db
@pytest.mark.parametrize("version", [(3, 40, 1), (3, 51, 1), (3, 51, 2)])
def test_an_unsafe_sqlite_is_refused(
    version: tuple[int, int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("the run's database is not SQLite")
    monkeypatch.setattr(connection.Database, "sqlite_version_info", version)
    with pytest.raises(CommandFailed) as refused:
        refuse_unsafe_sqlite()
    assert ".".join(map(str, version)) in str(refused.value)
    assert "3.51.3" in str(refused.value)


@pytest.mark.django_db
def test_the_sqlite_of_this_environment_keeps_what_it_acknowledges() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("the run's database is not SQLite")
    with connection.cursor() as cursor:
        kept = {
            pragma: cursor.execute(f"PRAGMA {pragma}").fetchone()[0]
            for pragma in ("synchronous", "foreign_keys", "secure_delete")
        }
    assert kept == {"synchronous": 2, "foreign_keys": 1, "secure_delete": 1}
