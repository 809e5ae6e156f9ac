"""In whose name a command acts."""

from __future__ import annotations

from chungtay.acts.services import Actor
from chungtay.commands.database import system_actor
from chungtay.commands.outcome import CommandFailed
from chungtay.commands.parsing import today
from chungtay.commands.speaking import _
from chungtay.places.models import Unit
from chungtay.staff.models import User
from chungtay.staff.policy import PostActor, actor_of
from chungtay.staff.services import unit_of


def actor_named(username: str | None) -> Actor:
    """The named account with the posts it holds today, else the system itself."""
    if not username:
        return system_actor()
    return person_named(username)


def account_named(username: str) -> tuple[User, Unit]:
    """An account in use and the unit of its post; CommandFailed if there is none."""
    user = User.objects.filter(username=username, is_active=True).first()
    unit = unit_of(user) if user is not None else None
    if user is None or unit is None:
        raise CommandFailed(
            _("không có tài khoản nào tên “{username}” đang dùng.").format(username=username)
        )
    return user, unit


def person_named(username: str) -> PostActor:
    """The named account; CommandFailed if there is none in use."""
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise CommandFailed(
            _("không có tài khoản nào tên “{username}” đang dùng.").format(username=username)
        )
    actor = actor_of(user, today())
    actor.system_user = system_actor().system_user
    return actor
