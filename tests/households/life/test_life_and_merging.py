"""Life events and the merging of double records do not write over each other."""

from __future__ import annotations

import pytest

from chungtay.acts.refusing import Refused
from chungtay.households.models import LifeEvent, Membership
from chungtay.households.services import life
from chungtay.households.services.merging import merge_households, merge_persons
from chungtay.households.services.uniting_households import HouseholdUniting
from chungtay.households.writing import PersonInput

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def row_of(person):
    rows = Membership.objects.select_related("household", "person")
    return rows.filter(person=person, withdrawn=False).latest("pk")


def versions(*households):
    for one in households:
        one.refresh_from_db()
    return {one.pk: one.version for one in households}


def test_a_household_on_its_way_is_not_merged(home, other_home, happen, system):
    happen(life.move_out, home, to_code="14823")
    given = HouseholdUniting(other_home, home)
    with pytest.raises(Refused, match="đang chờ nơi đến nhận, nên chưa gộp"):
        merge_households(actor=system, given=given, versions=versions(home, other_home))


def test_an_event_whose_person_was_merged_is_not_undone(home, happen, who, system):
    child = happen(life.record_birth, home, child=PersonInput("Lò Văn Bình Hai", "08"))
    kept, lost = row_of(who("Lò Văn Bình")), row_of(who("Lò Văn Bình Hai"))
    merge_persons(
        actor=system, kept=kept, lost=lost, values={}, home=home.pk, versions=versions(home)
    )
    event = LifeEvent.objects.get(pk=child["event"])
    assert event.person_id == kept.person_id
    with pytest.raises(Refused, match="Không hoàn tác được"):
        life.undo_event(actor=system, event=event)
