"""The database itself refuses that a person holds one post twice on a day."""

from django.db import migrations

MESSAGE = "a person holds a post once at a time"
OVERLAPS = (
    "EXISTS (SELECT 1 FROM staff_holding AS other WHERE other.post_id = NEW.post_id "
    "AND other.user_id = NEW.user_id AND other.id <> NEW.id "
    "AND (NEW.valid_to IS NULL OR other.valid_from <= NEW.valid_to) "
    "AND (other.valid_to IS NULL OR other.valid_to >= NEW.valid_from))"
)
NAMES = ("staff_holding_once_insert", "staff_holding_once_update")


def forbid(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE FUNCTION staff_holding_once() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF {OVERLAPS} THEN RAISE EXCEPTION '{MESSAGE}' "
            "USING ERRCODE = 'exclusion_violation'; END IF; RETURN NEW; END $$"
        )
        schema_editor.execute(
            "CREATE TRIGGER staff_holding_once BEFORE INSERT OR UPDATE ON staff_holding "
            "FOR EACH ROW EXECUTE FUNCTION staff_holding_once()"
        )
        return
    # A row that is inserted has no id yet: none of the others is it.
    inserted = OVERLAPS.replace("AND other.id <> NEW.id ", "")
    for name, event, condition in zip(NAMES, ("INSERT", "UPDATE"), (inserted, OVERLAPS)):
        schema_editor.execute(
            f"CREATE TRIGGER {name} BEFORE {event} ON staff_holding "
            f"WHEN {condition} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        )


def allow(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER staff_holding_once ON staff_holding")
        schema_editor.execute("DROP FUNCTION staff_holding_once()")
        return
    for name in NAMES:
        schema_editor.execute(f"DROP TRIGGER {name}")


class Migration(migrations.Migration):
    dependencies = [("staff", "0003_posts_and_holdings_in_time")]
    operations = [migrations.RunPython(forbid, allow)]
