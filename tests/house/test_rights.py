"""Every address × role × place: the rights table against the policy, and against real answers."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from chungtay.acts.services import Actor
from chungtay.places.models import Unit
from chungtay.staff.models import User
from chungtay.staff.policy import roles
from chungtay.web.doors import OPEN_PAGES
from tests.house.rights_table import (
    CAST,
    EVERYONE,
    FOREIGN,
    LOGGED_IN,
    SECRET,
    Row,
    addresses,
    one_of,
    table,
    words_of,
)
from tests.house.rights_world import World

ROWS = table()
ADDRESSES = addresses()
NAMED = [pytest.param(row, id=name) for name, row in ROWS.items()]
ASKED = [
    pytest.param(row, method, id=f"{name}-{method}")
    for name, row in ROWS.items()
    for method in sorted(row.methods)
]
WITH_OBJECT = [
    pytest.param(row, method, id=f"{name}-{method}")
    for name, row in ROWS.items()
    for method in sorted(row.methods)
    if row.objects
]

TOKEN = re.compile(rb'"X-CSRFToken": "\w+"')  # drawn anew for every page


@pytest.fixture
def world(
    quang_trung: Unit,
    phu_son: Unit,
    system: Actor,
    hire: Callable[..., User],
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> World:
    """The cast on the stage; Word files not really made."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.DEMO = True
    monkeypatch.setattr(
        "chungtay.reports.plan_paper.render_in_child", lambda document, *, properties: b"PK"
    )
    monkeypatch.setattr(
        "chungtay.reports.letters.services.render_letter", lambda document, *, properties: b"PK"
    )
    return World(quang_trung, phu_son, system, hire)


def browser(world: World, who: str, client_of: Callable[..., Client]) -> Client:
    user = world.user(who)
    return client_of(user) if user is not None else Client()


def address(row: Row, ids: dict[str, Any]) -> str:
    return reverse(row.name, kwargs=ids) + (f"?{row.query}" if row.query else "")


def own_ids(world: World, row: Row) -> dict[str, Any]:
    return {name: world.object_id(name) for name in row.kwargs}


def missing_ids(row: Row) -> dict[str, Any]:
    """Ids of the same kinds that nothing has; what names no object stays as it is."""
    ids = {name: uuid4() if kind == "uuid" else 987_654 for name, kind in row.kwargs.items()}
    return {name: one if name in row.objects else 1 for name, one in ids.items()}


def ask(client: Client, method: str, path: str, form: dict[str, Any]) -> HttpResponse:
    """One request whose writing is taken back, so that everyone finds the same world."""
    with transaction.atomic():
        answer = client.get(path) if method == "GET" else client.post(path, form)
        transaction.set_rollback(True)
    return answer  # type: ignore[return-value]


def sees(row: Row, method: str, who: str) -> bool:
    """Whether the policy lets someone through: the role's rights, and the object within reach."""
    if row.right == EVERYONE:
        return True
    role, _ = CAST[who]
    if who == "logged_out" or (role is None and row.right != LOGGED_IN):
        return False
    if row.right == LOGGED_IN:
        return True
    if who in row.nothing_for:
        return False
    held = roles()[str(role)].rights
    may = row.right in held and not held.isdisjoint(one_of(row.acts.get(method, row.right)))
    return may and not (row.objects and who in FOREIGN)


# The table against the addresses and the policy


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    assert set(ADDRESSES) - set(ROWS) == set(), "write these rows into chungtay/web/rights.toml"
    assert set(ROWS) - set(ADDRESSES) == set(), "these addresses are gone: strike their rows"


@pytest.mark.parametrize("row", NAMED)
def test_the_row_says_what_the_address_says(row: Row) -> None:
    pattern = ADDRESSES[row.name]
    assert row.address == str(pattern.pattern)
    assert row.methods
    right = getattr(pattern.callback, "right", None)
    if right is None:
        open_to = EVERYONE if row.name in OPEN_PAGES else LOGGED_IN
        assert row.right == open_to, "a view without a right is open, and says so"
    else:
        assert row.right == right


def test_every_right_is_known_to_a_role() -> None:
    known = frozenset().union(*(role.rights for role in roles().values()))
    asked = {row.right for row in ROWS.values()} | {
        right for row in ROWS.values() for act in row.acts.values() for right in one_of(act)
    }
    assert asked - known - {EVERYONE, LOGGED_IN} == set()


def test_the_cast_plays_every_role_at_its_level() -> None:
    """Each role itself, or one of the same level that has the same rights and fields."""

    def may(role: str) -> tuple[object, ...]:
        known = roles()[role]
        return known.level, known.rights, known.fields, bool(known.gives)

    played = {may(role) for role, _ in CAST.values() if role}
    assert {key for key in roles() if may(key) not in played} == set()


