"""A body that is too large is refused before it is read."""

import pytest
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_a_stranger_may_send_no_more_than_a_login_form(client):
    answer = client.post(reverse("login"), {"username": "x" * 100_000})
    assert answer.status_code == 413
    assert "lớn hơn 20 MB" in answer.content.decode()


def test_an_officer_may_send_a_file_up_to_the_limit(officer, client_of, settings):
    settings.LARGEST_UPLOAD_BYTES = 1_000_000
    browser: Client = client_of(officer)
    answer = browser.post(reverse("imports"), {"reason": "x" * 3_000_000})
    assert answer.status_code == 413
    assert browser.get(reverse("imports")).status_code == 200


def test_an_announced_length_that_is_no_number_is_refused(client):
    answer = client.post(reverse("login"), CONTENT_LENGTH="9" * 30)
    assert answer.status_code == 413
