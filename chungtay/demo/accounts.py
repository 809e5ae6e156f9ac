"""The demonstration's accounts, opened once; their passwords stand nowhere but in the answer."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from chungtay.acts.services import Actor
from chungtay.demo.families import demo_communes, read_data
from chungtay.places.models import Unit
from chungtay.places.queries import unit_by_code, villages_of
from chungtay.staff.models import User
from chungtay.staff.policy import roles
from chungtay.staff.services import give_post, open_account, set_password

LETTERS = "abcdefghjkmnpqrstuvwxyz"  # no i, l, o: they look like 1 and 0
DIGITS = "23456789"
GROUPS = 3
GROUP_LENGTH = 4


@dataclass(frozen=True)
class DemoAccount:
    """An account of the demonstration with its password in clear, to be shown once."""

    username: str
    full_name: str
    title: str
    place: str
    password: str = field(repr=False)


@dataclass(frozen=True)
class _Holder:
    row: dict[str, Any]
    unit: Unit

    def account(self, password: str) -> DemoAccount:
        place = self.unit.name
        if "village" in self.row and self.unit.parent is not None:
            place = f"{place}, {self.unit.parent.name}"
        title = roles()[self.row["role"]].name
        return DemoAccount(self.row["username"], self.row["full_name"], title, place, password)


def open_accounts(*, actor: Actor) -> tuple[DemoAccount, ...]:
    """Open the accounts that do not exist yet and give them their posts; those opened now."""
    valid_from: date = read_data("accounts.toml")["valid_from"]
    opened = []
    for holder in _holders():
        row = holder.row
        if User.objects.filter(username=row["username"]).exists():
            continue
        password = new_password()
        user_id = open_account(
            actor=actor,
            unit=holder.unit,
            username=row["username"],
            full_name=row["full_name"],
            password=password,
        )
        give_post(
            actor=actor,
            user_id=user_id,
            unit=holder.unit,
            role=row["role"],
            valid_from=valid_from,
        )
        opened.append(holder.account(password))
    return tuple(opened)


def fresh_passwords(*, actor: Actor) -> tuple[DemoAccount, ...]:
    """Give every demo account a new password; the old ones stop working at once."""
    users = {user.username: user for user in User.objects.filter(is_active=True)}
    renewed = []
    for holder in _holders():
        user = users.get(holder.row["username"])
        if user is None:
            continue
        password = new_password()
        set_password(actor=actor, user=user, unit=holder.unit, password=password)
        renewed.append(holder.account(password))
    return tuple(renewed)


def new_password() -> str:
    """A password easy to read aloud: three groups of four, a letter and a digit in each."""
    return "-".join(_group() for _ in range(GROUPS))


def _group() -> str:
    signs = [secrets.choice(LETTERS), secrets.choice(DIGITS)]
    signs += [secrets.choice(LETTERS + DIGITS) for _ in range(GROUP_LENGTH - len(signs))]
    secrets.SystemRandom().shuffle(signs)
    return "".join(signs)


def _holders() -> Iterator[_Holder]:
    days = {commune.code: commune.on for commune in demo_communes()}
    for row in read_data("accounts.toml")["accounts"]:
        on = days[row["place_code"]]
        commune = unit_by_code(row["place_code"], on)
        if "village" in row:
            village = villages_of(commune, on).get(name=row["village"])
            yield _Holder(row, village)
        else:
            yield _Holder(row, commune)
