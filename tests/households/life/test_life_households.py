"""Splits, merges and moves, with what follows and what stays behind."""

from __future__ import annotations

from datetime import timedelta

import pytest

from chungtay.acts.refusing import NotAllowed, Refused
from chungtay.households.models import Household, LifeEvent
from chungtay.households.queries.events import sent_moves, waiting_moves
from chungtay.households.queries.people import households_seen_by, standing_on
from chungtay.households.queries.residences import lived_in
from chungtay.households.queries.statuses import statuses_of_many
from chungtay.households.services import decide_status, life, record_answers
from chungtay.households.services.life import Occasion
from chungtay.households.writing import PersonInput
from chungtay.places.queries import villages_of
from tests.households.conftest import OPENING
from tests.households.life.conftest import DAY

pytestmark = [pytest.mark.django_db, pytest.mark.database]

LY_SON = "21548"
EVE, NEXT = DAY - timedelta(days=1), DAY + timedelta(days=1)


@pytest.fixture
def poor(home, system, decision):
    decide_status(
        actor=system,
        household=home,
        standard="nd-07-2021",
        household_class="poor",
        valid_from=OPENING,
        decision=decision,
    )
    home.refresh_from_db()
    return home


@pytest.fixture
def split(happen, who, second):
    def do(home, names=("Lò Văn Bình", "Lò Thị Lan"), head="Lò Văn Bình", **more):
        people = [who(name) for name in names]
        given = {"people": people, "new_head": who(head), "relations": {}, "village": second}
        answer = happen(life.split_household, home, **given, **more)
        return LifeEvent.objects.get(pk=answer["event"]).other_household

    return do


@pytest.fixture
def accept(system, phu_son):
    def do(move, on=DAY, actor=None, **more):
        given = {"commune": phu_son, "village": villages_of(phu_son, OPENING)[0], **more}
        return life.accept_move(actor=actor or system, move=move, occasion=Occasion(on), **given)

    return do


@pytest.fixture
def leave(happen):
    """Send a household to Phú Sơn; the event."""

    def do(home, on=DAY, **more):
        answer = happen(life.move_out, home, on=on, **(more or {"to_code": "14823"}))
        return LifeEvent.objects.get(pk=answer["event"])

    return do


def test_a_split_makes_a_household_without_a_class(poor, split, members, second):
    new = split(poor, code="QT-09")
    assert members(new, DAY) == [("Lò Thị Lan", ""), ("Lò Văn Bình", "00")]
    assert members(new, EVE) == []
    assert (new.village, new.code, new.valid_from, new.head_name) == (
        second,
        "QT-09",
        DAY,
        "Lò Văn Bình",
    )
    assert [name for name, _ in members(poor, DAY)] == ["Lò Văn Sáng", "Hà Thị Mây"]
    found = statuses_of_many([poor.pk, new.pk], DAY)
    assert found[poor.pk].household_class == "poor"
    assert new.pk not in found
    assert new.begun_by.kind == "split"


@pytest.mark.parametrize(
    ("names", "head", "sentence"),
    [
        (
            ("Lò Văn Sáng", "Hà Thị Mây", "Lò Thị Lan", "Lò Văn Bình"),
            "Lò Văn Bình",
            "hộ cũ không còn ai",
        ),
        (("Lò Văn Sáng", "Lò Văn Bình"), "Lò Văn Bình", "hộ cũ không còn chủ hộ"),
        (("Lò Văn Bình",), "Lò Thị Lan", "phải là một người tách ra"),
        ((), "Lò Thị Lan", "Hãy chọn những người tách ra"),
    ],
)
def test_a_split_leaves_members_and_a_head(home, split, names, head, sentence):
    with pytest.raises(Refused, match=sentence):
        split(home, names, head)
    assert Household.objects.count() == 1


def test_a_split_off_household_may_not_take_the_code(home, split):
    with pytest.raises(Refused, match="Mã hộ QT-01 đang là của hộ"):
        split(home, code="QT-01")


def test_a_merge_ends_the_one_and_its_class(poor, other_home, happen, members, who):
    relations = {who("Lò Văn Sáng"): "16"}
    happen(life.merge_household, poor, into=other_home, relations=relations)
    assert (poor.valid_to, poor.ended_by.kind) == (EVE, "merge")
    assert poor.statuses.get().valid_to == EVE
    assert poor.residences.get().valid_to == EVE
    assert dict(members(other_home, DAY))["Lò Văn Sáng"] == "16"
    assert dict(members(other_home, DAY))["Hà Thị Mây"] == ""
    assert len(members(other_home, DAY)) == 6
    assert members(poor, DAY) == []


def test_a_merge_asks_for_another_household_of_the_commune(home, add_head, happen, phu_son):
    far = add_head("Người Xa", commune=phu_son, at=None)
    with pytest.raises(Refused, match="vào chính nó"):
        happen(life.merge_household, home, into=home, relations={})
    with pytest.raises(Refused, match="ở cùng xã"):
        happen(life.merge_household, home, into=far, relations={})


def test_a_merge_before_a_later_answer_is_refused(home, other_home, happen, system):
    answers = {"latrine": "septic"}
    record_answers(
        actor=system, household=home, on=NEXT, answers=answers, members={}, expected_version=None
    )
    with pytest.raises(Refused, match="có câu trả lời ghi ngày 16/06/2023"):
        happen(life.merge_household, home, into=other_home, relations={})


