"""The demonstration's accounts, opened once; their passwords stand nowhere but in the answer."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from chungtay.acts.services import Actor
from chungtay.demo.communes import PLACES
from chungtay.demo.families import read_data
from chungtay.places.models import Level, Unit
from chungtay.places.queries import units_on
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

    group: str
    username: str
    full_name: str
    title: str
    place: str
    short: str
    good_for: str
    password: str = field(repr=False)


@dataclass(frozen=True)
class _Holder:
    group: dict[str, Any]
    row: dict[str, Any]
    unit: Unit

    def account(self, password: str) -> DemoAccount:
        row = self.row
        title = row.get("title") or roles()[row["role"]].name
        names = (self.group["title"], row["username"], row["full_name"], title, self.unit.name)
        short = read_data("accounts.toml")["short"][row["role"]]
        return DemoAccount(*names, short, row["good_for"], password)


def open_accounts(*, actor: Actor, places: Collection[str] = PLACES) -> tuple[DemoAccount, ...]:
    """Open the accounts that do not exist yet and give them their posts; those opened now."""
    known = set(User.objects.values_list("username", flat=True))
    opened = []
    for holder in _holders(places):
        row = holder.row
        if row["username"] in known:
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
            title=row.get("title", ""),
            valid_from=holder.group["valid_from"],
        )
        opened.append(holder.account(password))
    return tuple(opened)


def fresh_passwords(*, actor: Actor, opened: Iterable[DemoAccount] = ()) -> tuple[DemoAccount, ...]:
    """Every demo account with a password that works: new ones for those not opened just now."""
    users = {user.username: user for user in User.objects.filter(is_active=True)}
    fresh = {account.username: account for account in opened}
    renewed = []
    for holder in _holders(PLACES):
        user = users.get(holder.row["username"])
        if user is None:
            continue
        account = fresh.get(user.username)
        if account is None:
            account = holder.account(new_password())
            set_password(actor=actor, user=user, unit=holder.unit, password=account.password)
        renewed.append(account)
    return tuple(renewed)


def new_password() -> str:
    """A password easy to read aloud: three groups of four, a letter and a digit in each."""
    return "-".join(_group() for _ in range(GROUPS))


def _group() -> str:
    signs = [secrets.choice(LETTERS), secrets.choice(DIGITS)]
    signs += [secrets.choice(LETTERS + DIGITS) for _ in range(GROUP_LENGTH - len(signs))]
    secrets.SystemRandom().shuffle(signs)
    return "".join(signs)


def _holders(places: Collection[str]) -> Iterator[_Holder]:
    """Who holds what in the groups of some places; a unit that is not known has nobody."""
    levels = {name: role.level for name, role in roles().items()}
    for group in read_data("accounts.toml")["groups"]:
        if group["place"] not in places:
            continue
        for row in group["accounts"]:
            level = levels[row["role"]]
            above = Level.COMMUNE if level == Level.VILLAGE else level
            units = units_on(group["on"], above).filter(code=row["place_code"])
            if "village" in row:
                parent = units.first()
                units = units_on(group["on"], Level.VILLAGE).filter(
                    parent=parent, name=row["village"]
                )
            unit = units.first()
            if unit is not None:
                yield _Holder(group, row, unit)
