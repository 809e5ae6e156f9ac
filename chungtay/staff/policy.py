"""The one policy: may this post do this here, on this date; and which fields it sees."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models import Q

from chungtay.places.models import Level, Unit
from chungtay.places.queries import origins_of
from chungtay.staff.models import Holding, User

NOBODY = Q(pk__in=())
GIVE = "staff.change"


@dataclass(frozen=True)
class Role:
    """What a role may do, which personal fields it sees, whose posts it gives; its names."""

    key: str
    name: str
    level: str
    rights: frozenset[str]
    fields: frozenset[str]
    gives: frozenset[str] = frozenset()
    later: tuple[tuple[date, str], ...] = ()
    aliases: tuple[str, ...] = ()
    until: date | None = None
    of_committee: bool = False

    def name_on(self, on: date) -> str:
        """What the role is called on a day."""
        names = [name for begins, name in self.later if begins <= on]
        return names[-1] if names else self.name


@cache
def roles() -> dict[str, Role]:
    """The roles of ``roles.toml`` by name."""
    with (Path(__file__).parent / "roles.toml").open("rb") as file:
        read = tomllib.load(file)
    return {key: _read_role(key, row) for key, row in read.items()}


def _read_role(key: str, row: dict[str, Any]) -> Role:
    return Role(
        key,
        row["name"],
        row["level"],
        frozenset(row["rights"]),
        frozenset(row["fields"]),
        frozenset(row.get("gives", ())),
        tuple((one["from"], one["name"]) for one in row.get("later", ())),
        tuple(row.get("aliases", ())),
        row.get("until"),
        row.get("of_committee", False),
    )


@dataclass
class PostActor:
    """A person acting from the posts she holds today; rights reach below and before the unit."""

    user_id: int | None
    name: str
    today: date
    holdings: list[Holding] = field(default_factory=list)
    system_user: str = ""
    _reaches: dict[int, list[Unit]] = field(default_factory=dict)

    @property
    def post_title(self) -> str:
        """The title of the first post held, for the journal."""
        return self.holdings[0].post.title if self.holdings else ""

    def units_for(self, right: str) -> list[Unit]:
        """The units at which the actor has a right: those of her posts and those they took over."""
        return [
            unit
            for hold in self.holdings
            if right in _role(hold).rights
            for unit in self._reach(hold)
        ]

    def may(self, right: str, place: Unit) -> bool:
        """Whether the actor has the right at this place."""
        return any(_below(place, unit) for unit in self.units_for(right))

    def sees_fields(self, kind: str, place: Unit) -> bool:
        """Whether the actor sees a kind of personal field (basic, sensitive, id_tail) here."""
        return any(
            _below(place, unit)
            for hold in self.holdings
            if kind in _role(hold).fields
            for unit in self._reach(hold)
        )

    def roles_given(self, place: Unit) -> frozenset[str]:
        """The roles whose posts the actor may give at a place; nobody gives more than these."""
        given = (
            _role(hold).gives
            for hold in self.holdings
            if GIVE in _role(hold).rights and any(_below(place, unit) for unit in self._reach(hold))
        )
        return frozenset().union(*given)

    def _reach(self, hold: Holding) -> list[Unit]:
        own = hold.post.unit
        if own.id not in self._reaches:
            self._reaches[own.id] = [own, *origins_of([own])]
        return self._reaches[own.id]


def _below(place: Unit, unit: Unit) -> bool:
    """Whether a place is a unit or stands below it; a unit without a path reaches nothing."""
    return bool(unit.path) and place.path.startswith(unit.path)


def _role(hold: Holding) -> Role:
    return roles()[hold.post.role]


def actor_of(user: User, today: date) -> PostActor:
    """The actor a logged-in person is today, by the posts she holds on that day."""
    held = (
        Holding.objects.filter(user=user, valid_from__lte=today)
        .filter(Q(valid_to=None) | Q(valid_to__gte=today))
        .filter(Q(post__valid_from=None) | Q(post__valid_from__lte=today))
        .filter(Q(post__valid_to=None) | Q(post__valid_to__gte=today))
        .select_related("post__unit__parent__parent")
        .order_by("valid_from", "id")
    )
    return PostActor(user.pk, user.full_name, today, list(held))


def within(units: Iterable[Unit], prefix: str = "") -> Q:
    """The condition that a row's place (commune and village) lies within some units.

    ``prefix`` leads from the row to the household, for example ``household__``.
    """
    condition = NOBODY
    for unit in units:
        condition |= _within(unit, prefix)
    return condition


def _within(unit: Unit, prefix: str) -> Q:
    if unit.level == Level.VILLAGE:
        return Q(**{f"{prefix}village": unit})
    if unit.level == Level.COMMUNE:
        return Q(**{f"{prefix}commune": unit})
    return Q(**{f"{prefix}commune__path__startswith": unit.path})
