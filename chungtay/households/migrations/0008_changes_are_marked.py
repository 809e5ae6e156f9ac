"""The database marks a household as changed with whatever is written of it."""

from django.db import migrations

from chungtay.households.marking import stand, step_aside


def put_up(apps, schema_editor):
    stand(schema_editor)


def take_down(apps, schema_editor):
    step_aside(schema_editor)


class Migration(migrations.Migration):
    dependencies = [
        ("households", "0007_indexes_for_counts"),
        ("measures", "0001_stored_cubes"),
    ]
    operations = [migrations.RunPython(put_up, take_down)]
