"""Pages kept until the next act: what of them is never kept."""

from __future__ import annotations

import re

import pytest
from django.contrib.messages import constants
from django.test import Client
from django.urls import reverse

from chungtay.staff.models import User

TOKEN = re.compile(r'csrfmiddlewaretoken" value="(\w+)"')


@pytest.fixture
def colleague(quang_trung, hire, client_of) -> Client:
    user = hire("officer", quang_trung, "dong.nghiep")
    User.objects.filter(pk=user.pk).update(full_name="Lò Thị Xanh")
    return client_of(User.objects.get(pk=user.pk))


def test_each_reader_gets_a_page_of_her_own(officer, client_of, colleague):
    own = client_of(officer).get(reverse("register")).content.decode()
    hers = colleague.get(reverse("register")).content.decode()
    assert officer.full_name in own
    assert "Lò Thị Xanh" not in own
    assert "Lò Thị Xanh" in hers
    assert officer.full_name not in hers


def test_the_forms_of_a_kept_page_are_accepted(officer):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(officer, "django.contrib.auth.backends.ModelBackend")
    tokens = [TOKEN.search(browser.get(reverse("register")).content.decode()) for _ in range(2)]
    first, again = (found.group(1) for found in tokens)
    assert first != again
    sent = {"text": "hai", "csrfmiddlewaretoken": again}
    assert browser.post(reverse("register_search"), sent).status_code == 302
    refused = browser.post(reverse("register_search"), sent | {"csrfmiddlewaretoken": "x" * 64})
    assert refused.status_code == 403


def test_a_notice_is_said_once_and_not_kept(officer, client_of):
    browser = client_of(officer)
    address = reverse("register")
    browser.get(address)
    session = browser.session
    session["_messages"] = f'[["__json_message", 0, {constants.SUCCESS}, "Đã ghi một hộ thử."]]'
    session.save()
    assert "Đã ghi một hộ thử." in browser.get(address).content.decode()
    assert "Đã ghi một hộ thử." not in browser.get(address).content.decode()


def test_another_year_and_another_language_are_other_pages(officer, client_of):
    browser = client_of(officer)
    address = reverse("register")
    browser.get(address)
    browser.get(reverse("choose") + "?year=2024")
    assert "2024" in browser.get(address).content.decode().partition("</summary>")[0]
    browser.post(reverse("language"), {"language": "en", "next": address})
    assert '<html lang="en">' in browser.get(address).content.decode()
