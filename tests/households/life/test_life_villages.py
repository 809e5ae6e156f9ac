"""Lives go on while villages are merged: nobody is put into one that has ended."""

from __future__ import annotations

from datetime import date

import pytest

from chungtay.acts.refusing import Refused
from chungtay.households.models import LifeEvent
from chungtay.households.services import merge_villages
from chungtay.households.services.life import move_out, move_within, undo_event
from chungtay.places.models import Unit

pytestmark = [pytest.mark.django_db, pytest.mark.database]

MERGED = date(2024, 6, 1)


@pytest.fixture
def merged(system, quang_trung, village, second):
    """A way to merge thôn 1 and 2 into a new village."""

    def merge() -> Unit:
        done = merge_villages(
            actor=system,
            commune=quang_trung,
            villages=[village, second],
            into="Thôn Đoàn Kết",
            on=MERGED,
            paper="Nghị quyết số 12/NQ-HĐND ngày 15/5/2024",
        )
        village.refresh_from_db()
        second.refresh_from_db()
        return Unit.objects.get(pk=done["village"])

    return merge


def test_a_household_that_comes_back_lives_in_what_its_village_became(
    home, happen, merged, system, village
):
    happen(move_out, home, gone_to="abroad")
    new = merged()
    undo_event(actor=system, event=LifeEvent.objects.get())
    home.refresh_from_db()
    assert home.village == new
    spans = home.residences.filter(withdrawn=False).order_by("valid_from")
    assert list(spans.values_list("village", "valid_to")) == [
        (village.pk, date(2024, 5, 31)),
        (new.pk, None),
    ]


def test_nobody_moves_into_a_village_that_has_ended(home, happen, merged, second):
    merged()
    with pytest.raises(Refused, match="Thôn 2 đã kết thúc ngày 31/05/2024"):
        happen(move_within, home, village=second, address="")


def test_a_move_into_a_village_merged_since_is_not_taken_back(home, happen, merged, second, system):
    happen(move_within, home, village=second, address="")
    merged()
    with pytest.raises(Refused, match="đã được sửa sau đó"):
        undo_event(actor=system, event=LifeEvent.objects.get())
