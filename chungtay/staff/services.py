"""Acts on accounts and posts."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import F

from chungtay.acts.refusing import Refused
from chungtay.acts.services import Actor, Deed, OpenLine, perform
from chungtay.places.models import Unit
from chungtay.rulebook.wording import Sentence
from chungtay.staff.models import Holding, Language, Post, User
from chungtay.staff.policy import roles


def open_account(*, actor: Actor, unit: Unit, username: str, full_name: str, password: str) -> int:
    """Open an account; what it may do comes from a post given separately.

    Refused if the name is taken or the password too weak.
    """
    if User.objects.filter(username=username).exists():
        raise Refused(Sentence("Tên đăng nhập {name} đã có người dùng.", name=username))
    _refuse_weak(password, User(username=username, full_name=full_name))

    def write(line: OpenLine) -> int:
        user = User.objects.create_user(username, full_name, password)
        line.details = {"username": username}
        line.subject = f"user:{user.pk}"
        return user.pk

    return perform(actor, Deed("staff.open_account", "staff.change", unit), write)


def give_post(
    *, actor: Actor, user_id: int, unit: Unit, role: str, title: str = "", valid_from: date
) -> int:
    """Give a person a post at a unit from a day on; Refused on an unknown role or wrong level."""
    known = roles().get(role)
    if known is None or known.level != unit.level:
        raise Refused(
            Sentence("Vai trò {role} không có ở cấp của {unit}.", role=role, unit=unit.name)
        )

    def write(line: OpenLine) -> int:
        post, _ = Post.objects.get_or_create(unit=unit, role=role, title=title or known.name)
        if post.holdings.filter(user=user_id, valid_to=None).exists():
            raise Refused(Sentence("Người này đang giữ chức danh {title}.", title=post.title))
        holding = Holding.objects.create(post=post, user_id=user_id, valid_from=valid_from)
        line.details = {"post": post.title, "unit": unit.name, "from": valid_from.isoformat()}
        line.subject = f"user:{user_id}"
        return holding.pk

    return perform(actor, Deed("staff.give_post", "staff.change", unit), write)


def set_password(*, actor: Actor, user: User, unit: Unit, password: str) -> None:
    """Give an account a new password; Refused if it is too weak."""
    _refuse_weak(password, user)

    def write(line: OpenLine) -> None:
        user.set_password(password)
        user.save(update_fields=["password"])
        line.subject = f"user:{user.pk}"

    perform(actor, Deed("staff.set_password", "staff.change", unit), write)


def close_account(*, actor: Actor, user: User, unit: Unit, on: date) -> int:
    """End every post a person holds and close the account; the number of posts ended.

    A post counts to the end of its last day; the account itself is closed at once.
    """

    def write(line: OpenLine) -> int:
        open_ones = Holding.objects.filter(user=user, valid_to=None)
        ended = open_ones.filter(valid_from__lte=on).update(valid_to=on)
        ended += open_ones.update(valid_to=F("valid_from"))
        user.is_active = False
        user.save(update_fields=["is_active"])
        line.subject, line.details = f"user:{user.pk}", {"posts": ended, "on": on.isoformat()}
        return ended

    return perform(actor, Deed("staff.close_account", "staff.change", unit), write)


def choose_language(*, user: User, language: str) -> None:
    """Keep the language somebody reads the screens in: her own choice, no act on anyone's data."""
    User.objects.filter(pk=user.pk).update(language=Language(language))


def unit_of(user: User) -> Unit | None:
    """The unit of the post a person holds longest; None without any."""
    held = Holding.objects.filter(user=user).select_related("post__unit__parent")
    first = held.order_by("valid_from", "id").first()
    return first.post.unit if first is not None else None


def _refuse_weak(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Refused(Sentence("{reasons}", reasons=" ".join(error.messages))) from error
