"""What no act would write, the database refuses too: two homes, two places, two classes a day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from chungtay.households.guards import SPANS, stand, step_aside, trigger_names
from chungtay.households.models import LifeEvent, Membership, Person, Residence, StatusSpell
from tests.households.conftest import OPENING
from tests.households.life.conftest import DAY

pytestmark = [pytest.mark.django_db, pytest.mark.database]

EVE, NEXT = DAY - timedelta(days=1), DAY + timedelta(days=1)


@pytest.fixture
def left(home, who):
    """A son who left on the day."""
    son = who("Lò Văn Bình")
    Membership.objects.filter(person=son).update(valid_to=EVE)
    return son


def refused(write) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        write()


@pytest.mark.parametrize("first", [OPENING, EVE, None])
def test_nobody_is_in_two_households_on_a_day(other_home, left, first):
    given = {"household": other_home, "person_id": left}
    refused(lambda: Membership.objects.create(**given, valid_from=first))
    refused(lambda: Membership.objects.create(**given, valid_from=first, valid_to=NEXT))
    row = Membership.objects.create(**given, valid_from=DAY)
    refused(lambda: Membership.objects.filter(pk=row.pk).update(valid_from=first))
    row.withdrawn, row.valid_from = True, first
    row.save()
    refused(lambda: Membership.objects.filter(pk=row.pk).update(withdrawn=False))


def test_a_household_is_in_one_place_a_day(home, quang_trung):
    home.residences.update(valid_to=DAY)
    given = {"household": home, "commune": quang_trung}
    refused(lambda: Residence.objects.create(**given, valid_from=DAY))
    Residence.objects.create(**given, valid_from=NEXT)


def test_a_household_has_one_class_a_day_by_each_standard(home):
    given = {"household": home, "household_class": "poor", "source": "imported_list"}
    span = {"valid_from": OPENING, "valid_to": DAY}
    StatusSpell.objects.create(**given, **span, standard="nd-07-2021")
    StatusSpell.objects.create(**given, **span, standard="dong-nai-2022")
    refused(
        lambda: StatusSpell.objects.create(
            **given, standard="nd-07-2021", valid_from=DAY, valid_to=NEXT
        )
    )
    StatusSpell.objects.create(**given, standard="nd-07-2021", valid_from=NEXT)


def test_nobody_belongs_to_a_household_after_death(home, other_home, left):
    refused(lambda: Person.objects.filter(pk=left).update(died_on=OPENING))
    Person.objects.filter(pk=left).update(died_on=EVE)
    refused(lambda: Membership.objects.create(household=other_home, person_id=left, valid_from=DAY))
    refused(lambda: Membership.objects.filter(person=left).update(valid_to=None))


@pytest.mark.parametrize(
    "given",
    [
        {"kind": "birth"},
        {"kind": "split"},
        {"kind": "move_out"},
        {"kind": "move_out", "gone_to": "abroad", "to_commune": True},
        {"kind": "move_within", "gone_to": "abroad"},
        {"kind": "move_in"},
    ],
)
def test_an_event_says_whom_and_where(home, quang_trung, given):
    if "to_commune" in given:
        given = given | {"to_commune": quang_trung}
    refused(lambda: LifeEvent.objects.create(household=home, commune=quang_trung, day=DAY, **given))


def test_the_guards_stand_after_all_migrations():
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT conname FROM pg_constraint WHERE contype = 'x'")
            assert {span.name for span in SPANS} <= {row[0] for row in cursor.fetchall()}
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            assert set(trigger_names()) <= {row[0] for row in cursor.fetchall()}


def test_the_guards_step_aside_for_a_migration_and_stand_again(home, other_home, left):
    class Editor:
        connection = connection

        def execute(self, statement: str) -> None:
            with connection.cursor() as cursor:
                cursor.execute(statement)

    connection.check_constraints()  # what waits for the end of the act is settled first
    step_aside(Editor())
    with transaction.atomic():
        twice = Membership.objects.create(
            household=other_home, person_id=left, valid_from=date(2023, 2, 1)
        )
        twice.withdrawn = True
        twice.save()
    connection.check_constraints()
    stand(Editor())
    refused(lambda: Membership.objects.filter(pk=twice.pk).update(withdrawn=False))