@pytest.mark.parametrize(("row", "method"), ASKED)
def test_the_table_says_what_the_policy_says(row: Row, method: str) -> None:
    through = {who for who, status in row.answers[method].items() if status not in (302, 404)}
    through |= {
        who for who, status in row.answers[method].items() if status == 302 and who != "logged_out"
    }
    if row.right == EVERYONE:
        through = set(CAST)
    assert through == {who for who in CAST if sees(row, method, who)}


# The table against real answers


@pytest.mark.django_db
@pytest.mark.parametrize(("row", "method"), ASKED)
def test_everyone_gets_the_answer_of_the_table(
    row: Row, method: str, world: World, client_of: Callable[..., Client]
) -> None:
    path = address(row, own_ids(world, row))
    found, told = {}, []
    for who in CAST:
        answer = ask(browser(world, who, client_of), method, path, world.form(row))
        found[who] = answer.status_code
        if not sees(row, method, who) and SECRET in words_of(answer):
            told.append(who)
        if who in FOREIGN and SECRET in words_of(answer):
            told.append(who)
        if who == "logged_out" and row.right != EVERYONE:
            asks_to_log_in(answer)
    assert found == row.answers[method] | kept_for_a_stranger(row, method, world)
    assert told == []


def asks_to_log_in(answer: Any) -> None:
    """By its address, or with the login page that carries the form."""
    if answer.status_code == 401:
        assert 'name="kept_path"' in answer.content.decode()
    else:
        assert answer.headers["Location"].startswith(reverse("login"))


def kept_for_a_stranger(row: Row, method: str, world: World) -> dict[str, int]:
    """A form that meets a closed session is not sent away: the login page carries it."""
    keeps = method == "POST" and row.right != EVERYONE and bool(world.form(row))
    return {"logged_out": 401} if keeps else {}


@pytest.mark.django_db
@pytest.mark.parametrize(("row", "method"), WITH_OBJECT)
def test_a_foreign_object_answers_exactly_like_a_missing_one(
    row: Row, method: str, world: World, client_of: Callable[..., Client]
) -> None:
    form = world.form(row)
    foreign, missing = address(row, own_ids(world, row)), address(row, missing_ids(row))
    nowhere = "/khong-co-trang-nay"
    for who in sorted(FOREIGN):
        client = browser(world, who, client_of)
        answers = [ask(client, method, path, form) for path in (foreign, missing, nowhere)]
        assert [one.status_code for one in answers] == [404, 404, 404], who
        assert len({TOKEN.sub(b"", one.content) for one in answers}) == 1, who
        assert answers[0].headers == answers[1].headers, who


@pytest.mark.django_db
@pytest.mark.parametrize("row", NAMED)
def test_no_other_method_is_answered(
    row: Row, world: World, client_of: Callable[..., Client]
) -> None:
    path = address(row, own_ids(world, row))
    client = browser(world, "officer", client_of)
    for method in {"GET", "POST", "PUT", "PATCH", "DELETE"} - row.methods:
        assert client.generic(method, path).status_code == 405, method
    if "GET" in row.methods:
        with transaction.atomic():
            assert client.head(path).status_code == row.answers["GET"]["officer"]
            transaction.set_rollback(True)


@pytest.mark.django_db
def test_a_foreign_place_cannot_be_chosen(world: World, client_of: Callable[..., Client]) -> None:
    client = browser(world, "sibling", client_of)
    client.get(reverse("choose"), {"place": world.commune.id})
    page = client.get(reverse("today"))
    assert page.status_code == 200
    assert "Phường Phú Sơn" in page.content.decode()
    assert SECRET not in page.content.decode()


@pytest.mark.django_db
def test_the_search_for_a_secret_itself(world: World, client_of: Callable[..., Client]) -> None:
    client = browser(world, "officer", client_of)
    for name, method in (("register", "GET"), ("register_export", "POST")):
        answer = ask(client, method, reverse(name), world.form(ROWS[name]))
        assert SECRET in words_of(answer), name


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["khuat", "Biệt Lập", "0017", "038150000017"])
def test_a_search_finds_only_ones_own(
    text: str, world: World, client_of: Callable[..., Client]
) -> None:
    found = {
        who: SECRET
        in words_of(
            browser(world, who, client_of).post(
                reverse("register_search"), {"text": text}, follow=True
            )
        )
        for who in CAST
    }
    blind = FOREIGN | {"logged_out"}
    blind |= {who for who, (role, _) in CAST.items() if role is None or not sees_households(role)}
    if text.isdecimal():
        # A number is looked up only for those who see its last digits.
        blind |= {who for who, (role, _) in CAST.items() if role and not sees_tail(role)}
    assert found == {who: who not in blind for who in CAST}


def sees_households(role: str) -> bool:
    return "households.see" in roles()[role].rights


def sees_tail(role: str) -> bool:
    return "id_tail" in roles()[role].fields


@pytest.mark.django_db
def test_a_stranger_learns_nothing_from_an_address_of_a_part(world: World) -> None:
    answer = Client().get(reverse("today"), headers={"HX-Request": "true"})
    assert answer.status_code == 204
    assert answer.headers["HX-Redirect"] == reverse("login")
    assert answer.content == b""
