"""An event is taken back while nothing was built upon it; the register is then as it was."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.forms.models import model_to_dict

from chungtay.acts.refusing import NotAllowed, Refused
from chungtay.households.models import (
    Household,
    LifeEvent,
    Membership,
    Person,
    Residence,
    StatusSpell,
)
from chungtay.households.services import decide_status, life, record_answers
from chungtay.households.services.life import Occasion
from chungtay.households.writing import PersonInput
from tests.households.conftest import OPENING
from tests.households.life.conftest import DAY

pytestmark = [pytest.mark.django_db, pytest.mark.database]

NEXT = DAY + timedelta(days=1)
LEFT_OUT = {"version", "trace_salt"}


def picture():
    """Everything of the register that holds, without versions."""
    kept = {}
    for model in (Household, Person, Membership, Residence, StatusSpell):
        for row in model.objects.filter(withdrawn=False):
            values = {k: v for k, v in model_to_dict(row).items() if k not in LEFT_OUT}
            kept[model.__name__, row.pk] = values
    return kept


@pytest.fixture
def undo(system):
    def do(answer, actor=None):
        event = LifeEvent.objects.get(pk=answer["event"])
        return life.undo_event(actor=actor or system, event=event, reason="ghi nhầm")

    return do


@pytest.fixture
def poor(home, system, decision):
    given = {"standard": "nd-07-2021", "household_class": "poor", "decision": decision}
    decide_status(actor=system, household=home, valid_from=OPENING, **given)
    home.refresh_from_db()
    return home


@pytest.fixture
def acts(who, second, other_home):
    """Every event that can happen to the family, with what it asks."""

    def known():
        wife, bride, son = who("Hà Thị Mây"), who("Lò Thị Lan"), who("Lò Văn Bình")
        return {
            "birth": (life.record_birth, {"child": PersonInput("Lò Thị Mới", "08")}),
            "death": (life.record_death, {"person": bride}),
            "death_of_the_head": (
                life.record_death,
                {"person": who("Lò Văn Sáng"), "new_head": wife, "relations": {son: "08"}},
            ),
            "marriage": (
                life.marry_in,
                {"newcomer": who("Bùi Thị Sen"), "relation": "19"},
            ),
            "join": (life.join_household, {"newcomer": PersonInput("Ai"), "relation": ""}),
            "leave": (life.leave_household, {"person": son}),
            "head": (life.change_head, {"new_head": wife, "relations": {}}),
            "relation": (life.change_relation, {"person": son, "relation": "99"}),
            "split": (
                life.split_household,
                {"people": [bride, son], "new_head": son, "relations": {}, "village": second},
            ),
            "merge": (life.merge_household, {"into": other_home, "relations": {}}),
            "move_within": (life.move_within, {"village": second, "address": "xóm Đình"}),
            "move_out": (life.move_out, {"to_code": "14823"}),
            "abroad": (life.move_out, {"gone_to": "abroad"}),
        }

    return known


KINDS = [
    *("birth", "death", "death_of_the_head", "marriage", "join", "leave", "head", "relation"),
    *("split", "merge", "move_within", "move_out", "abroad"),
]


@pytest.mark.parametrize("kind", KINDS)
def test_undone_the_register_is_as_it_was(poor, happen, acts, undo, kind, phu_son):
    before = picture()
    act, given = acts()[kind]
    answer = happen(act, poor, **given)
    assert picture() != before
    undo(answer)
    assert picture() == before
    with pytest.raises(Refused, match="đã được hoàn tác rồi"):
        undo(answer)


def test_a_move_that_was_taken_in_is_undone_from_its_end(home, happen, undo, system, phu_son):
    before = picture()
    sent = happen(life.move_out, home, to_code="14823")
    waiting = picture()
    taken = life.accept_move(
        actor=system,
        move=LifeEvent.objects.get(pk=sent["event"]),
        commune=phu_son,
        village=None,
        occasion=Occasion(DAY),
    )
    with pytest.raises(Refused, match="đã ghi “Chuyển đến”"):
        undo(sent)
    undo(taken)
    assert picture() == waiting
    undo(sent)
    assert picture() == before


def test_what_the_new_place_wrote_holds_the_move(home, happen, undo, system, phu_son):
    sent = happen(life.move_out, home, to_code="14823")
    taken = life.accept_move(
        actor=system,
        move=LifeEvent.objects.get(pk=sent["event"]),
        commune=phu_son,
        village=None,
        occasion=Occasion(DAY),
    )
    home.refresh_from_db()
    record_answers(
        actor=system,
        household=home,
        on=DAY,
        answers={"latrine": "septic"},
        members={},
        expected_version=None,
    )
    with pytest.raises(Refused, match="từ khi nhận hộ"):
        undo(taken)


def test_a_later_event_of_the_same_person_stands_in_the_way(home, happen, undo, who):
    born = happen(life.record_birth, home, child=PersonInput("Lò Thị Mới", "08"))
    died = happen(life.record_death, home, on=NEXT, person=who("Lò Thị Mới"))
    with pytest.raises(Refused, match="đã ghi “Mất” ngày 16/06/2023"):
        undo(born)
    undo(died)
    undo(born)
    assert not Person.objects.filter(full_name="Lò Thị Mới", withdrawn=False).exists()


def test_an_event_of_another_person_does_not(home, happen, undo, who):
    born = happen(life.record_birth, home, child=PersonInput("Lò Thị Mới", "08"))
    happen(life.record_death, home, on=NEXT, person=who("Lò Thị Lan"))
    undo(born)


def test_one_who_lives_elsewhere_now_is_not_fetched_back(home, other_home, happen, undo, who):
    son = who("Lò Văn Bình")
    left = happen(life.leave_household, home, person=son)
    happen(life.join_household, other_home, on=NEXT, newcomer=son, relation="99")
    with pytest.raises(Refused, match="đã ghi “Thêm người về hộ”"):
        undo(left)


def test_another_head_makes_old_relations_void(home, happen, undo, who):
    left = happen(life.leave_household, home, person=who("Lò Văn Bình"))
    happen(life.change_head, home, on=NEXT, new_head=who("Hà Thị Mây"), relations={})
    with pytest.raises(Refused, match="đã ghi “Đổi chủ hộ”"):
        undo(left)


def test_a_split_holds_once_the_new_household_is_used(home, happen, acts, undo, system, decision):
    act, given = acts()["split"]
    answer = happen(act, home, **given)
    new = LifeEvent.objects.get(pk=answer["event"]).other_household
    decide_status(
        actor=system,
        household=new,
        standard="nd-07-2021",
        household_class="poor",
        valid_from=DAY,
        decision=decision,
    )
    with pytest.raises(Refused, match="hộ mới Lò Văn Bình đã có ghi chép khác"):
        undo(answer)


def test_answers_of_a_child_hold_its_birth(home, happen, undo, system, who):
    born = happen(life.record_birth, home, child=PersonInput("Lò Thị Mới", "08"))
    child = str(who("Lò Thị Mới"))
    record_answers(
        actor=system,
        household=home,
        on=DAY,
        answers={},
        members={child: {"health_insurance": True}},
        expected_version=None,
    )
    with pytest.raises(Refused, match="câu trả lời của người này"):
        undo(born)


def test_the_outsider_takes_nothing_back(home, happen, undo, outsider, acting):
    born = happen(life.record_birth, home, child=PersonInput("Lò Thị Mới", "08"))
    with pytest.raises(NotAllowed):
        undo(born, acting(outsider))


def test_nobody_is_put_back_into_a_household_that_has_ended(home, other_home, happen, acts, undo):
    act, given = acts()["split"]
    split = happen(act, home, **given)
    happen(life.merge_household, home, on=NEXT, into=other_home, relations={})
    with pytest.raises(Refused, match="đã ghi “Nhập vào hộ khác”"):
        undo(split)
