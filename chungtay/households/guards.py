"""What no single row can say, held by the database: nobody is in two places on one day.

PostgreSQL holds spans apart by exclusion constraints; the key of a span is hashed into an address
(``inet``), whose overlap an ordinary GiST index knows, so that no extension is needed. SQLite has
triggers. SQLite drops a table's triggers when a migration makes the table anew, and refuses to
rename a table that another one's trigger names: such a migration calls ``step_aside`` before and
``stand`` after.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

MESSAGE = "two spans of one thing hold on the same day"
AFTER_DEATH = "nobody belongs to a household after death"
FUNCTION, DEATH_FUNCTION = "households_span_key", "households_not_after_death"


@dataclass(frozen=True)
class Apart:
    """Spans of one table that may not overlap where all of some columns are the same."""

    name: str
    table: str
    columns: tuple[str, ...]

    def key(self, row: str = "") -> str:
        """The key of a row as PostgreSQL hashes it."""
        texts = " || '/' || ".join(f"{row}{column}::text" for column in self.columns)
        return f"{FUNCTION}({texts})"


SPANS = (
    Apart("one_household_per_person_and_day", "households_membership", ("person_id",)),
    Apart(
        "one_status_per_standard_and_day", "households_statusspell", ("household_id", "standard")
    ),
    Apart("one_place_per_household_and_day", "households_residence", ("household_id",)),
)
EVENTS = ("insert", "update")
DEATHS = ("households_membership", "households_person")


def stand(schema_editor: Any) -> None:
    """Put every guard in its place."""
    for statement in _statements(schema_editor.connection.vendor):
        schema_editor.execute(statement)


def step_aside(schema_editor: Any) -> None:
    """Take every guard away."""
    if schema_editor.connection.vendor == "postgresql":
        for span in SPANS:
            schema_editor.execute(f"ALTER TABLE {span.table} DROP CONSTRAINT {span.name}")
        for table in DEATHS:
            schema_editor.execute(f"DROP TRIGGER {table}_death ON {table}")
        schema_editor.execute(f"DROP FUNCTION {DEATH_FUNCTION}()")
        schema_editor.execute(f"DROP FUNCTION {FUNCTION}(text)")
        return
    for name in trigger_names():
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}")


def trigger_names() -> list[str]:
    """The triggers of SQLite."""
    guarded = [*(span.name for span in SPANS), *(f"{table}_death" for table in DEATHS)]
    return [f"{name}_{event}" for name in guarded for event in EVENTS]


def _statements(vendor: str) -> Iterator[str]:
    if vendor == "postgresql":
        yield from _of_postgresql()
        return
    for span in SPANS:
        for event in EVENTS:
            yield (
                f"CREATE TRIGGER {span.name}_{event} AFTER {event.upper()} ON {span.table} "
                f"WHEN NOT NEW.withdrawn AND EXISTS ({_overlapping(span)}) "
                f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
            )
    for table in DEATHS:
        for event in EVENTS:
            yield (
                f"CREATE TRIGGER {table}_death_{event} AFTER {event.upper()} ON {table} "
                f"WHEN {_after_death(table)} BEGIN SELECT RAISE(ABORT, '{AFTER_DEATH}'); END"
            )


def _overlapping(span: Apart) -> str:
    same = " AND ".join(f"other.{column} = NEW.{column}" for column in span.columns)
    return (  # names of our own tables, no value of a user
        f"SELECT 1 FROM {span.table} other WHERE {same} AND other.id <> NEW.id "  # noqa: S608
        "AND NOT other.withdrawn AND (other.valid_to IS NULL OR NEW.valid_from IS NULL "
        "OR other.valid_to >= NEW.valid_from) AND (NEW.valid_to IS NULL "
        "OR other.valid_from IS NULL OR other.valid_from <= NEW.valid_to)"
    )


def _after_death(table: str) -> str:
    if table == "households_membership":
        return (
            "NOT NEW.withdrawn AND EXISTS (SELECT 1 FROM households_person person "
            "WHERE person.id = NEW.person_id AND person.died_on IS NOT NULL "
            "AND (NEW.valid_to IS NULL OR NEW.valid_to > person.died_on))"
        )
    return (
        "NEW.died_on IS NOT NULL AND EXISTS (SELECT 1 FROM households_membership own "
        "WHERE own.person_id = NEW.id AND NOT own.withdrawn "
        "AND (own.valid_to IS NULL OR own.valid_to > NEW.died_on))"
    )


def _of_postgresql() -> Iterator[str]:
    yield (
        f"CREATE FUNCTION {FUNCTION}(text) RETURNS inet LANGUAGE sql IMMUTABLE PARALLEL SAFE AS "
        "$$ SELECT rtrim(regexp_replace(md5($1), '(.{4})', '\\1:', 'g'), ':')::inet $$"
    )
    for span in SPANS:
        yield (
            f"ALTER TABLE {span.table} ADD CONSTRAINT {span.name} EXCLUDE USING gist "
            f"(({span.key()}) inet_ops WITH &&, daterange(valid_from, valid_to, '[]') WITH &&) "
            "WHERE (NOT withdrawn)"
        )
    yield (
        f"CREATE FUNCTION {DEATH_FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF TG_TABLE_NAME = 'households_membership' THEN "
        f"IF {_after_death('households_membership')} THEN "
        f"RAISE EXCEPTION '{AFTER_DEATH}' USING ERRCODE = 'check_violation'; END IF; "
        f"ELSIF {_after_death('households_person')} THEN "
        f"RAISE EXCEPTION '{AFTER_DEATH}' USING ERRCODE = 'check_violation'; END IF; "
        "RETURN NEW; END $$"
    )
    for table in DEATHS:
        yield (
            f"CREATE TRIGGER {table}_death AFTER INSERT OR UPDATE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {DEATH_FUNCTION}()"
        )
