"""The database itself refuses two households, two places or two classes on one day."""

from django.db import migrations

from chungtay.households.guards import stand, step_aside


def put_up(apps, schema_editor):
    stand(schema_editor)


def take_down(apps, schema_editor):
    step_aside(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("households", "0005_merging")]
    operations = [migrations.RunPython(put_up, take_down)]
