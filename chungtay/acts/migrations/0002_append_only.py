"""The database itself refuses to change or delete what the journal holds."""

from django.db import migrations

TABLES = {"acts_journalline": "id", "acts_personaltrace": "id", "acts_doneact": "key"}
MESSAGE = "the journal is append-only"


def forbid(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    if vendor == "postgresql":
        schema_editor.execute(
            "CREATE FUNCTION acts_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}'; END $$"
        )
    for table, key in TABLES.items():
        for statement in _triggers(vendor, table, key):
            schema_editor.execute(statement)


def _triggers(vendor, table, key):
    if vendor == "postgresql":
        for event, scope in (("UPDATE", "ROW"), ("DELETE", "ROW"), ("TRUNCATE", "STATEMENT")):
            yield (
                f"CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON {table} "
                f"FOR EACH {scope} EXECUTE FUNCTION acts_append_only()"
            )
        return
    abort = f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    yield f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {abort}"
    yield f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {abort}"
    # INSERT OR REPLACE deletes without firing the trigger above.
    yield (
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key}) {abort}"
    )


def allow(apps, schema_editor):
    postgresql = schema_editor.connection.vendor == "postgresql"
    for table in TABLES:
        for event in ("update", "delete", "truncate" if postgresql else "replace"):
            on = f" ON {table}" if postgresql else ""
            schema_editor.execute(f"DROP TRIGGER {table}_no_{event}{on}")
    if postgresql:
        schema_editor.execute("DROP FUNCTION acts_append_only()")


class Migration(migrations.Migration):
    dependencies = [("acts", "0001_initial")]
    operations = [migrations.RunPython(forbid, allow)]
