"""The door: logging in and out, the idle lock, place and year, headers on every answer."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse

from chungtay import urls
from chungtay.staff.models import Holding
from chungtay.staff.services import give_post
from chungtay.web import doors
from tests.conftest import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.database]

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/x",
    "javascript:alert(1)",
    "http:evil.example",
]


def send(client, user, password=PASSWORD, **more):
    return client.post(reverse("login"), {"username": user.username, "password": password, **more})


# ---- logging in ----


def test_a_wrong_word_is_answered_without_saying_which(client, officer):
    wrong_password = send(client, officer, "khong-phai-no")
    officer.username = "khong.co.ai"
    wrong_name = send(client, officer)
    for answer in (wrong_password, wrong_name):
        page = answer.content.decode()
        assert answer.status_code == 401
        assert "Tên đăng nhập hoặc mật khẩu không đúng" in page
        assert "<title>Lỗi: Đăng nhập" in page
        assert "khong-phai-no" not in page
        assert PASSWORD not in page
    assert 'value="khong.co.ai"' in wrong_name.content.decode()


def test_the_right_words_lead_to_the_first_page_with_a_new_session(client, officer):
    client.get(reverse("login"))
    answer = send(client, officer)
    assert (answer.status_code, answer.url) == (302, "/")
    assert "Hôm nay" in client.get("/").content.decode()


def test_one_who_is_in_is_not_asked_again(client_of, officer):
    answer = client_of(officer).get(reverse("login"))
    assert (answer.status_code, answer.url) == (302, "/")


def test_the_way_on_stays_in_the_house(client, officer):
    assert send(client, officer, next="/ke-hoach").url == "/ke-hoach"


@pytest.mark.parametrize("target", ELSEWHERE)
def test_the_way_on_never_leaves_the_house(client, officer, target):
    assert send(client, officer, next=target).url == "/"


def test_a_stranger_is_sent_to_the_login_and_back(client, quang_trung):
    answer = client.get(reverse("register"))
    assert answer.status_code == 302
    assert answer.url == "/dang-nhap?next=/ho"
    part = client.get(reverse("register"), headers={"HX-Request": "true"})
    assert (part.status_code, part.headers["HX-Redirect"]) == (204, "/dang-nhap")


def test_an_account_closed_or_without_a_post_sees_nothing(client, officer, client_of):
    held = client_of(officer)
    Holding.objects.filter(user=officer).update(valid_to="2022-06-30")
    assert held.get("/").status_code == 404
    officer.is_active = False
    officer.save()
    assert send(client, officer).status_code == 401


@pytest.mark.parametrize("username", ["a\0b", "x" * 300, "", "Hà Thị\u202eMận"])
def test_odd_usernames_are_wrong_ones(client, quang_trung, username):
    answer = client.post(reverse("login"), {"username": username, "password": "x"})
    assert answer.status_code == 401


def test_a_form_without_its_token_is_refused_with_a_page(officer):
    strict = Client(enforce_csrf_checks=True)
    answer = send(strict, officer)
    assert answer.status_code == 403
    assert "<h1>" in answer.content.decode()


def test_a_new_password_closes_the_old_sessions(client_of, officer):
    held = client_of(officer)
    assert held.get("/").status_code == 200
    officer.set_password("mot-mat-khau-khac")
    officer.save()
    assert held.get("/").status_code == 302


# ---- the idle lock and the way out ----


def test_a_session_nobody_uses_closes_and_says_so(officer, client_of):
    with time_machine.travel(NOW, tick=False) as clock:
        held = client_of(officer)
        held.get("/")
        clock.shift(timedelta(minutes=settings.IDLE_MINUTES, seconds=-1))
        assert held.get("/").status_code == 200
        clock.shift(timedelta(minutes=settings.IDLE_MINUTES, seconds=1))
        assert held.get("/ke-hoach").url == "/dang-nhap?next=/ke-hoach"
        assert "lâu không thao tác" in held.get("/dang-nhap").content.decode()
        assert "lâu không thao tác" not in held.get("/dang-nhap").content.decode()


def test_one_who_works_stays_in(officer, client_of):
    with time_machine.travel(NOW, tick=False) as clock:
        held = client_of(officer)
        for _ in range(4):
            assert held.get("/").status_code == 200
            clock.shift(timedelta(minutes=settings.IDLE_MINUTES - 1))


def test_logging_out_lets_the_browser_forget(officer, client_of):
    held = client_of(officer)
    assert held.get(reverse("logout")).status_code == 405
    answer = held.post(reverse("logout"))
    assert (answer.status_code, answer.url) == (302, "/dang-nhap")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert held.get("/").status_code == 302


# ---- headers ----


@pytest.mark.parametrize("address", ["/", "/dang-nhap", "/khong-co", "/ke-hoach"])
def test_every_answer_carries_the_safe_headers(officer, client_of, address):
    for browser in (client_of(officer), Client()):
        headers = browser.get(address).headers
        policy = headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
        assert "unsafe" not in policy
        assert "http" not in policy
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert headers["Cache-Control"] == "no-store"


def test_cookies_are_closed_to_scripts_and_other_sites(client, officer):
    send(client, officer)
    session = client.cookies["chungtay"]
    assert session["httponly"]
    assert session["samesite"] == "Lax"
    assert session["max-age"] == ""


# ---- place and year ----


def test_a_year_is_chosen_and_kept(client_of, officer):
    held = client_of(officer)
    assert held.get(reverse("choose"), {"year": "2024"}).url == "/"
    assert "năm 2024" in held.get("/").content.decode()
    assert held.session["year"] == 2024


@pytest.mark.parametrize("year", ["1999", "20231", "9999", "hai nghìn", "²⁰²³", "-1", "２０２３"])
def test_a_year_there_is_not_is_told_and_changes_nothing(client_of, officer, year):
    held = client_of(officer)
    held.get(reverse("choose"), {"year": year})
    assert held.session["year"] == 2023
    assert "Năm này không xem được. Chọn từ 2016 đến" in held.get("/").content.decode()


@pytest.mark.parametrize("place", ["{phu_son}", "0", "x", ""])
def test_a_place_not_ones_own_is_passed_over(client_of, officer, phu_son, quang_trung, place):
    held = client_of(officer)
    held.get(reverse("choose"), {"place": place.format(phu_son=phu_son.pk)})
    page = held.get("/").content.decode()
    assert "Xã Quang Trung" in page
    assert "Phú Sơn" not in page


def test_one_with_two_posts_changes_between_them(client_of, officer, phu_son, quang_trung, system):
    give_post(
        actor=system,
        user_id=officer.pk,
        unit=phu_son,
        role="officer",
        valid_from=datetime(2023, 1, 1, tzinfo=UTC).date(),
    )
    held = client_of(officer)
    assert "Xã Quang Trung năm 2023" in held.get("/").content.decode()
    held.get(reverse("choose"), {"place": phu_son.pk})
    assert "Phường Phú Sơn năm" in held.get("/").content.decode()


def test_a_missing_page_and_a_foreign_one_answer_alike(client_of, officer):
    held = client_of(officer)
    missing = held.get("/khong-co-trang-nay")
    foreign = held.get(reverse("plan_page", args=[987654]))
    assert missing.status_code == foreign.status_code == 404
    assert _without_token(missing) == _without_token(foreign)


def _without_token(answer):
    return re.sub(r"[A-Za-z0-9]{64}", "", answer.content.decode())


# ---- pages of refusal ----


def test_a_wrong_method_is_answered_with_a_page(client_of, officer):
    for browser, method, name in (
        (client_of(officer), "get", "register_search"),
        (client_of(officer), "put", "register"),
        (Client(), "put", "login"),
        (client_of(officer), "get", "logout"),
    ):
        answer = getattr(browser, method)(reverse(name))
        assert answer.status_code == 405
        assert answer["Allow"]
        assert "Không mở được theo cách này" in answer.content.decode()


def test_a_host_that_is_not_ours_is_answered_in_vietnamese(db):
    answer = Client().get(reverse("login"), headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert "Yêu cầu không đọc được" in answer.content.decode()


def test_a_refusal_of_the_server_is_answered_in_vietnamese(rf):
    answer = doors.forbidden(rf.get("/"), PermissionError())
    assert answer.status_code == 403
    assert "Không làm được việc này" in answer.content.decode()
    assert urls.handler403 is doors.forbidden


def test_only_a_page_that_can_be_opened_again_is_returned_to(db):
    assert Client().get(reverse("register")).url == "/dang-nhap?next=/ho"
    assert Client().post(reverse("register_search")).url == "/dang-nhap"


def test_a_form_that_meets_a_closed_session_is_carried_through_the_login(officer, client):
    sent = client.post(reverse("plan"), {"reason": "Con cả có việc làm", "key": "k1"})
    page = sent.content.decode()
    assert sent.status_code == 401
    assert 'name="kept:reason" value="Con cả có việc làm"' in page
    wrong = {"username": officer.username, "password": "sai", "kept_path": reverse("plan")}
    again = client.post(reverse("login"), wrong | {"kept:reason": "Con cả có việc làm"})
    assert 'name="kept:reason" value="Con cả có việc làm"' in again.content.decode()
    right = wrong | {"password": PASSWORD, "kept:reason": "Con cả có việc làm"}
    back = client.post(reverse("login"), right).content.decode()
    assert f'action="{reverse("plan")}"' in back
    assert 'name="reason" value="Con cả có việc làm"' in back
    assert PASSWORD not in back


def test_a_waiting_form_goes_to_this_program_only(officer, client):
    right = {"username": officer.username, "password": PASSWORD, "kept_path": "//evil.example/x"}
    assert client.post(reverse("login"), right | {"kept:a": "b"}).status_code == 302
