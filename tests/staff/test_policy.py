"""What a post may do, where and when; which fields its role sees."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from chungtay.places.models import Level, Succession, Unit
from chungtay.places.queries import unit_by_code, villages_of
from chungtay.staff.models import Holding, Post
from chungtay.staff.policy import actor_of, roles, within
from chungtay.staff.services import give_post

pytestmark = [pytest.mark.django_db, pytest.mark.database]

THEN, AFTER, TODAY = date(2023, 1, 1), date(2025, 7, 1), date(2026, 3, 2)
SEE, CHANGE = "households.see", "households.change"


@pytest.fixture
def posted(hire):
    """An actor with one role at one unit, on a day."""

    def post_one(role, unit, on=TODAY, username=""):
        return actor_of(hire(role, unit, username), on)

    return post_one


@pytest.fixture
def heir() -> Unit:
    return unit_by_code("14818", AFTER)


def test_a_role_gives_its_rights_at_its_unit_and_below(posted, quang_trung):
    actor = posted("officer", quang_trung)
    village = villages_of(quang_trung, THEN).first()
    assert actor.may(CHANGE, quang_trung)
    assert actor.may(CHANGE, village)
    assert not actor.may("staff.change", quang_trung)
    assert not actor.may("no.such_right", quang_trung)


def test_a_post_reaches_neither_above_nor_beside(posted, quang_trung, phu_son):
    actor = posted("officer", quang_trung)
    assert not actor.may(SEE, quang_trung.parent)
    assert not actor.may(SEE, quang_trung.parent.parent)
    assert not actor.may(SEE, phu_son)
    assert not actor.may(SEE, villages_of(phu_son, THEN).first())


def test_a_unit_whose_number_begins_alike_is_another_unit(posted, quang_trung):
    actor = posted("officer", quang_trung)
    look_alike = Unit(level=Level.COMMUNE, path=f"{quang_trung.path.rstrip('/')}7/")
    assert look_alike.path.startswith(quang_trung.path.rstrip("/"))
    assert not actor.may(SEE, look_alike)


def test_a_village_head_sees_the_village_alone(posted, quang_trung):
    first, second = villages_of(quang_trung, THEN)[:2]
    actor = posted("village_head", first)
    assert actor.may(SEE, first)
    assert not actor.may(SEE, second)
    assert not actor.may(SEE, quang_trung)
    assert not actor.may(CHANGE, first)
    assert actor.units_for("plans.see") == []


def test_a_district_sees_its_communes_and_changes_nothing(posted, quang_trung, phu_son):
    actor = posted("district_officer", quang_trung.parent)
    assert actor.may(SEE, quang_trung)
    assert actor.may(SEE, phu_son)
    assert not actor.may(CHANGE, quang_trung)


def test_the_successor_reaches_its_predecessors_but_not_its_siblings(posted, heir, quang_trung):
    actor = posted("officer", heir)
    ancestor = Succession.objects.filter(new=heir, kind="whole").exclude(old=quang_trung).first()
    sibling = unit_by_code("14812", AFTER)
    assert sibling.parent_id == heir.parent_id
    assert actor.may(CHANGE, quang_trung)
    assert actor.may(CHANGE, ancestor.old)
    assert not actor.may(SEE, sibling)


def test_a_part_taken_over_does_not_open_the_whole_predecessor(posted):
    part = Succession.objects.filter(kind="part").select_related("old", "new").first()
    actor = posted("officer", part.new)
    assert actor.may(SEE, part.new)
    assert not actor.may(SEE, part.old)


def test_the_whole_chain_before_a_unit_is_reached(posted, heir, quang_trung):
    before = unit_by_code("14818", date(2024, 1, 1))
    Succession.objects.create(
        old=before, new=quang_trung, kind="part-main", valid_from=date(2024, 11, 1)
    )
    Succession.objects.filter(old=before, new=heir).update(withdrawn=True)
    assert posted("officer", heir).may(CHANGE, before)
    Succession.objects.filter(old=before, new=quang_trung).update(kind="part")
    assert not posted("officer", heir, username="khac").may(SEE, before)


def test_an_officer_goes_on_working_when_the_xa_becomes_a_phuong(posted):
    commune = unit_by_code("25357", AFTER)
    for number, day in enumerate((date(2026, 4, 29), date(2026, 4, 30))):
        actor = posted("officer", commune, day, f"canbo.{number}")
        assert actor.may(CHANGE, commune)
        assert actor.may(CHANGE, unit_by_code("25357", THEN))


def test_a_province_of_today_reaches_the_provinces_it_was_made_of(posted):
    city = unit_by_code("75", AFTER, Level.PROVINCE)
    actor = posted("province_officer", city)
    assert actor.may(SEE, unit_by_code("25357", THEN))
    assert not actor.may(SEE, unit_by_code("14824", THEN))


def test_the_predecessor_does_not_reach_its_successor(posted, quang_trung, heir):
    assert not posted("officer", quang_trung).may(SEE, heir)


def test_a_holding_holds_from_its_first_to_its_last_day(hire, quang_trung):
    user = hire("officer", quang_trung)
    Holding.objects.filter(user=user).update(
        valid_from=date(2024, 5, 1), valid_to=date(2024, 5, 31)
    )
    assert not actor_of(user, date(2024, 4, 30)).may(SEE, quang_trung)
    assert actor_of(user, date(2024, 5, 1)).may(SEE, quang_trung)
    assert actor_of(user, date(2024, 5, 31)).may(SEE, quang_trung)
    assert not actor_of(user, date(2024, 6, 1)).may(SEE, quang_trung)


def test_a_post_not_begun_or_ended_gives_nothing(hire, quang_trung):
    user = hire("officer", quang_trung)
    Post.objects.filter(holdings__user=user).update(valid_from=TODAY, valid_to=TODAY)
    assert not actor_of(user, TODAY - timedelta(days=1)).may(SEE, quang_trung)
    assert actor_of(user, TODAY).may(SEE, quang_trung)
    assert not actor_of(user, TODAY + timedelta(days=1)).may(SEE, quang_trung)


def test_two_posts_add_up_and_keep_to_their_units(hire, quang_trung, phu_son):
    user = hire("officer", quang_trung)
    system = actor_of(user, TODAY)
    give_post(
        actor=_Owner(), user_id=user.pk, unit=phu_son, role="chairman", valid_from=date(2023, 1, 1)
    )
    actor = actor_of(user, TODAY)
    assert not system.may(SEE, phu_son)
    assert [unit.pk for unit in actor.units_for(SEE)] == [quang_trung.pk, phu_son.pk]
    assert actor.may(CHANGE, quang_trung)
    assert not actor.may(CHANGE, phu_son)
    assert actor.post_title == "Công chức Văn hóa – Xã hội"


def test_without_a_post_there_is_nothing(hire, quang_trung):
    user = hire("officer", quang_trung)
    Holding.objects.filter(user=user).update(valid_to=date(2022, 1, 2))
    actor = actor_of(user, TODAY)
    assert actor.units_for(SEE) == []
    assert actor.post_title == ""
    assert not Unit.objects.filter(within(actor.units_for(SEE), "")).exists()


@pytest.mark.parametrize(
    ("role", "basic", "sensitive", "id_tail"),
    [
        ("officer", True, True, True),
        ("chairman", True, True, True),
        ("finance_officer", True, False, False),
    ],
)
def test_a_role_sees_its_kinds_of_fields_at_its_place(
    posted, quang_trung, phu_son, role, basic, sensitive, id_tail
):
    actor = posted(role, quang_trung)
    seen = {
        kind: actor.sees_fields(kind, quang_trung) for kind in ("basic", "sensitive", "id_tail")
    }
    assert seen == {"basic": basic, "sensitive": sensitive, "id_tail": id_tail}
    assert not actor.sees_fields("basic", phu_son)


def test_a_village_head_does_not_see_the_id_tail(posted, quang_trung):
    village = villages_of(quang_trung, THEN).first()
    actor = posted("village_head", village)
    assert actor.sees_fields("sensitive", village)
    assert not actor.sees_fields("id_tail", village)


def test_every_role_stands_at_a_level_and_names_rights_of_rooms():
    for name, role in roles().items():
        assert role.level in Level.values, name
        assert role.rights, name
        assert all(right.count(".") == 1 for right in role.rights), name
        assert role.fields <= {"basic", "sensitive", "id_tail"}, name


class _Owner:
    """The machine's owner, who may give posts."""

    user_id, name, post_title, system_user = None, "hệ thống", "", "tests"

    def may(self, right, place):
        return True
