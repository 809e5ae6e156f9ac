"""No name, number or searched text ever stands in an address."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from chungtay.rulebook.folding import fold

pytestmark = pytest.mark.database

ADDRESS = re.compile(r'(?:href|action|hx-post)="([^"]+)"')
PERSONAL = ("quyen", "luong", "uoc", "tran van", "038074", "000123", "qt-07", "1974")


@pytest.mark.parametrize("name", ["register", "register_add"])
def test_addresses_of_the_list_hold_nothing_personal(browser, register, text_of, name):
    _check(text_of(browser, name))


@pytest.mark.parametrize("name", ["register_household", "register_answers", "register_correct"])
def test_addresses_of_a_household_hold_nothing_personal(browser, register, text_of, name):
    _check(text_of(browser, name, register.poor.pk))


def test_addresses_of_a_search_hold_nothing_personal(browser, register):
    answer = browser.post(reverse("register_search"), {"text": "038074000123"}, follow=True)
    _check(answer.content.decode())
    for address, _status in answer.redirect_chain:
        _check(f'href="{address}"')


def _check(page: str) -> None:
    addresses = [fold(address) for address in ADDRESS.findall(page)]
    assert addresses
    for address in addresses:
        assert not [one for one in PERSONAL if one in address.replace("%20", " ")], address
