"""The database itself marks a household as changed with whatever is written of it.

A stored cube (``measures``) holds what was found of each household, and how often it had been
marked then. Any statement that touches a household, its people, places, answers or classes marks
it in the same transaction, whichever act, import or correction writes. So no writer can forget
it. On SQLite a row's trigger marks; on PostgreSQL a statement's, once for all its rows.

As with the guards (``guards.py``), a migration that makes one of these tables anew calls
``step_aside`` before and ``stand`` after.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

FUNCTION = "households_mark"
INTO = "INSERT INTO measures_change (household, times)"
MARK = "ON CONFLICT (household) DO UPDATE SET times = measures_change.times + 1"


@dataclass(frozen=True)
class Marked:
    """A table whose rows speak of the household in a column; after which events."""

    table: str
    column: str = "household_id"
    events: tuple[str, ...] = ("insert", "update")


OF_A_PERSON = Marked("households_person", "id", ("update",))
TABLES = (
    Marked("households_household", "id", ("update",)),
    Marked("households_membership"),
    Marked("households_residence"),
    Marked("households_answersheet"),
    Marked("households_statusspell"),
    OF_A_PERSON,
)


def stand(schema_editor: Any) -> None:
    """Put every mark in its place."""
    for statement in _statements(schema_editor.connection.vendor):
        schema_editor.execute(statement)


def step_aside(schema_editor: Any) -> None:
    """Take every mark away."""
    for marked in TABLES:
        for event in marked.events:
            name = _name(marked, event)
            if schema_editor.connection.vendor == "postgresql":
                schema_editor.execute(f"DROP TRIGGER {name} ON {marked.table}")
                schema_editor.execute(f"DROP FUNCTION {FUNCTION}_{name}()")
            else:
                schema_editor.execute(f"DROP TRIGGER {name}")


def trigger_names() -> list[str]:
    """The triggers, on either database."""
    return [_name(marked, event) for marked in TABLES for event in marked.events]


def _name(marked: Marked, event: str) -> str:
    return f"{marked.table}_mark_{event}"


def _statements(vendor: str) -> Iterator[str]:
    for marked in TABLES:
        for event in marked.events:
            yield from (_of_statement if vendor == "postgresql" else _of_row)(marked, event)


def _of_row(marked: Marked, event: str) -> Iterator[str]:
    if marked is OF_A_PERSON:
        found = (
            "SELECT DISTINCT household_id, 1 FROM households_membership WHERE person_id = NEW.id"
        )
    else:
        found = f"SELECT NEW.{marked.column}, 1"
        if event == "update" and marked.column != "id":
            found += f" UNION SELECT OLD.{marked.column}, 1"
    yield (
        f"CREATE TRIGGER {_name(marked, event)} AFTER {event.upper()} ON {marked.table} BEGIN "  # noqa: S608
        f"{INTO} SELECT * FROM ({found}) WHERE true {MARK}; END"
    )


def _of_statement(marked: Marked, event: str) -> Iterator[str]:
    name = _name(marked, event)
    if marked is OF_A_PERSON:
        found = (
            "SELECT own.household_id AS household FROM households_membership own "
            "JOIN new_rows ON own.person_id = new_rows.id"
        )
    else:
        found = f"SELECT {marked.column} AS household FROM new_rows"  # noqa: S608
        if event == "update":
            found += f" UNION SELECT {marked.column} FROM old_rows"  # noqa: S608
    rows = "NEW TABLE AS new_rows" + (" OLD TABLE AS old_rows" if event == "update" else "")
    yield (
        f"CREATE FUNCTION {FUNCTION}_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "  # noqa: S608
        f"{INTO} SELECT DISTINCT household, 1 FROM ({found}) marked ORDER BY household {MARK}; "
        "RETURN NULL; END $$"
    )
    yield (
        f"CREATE TRIGGER {name} AFTER {event.upper()} ON {marked.table} REFERENCING {rows} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {FUNCTION}_{name}()"
    )
