"""What every test may ask for: the official units, two communes, and the cast of accounts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from chungtay.acts.remembering import forget_all
from chungtay.acts.services import System
from chungtay.places.models import Unit
from chungtay.places.queries import unit_by_code
from chungtay.places.services import add_villages, load_official_units
from chungtay.staff.models import User
from chungtay.staff.policy import PostActor, actor_of
from chungtay.staff.services import give_post, open_account

THEN = date(2023, 1, 1)
PASSWORD = "mua-thuan-gio-hoa"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker) -> None:
    """The official units stand in the database of every test."""
    with django_db_blocker.unblock():
        load_official_units(actor=System(system_user="tests"))


@pytest.fixture(autouse=True)
def static_as_it_stands(settings: Any) -> None:
    """Pages name their static files as they stand in the package, not as collected."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """A test's database is put back without an act, so what it remembered is not true any more."""
    forget_all()


@pytest.fixture
def system() -> System:
    return System(system_user="tests")


@pytest.fixture
def quang_trung(db: None, system: System) -> Unit:
    """Xã Quang Trung before 1/7/2025, with thôn 1 to 4."""
    commune = unit_by_code("14824", THEN)
    names = [f"Thôn {number}" for number in range(1, 5)]
    add_villages(actor=system, commune=commune, names=names, valid_from=None)
    return commune


@pytest.fixture
def phu_son(db: None, system: System) -> Unit:
    """Phường Phú Sơn, the neighbour, with two tổ dân phố."""
    commune = unit_by_code("14823", THEN)
    names = ["Tổ dân phố 1", "Tổ dân phố 2"]
    add_villages(actor=system, commune=commune, names=names, valid_from=None)
    return commune


@pytest.fixture
def hire(system: System) -> Callable[..., User]:
    """Open an account and give it a post."""

    def hire_one(role: str, unit: Unit, username: str = "") -> User:
        username = username or f"{role}.{unit.id}"
        user_id = open_account(
            actor=system, unit=unit, username=username, full_name="Hà Thị Mận", password=PASSWORD
        )
        give_post(actor=system, user_id=user_id, unit=unit, role=role, valid_from=date(2022, 1, 1))
        return User.objects.get(pk=user_id)

    return hire_one


@pytest.fixture
def officer(quang_trung: Unit, hire: Callable[..., User]) -> User:
    return hire("officer", quang_trung)


@pytest.fixture
def outsider(phu_son: Unit, hire: Callable[..., User]) -> User:
    """The officer of the next commune, who must see nothing."""
    return hire("officer", phu_son)


@pytest.fixture
def acting() -> Callable[[User], PostActor]:
    """The actor an account is today."""
    return lambda user: actor_of(user, timezone.localdate())


@pytest.fixture
def client_of() -> Callable[[User], Client]:
    """A browser already logged in, looking at the year 2023."""

    def log_in(user: User, year: int = 2023) -> Client:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        session = client.session
        session["year"] = year
        session.save()
        return client

    return log_in


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser journeys come last: their event loop would stand in the way of database tests."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)
