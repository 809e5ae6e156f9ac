"""Every address × role × place: the rights table held against the policy, and against real answers."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from chungtay.acts.services import Actor
from chungtay.households.models import Decision, Household
from chungtay.households.queries.people import members_on
from chungtay.households.queries.statuses import standard_id_on
from chungtay.households.services import add_household, decide_status
from chungtay.households.writing import HouseholdInput, PersonInput
from chungtay.places.models import Unit
from chungtay.places.queries import unit_by_code, villages_of
from chungtay.plans.arithmetic import Cells, TargetCell
from chungtay.plans.models import Plan
from chungtay.plans.services import NamedHousehold, name_household, open_plan
from chungtay.rulebook.dates import PartialDate
from chungtay.staff.models import User
from chungtay.staff.policy import roles
from chungtay.staff.services import open_account
from chungtay.sync.services import stage_import
from chungtay.web.doors import OPEN_PAGES
from tests.house.rights_table import CAST, EVERYONE, FOREIGN, LOGGED_IN, Row, addresses, table

ROWS = table()
ADDRESSES = addresses()
NAMED = [pytest.param(row, id=name) for name, row in ROWS.items()]
ASKED = [
    pytest.param(row, method, id=f"{name}-{method}")
    for name, row in ROWS.items()
    for method in sorted(row.methods)
]
WITH_OBJECT = [one for one in ASKED if one.values[0].kwargs]

FIRST = date(2023, 1, 1)
SECRET = "Khuất Thị Biệt Lập"
LIST = "Họ và tên;Quan hệ với chủ hộ;Năm sinh\nĐào Văn Thử;Chủ hộ;1970\n".encode()
CONTENT = {
    "head": {
        "superior_authority": ["UBND THỊ XÃ BỈM SƠN"],
        "issuing_authority": ["ỦY BAN NHÂN DÂN", "XÃ QUANG TRUNG"],
        "symbol": "KH-UBND",
        "place": "Quang Trung",
    },
    "issued": {"year": 2023},
    "wording": {"title": "KẾ HOẠCH", "subject": "Giảm nghèo", "lead_in": "Kế hoạch năm 2023."},
    "sections": [
        {
            "level": 1,
            "number": "I",
            "title": "Chỉ tiêu",
            "paragraphs": [{"kind": "text", "text": "Giúp {{ household_1 }} thoát nghèo."}],
        }
    ],
    "signature": {"on_behalf": ["TM. ỦY BAN NHÂN DÂN"], "position": "CHỦ TỊCH", "name": None},
    "recipients": {"lines": ["Lưu: VT"]},
}


class World:
    """The cast with their browsers, and the objects of Quang Trung that addresses ask for."""

    def __init__(self, commune: Unit, sibling: Unit, system: Actor, hire: Callable[..., User]):
        self.commune, self.system, self.hire = commune, system, hire
        villages = {unit.name: unit for unit in villages_of(commune, FIRST)}
        district = commune.parent
        assert district is not None
        self.places = {
            "commune": commune,
            "village": villages["Thôn 1"],
            "other_village": villages["Thôn 2"],
            "district": district,
            "province": district.parent,
            "sibling": sibling,
            "successor": unit_by_code("14818", date(2025, 7, 1)),
        }
        self.household = self._household()
        self.plan = self._plan()
        self._kept: dict[str, Any] = {}

    def user(self, who: str) -> User | None:
        """The account of one of the cast; None for the stranger at the door."""
        role, where = CAST[who]
        if who == "logged_out":
            return None
        if role is not None:
            return self.hire(role, self.places[where], who)
        user_id = open_account(
            actor=self.system,
            unit=self.commune,
            username=who,
            full_name="Hà Thị Mận",
            password="mua-thuan-gio-hoa",
        )
        return User.objects.get(pk=user_id)

    def _household(self) -> Household:
        head = PersonInput(
            SECRET, relation="00", birth=PartialDate(1950), citizen_id="038150000017"
        )
        given = HouseholdInput(village=self.places["village"], members=[head])
        household_id = add_household(actor=self.system, commune=self.commune, given=given, on=FIRST)
        household = Household.objects.get(pk=household_id)
        decision = Decision.objects.create(
            commune=self.commune, number="01/QĐ-UBND", issued_on=FIRST, issuer="UBND xã"
        )
        decide_status(
            actor=self.system,
            household=household,
            standard=standard_id_on(FIRST),
            household_class="poor",
            valid_from=FIRST,
            decision=decision,
        )
        return Household.objects.select_related("village", "commune").get(pk=household_id)

    def _plan(self) -> Plan:
        plan_id = open_plan(
            actor=self.system,
            unit=self.commune,
            year=FIRST.year,
            subject="Giảm nghèo",
            content=CONTENT,
            cells=Cells(100, (TargetCell("poor", 1, 1),)),
        )
        plan = Plan.objects.select_related("unit").get(pk=plan_id)
        named = NamedHousehold(self.household, "poor", "bà", ["vốn"], ["Hội Phụ nữ"])
        name_household(actor=self.system, plan=plan, named=named)
        return Plan.objects.select_related("unit").get(pk=plan_id)

    def object_id(self, name: str) -> Any:
        """The id that fills one part of an address."""
        makers: dict[str, Callable[[], Any]] = {
            "household_id": lambda: self.household.id,
            "person_id": lambda: members_on(self.household.id, None)[0].person_id,
            "plan_id": lambda: self.plan.pk,
            "row_id": lambda: self.plan.named_households.get().pk,
            "batch_id": self._batch,
        }
        assert name in makers, f"teach World.object_id what {name} is"
        if name not in self._kept:
            self._kept[name] = makers[name]()
        return self._kept[name]

    def _batch(self) -> UUID:
        batch = stage_import(
            actor=self.system, commune=self.commune, on=FIRST, file_name="ds.csv", content=LIST
        )
        return UUID(batch)

    def form(self, row: Row) -> dict[str, Any]:
        """The form of a row, its {names} filled in; "@list" stands for an uploaded list."""
        words = {
            "household": self.household.id,
            "person": self.object_id("person_id"),
            "village": self.places["village"].id,
            "version": self.household.version,
            "plan_version": self.plan.version,
            "key": uuid4().hex,
        }
        upload = SimpleUploadedFile("ds.csv", LIST, content_type="text/csv")
        return {
            name: upload if value == "@list" else value.format(**words)
            for name, value in row.form.items()
        }


@pytest.fixture
def world(
    quang_trung: Unit,
    phu_son: Unit,
    system: Actor,
    hire: Callable[..., User],
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> World:
    """The cast on the stage; static files unhashed, Word files not really made."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    monkeypatch.setattr(
        "chungtay.reports.plan_paper.render_in_child", lambda document, *, properties: b"PK"
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
    return {name: uuid4() if kind == "uuid" else 987_654 for name, kind in row.kwargs.items()}