def test_a_move_within_leaves_the_past_as_it_was(home, happen, second, village, phu_son):
    happen(life.move_within, home, village=second, address="xóm Đình")
    assert (home.village, home.address) == (second, "xóm Đình")
    assert Household.objects.filter(lived_in([village], EVE)).exists()
    assert Household.objects.filter(lived_in([second], DAY)).exists()
    with pytest.raises(Refused, match="Hộ đang ở chính thôn này"):
        happen(life.move_within, home, on=NEXT, village=second, address="")
    foreign = villages_of(phu_son, OPENING)[0]
    with pytest.raises(Refused, match="không thuộc xã"):
        happen(life.move_within, home, on=NEXT, village=foreign, address="")


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"to_code": "99999"}, "Không có đơn vị nào mang mã 99999"),
        ({"to_code": "14824"}, "là nơi hộ đang ở"),
        ({}, "Hãy chọn nơi đến"),
        ({"to_code": "14823", "gone_to": "abroad"}, "Hãy chọn nơi đến"),
        ({"gone_to": "the moon"}, "Hãy chọn nơi đến"),
    ],
)
def test_a_place_outside_the_list_is_refused(home, happen, more, sentence):
    with pytest.raises(Refused, match=sentence):
        happen(life.move_out, home, **more)
    assert not LifeEvent.objects.exists()


def test_a_place_that_does_not_stand_on_the_day_is_refused(home, happen):
    with pytest.raises(Refused, match=r"Đặc khu Lý Sơn .* chỉ có từ ngày 01/07/2025"):
        happen(life.move_out, home, to_code=LY_SON)


def test_one_who_goes_abroad_ends_the_household(poor, leave, members):
    leave(poor, gone_to="abroad")
    assert (poor.valid_to, poor.away_from) == (EVE, None)
    assert poor.statuses.get().valid_to == EVE
    assert members(poor, DAY) == []


def test_on_its_way_a_household_is_counted_nowhere(
    home, leave, accept, officer, outsider, acting, quang_trung, phu_son
):
    move = leave(home)
    ours, theirs = acting(officer), acting(outsider)
    assert list(sent_moves(ours)) == [move] == list(waiting_moves(theirs))
    assert not waiting_moves(ours).exists()
    for actor in (ours, theirs):
        assert not standing_on(households_seen_by(actor), DAY).exists()
    assert standing_on(households_seen_by(ours, on=EVE), EVE).count() == 1
    accept(move, code="PS-01")
    home.refresh_from_db()
    assert (home.commune, home.code, home.away_from) == (phu_son, "PS-01", None)
    assert standing_on(households_seen_by(theirs), DAY).count() == 1
    assert not standing_on(households_seen_by(ours), DAY).exists()
    assert standing_on(households_seen_by(ours, on=EVE), EVE).count() == 1
    assert not households_seen_by(theirs, on=EVE).exists()
    assert not waiting_moves(theirs).exists()


def test_classes_and_answers_follow(poor, leave, accept, system):
    answers = {"latrine": "septic"}
    given = {"answers": answers, "members": {}, "expected_version": None}
    record_answers(actor=system, household=poor, on=OPENING, **given)
    accept(leave(poor))
    assert statuses_of_many([poor.pk], NEXT)[poor.pk].household_class == "poor"
    fresh = Household.objects.get(pk=poor.pk)
    with pytest.raises(Refused, match="còn ở nơi khác"):
        record_answers(actor=system, household=fresh, on=EVE, **given)
    later = given | {"answers": {"latrine": "unhygienic"}}
    record_answers(actor=system, household=fresh, on=DAY, **later)


def test_the_slip_says_what_a_moving_paper_says(poor, leave):
    slip = leave(poor).slip
    assert slip["head"] == "Lò Văn Sáng"
    assert slip["members"][1]["birth"] == [1972, None, None]
    assert set(slip["members"][0]) == {"person", "name", "relation", "sex", "birth"}
    assert slip["statuses"][0]["class"] == "poor"
    assert "038172004567" not in str(slip)


def test_nobody_writes_for_a_household_on_its_way(home, leave, happen, who, system):
    leave(home)
    with pytest.raises(Refused, match="đang chờ nơi đến nhận"):
        happen(life.record_birth, home, on=NEXT, child=PersonInput("Trẻ"))
    with pytest.raises(Refused, match="chỉ ở đây đến hết ngày"):
        record_answers(
            actor=system,
            household=home,
            on=DAY,
            answers={"latrine": "septic"},
            members={},
            expected_version=None,
        )


def test_it_is_taken_in_where_it_was_sent_and_not_earlier(
    home, leave, accept, quang_trung, officer, acting
):
    move = leave(home)
    with pytest.raises(Refused, match="Hộ rời nơi cũ ngày 15/06/2023"):
        accept(move, on=EVE)
    with pytest.raises(NotAllowed):
        accept(move, commune=quang_trung, village=None)
    with pytest.raises(NotAllowed):
        accept(move, actor=acting(officer))
    accept(move)
    with pytest.raises(Refused, match="đã được nhận"):
        accept(move)


def test_a_household_is_sent_back_with_the_reason(home, leave, outsider, acting, phu_son, officer):
    move = leave(home)
    given = {"actor": acting(outsider), "move": move, "commune": phu_son}
    with pytest.raises(Refused, match="Hãy ghi lý do trả lại"):
        life.return_move(**given, reason=" ")
    life.return_move(**given, reason="Hộ không về đây")
    home.refresh_from_db()
    move.refresh_from_db()
    assert (home.away_from, move.withdrawn) == (None, True)
    assert move.returned_because == "Hộ không về đây"
    assert standing_on(households_seen_by(acting(officer)), NEXT).count() == 1
    assert home.residences.filter(valid_to=None, withdrawn=False).count() == 1
