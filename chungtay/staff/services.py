"""Acts on accounts and posts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import F

from chungtay.acts.refusing import Refused
from chungtay.acts.services import Actor, Deed, OpenLine, perform
from chungtay.places.models import Unit
from chungtay.rulebook.wording import Sentence, vi_date
from chungtay.staff.checks import (
    refuse_not_given,
    refuse_not_kept,
    refuse_not_settled,
    refuse_oneself,
    refuse_outside,
    refuse_weak,
    role_at,
)
from chungtay.staff.models import Holding, Language, Post, User
from chungtay.staff.policy import GIVE, roles

ONE_DAY = timedelta(days=1)


def open_account(
    *,
    actor: Actor,
    unit: Unit,
    username: str,
    full_name: str,
    password: str,
    must_change: bool = False,
) -> int:
    """Open an account; what it may do comes from a post given separately.

    Refused if the name is taken or the password too weak.
    """
    if User.objects.filter(username=username).exists():
        raise Refused(Sentence("Tên đăng nhập {name} đã có người dùng.", name=username))
    refuse_weak(password, User(username=username, full_name=full_name))

    def write(line: OpenLine) -> int:
        user = User.objects.create_user(username, full_name, password)
        user.must_change_password = must_change
        user.save(update_fields=["must_change_password"])
        line.details = {"username": username}
        line.subject = f"user:{user.pk}"
        return user.pk

    return perform(actor, Deed("staff.open_account", GIVE, unit), write)


def give_post(
    *, actor: Actor, user_id: int, unit: Unit, role: str, title: str = "", valid_from: date
) -> int:
    """Give a person a post at a unit from a day on, opening the post where it is not there yet.

    Refused on an unknown role or wrong level, and where the role is not the actor's to give.
    """
    known = role_at(unit, role, valid_from)
    refuse_not_given(actor, known, unit)

    def write(line: OpenLine) -> int:
        name = title or known.name_on(valid_from)
        post, _ = Post.objects.get_or_create(unit=unit, role=role, title=name)
        return _hold(line, post, user_id, valid_from)

    return perform(actor, Deed("staff.give_post", GIVE, unit), write)


@dataclass(frozen=True)
class PostInput:
    """What a new post is: its role, its title at this place, how long it stands."""

    role: str
    title: str
    valid_from: date
    valid_to: date | None = None


def open_post(*, actor: Actor, unit: Unit, given: PostInput, key: str = "") -> int:
    """Open a post at a unit; Refused if the role is of another level or another's to give."""
    known = role_at(unit, given.role, given.valid_from)
    refuse_not_given(actor, known, unit)
    if given.valid_to is not None and given.valid_to < given.valid_from:
        raise Refused(
            Sentence(
                "Chức danh kết thúc ngày {end}, trước ngày bắt đầu {begin}. Hãy xem lại hai ngày.",
                end=vi_date(given.valid_to),
                begin=vi_date(given.valid_from),
            )
        )
    title = given.title or known.name_on(given.valid_from)

    def write(line: OpenLine) -> int:
        if Post.objects.filter(unit=unit, role=given.role, title=title).exists():
            raise Refused(
                Sentence("{unit} đã có chức danh “{title}”.", unit=unit.name, title=title)
            )
        post = Post.objects.create(
            unit=unit,
            role=given.role,
            title=title,
            valid_from=given.valid_from,
            valid_to=given.valid_to,
        )
        _note(line, post, f"post:{post.pk}", given.valid_from)
        return post.pk

    return perform(actor, Deed("staff.open_post", GIVE, unit, key=key), write)


def hold_post(*, actor: Actor, post: Post, user: User, valid_from: date, key: str = "") -> int:
    """Give a person a post that stands, from a day on; nobody gives one to herself."""
    refuse_not_given(actor, role_at(post.unit, post.role, valid_from), post.unit)
    refuse_oneself(actor, user)
    refuse_outside(post, valid_from)

    def write(line: OpenLine) -> int:
        return _hold(line, post, user.pk, valid_from)

    deed = Deed("staff.give_post", GIVE, post.unit, subject=f"user:{user.pk}", key=key)
    return perform(actor, deed, write)


