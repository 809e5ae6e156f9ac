"""In whose name a command acts."""

from __future__ import annotations

from chungtay.acts.services import Actor
from chungtay.commands.database import system_actor
from chungtay.commands.outcome import CommandFailed
from chungtay.commands.parsing import today
from chungtay.staff.models import User
from chungtay.staff.policy import PostActor, actor_of


def actor_named(username: str | None) -> Actor:
    """The named account with the posts it holds today, else the system itself."""
    if not username:
        return system_actor()
    return person_named(username)


def person_named(username: str) -> PostActor:
    """The named account; CommandFailed if there is none in use."""
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise CommandFailed(f"không có tài khoản nào tên “{username}” đang dùng.")
    actor = actor_of(user, today())
    actor.system_user = system_actor().system_user
    return actor
