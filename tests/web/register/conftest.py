"""A small register in two communes, and browsers of the people who look at it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.urls import reverse

from chungtay.households.models import Decision, Household, Person
from chungtay.households.queries.statuses import standard_id_on
from chungtay.households.services import add_household, decide_status
from chungtay.households.writing import HouseholdInput, PersonInput
from chungtay.places.models import Unit
from chungtay.places.queries import villages_of
from chungtay.rulebook.dates import PartialDate

OPENING = date(2023, 1, 1)
HEAD_ID, WIFE_ID, OTHER_ID = "038074000123", "038178004567", "038080009999"
ANSWERS = {
    "income_per_person_vnd": 1_200_000,
    "house_area_m2": 60,
    "wall_durable": True,
    "pillar_durable": True,
    "roof_durable": True,
    "water_source": "unprotected",
    "latrine": "unhygienic",
    "internet_used": False,
    "information_means": ["tv"],
}
HEAD_ANSWERS = {"work": "own_account", "health_insurance": True, "disabled": False}
WIFE_ANSWERS = {"work": "own_account", "health_insurance": True, "disabled": True}


@dataclass(frozen=True)
class Register:
    """Two households of Quang Trung, poor in thôn 1 and undecided in thôn 2; one of Phú Sơn."""

    poor: Household
    other: Household
    foreign: Household


@pytest.fixture
def add(system) -> Callable[..., Household]:
    """Add a household with one head and, if named, more members."""

    def add_one(village: Unit, head: PersonInput, *more: PersonInput, **known) -> Household:
        pk = add_household(
            actor=system,
            commune=village.parent,
            given=HouseholdInput(village, [head, *more], **known),
            on=OPENING,
        )
        return Household.objects.select_related("commune", "village").get(pk=pk)

    return add_one


@pytest.fixture
def register(quang_trung, phu_son, add, system) -> Register:
    first, second = villages_of(quang_trung, OPENING)[:2]
    poor = add(
        first,
        PersonInput(
            "Lường Thị Quyên",
            "00",
            "female",
            PartialDate(1974, 4, 12),
            HEAD_ID,
            "Mường",
            HEAD_ANSWERS,
        ),
        PersonInput("Đỗ Văn Ước", "02", "male", PartialDate(1971), WIFE_ID, "Mường", WIFE_ANSWERS),
        code="QT-07",
        answers=ANSWERS,
    )
    other = add(second, PersonInput("Trần Văn An", "00", "male", PartialDate(1980), OTHER_ID))
    foreign = add(villages_of(phu_son, OPENING)[0], PersonInput("Kiều Thị Sương", "00"))
    decision = Decision.objects.create(
        commune=quang_trung, number="215/QĐ-UBND", issued_on=OPENING, issuer="UBND xã Quang Trung"
    )
    decide_status(
        actor=system,
        household=poor,
        standard=standard_id_on(OPENING),
        household_class="poor",
        valid_from=OPENING,
        decision=decision,
    )
    return Register(Household.objects.get(pk=poor.pk), other, foreign)


@pytest.fixture
def browser(officer, client_of) -> Client:
    return client_of(officer)


@pytest.fixture
def neighbour(outsider, client_of) -> Client:
    return client_of(outsider)


@pytest.fixture
def finance(quang_trung, hire, client_of) -> Client:
    return client_of(hire("finance_officer", quang_trung))


@pytest.fixture
def village_head(quang_trung, hire, client_of) -> Client:
    """The head of thôn 1."""
    return client_of(hire("village_head", villages_of(quang_trung, OPENING)[0]))


@pytest.fixture
def text_of() -> Callable[..., str]:
    """The text of a page that must answer well."""

    def read(client: Client, name: str, *args, query: str = "") -> str:
        answer = client.get(reverse(name, args=args) + query)
        assert answer.status_code == 200, (name, answer.status_code)
        return answer.content.decode()

    return read


class _Form(HTMLParser):
    """The fields of the last form of a page that asks for a version, as a browser sends them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fields: dict[str, list[str]] = {}
        self.select = ""
        self.feed(page.partition("data-save")[2])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name, value = given.get("name") or "", given.get("value") or ""
        chosen = "checked" in given or given.get("type") not in ("radio", "checkbox")
        if tag == "input" and name and chosen:
            self.fields.setdefault(name, []).append(value)
        if tag == "select":
            self.select = name
        if tag == "option" and "selected" in given:
            self.fields[self.select] = [value]


@pytest.fixture
def fields_of() -> Callable[[str], dict[str, list[str]]]:
    """The fields of a page's form as a browser would send them unchanged."""
    return lambda page: _Form(page).fields


@pytest.fixture
def person_of() -> Callable[[Household, str], Person]:
    def find(household: Household, name: str) -> Person:
        return Person.objects.get(memberships__household=household, full_name=name)

    return find