@dataclass(frozen=True)
class NewAccount:
    """A person who has no account yet, and her password until she chooses her own."""

    username: str
    full_name: str
    password: str


def hire(*, actor: Actor, post: Post, given: NewAccount, valid_from: date, key: str = "") -> int:
    """Open an account and give it a post, both or neither; its password is good for one login."""
    with transaction.atomic():
        user_id = open_account(
            actor=actor,
            unit=post.unit,
            username=given.username,
            full_name=given.full_name,
            password=given.password,
            must_change=True,
        )
        user = User.objects.get(pk=user_id)
        hold_post(actor=actor, post=post, user=user, valid_from=valid_from, key=key)
    return user_id


def hand_over(*, actor: Actor, holding: Holding, user: User, on: date, key: str = "") -> int:
    """Hand a post to another person: the old holding ends the day before, the new one begins.

    What is open goes with it, since work belongs to posts. Refused for a day that is not after
    the first day of the old holding.
    """
    post = holding.post
    refuse_not_settled(actor, holding)
    refuse_oneself(actor, user)
    refuse_outside(post, on)
    if user.pk == holding.user_id:
        raise Refused(Sentence("Người nhận bàn giao phải là người khác."))
    if on <= holding.valid_from:
        raise Refused(
            Sentence(
                "{name} giữ chức danh này từ ngày {begin}; bàn giao phải sau ngày đó.",
                name=holding.user.full_name,
                begin=vi_date(holding.valid_from),
            )
        )

    def write(line: OpenLine) -> int:
        _end(holding, on - ONE_DAY)
        answer = _hold(line, post, user.pk, on)
        line.details["handed_by"] = holding.user.full_name
        return answer

    deed = Deed("staff.hand_over", GIVE, post.unit, subject=f"user:{user.pk}", key=key)
    return perform(actor, deed, write)


def end_holding(*, actor: Actor, holding: Holding, on: date, key: str = "") -> None:
    """End what a person holds; the day given is the last. Refused before its first day."""
    refuse_not_settled(actor, holding)

    def write(line: OpenLine) -> None:
        _end(holding, on)
        _note(line, holding.post, f"user:{holding.user_id}", on)

    deed = Deed("staff.end_holding", GIVE, holding.post.unit, key=key)
    perform(actor, deed, write)


def end_post(*, actor: Actor, post: Post, on: date, key: str = "") -> int:
    """End a post and whatever is held of it on its last day; how many holdings ended with it."""
    refuse_not_given(actor, roles()[post.role], post.unit)
    begin = post.valid_from
    late = post.holdings.filter(valid_from__gt=on).order_by("-valid_from").first()
    if (begin is not None and on < begin) or late is not None:
        first = late.valid_from if late is not None else begin
        raise Refused(
            Sentence(
                "Chức danh này còn được giữ từ ngày {first}; ngày kết thúc phải từ ngày đó trở đi.",
                first=vi_date(first or on),
            )
        )

    def write(line: OpenLine) -> int:
        ended = post.holdings.filter(valid_to=None).update(valid_to=on)
        ended += post.holdings.filter(valid_to__gt=on).update(valid_to=on)
        post.valid_to = on
        post.save(update_fields=["valid_to"])
        _note(line, post, f"post:{post.pk}", on)
        return ended

    return perform(actor, Deed("staff.end_post", GIVE, post.unit, key=key), write)


def set_password(
    *, actor: Actor, user: User, unit: Unit, password: str, must_change: bool = False
) -> None:
    """Give an account a new password; Refused if it is too weak, or not the actor's to give."""
    refuse_weak(password, user)
    refuse_not_kept(actor, user)

    def write(line: OpenLine) -> None:
        user.set_password(password)
        user.must_change_password = must_change
        user.save(update_fields=["password", "must_change_password"])
        line.subject = f"user:{user.pk}"

    perform(actor, Deed("staff.set_password", GIVE, unit), write)


