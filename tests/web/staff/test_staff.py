"""The desk of people and roles: lists, acts asked twice, one-time passwords, one's own account."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from chungtay.acts.models import JournalLine
from chungtay.staff.models import Holding, Post, User
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db

SECRET = re.compile(r'<dd class="big">([a-z0-9-]+)</dd>')
FIRST = {"begins_day": "1", "begins_month": "2", "begins_year": "2023"}
NEW = {"who": "new", "full_name": "Lò Thị Mới", "username": "lo.moi", **FIRST}


@pytest.fixture
def chairman(hire, quang_trung):
    return hire("chairman", quang_trung, "chu.tich")


@pytest.fixture
def desk(chairman, client_of) -> Client:
    return client_of(chairman)


@pytest.fixture
def front(hire, quang_trung) -> Holding:
    user = hire("front", quang_trung, "mat.tran")
    return Holding.objects.select_related("post", "user").get(user=user)


def text(answer) -> str:
    return answer.content.decode()


def test_the_list_names_posts_and_who_holds_them(desk, front, officer):
    page = text(desk.get(reverse("staff")))
    assert "Ủy ban Mặt trận Tổ quốc" in page
    assert "Công chức Văn hóa – Xã hội" in page
    assert reverse("staff_post", args=[front.post_id]) in page
    assert "Mở chức danh" in page


def test_the_officer_sees_and_changes_nothing(client_of, officer, front):
    held = client_of(officer)
    assert "Mở chức danh" not in text(held.get(reverse("staff")))
    page = text(held.get(reverse("staff_post", args=[front.post_id])))
    assert "Bàn giao" not in page.replace("bàn giao", "")
    assert held.get(reverse("staff_give", args=[front.post_id])).status_code == 404


def test_the_outsider_finds_neither_post_nor_person(client_of, outsider, hire, phu_son, front):
    for user in (outsider, hire("chairman", phu_son)):
        held = client_of(user)
        assert "mat.tran" not in text(held.get(reverse("staff")))
        for name, key in (
            ("staff_post", front.post_id),
            ("staff_hand_over", front.pk),
            ("staff_password", front.user_id),
        ):
            assert held.get(reverse(name, args=[key])).status_code == 404


def test_a_post_is_opened_with_its_local_title(desk, quang_trung):
    form = {
        "role": "womens_union",
        "title": "Chủ tịch Hội Liên hiệp Phụ nữ xã",
        "key": "k",
        **FIRST,
    }
    answer = desk.post(reverse("staff_open"), form, follow=True)
    assert "Chủ tịch Hội Liên hiệp Phụ nữ xã" in text(answer)
    post = Post.objects.get(title="Chủ tịch Hội Liên hiệp Phụ nữ xã")
    assert (post.unit_id, post.valid_from) == (quang_trung.pk, date(2023, 2, 1))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"role": ""}, "Hãy chọn vai trò"),
        ({"role": "chairman"}, "Hãy chọn vai trò"),
        ({"role": "village_head"}, "hãy chọn thôn, tổ"),
        ({"begins_day": "31"}, "không có thật"),
        ({"begins_year": ""}, "cần năm đủ bốn chữ số"),
        ({"ends_day": "1", "ends_month": "1", "ends_year": "2020"}, "trước ngày bắt đầu"),
        ({"ends_year": "2030"}, "Hãy ghi đủ ngày, tháng, năm"),
    ],
)
def test_a_wrong_post_is_told_and_nothing_typed_is_lost(desk, changed, said):
    form = {"role": "front", "title": "Mặt trận của xã", **FIRST, **changed}
    answer = desk.post(reverse("staff_open"), form)
    assert answer.status_code == 422
    assert said in text(answer)
    assert 'value="Mặt trận của xã"' in text(answer)
    assert not Post.objects.filter(title="Mặt trận của xã").exists()


def test_a_new_person_gets_a_password_shown_once(desk, front):
    url = reverse("staff_give", args=[front.post_id])
    check = desk.post(url, NEW)
    assert "Kiểm tra trước khi giao" in text(check)
    assert "Lò Thị Mới" in text(check)
    assert not User.objects.filter(username="lo.moi").exists()
    done = desk.post(url, {**NEW, "sure": "1", "key": "k"})
    (password,) = SECRET.findall(text(done))
    user = User.objects.get(username="lo.moi")
    assert user.check_password(password)
    assert user.must_change_password
    assert password not in text(desk.get(reverse("staff_post", args=[front.post_id])))
    assert not JournalLine.objects.filter(details__contains=password).exists()
    again = desk.post(url, {**NEW, "sure": "1", "key": "k"})
    assert again.status_code == 422
    assert "đã có người dùng" in text(again)


def test_a_first_login_leads_to_a_password_of_ones_own(desk, front):
    done = desk.post(reverse("staff_give", args=[front.post_id]), {**NEW, "sure": "1", "key": "k"})
    (password,) = SECRET.findall(text(done))
    hers = Client()
    hers.post(reverse("login"), {"username": "lo.moi", "password": password})
    for path in (reverse("today"), reverse("plan")):
        assert hers.get(path).url == reverse("account")
    page = text(hers.get(reverse("account")))
    assert "chỉ dùng cho lần đăng nhập đầu" in page
    form = {"old": password, "new": "nuoc-song-ma-xanh", "again": "nuoc-song-ma-xanh"}
    assert hers.post(reverse("account"), form).url == reverse("today")
    assert hers.get(reverse("today")).status_code == 200


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"full_name": ""}, "Hãy ghi họ và tên"),
        ({"username": "Lò Mới"}, "chữ thường không dấu"),
        ({"username": "mat.tran"}, "đã có người dùng"),
        ({"who": "known", "username": "khong.ai"}, "Không có tài khoản nào"),
        ({"who": "999999"}, "Không có tài khoản nào"),
        ({"begins_year": "20233"}, "cần năm đủ bốn chữ số"),
    ],
)
def test_a_wrong_holder_is_told_and_nothing_typed_is_lost(desk, front, changed, said):
    answer = desk.post(reverse("staff_give", args=[front.post_id]), NEW | changed)
    assert answer.status_code == 422
    assert said in text(answer)


def test_a_hand_over_names_both_and_their_days(desk, front, officer, chairman):
    form = {"who": str(officer.pk), **FIRST}
    url = reverse("staff_hand_over", args=[front.pk])
    check = text(desk.post(url, form))
    assert "đến hết ngày 31/01/2023" in check
    assert front.post.holdings.count() == 1
    answer = desk.post(url, {**form, "sure": "1", "key": "k"}, follow=True)
    assert "Đã giao chức danh" in text(answer)
    assert front.post.holdings.count() == 2


def test_what_is_refused_is_said_before_anybody_is_asked(desk, front, officer):
    form = {"who": str(officer.pk), "begins_day": "1", "begins_month": "1", "begins_year": "2020"}
    answer = desk.post(reverse("staff_hand_over", args=[front.pk]), form)
    assert answer.status_code == 422
    assert "bàn giao phải sau ngày đó" in text(answer)


def test_somebody_of_elsewhere_is_named_by_her_username(desk, front, outsider):
    form = {"who": "known", "username": outsider.username, **FIRST, "sure": "1", "key": "k"}
    assert desk.post(reverse("staff_give", args=[front.post_id]), form).status_code == 302
    assert front.post.holdings.filter(user=outsider).exists()


def test_the_last_who_can_change_the_staff_is_warned(desk, chairman, hire, quang_trung):
    own = Holding.objects.get(user=chairman)
    ends = {"ends_day": "1", "ends_month": "2", "ends_year": "2024"}
    url = reverse("staff_release", args=[own.pk])
    assert "người cuối cùng" in text(desk.post(url, ends))
    hire("chairman", quang_trung, "chu.tich.hai")
    assert "người cuối cùng" not in text(desk.post(url, ends))
    own.refresh_from_db()
    assert own.valid_to is None


def test_a_post_is_ended_after_it_was_asked_twice(desk, front):
    ends = {"ends_day": "1", "ends_month": "2", "ends_year": "2024"}
    url = reverse("staff_end", args=[front.post_id])
    assert "Kết thúc chức danh" in text(desk.post(url, ends))
    front.refresh_from_db()
    assert front.valid_to is None
    desk.post(url, {**ends, "sure": "1", "key": "k"})
    front.refresh_from_db()
    assert front.valid_to == date(2024, 2, 1)


def test_a_new_password_ends_the_old_one_and_asks_for_ones_own(desk, front, client_of):
    hers = client_of(front.user)
    url = reverse("staff_password", args=[front.user_id])
    assert "Cấp mật khẩu mới" in text(desk.post(url))
    (password,) = SECRET.findall(text(desk.post(url, {"sure": "1"})))
    front.user.refresh_from_db()
    assert front.user.check_password(password)
    assert not front.user.check_password(PASSWORD)
    assert hers.get(reverse("today")).status_code == 302


def test_an_account_is_closed_and_its_posts_end(desk, front):
    url = reverse("staff_close", args=[front.user_id])
    assert "Đang giữ" in text(desk.get(url))
    desk.post(url, {"sure": "1", "key": "k"})
    front.user.refresh_from_db()
    assert not front.user.is_active
    assert "tài khoản đã đóng" in text(desk.get(reverse("staff_post", args=[front.post_id])))


def test_ones_own_account_is_not_closed_here(desk, chairman):
    answer = desk.post(reverse("staff_close", args=[chairman.pk]), {"sure": "1"}, follow=True)
    assert "không đóng được ở đây" in text(answer)
    chairman.refresh_from_db()
    assert chairman.is_active


def test_a_changed_password_keeps_this_session_and_ends_the_others(client_of, officer):
    here, there = client_of(officer), client_of(officer)
    form = {"old": PASSWORD, "new": "nuoc-song-ma-xanh", "again": "nuoc-song-ma-xanh"}
    assert here.post(reverse("account"), form).status_code == 302
    assert here.get(reverse("account")).status_code == 200
    assert there.get(reverse("account")).status_code == 302


def test_two_ways_of_typing_it_change_nothing(client_of, officer):
    form = {"old": PASSWORD, "new": "nuoc-song-ma-xanh", "again": "nuoc-song-ma"}
    answer = client_of(officer).post(reverse("account"), form)
    assert answer.status_code == 422
    assert "không giống nhau" in text(answer)
    officer.refresh_from_db()
    assert officer.check_password(PASSWORD)


def test_a_role_is_called_by_its_name_of_the_time(desk, hire, quang_trung):
    user = hire("officer", quang_trung, "can.bo")
    post = Post.objects.get(holdings__user=user)
    page = text(desk.get(reverse("staff_post", args=[post.pk])))
    assert "trước 1/7/2025" in page
    assert "Công chức Phòng Văn hóa – Xã hội" in page
