"""Births, deaths, marriages, joining, leaving, heads and relations."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from chungtay.acts.models import JournalLine
from chungtay.acts.refusing import NotAllowed, Refused, Stale
from chungtay.households.models import LifeEvent, Membership, Person
from chungtay.households.queries.answers import answers_on
from chungtay.households.queries.events import former_members
from chungtay.households.services import add_household, life, record_answers
from chungtay.households.writing import HouseholdInput, PersonInput
from chungtay.rulebook.dates import PartialDate
from tests.households.life.conftest import DAY

pytestmark = [pytest.mark.django_db, pytest.mark.database]

EVE, NEXT = DAY - timedelta(days=1), DAY + timedelta(days=1)
WIFE_ID = "038172004567"


def test_a_child_is_a_member_from_the_day_it_is_born(home, happen, members, who):
    child = PersonInput("Lò Thị Mới", "08", "female")
    happen(life.record_birth, home, child=child, mother=who("Hà Thị Mây"))
    assert len(members(home, EVE)) == 4
    assert ("Lò Thị Mới", "08") in members(home, DAY)
    assert str(Person.objects.get(full_name="Lò Thị Mới").birth) == "15/06/2023"
    event = LifeEvent.objects.get()
    assert event.mother.full_name == "Hà Thị Mây"
    line = JournalLine.objects.get(act="households.record_birth")
    assert "Mới" not in line.details
    assert line.personal_traces.count() == 2


def test_a_birth_date_that_is_not_the_day_is_refused(home, happen):
    child = PersonInput("Lò Thị Mới", "08", birth=PartialDate(2023, 6, 16))
    with pytest.raises(Refused, match="không khớp với ngày 15/06/2023"):
        happen(life.record_birth, home, child=child)


def test_a_dead_member_is_there_until_that_day(home, happen, members, who):
    happen(life.record_death, home, person=who("Hà Thị Mây"))
    assert ("Hà Thị Mây", "01") in members(home, DAY)
    assert "Hà Thị Mây" not in dict(members(home, NEXT))
    (former,) = former_members(home, NEXT)
    assert (former.person.died_on, former.ended_by.kind) == (DAY, "death")


def test_a_dead_head_is_followed_by_the_one_named(home, happen, members, who):
    head = who("Lò Văn Sáng")
    with pytest.raises(Refused, match="Hãy chọn chủ hộ mới"):
        happen(life.record_death, home, person=head)
    wife, son = who("Hà Thị Mây"), who("Lò Văn Bình")
    happen(life.record_death, home, person=head, new_head=wife, relations={son: "08"})
    assert members(home, NEXT) == [("Hà Thị Mây", "00"), ("Lò Thị Lan", ""), ("Lò Văn Bình", "08")]
    assert home.head_name == "Hà Thị Mây"
    assert members(home, DAY)[0] == ("Lò Văn Sáng", "00")


def test_with_its_last_member_a_household_ends(add_head, happen, who, system, decision):
    alone = add_head("Lường Văn Một")
    alone.statuses.create(
        standard="nd-07-2021",
        household_class="poor",
        valid_from=date(2023, 1, 1),
        source="decision",
        decision=decision,
    )
    happen(life.record_death, alone, person=who("Lường Văn Một"))
    assert alone.valid_to == DAY
    assert alone.ended_by.kind == "death"
    assert alone.statuses.get().valid_to == DAY
    assert alone.residences.get().valid_to == DAY
    with pytest.raises(Refused, match="chỉ có trong sổ đến hết ngày 15/06/2023"):
        happen(life.record_birth, alone, on=NEXT, child=PersonInput("Trẻ"))


def test_nobody_dies_before_being_born(home, happen, who):
    son = who("Lò Văn Bình")
    Person.objects.filter(pk=son).update(birth_year=2024)
    with pytest.raises(Refused, match="Hãy xem lại ngày mất"):
        happen(life.record_death, home, person=son)


def test_a_spouse_of_the_commune_moves_from_the_old_household(
    home, other_home, happen, members, who, system
):
    bride = who("Lò Thị Lan")
    happen(life.marry_in, other_home, newcomer=bride, relation="20")
    assert "Lò Thị Lan" in dict(members(home, EVE))
    assert "Lò Thị Lan" not in dict(members(home, DAY))
    assert ("Lò Thị Lan", "20") in members(other_home, DAY)
    home.refresh_from_db()
    assert home.version == 2
    assert "lan" not in home.search_text


def test_what_a_member_answered_comes_along(home, other_home, happen, who, system, quang_trung):
    bride = who("Lò Thị Lan")
    life_answers = {str(bride): {"health_insurance": True}}
    record_answers(
        actor=system,
        household=home,
        on=EVE,
        answers={},
        members=life_answers,
        expected_version=None,
    )
    happen(life.marry_in, other_home, newcomer=bride, relation="20")
    assert answers_on(other_home.pk, DAY).members == life_answers


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("Lò Văn Sáng", "Hãy ghi đổi chủ hộ ở hộ đó trước"), ("Lường Văn Một", "người duy nhất")],
)
def test_a_head_or_a_last_member_is_not_taken_away(
    home, other_home, add_head, happen, who, name, sentence
):
    add_head("Lường Văn Một")
    with pytest.raises(Refused, match=sentence):
        happen(life.join_household, other_home, newcomer=who(name), relation="99")


def test_a_newcomer_is_added(home, happen, members):
    newcomer = PersonInput("Vi Thị Dâu", sex="female", birth=PartialDate(1999))
    happen(life.marry_in, home, newcomer=newcomer, relation="19")
    assert ("Vi Thị Dâu", "19") in members(home, DAY)
    with pytest.raises(Refused, match="không có trong danh mục"):
        happen(life.marry_in, home, newcomer=newcomer, relation="00")


def test_one_who_left_may_come_back_but_not_on_the_day_before(home, happen, members, who):
    son = who("Lò Văn Bình")
    happen(life.leave_household, home, person=son)
    assert "Lò Văn Bình" in dict(members(home, EVE))
    assert "Lò Văn Bình" not in dict(members(home, DAY))
    with pytest.raises(Refused, match="đến hết ngày 14/06/2023"):
        happen(life.join_household, home, on=EVE, newcomer=son, relation="08")
    happen(life.join_household, home, on=NEXT, newcomer=son, relation="08")
    assert ("Lò Văn Bình", "08") in members(home, NEXT)


def test_one_who_lives_in_another_commune_now_is_not_fetched(home, happen, who, add_head, phu_son):
    son = who("Lò Văn Bình")
    happen(life.leave_household, home, person=son)
    far = add_head("Người Xa", commune=phu_son, at=None)
    Membership.objects.create(household=far, person_id=son, valid_from=DAY)
    with pytest.raises(Refused, match="có thể ở nơi khác") as refused:
        happen(life.join_household, home, on=NEXT, newcomer=son, relation="08")
    assert "Người Xa" not in str(refused.value)


def test_the_last_one_does_not_leave_alone(add_head, happen, who):
    alone = add_head("Lường Văn Một")
    with pytest.raises(Refused, match="Hãy ghi cả hộ chuyển đi"):
        happen(life.leave_household, alone, person=who("Lường Văn Một"))


def test_another_head_asks_all_relations_again(home, happen, members, who):
    wife, head = who("Hà Thị Mây"), who("Lò Văn Sáng")
    happen(life.change_head, home, new_head=wife, relations={head: "02"})
    assert members(home, DAY) == [
        ("Lò Văn Sáng", "02"),
        ("Hà Thị Mây", "00"),
        ("Lò Thị Lan", ""),
        ("Lò Văn Bình", ""),
    ]
    assert members(home, EVE)[0] == ("Lò Văn Sáng", "00")
    with pytest.raises(Refused, match="đang là chủ hộ"):
        happen(life.change_head, home, on=NEXT, new_head=wife, relations={})


def test_a_relation_changes_from_a_day_on(home, happen, members, who):
    son = who("Lò Văn Bình")
    happen(life.change_relation, home, person=son, relation="99")
    assert dict(members(home, EVE))["Lò Văn Bình"] == "08"
    assert dict(members(home, DAY))["Lò Văn Bình"] == "99"
    with pytest.raises(Refused, match="Quan hệ không đổi"):
        happen(life.change_relation, home, on=NEXT, person=son, relation="99")
    with pytest.raises(Refused, match="Hãy ghi việc đổi chủ hộ"):
        happen(life.change_relation, home, person=who("Lò Văn Sáng"), relation="99")


def test_a_past_day_is_refused_with_what_stands_after_it(home, happen, who):
    happen(life.change_head, home, new_head=who("Hà Thị Mây"), relations={})
    with pytest.raises(Refused, match=r"từ ngày 15/06/2023 \(đổi chủ hộ\), sau ngày 14/06/2023"):
        happen(life.record_death, home, on=EVE, person=who("Lò Thị Lan"))
    with pytest.raises(Refused, match=r"đã có thay đổi từ ngày 15/06/2023 \(đổi chủ hộ\)"):
        happen(life.move_out, home, on=EVE, gone_to="abroad")


def test_the_day_lies_within_the_household_and_has_come(home, happen):
    child = PersonInput("Trẻ")
    with pytest.raises(Refused, match="Ngày ghi chưa tới"):
        happen(life.record_birth, home, on=timezone.localdate() + timedelta(days=1), child=child)
    with pytest.raises(Refused, match="ở đây từ ngày 01/01/2023"):
        happen(life.record_birth, home, on=date(2022, 12, 31), child=child)


def test_the_number_of_a_dead_person_is_not_given_again(
    home, happen, who, system, quang_trung, village
):
    happen(life.record_death, home, person=who("Hà Thị Mây"))
    with pytest.raises(Refused, match="Hà Thị Mây, hộ Lò Văn Sáng, đã mất ngày 15/06/2023"):
        happen(life.marry_in, home, newcomer=PersonInput("Ai", citizen_id=WIFE_ID), relation="")
    with pytest.raises(Refused, match="đã mất ngày") as refused:
        _add(system, quang_trung, village, WIFE_ID)
    assert WIFE_ID not in str(refused.value)


def test_the_neighbour_learns_nothing_of_our_dead(home, happen, who, outsider, acting, phu_son):
    happen(life.record_death, home, person=who("Hà Thị Mây"))
    assert _add(acting(outsider), phu_son, None, WIFE_ID)


def _add(actor, commune, village, number):
    given = HouseholdInput(village, [PersonInput("Người Khác", "00", citizen_id=number)])
    return add_household(actor=actor, commune=commune, given=given, on=NEXT)


def test_nothing_happens_twice_or_on_a_stale_page(home, happen, members):
    child = PersonInput("Lò Thị Mới", "08")
    first = happen(life.record_birth, home, child=child, key="k", expected_version=1)
    assert happen(life.record_birth, home, child=child, key="k", expected_version=1) == first
    assert len(members(home, DAY)) == 5
    with pytest.raises(Stale):
        happen(life.record_birth, home, child=child, expected_version=1)


def test_the_outsider_may_not(home, happen, outsider, acting):
    with pytest.raises(NotAllowed):
        happen(life.record_birth, home, actor=acting(outsider), child=PersonInput("Trẻ"))
    assert not LifeEvent.objects.exists()
