"""Posts in time: opened, held, handed over, ended; nobody gives more than she may."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from chungtay.acts.models import JournalLine
from chungtay.acts.refusing import NotAllowed, Refused
from chungtay.places.queries import unit_by_code, villages_of
from chungtay.staff.models import Holding, Post, User
from chungtay.staff.policy import actor_of, roles
from chungtay.staff.queries import keepers_of, leaves_nobody
from chungtay.staff.services import (
    NewAccount,
    PostInput,
    change_own_password,
    close_account,
    end_holding,
    end_post,
    hand_over,
    hold_post,
    open_post,
    set_password,
)
from chungtay.staff.services import (
    hire as hire_new,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]

FIRST, DAY, TODAY = date(2023, 1, 1), date(2024, 3, 1), date(2026, 3, 2)
TITLE = "Công chức VHXH phụ trách Lao động – Thương binh và Xã hội"
PASSWORD = "ruong-bac-thang-lua"


@pytest.fixture
def chairman(hire, quang_trung):
    return actor_of(hire("chairman", quang_trung), TODAY)


@pytest.fixture
def post(chairman, quang_trung) -> Post:
    post_id = open_post(
        actor=chairman, unit=quang_trung, given=PostInput("officer", TITLE, FIRST), key="k"
    )
    return Post.objects.select_related("unit").get(pk=post_id)


@pytest.fixture
def mai(hire, quang_trung) -> User:
    return hire("front", quang_trung, "mai")


def hold(actor, post, user, on=FIRST) -> Holding:
    pk = hold_post(actor=actor, post=post, user=user, valid_from=on)
    return Holding.objects.select_related("user", "post__unit").get(pk=pk)


def spells(post):
    rows = post.holdings.order_by("valid_from")
    return [(row.user.username, row.valid_from, row.valid_to) for row in rows]


def test_a_post_has_its_local_title_and_its_days(chairman, post, quang_trung):
    assert (post.role, post.title, post.valid_from) == ("officer", TITLE, FIRST)
    line = JournalLine.objects.get(act="staff.open_post")
    assert line.subject == f"post:{post.pk}"
    assert line.chain == quang_trung.chain
    with pytest.raises(Refused, match="đã có chức danh"):
        open_post(actor=chairman, unit=quang_trung, given=PostInput("officer", TITLE, FIRST))


def test_without_a_title_a_post_is_called_as_its_role_is_on_its_first_day(system, quang_trung):
    heir = unit_by_code("14818", TODAY)
    for unit, day, title in (
        (quang_trung, FIRST, "Công chức Văn hóa – Xã hội"),
        (heir, TODAY, "Công chức Phòng Văn hóa – Xã hội"),
    ):
        pk = open_post(actor=system, unit=unit, given=PostInput("officer", "", day))
        assert Post.objects.get(pk=pk).title == title


def test_a_post_of_an_office_that_was_closed_does_not_begin_after_it(system, quang_trung):
    district = quang_trung.parent
    late = date(2025, 7, 1)
    with pytest.raises(Refused, match="chỉ có đến hết ngày 30/06/2025"):
        open_post(actor=system, unit=district, given=PostInput("district_officer", "", late))
    open_post(actor=system, unit=district, given=PostInput("district_officer", "", FIRST))


def test_a_post_does_not_begin_after_its_unit_ended(system, quang_trung):
    with pytest.raises(Refused, match="Xã Quang Trung chỉ có đến hết ngày 30/06/2025"):
        open_post(actor=system, unit=quang_trung, given=PostInput("front", "", TODAY))


def test_a_post_ends_after_it_begins(system, quang_trung, post):
    backwards = PostInput("front", "", DAY, FIRST)
    with pytest.raises(Refused, match="trước ngày bắt đầu"):
        open_post(actor=system, unit=quang_trung, given=backwards)
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.filter(pk=post.pk).update(valid_to=FIRST - timedelta(days=1))


def test_a_hand_over_ends_the_old_the_day_before_the_new_begins(chairman, post, mai, hire):
    lan = hire("front", post.unit, "lan")
    held = hold(chairman, post, mai)
    hand_over(actor=chairman, holding=held, user=lan, on=DAY, key="once")
    hand_over(actor=chairman, holding=held, user=lan, on=DAY, key="once")
    assert spells(post) == [("mai", FIRST, DAY - timedelta(days=1)), ("lan", DAY, None)]
    assert actor_of(mai, DAY - timedelta(days=1)).may("households.change", post.unit)
    assert not actor_of(mai, DAY).may("households.change", post.unit)
    assert actor_of(lan, DAY).may("households.change", post.unit)
    line = JournalLine.objects.get(act="staff.hand_over")
    assert line.subject == f"user:{lan.pk}"


@pytest.mark.parametrize("day", [FIRST, FIRST - timedelta(days=1)])
def test_a_hand_over_is_after_the_first_day(chairman, post, mai, hire, day):
    held = hold(chairman, post, mai)
    with pytest.raises(Refused, match=r"bàn giao phải sau ngày đó|không có vào ngày"):
        hand_over(actor=chairman, holding=held, user=hire("front", post.unit, "lan"), on=day)
    with pytest.raises(Refused, match="phải là người khác"):
        hand_over(actor=chairman, holding=held, user=mai, on=DAY)


def test_somebody_who_left_may_come_back(chairman, post, mai, hire):
    lan = hire("front", post.unit, "lan")
    hand_over(actor=chairman, holding=hold(chairman, post, mai), user=lan, on=DAY)
    again = Holding.objects.select_related("user", "post__unit").get(post=post, user=lan)
    hand_over(actor=chairman, holding=again, user=mai, on=DAY + timedelta(days=30))
    assert [row[0] for row in spells(post)] == ["mai", "lan", "mai"]


def test_the_database_refuses_one_person_twice_in_one_post_on_a_day(chairman, post, mai):
    hold(chairman, post, mai)
    Holding.objects.filter(post=post).update(valid_to=DAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Holding.objects.create(post=post, user=mai, valid_from=DAY, valid_to=DAY)
    later = Holding.objects.create(post=post, user=mai, valid_from=DAY + timedelta(days=1))
    with pytest.raises(IntegrityError), transaction.atomic():
        Holding.objects.filter(pk=later.pk).update(valid_from=DAY)


@given(
    first=st.integers(0, 40),
    length=st.integers(0, 20),
    begin=st.integers(0, 60),
    open_end=st.booleans(),
)
def test_two_holdings_never_share_a_day(first, length, begin, open_end):
    """Whatever two spells are asked for, the database keeps both only if they share no day."""
    unit = unit_by_code("14824", FIRST)
    with transaction.atomic():
        post = Post.objects.create(unit=unit, role="front", title="thử")
        user = User.objects.create_user("thu", "Hà Thử", "x")
        start = FIRST + timedelta(days=first)
        end = start + timedelta(days=length)
        Holding.objects.create(post=post, user=user, valid_from=start, valid_to=end)
        second = FIRST + timedelta(days=begin)
        until = None if open_end else second
        shares = second <= end and (until is None or until >= start)
        try:
            with transaction.atomic():
                Holding.objects.create(post=post, user=user, valid_from=second, valid_to=until)
            kept = True
        except IntegrityError:
            kept = False
        assert kept == (not shares)
        transaction.set_rollback(True)


def test_ending_a_post_ends_what_is_held_of_it(chairman, post, mai):
    hold(chairman, post, mai)
    assert end_post(actor=chairman, post=post, on=DAY) == 1
    assert spells(post) == [("mai", FIRST, DAY)]
    assert not actor_of(mai, DAY + timedelta(days=1)).may("households.see", post.unit)
    with pytest.raises(Refused, match="không có vào ngày"):
        hold(chairman, post, mai, DAY + timedelta(days=1))


def test_a_post_does_not_end_before_somebody_begins(chairman, post, mai):
    hold(chairman, post, mai, DAY)
    with pytest.raises(Refused, match="còn được giữ từ ngày 01/03/2024"):
        end_post(actor=chairman, post=post, on=FIRST)


@pytest.mark.parametrize(
    ("day", "said"), [(FIRST, "phải từ ngày đó trở đi"), (None, "đã thôi giữ")]
)
def test_a_holding_does_not_end_before_it_begins_nor_twice(chairman, post, mai, day, said):
    held = hold(chairman, post, mai, DAY)
    if day is None:
        end_holding(actor=chairman, holding=held, on=DAY)
    with pytest.raises(Refused, match=said):
        end_holding(actor=chairman, holding=held, on=day or DAY + timedelta(days=9))


# Nobody gives more than she may


def test_nobody_gives_a_post_to_herself(chairman, post):
    own = User.objects.get(pk=chairman.user_id)
    with pytest.raises(Refused, match="Không ai tự giao"):
        hold_post(actor=chairman, post=post, user=own, valid_from=FIRST)
    assert not post.holdings.exists()


@pytest.mark.parametrize("role", ["chairman", "officer"])
def test_a_district_gives_its_communes_a_chairman_and_no_officer(hire, quang_trung, role):
    actor = actor_of(hire("district_officer", quang_trung.parent), TODAY)
    asked = PostInput(role, "", FIRST)
    if role == "chairman":
        assert open_post(actor=actor, unit=quang_trung, given=asked)
    else:
        with pytest.raises(Refused, match="không do tài khoản này giao"):
            open_post(actor=actor, unit=quang_trung, given=asked)


@pytest.mark.parametrize("role", ["officer", "vice_chairman", "finance_officer", "front"])
def test_who_may_not_change_staff_changes_none(hire, quang_trung, post, mai, role):
    actor = actor_of(hire(role, quang_trung, "ai-do"), TODAY)
    with pytest.raises(NotAllowed):
        open_post(actor=actor, unit=quang_trung, given=PostInput("front", "x", FIRST))
    with pytest.raises(NotAllowed):
        hold_post(actor=actor, post=post, user=mai, valid_from=FIRST)
    with pytest.raises(NotAllowed):
        set_password(actor=actor, user=mai, unit=quang_trung, password=PASSWORD)


def test_the_chairman_next_door_changes_nobody(hire, quang_trung, phu_son, post, mai):
    actor = actor_of(hire("chairman", phu_son), TODAY)
    held = Holding.objects.select_related("user", "post__unit").get(user=mai)
    for act in (
        lambda: hold_post(actor=actor, post=post, user=mai, valid_from=FIRST),
        lambda: end_holding(actor=actor, holding=held, on=DAY),
        lambda: end_post(actor=actor, post=post, on=DAY),
        lambda: set_password(actor=actor, user=mai, unit=quang_trung, password=PASSWORD),
        lambda: close_account(actor=actor, user=mai, unit=quang_trung, on=DAY),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_an_account_with_a_post_of_elsewhere_is_not_ones_to_keep(chairman, system, phu_son, mai):
    pk = open_post(actor=system, unit=phu_son, given=PostInput("front", "", FIRST))
    hold_post(actor=system, post=Post.objects.get(pk=pk), user=mai, valid_from=FIRST)
    with pytest.raises((Refused, NotAllowed)):
        set_password(
            actor=chairman, user=mai, unit=chairman.units_for("staff.change")[0], password=PASSWORD
        )


def test_no_role_gives_a_right_it_was_not_meant_to():
    """A role gives posts of its own level, of the level below, or of a commune's chair."""
    levels = ["province", "district", "commune", "village"]
    for key, role in roles().items():
        assert role.gives <= set(roles()), key
        assert not role.gives or "staff.change" in role.rights, key
        for given_key in role.gives:
            given_role = roles()[given_key]
            assert levels.index(given_role.level) >= levels.index(role.level), (key, given_key)
            if "staff.change" in given_role.rights:
                assert given_key == key or role.level in ("district", "province"), (key, given_key)


