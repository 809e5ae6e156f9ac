"""Many new rows at once: made ready before the lock is taken, written by one statement.

``bulk_create`` builds an expression for every value, some ten times the cost of the row itself;
with a hundred thousand people that is the time everybody else waits for the lock.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Field, Model

CACHE_KIB = 64 * 1024


@dataclass(frozen=True)
class Rows:
    """New rows of one table as the database takes them; a key it counts itself is left out."""

    table: str
    columns: tuple[str, ...]
    values: list[tuple[Any, ...]]

    def filled(self, column: str, values: Iterable[Any]) -> Rows:
        """The same rows with one column known by now: a number the database has just given."""
        at = self.columns.index(column)
        rows = zip(self.values, values, strict=True)
        return Rows(
            self.table,
            self.columns,
            [(*row[:at], value, *row[at + 1 :]) for row, value in rows],
        )


def ready(objects: Sequence[Model]) -> Rows | None:
    """The rows of new objects of one model, not written yet; None if there are none."""
    if not objects:
        return None
    model = type(objects[0])
    fields = [field for field in _fields(model) if not field.db_returning]
    # The connection itself: asked through Django's thread-local stand-in, each value costs double.
    connection = connections[DEFAULT_DB_ALIAS]
    columns = []
    for field in fields:
        pre_save, prepare = field.pre_save, field.get_db_prep_save
        columns.append([prepare(pre_save(one, True), connection) for one in objects])
    return _rows(model, fields, list(zip(*columns, strict=True)))


def ready_values(
    model: type[Model], names: Sequence[str], values: Iterable[Sequence[Any]]
) -> Rows | None:
    """Rows given by value, without an object each; ``names`` are fields of the model."""
    by_name = {field.name: field for field in _fields(model)}
    fields = [by_name[name] for name in names]
    connection = connections[DEFAULT_DB_ALIAS]
    columns = []
    for field, column in zip(fields, zip(*values, strict=True), strict=False):
        prepare = field.get_db_prep_save
        columns.append([prepare(value, connection) for value in column])
    return _rows(model, fields, list(zip(*columns, strict=True))) if columns else None


def joined(parts: Iterable[Rows | None]) -> Rows | None:
    """The rows of several parts of one table; None if there are none."""
    some = [part for part in parts if part is not None]
    if not some:
        return None
    values = [row for part in some for row in part.values]
    return Rows(some[0].table, some[0].columns, values)


def _rows(model: type[Model], fields: list[Field[Any, Any]], values: list[tuple[Any, ...]]) -> Rows:
    table: str = model._meta.db_table
    return Rows(table, tuple(str(field.column) for field in fields), values)


def _fields(model: type[Model]) -> list[Field[Any, Any]]:
    return list(model._meta.local_concrete_fields)


def insert(rows: Rows | None) -> None:
    """Write rows inside the act that is open; the database's constraints hold as always."""
    if rows is None:
        return
    connection = connections[DEFAULT_DB_ALIAS]
    quote = connection.ops.quote_name
    into = f"{quote(rows.table)} ({', '.join(map(quote, rows.columns))})"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with (
                connection.wrap_database_errors,
                cursor.copy(f"COPY {into} FROM STDIN") as copy,
            ):
                for row in rows.values:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(rows.columns))
        # The names come from the models, the values go as parameters.
        cursor.executemany(f"INSERT INTO {into} VALUES ({marks})", rows.values)  # noqa: S608


@contextmanager
def large_cache() -> Iterator[None]:
    """Room for the indexes that many rows at once go into, so that SQLite spills them once."""
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA cache_size")
        (before,) = cursor.fetchone()
        cursor.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA cache_size = {int(before)}")


def look_over_tables() -> None:
    """Let PostgreSQL count its tables after many new rows, before its own round does.

    With the statistics of an empty table it may plan a page that takes minutes.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