def ask(client: Client, method: str, path: str, form: dict[str, Any]) -> HttpResponse:
    """One request whose writing is taken back, so that everyone finds the same world."""
    with transaction.atomic():
        answer = client.get(path) if method == "GET" else client.post(path, form)
        transaction.set_rollback(True)
    return answer  # type: ignore[return-value]


def words_of(answer: HttpResponse) -> str:
    """Everything a reader could find in an answer, the parts of an Excel or Word file included."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    text = [body.decode("utf-8", "replace"), answer.headers.get("Location", "")]
    if body.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(body)) as parts:
            text += [parts.read(name).decode("utf-8", "replace") for name in parts.namelist()]
    return "\n".join(text)


def sees(row: Row, method: str, who: str) -> bool:
    """Whether the policy lets someone through: the role's rights, and the object within reach."""
    if row.right == EVERYONE:
        return True
    role, _ = CAST[who]
    if who == "logged_out" or (role is None and row.right != LOGGED_IN):
        return False
    if row.right == LOGGED_IN:
        return True
    asked = {row.right, row.acts.get(method, row.right)}
    return asked <= roles()[str(role)].rights and not (row.kwargs and who in FOREIGN)


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
        act for row in ROWS.values() for act in row.acts.values()
    }
    assert asked - known - {EVERYONE, LOGGED_IN} == set()


def test_the_cast_plays_every_role_at_its_level() -> None:
    assert {role for role, _ in CAST.values() if role} == set(roles())


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
            assert answer.headers.get("Location", "").startswith(reverse("login"))
    assert found == row.answers[method]
    assert told == []


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
        assert len({one.content for one in answers}) == 1, who
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
def test_a_stranger_learns_nothing_from_an_address_of_a_part(world: World) -> None:
    answer = Client().get(reverse("today"), headers={"HX-Request": "true"})
    assert answer.status_code == 204
    assert answer.headers["HX-Redirect"] == reverse("login")
    assert answer.content == b""