# Accounts


def test_a_new_account_comes_with_its_post_or_not_at_all(chairman, post):
    good = NewAccount("lo.moi", "Lò Thị Mới", PASSWORD)
    hire_new(actor=chairman, post=post, given=good, valid_from=FIRST)
    user = User.objects.get(username="lo.moi")
    assert user.must_change_password
    assert Holding.objects.get(user=user).post == post
    outside = FIRST - timedelta(days=1)
    with pytest.raises(Refused):
        hire_new(
            actor=chairman,
            post=post,
            given=NewAccount("lo.hai", "Lò Thị Hai", PASSWORD),
            valid_from=outside,
        )
    assert not User.objects.filter(username="lo.hai").exists()


def test_one_changes_ones_own_password_with_the_old_one(mai):
    User.objects.filter(pk=mai.pk).update(must_change_password=True)
    mai.refresh_from_db()
    with pytest.raises(Refused, match="không đúng"):
        change_own_password(user=mai, old="sai-roi", new=PASSWORD)
    with pytest.raises(Refused, match="trùng"):
        change_own_password(user=mai, old="mua-thuan-gio-hoa", new="mua-thuan-gio-hoa")
    with pytest.raises(Refused, match="ít nhất 8"):
        change_own_password(user=mai, old="mua-thuan-gio-hoa", new="ngan")
    change_own_password(user=mai, old="mua-thuan-gio-hoa", new=PASSWORD)
    mai.refresh_from_db()
    assert mai.check_password(PASSWORD)
    assert not mai.must_change_password
    line = JournalLine.objects.get(act="staff.change_own_password")
    assert line.actor_id == mai.pk
    assert PASSWORD not in line.details


def test_the_last_who_can_change_the_staff_is_known(chairman, hire, quang_trung):
    own = User.objects.get(pk=chairman.user_id)
    assert leaves_nobody(quang_trung, own, TODAY)
    other = hire("chairman", quang_trung, "chu-tich-hai")
    assert keepers_of(quang_trung, TODAY) == {own.pk, other.pk}
    assert not leaves_nobody(quang_trung, own, TODAY)
    User.objects.filter(pk=other.pk).update(is_active=False)
    assert leaves_nobody(quang_trung, own, TODAY)


def test_a_village_post_is_given_by_the_commune(chairman, quang_trung, mai):
    village = villages_of(quang_trung, FIRST).first()
    pk = open_post(
        actor=chairman, unit=village, given=PostInput("village_head", "Trưởng thôn", FIRST)
    )
    hold(chairman, Post.objects.select_related("unit").get(pk=pk), mai)
    assert actor_of(mai, TODAY).may("households.see", village)
