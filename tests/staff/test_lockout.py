"""Wrong passwords: five tries, then a lock that grows with each further wrong one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from axes.models import AccessAttempt
from django.test import Client
from django.urls import reverse

from tests.conftest import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.database]

START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
LOGGED_IN, WRONG, LOCKED = 302, 401, 429


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as travelled:
        yield travelled


def attempt(username, password, **more):
    return Client(**more).post(reverse("login"), {"username": username, "password": password})


def fail(user, times=1, **more):
    return [attempt(user.username, "sai-roi-sai-roi", **more).status_code for _ in range(times)]


def test_the_fifth_wrong_try_locks_with_a_sentence(clock, officer):
    assert fail(officer, 4) == [WRONG] * 4
    answer = attempt(officer.username, "sai-roi-sai-roi")
    assert answer.status_code == LOCKED
    page = answer.content.decode()
    assert "Hãy đợi 1 phút rồi thử lại" in page
    assert 'name="password"' in page


def test_the_right_password_does_not_open_a_lock(clock, officer):
    fail(officer, 5)
    assert attempt(officer.username, PASSWORD).status_code == LOCKED
    clock.shift(timedelta(seconds=59))
    assert attempt(officer.username, PASSWORD).status_code == LOCKED
    clock.shift(timedelta(seconds=2))
    assert attempt(officer.username, PASSWORD).status_code == LOGGED_IN


@pytest.mark.parametrize(("further", "minutes"), [(1, 5), (2, 15), (3, 60), (4, 240), (5, 240)])
def test_each_further_wrong_try_locks_for_longer(clock, officer, further, minutes):
    fail(officer, 5)
    for _ in range(further):
        clock.shift(timedelta(hours=4, seconds=1))
        answer = attempt(officer.username, "sai-roi-sai-roi")
    assert answer.status_code == LOCKED
    assert f"Hãy đợi {minutes} phút" in answer.content.decode()
    clock.shift(timedelta(minutes=minutes) - timedelta(seconds=1))
    assert attempt(officer.username, PASSWORD).status_code == LOCKED
    clock.shift(timedelta(seconds=2))
    assert attempt(officer.username, PASSWORD).status_code == LOGGED_IN


def test_tries_during_the_lock_do_not_lengthen_it(clock, officer):
    fail(officer, 5)
    clock.shift(timedelta(seconds=50))
    assert fail(officer, 20) == [LOCKED] * 20
    clock.shift(timedelta(seconds=11))
    assert attempt(officer.username, PASSWORD).status_code == LOGGED_IN


def test_a_login_forgets_the_wrong_tries(clock, officer):
    fail(officer, 4)
    assert attempt(officer.username, PASSWORD).status_code == LOGGED_IN
    assert fail(officer, 4) == [WRONG] * 4


def test_another_account_and_another_computer_stay_open(clock, officer, outsider):
    fail(officer, 5)
    assert attempt(outsider.username, PASSWORD).status_code == LOGGED_IN
    elsewhere = attempt(officer.username, PASSWORD, REMOTE_ADDR="10.1.2.3")
    assert elsewhere.status_code == LOGGED_IN


def test_a_stranger_failing_does_not_shorten_a_long_lock(clock, officer, outsider):
    fail(officer, 5)
    for _ in range(3):
        clock.shift(timedelta(hours=4, seconds=1))
        fail(officer)
    clock.shift(timedelta(minutes=30))
    fail(outsider, 1)
    assert attempt(officer.username, PASSWORD).status_code == LOCKED


def test_another_browser_on_the_same_computer_is_counted_with_the_first(clock, officer):
    fail(officer, 3)
    assert fail(officer, 2, HTTP_USER_AGENT="another") == [WRONG, LOCKED]


def test_a_name_nobody_has_is_locked_alike(clock, officer):
    codes = [attempt("khong.co.ai", "sai-roi-sai-roi").status_code for _ in range(6)]
    assert codes == [WRONG] * 4 + [LOCKED] * 2


def test_what_is_kept_of_a_try_holds_no_password(clock, officer):
    fail(officer, 2)
    kept = AccessAttempt.objects.get()
    assert "sai-roi" not in f"{kept.post_data}{kept.get_data}{kept.path_info}"
