"""Decided classes: spells side by side in time, one open at once, as on a date."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from chungtay.acts.models import JournalLine
from chungtay.acts.queries import open_trace
from chungtay.acts.refusing import NotAllowed, Refused
from chungtay.households.models import Household, StatusSpell
from chungtay.households.queries.people import households_seen_by, of_class
from chungtay.households.queries.statuses import (
    count_by_class,
    count_by_village,
    history_of,
    standard_id_on,
    statuses_of_many,
)
from chungtay.households.services import decide_status
from chungtay.places.queries import villages_of
from tests.households.conftest import OPENING

pytestmark = [pytest.mark.django_db, pytest.mark.database]

JUNE = date(2023, 6, 28)


@pytest.fixture
def standard():
    return standard_id_on(OPENING)


@pytest.fixture
def decide(system, decision, standard):
    def decide_one(household, household_class="poor", valid_from=OPENING, **more):
        return decide_status(
            **{"actor": system, "standard": standard, "decision": decision, **more},
            household=household,
            household_class=household_class,
            valid_from=valid_from,
        )

    return decide_one


def class_on(household, on):
    spell = statuses_of_many([household.id], on).get(household.id)
    return spell and spell.household_class


def test_a_decision_holds_from_its_day_and_ends_the_one_before(add_head, decide):
    household = add_head("Lê Văn An")
    decide(household, "poor")
    decide(household, "near_poor", JUNE)
    assert class_on(household, date(2022, 12, 31)) is None
    assert class_on(household, OPENING) == "poor"
    assert class_on(household, date(2023, 6, 27)) == "poor"
    assert class_on(household, JUNE) == "near_poor"
    assert class_on(household, date(2024, 6, 28)) == "near_poor"
    newest, oldest = history_of(household)
    assert oldest.valid_to == date(2023, 6, 27)
    assert newest.valid_to is None


def test_the_paper_stands_in_the_line(add_head, decide, standard):
    household = add_head("Lê Văn An")
    decide(household)
    line = JournalLine.objects.get(act="households.decide_status")
    assert line.paper == "212/QĐ-UBND 14/12/2022"
    assert line.details == f'{{"from":"2023-01-01","standard":"{standard}"}}'
    assert line.subject == f"household:{household.id}"


def test_the_class_before_and_after_is_sealed_with_the_households_salt(add_head, decide):
    household = add_head("Lê Văn An")
    decide(household, "poor")
    decide(household, "near_poor", JUNE)
    line = JournalLine.objects.filter(act="households.decide_status").latest("id")
    assert "poor" not in line.details
    trace = line.personal_traces.get()
    assert trace.subject == household.id
    assert open_trace(trace, household.trace_salt) == {"before": "poor", "after": "near_poor"}


def test_the_same_key_decides_once(add_head, decide):
    household = add_head("Lê Văn An")
    assert decide(household, key="k") == decide(household, key="k")
    assert StatusSpell.objects.count() == 1


@pytest.mark.parametrize("valid_from", [OPENING, date(2022, 7, 1)])
def test_a_day_on_or_before_one_already_decided_is_refused(add_head, decide, valid_from):
    household = add_head("Lê Văn An")
    decide(household)
    with pytest.raises(Refused, match="Hộ này đã có diện"):
        decide(household, "near_poor", valid_from)
    assert class_on(household, OPENING) == "poor"


def test_a_day_inside_an_ended_spell_is_refused(add_head, decide):
    household = add_head("Lê Văn An")
    decide(household)
    StatusSpell.objects.update(valid_to=date(2023, 12, 31))
    with pytest.raises(Refused, match="Hộ này đã có diện"):
        decide(household, "near_poor", JUNE)
    decide(household, "near_poor", date(2024, 1, 1))
    assert (class_on(household, JUNE), class_on(household, date(2024, 1, 1))) == (
        "poor",
        "near_poor",
    )


def test_a_class_outside_the_list_is_refused(add_head, decide):
    with pytest.raises(Refused, match="Diện “rich” không có trong danh mục"):
        decide(add_head("Lê Văn An"), "rich")
    with pytest.raises(Refused, match="“unknown”"):
        decide(Household.objects.get(), "unknown")


def test_a_withdrawn_spell_leaves_room(add_head, decide):
    household = add_head("Lê Văn An")
    decide(household)
    StatusSpell.objects.update(withdrawn=True)
    assert class_on(household, OPENING) is None
    decide(household, "near_poor")
    assert class_on(household, OPENING) == "near_poor"
    assert [spell.household_class for spell in history_of(household)] == ["near_poor"]


def test_the_database_refuses_a_second_open_spell_and_an_end_before_its_beginning(
    add_head, decide, standard
):
    household = add_head("Lê Văn An")
    decide(household)
    again = {"household": household, "standard": standard, "source": "decision"}
    with pytest.raises(IntegrityError), transaction.atomic():
        StatusSpell.objects.create(household_class="near_poor", valid_from=JUNE, **again)
    with pytest.raises(IntegrityError), transaction.atomic():
        StatusSpell.objects.update(valid_to=date(2022, 12, 31))
    again["standard"] = "tinh_khac"
    StatusSpell.objects.create(household_class="near_poor", valid_from=JUNE, **again)


def test_two_standards_stand_side_by_side_and_do_not_mix(add_head, decide):
    household = add_head("Lê Văn An")
    decide(household, "poor")
    decide(household, "not_poor", standard="tinh_khac")
    assert class_on(household, OPENING) == "poor"
    seen = Household.objects.all()
    assert count_by_class(seen, OPENING) == Counter(poor=1)


def test_counts_follow_the_day_the_place_and_the_households_still_there(
    add_head, decide, quang_trung
):
    first, second = villages_of(quang_trung, OPENING)[:2]
    for name, village, household_class in [
        ("Lê Văn An", first, "poor"),
        ("Lê Văn Ba", first, "near_poor"),
        ("Lê Văn Cả", second, "poor"),
        ("Lê Văn Dư", None, "poor"),
    ]:
        decide(add_head(name, at=village), household_class)
    moved = Household.objects.get(head_name="Lê Văn Cả")
    decide(moved, "not_poor", JUNE)
    Household.objects.filter(head_name="Lê Văn Dư").update(valid_to=date(2023, 3, 31))
    seen = Household.objects.filter(commune=quang_trung)
    assert count_by_class(seen, OPENING) == Counter(poor=3, near_poor=1)
    assert count_by_class(seen, JUNE) == Counter(poor=1, near_poor=1, not_poor=1)
    assert count_by_village(seen, JUNE) == {
        first.pk: Counter(poor=1, near_poor=1),
        second.pk: Counter(not_poor=1),
    }


def test_lists_by_class_agree_with_the_counts(add_head, decide, standard, officer, acting):
    for at in range(4):
        decide(add_head(f"Người {at}"), "poor" if at % 2 else "near_poor")
    add_head("Chưa có diện")
    seen = households_seen_by(acting(officer))
    listed = {
        name: of_class(seen, name, standard, OPENING).count()
        for name in ("poor", "near_poor", "none")
    }
    assert listed == {"poor": 2, "near_poor": 2, "none": 1}


def test_the_neighbour_decides_nothing(add_head, decide, outsider, acting):
    with pytest.raises(NotAllowed):
        decide(add_head("Lê Văn An"), actor=acting(outsider))
    assert not StatusSpell.objects.exists()