@dataclass(frozen=True)
class Oneself:
    """A person acting on her own account alone: it needs no right and no post."""

    user: User

    @property
    def user_id(self) -> int | None:
        """Her own number."""
        return self.user.pk

    @property
    def name(self) -> str:
        """Her own name."""
        return self.user.full_name

    post_title: str = ""
    system_user: str = ""

    def may(self, right: str, place: object) -> bool:
        """Her own account only: the acts below hand nothing else to it."""
        return True

    def sees_fields(self, kind: str, place: object) -> bool:
        """No one's data."""
        return False


def change_own_password(*, user: User, old: str, new: str) -> None:
    """Change one's own password; Refused without the old one, or if the new one is too weak."""
    if not user.check_password(old):
        raise Refused(Sentence("Mật khẩu đang dùng không đúng. Hãy gõ lại."))
    if old == new:
        raise Refused(Sentence("Mật khẩu mới trùng mật khẩu đang dùng. Hãy chọn mật khẩu khác."))
    refuse_weak(new, user)

    def write(line: OpenLine) -> None:
        line.details = {"first": user.must_change_password}
        user.set_password(new)
        user.must_change_password = False
        user.save(update_fields=["password", "must_change_password"])

    place = unit_of(user) or _Nowhere()
    deed = Deed("staff.change_own_password", "", place, subject=f"user:{user.pk}")
    perform(Oneself(user), deed, write)


@dataclass(frozen=True)
class _Nowhere:
    """Where the acts of an account without any post are noted."""

    chain: str = "country:VN:"


def close_account(*, actor: Actor, user: User, unit: Unit, on: date, key: str = "") -> int:
    """End every post a person holds and close the account; the number of posts ended.

    A post counts to the end of its last day; the account itself is closed at once.
    """
    refuse_not_kept(actor, user)

    def write(line: OpenLine) -> int:
        open_ones = Holding.objects.filter(user=user, valid_to=None)
        ended = open_ones.filter(valid_from__lte=on).update(valid_to=on)
        ended += open_ones.update(valid_to=F("valid_from"))
        user.is_active = False
        user.save(update_fields=["is_active"])
        line.subject, line.details = f"user:{user.pk}", {"posts": ended, "on": on.isoformat()}
        return ended

    return perform(actor, Deed("staff.close_account", GIVE, unit, key=key), write)


def choose_language(*, user: User, language: str) -> None:
    """Keep the language somebody reads the screens in: her own choice, no act on anyone's data."""
    User.objects.filter(pk=user.pk).update(language=Language(language))


def unit_of(user: User) -> Unit | None:
    """The unit of the post a person holds longest; None without any."""
    held = Holding.objects.filter(user=user).select_related("post__unit__parent")
    first = held.order_by("valid_from", "id").first()
    return first.post.unit if first is not None else None


def _hold(line: OpenLine, post: Post, user_id: int, valid_from: date) -> int:
    held = Holding.objects.filter(post=post, user=user_id)
    if held.filter(valid_to=None).exists() or held.filter(valid_to__gte=valid_from).exists():
        raise Refused(Sentence("Người này đang giữ chức danh {title}.", title=post.title))
    holding = Holding.objects.create(
        post=post, user_id=user_id, valid_from=valid_from, valid_to=post.valid_to
    )
    _note(line, post, f"user:{user_id}", valid_from)
    return holding.pk


def _end(holding: Holding, on: date) -> None:
    if on < holding.valid_from:
        raise Refused(
            Sentence(
                "{name} giữ chức danh này từ ngày {begin}; ngày thôi giữ phải từ ngày đó trở đi.",
                name=holding.user.full_name,
                begin=vi_date(holding.valid_from),
            )
        )
    if holding.valid_to is not None and holding.valid_to < on:
        raise Refused(
            Sentence(
                "{name} đã thôi giữ chức danh này từ ngày {end}.",
                name=holding.user.full_name,
                end=vi_date(holding.valid_to),
            )
        )
    holding.valid_to = on
    holding.save(update_fields=["valid_to"])


def _note(line: OpenLine, post: Post, subject: str, on: date) -> None:
    line.details = {"post": post.title, "unit": post.unit.name, "from": on.isoformat()}
    line.subject = subject
