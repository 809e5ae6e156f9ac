"""Accounts: opened by an act, their passwords kept hard and never plain."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from chungtay.acts.models import JournalLine
from chungtay.acts.refusing import NotAllowed, Refused
from chungtay.places.queries import villages_of
from chungtay.staff.models import Holding, User
from chungtay.staff.services import give_post, open_account, set_password

pytestmark = [pytest.mark.django_db, pytest.mark.database]

PASSWORD = "dong-ruong-xanh-mat"


def open_one(system, unit, username="binh", password=PASSWORD):
    return open_account(
        actor=system, unit=unit, username=username, full_name="Lê Bình", password=password
    )


def test_a_password_is_kept_as_argon2id_with_the_agreed_cost(system, quang_trung):
    user = User.objects.get(pk=open_one(system, quang_trung))
    assert user.password.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert PASSWORD not in user.password
    assert check_password(PASSWORD, user.password)


def test_opening_an_account_leaves_a_line_without_the_password(system, quang_trung):
    pk = open_one(system, quang_trung)
    line = JournalLine.objects.get(act="staff.open_account", subject=f"user:{pk}")
    assert line.chain == quang_trung.chain
    assert PASSWORD not in line.details
    assert '"username":"binh"' in line.details


def test_a_username_stands_once(system, quang_trung):
    open_one(system, quang_trung)
    with pytest.raises(Refused, match="Tên đăng nhập binh đã có người dùng"):
        open_one(system, quang_trung)


@pytest.mark.parametrize(
    "password", ["ngan", "matkhau123", "Mật khẩu 123", "password1", "xxbinhxx"]
)
def test_a_weak_password_opens_no_account(system, quang_trung, password):
    with pytest.raises(Refused, match="Mật khẩu"):
        open_one(system, quang_trung, password=password)
    assert not User.objects.filter(username="binh").exists()


def test_a_weak_password_does_not_replace_a_good_one(system, quang_trung):
    user = User.objects.get(pk=open_one(system, quang_trung))
    with pytest.raises(Refused, match="ít nhất 8 ký tự"):
        set_password(actor=system, user=user, unit=quang_trung, password="ngan")
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_a_new_password_replaces_the_old_and_leaves_a_line(system, quang_trung):
    user = User.objects.get(pk=open_one(system, quang_trung))
    set_password(actor=system, user=user, unit=quang_trung, password="song-ma-mua-nuoc")
    user.refresh_from_db()
    assert user.check_password("song-ma-mua-nuoc")
    assert not user.check_password(PASSWORD)
    assert JournalLine.objects.filter(act="staff.set_password", subject=f"user:{user.pk}").exists()


def test_an_officer_opens_no_accounts(officer, acting, quang_trung):
    with pytest.raises(NotAllowed):
        open_one(acting(officer), quang_trung)
    assert not User.objects.filter(username="binh").exists()


@pytest.mark.parametrize("role", ["village_head", "district_officer", "emperor"])
def test_a_role_of_another_level_is_refused(system, officer, quang_trung, role):
    with pytest.raises(Refused, match=f"Vai trò {role} không có ở cấp của Xã Quang Trung"):
        give_post(
            actor=system,
            user_id=officer.pk,
            unit=quang_trung,
            role=role,
            valid_from=date(2023, 1, 1),
        )


def test_the_same_post_is_held_once_at_a_time(system, officer, quang_trung):
    with pytest.raises(Refused, match="đang giữ"):
        give_post(
            actor=system,
            user_id=officer.pk,
            unit=quang_trung,
            role="officer",
            valid_from=date(2024, 1, 1),
        )


def test_the_database_refuses_two_open_holdings_and_one_that_ends_before_it_begins(officer):
    held = Holding.objects.get(user=officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Holding.objects.create(post=held.post, user=officer, valid_from=date(2024, 1, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        Holding.objects.filter(pk=held.pk).update(valid_to=date(2021, 1, 1))


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("bảy_chữ", "password_too_short"),
        ("matkhau123", "password_too_common"),
        ("MẬT KHẨU 123", "password_too_common"),
        ("password123", "password_too_common"),
        ("canbo.quangtrung-7", "password_is_name"),
        ("Hà Thị Mận 1980", "password_is_name"),
    ],
)
def test_a_password_is_refused_with_its_reason(hire, quang_trung, password, code):
    user = hire("officer", quang_trung, "canbo.quangtrung")
    with pytest.raises(ValidationError) as refused:
        validate_password(password, user)
    assert code in {error.code for error in refused.value.error_list}


def test_a_long_password_of_several_words_is_taken(officer):
    validate_password("ruộng bậc thang mùa lúa chín", officer)


def test_a_village_head_is_hired_at_a_village(hire, quang_trung):
    village = villages_of(quang_trung, date(2023, 1, 1)).first()
    user = hire("village_head", village)
    assert Holding.objects.get(user=user).post.unit == village
