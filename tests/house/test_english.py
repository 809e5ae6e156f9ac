"""Every page in English: no Vietnamese letter outside the data; the switch, and for whom."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import CharField, JSONField, TextField
from django.test import Client
from django.urls import reverse

from chungtay.acts.services import Actor
from chungtay.places.models import Unit
from chungtay.places.services.villages import VILLAGE_KINDS
from chungtay.rulebook.loading import law
from chungtay.staff.models import User
from tests.house.rights_table import ROOT, Row, table
from tests.house.rights_world import World
from tools.catalogue import VIETNAMESE

PAGES = [
    pytest.param(row, id=row.name)
    for row in table().values()
    if 200 in row.answers.get("GET", {}).values()
]
SAID_IN = ("title", "placeholder", "aria-label", "alt", "data-label", "content")
LAW = ROOT / "chungtay" / "law"
LISTED = "Đào Văn Thử"  # whom the uploaded list of the stage names
FEASTS = {"Tết", "Hùng Kings"}
VOID = {"meta", "link", "input", "br", "img", "hr", "path", "circle", "rect", "line"}
# the Vietnamese of papers: numbers of decrees, their annexes, the articles they are cited by
CITED = re.compile(r"\d+/\d{4}/[\wĐ-]+|\d+/[\wĐ]+(?:-[\wĐ]+)*|\d+-TCTK/PPCĐ|Annex Đ")


class Reader(HTMLParser):
    """What a page says: its texts and spoken attributes, without parts marked as Vietnamese."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.open: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        vietnamese = given.get("lang") == "vi" and tag != "html"
        if not vietnamese and not any(self.open):
            self.said += [str(given[name]) for name in SAID_IN if given.get(name)]
        if tag not in VOID:
            self.open.append(vietnamese)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID and self.open:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if data.strip() and not any(self.open):
            self.said.append(" ".join(data.split()))


def texts_of(page: str) -> list[str]:
    reader = Reader()
    reader.feed(page)
    return reader.said


def kept_texts() -> set[str]:
    """Every Vietnamese text that the database or the law keeps as data."""
    found: set[str] = set()
    for model in apps.get_models():
        if model.__module__.startswith("chungtay.") and model is not Unit:
            for field in model._meta.fields:
                if isinstance(field, CharField | TextField | JSONField):
                    kept = model._default_manager.values_list(field.name, flat=True)
                    found |= set(_strings(list(kept.order_by().distinct())))
    for name, kind in Unit.objects.values_list("name", "kind"):
        found |= {name, name.lower(), kind}
    for name, kind in Unit.objects.filter(level="province").values_list("name", "kind"):
        found.add(name.removeprefix(f"{kind} "))
    found |= set(VILLAGE_KINDS) | FEASTS
    found |= {document.number for document in law().documents.values()} | articles()
    found.add(LISTED)
    found |= {code.label for code in law().codes["ethnic_groups"].values()}
    return {text for text in found if VIETNAMESE.search(text)}


def articles() -> set[str]:
    """Where the law says so: cited in Vietnamese, so that it can be found in the text."""
    raw = [tomllib.loads(path.read_text("utf-8")) for path in LAW.rglob("*.toml")]
    return set(_articles(raw))


def _articles(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (str(one) for name, one in value.items() if name.endswith("article"))
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _articles(one)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _strings(one)


def vietnamese_in(texts: list[str], data: set[str]) -> list[str]:
    """The texts that still hold a Vietnamese letter without the data named in them."""
    left = []
    for text in texts:
        if VIETNAMESE.search(text):
            rest = text
            for known in sorted((one for one in data if one in text), key=len, reverse=True):
                rest = rest.replace(known, "")
            if VIETNAMESE.search(CITED.sub("", rest)):
                left.append(text)
    return left


@pytest.fixture
def world(
    quang_trung: Unit,
    phu_son: Unit,
    system: Actor,
    hire: Callable[..., User],
    settings: Any,
) -> World:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.DEMO = True
    return World(quang_trung, phu_son, system, hire)


@pytest.mark.django_db
@pytest.mark.parametrize("row", PAGES)
def test_a_page_in_english_has_no_vietnamese_letter_but_in_its_data(
    row: Row, world: World, client_of: Callable[..., Client]
) -> None:
    who = next(name for name, status in row.answers["GET"].items() if status == 200)
    user = world.user(who)
    client = client_of(user) if user is not None else Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    ids = {name: world.object_id(name) for name in row.kwargs}
    answer = client.get(reverse(row.name, kwargs=ids) + (f"?{row.query}" if row.query else ""))
    assert answer.status_code == 200
    if "text/html" not in answer.headers["Content-Type"]:
        return  # a list or paper: Vietnamese, whoever asks for it
    page = answer.content.decode()
    # A part of a page, loaded into one, has no head of its own.
    assert '<html lang="en">' in page or "<html" not in page
    assert vietnamese_in(texts_of(page), kept_texts()) == []


@pytest.mark.django_db
def test_the_search_for_vietnamese_itself(world: World, client_of: Callable[..., Client]) -> None:
    user = world.user("officer")
    assert user is not None
    page = client_of(user).get(reverse("today")).content.decode()
    assert '<html lang="vi">' in page
    found = vietnamese_in(texts_of(page), kept_texts())
    assert "Hộ dân" in found
    assert texts_of('<p title="Hộ">a<b lang="vi">Bản</b><br>c</p>') == ["Hộ", "a", "c"]


# The switch


@pytest.mark.django_db
def test_a_browser_that_prefers_english_does_not_switch_an_office() -> None:
    page = Client(headers={"Accept-Language": "en-GB,en;q=0.9"}).get(reverse("login"))
    assert '<html lang="vi">' in page.content.decode()
    assert page.headers["Content-Language"] == "vi"


@pytest.mark.django_db
def test_the_switch_holds_before_the_login_and_goes_back(officer: User) -> None:
    client = Client()
    answer = client.post(reverse("language"), {"language": "en", "next": "/dang-nhap?next=/ho"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/dang-nhap?next=/ho")
    assert "Log in" in client.get(reverse("login")).content.decode()
    client.post(reverse("language"), {"language": "vi"})
    assert "Đăng nhập" in client.get(reverse("login")).content.decode()


@pytest.mark.django_db
def test_the_language_of_an_account_goes_with_it_to_another_computer(
    officer: User, client_of: Callable[..., Client]
) -> None:
    client_of(officer).post(reverse("language"), {"language": "en"})
    officer.refresh_from_db()
    assert officer.language == "en"
    assert "Households" in client_of(officer).get(reverse("today")).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "back", ["https://elsewhere.example/", "//elsewhere.example", "javascript:x"]
)
def test_the_switch_leads_nowhere_else(back: str) -> None:
    answer = Client().post(reverse("language"), {"language": "en", "next": back})
    assert answer.headers["Location"] == reverse("today")


@pytest.mark.django_db
@pytest.mark.parametrize("asked", ["fr", "", "en-GB", "../en"])
def test_a_language_there_is_not_is_vietnamese(asked: str) -> None:
    client = Client()
    client.post(reverse("language"), {"language": asked})
    assert '<html lang="vi">' in client.get(reverse("login")).content.decode()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = asked or "x"
    assert '<html lang="vi">' in client.get(reverse("login")).content.decode()


@pytest.mark.django_db
def test_the_switch_asks_for_its_token(officer: User) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post(reverse("language"), {"language": "en"}).status_code == 403
