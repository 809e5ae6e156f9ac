"""What is refused before an act on accounts and posts writes anything."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone

from chungtay.acts.refusing import NotAllowed, Refused
from chungtay.acts.services import Actor
from chungtay.places.models import Unit
from chungtay.rulebook.wording import Sentence, vi_date
from chungtay.staff.models import Holding, Post, User
from chungtay.staff.policy import GIVE, PostActor, Role, roles
from chungtay.staff.queries import open_holdings


def role_at(unit: Unit, role: str, on: date) -> Role:
    """The role, if it is one of this unit's level, its office stands and so does the unit."""
    known = roles().get(role)
    if known is None or known.level != unit.level:
        raise Refused(
            Sentence("Vai trò {role} không có ở cấp của {unit}.", role=role, unit=unit.name)
        )
    if known.until is not None and on > known.until:
        raise Refused(
            Sentence(
                "{role} chỉ có đến hết ngày {until}; sau ngày đó việc do cấp xã và cấp tỉnh làm.",
                role=known.name,
                until=vi_date(known.until),
            )
        )
    if unit.valid_to is not None and on > unit.valid_to:
        raise Refused(
            Sentence(
                "{unit} chỉ có đến hết ngày {end}. Hãy chọn ngày không muộn hơn ngày đó.",
                unit=unit.name,
                end=vi_date(unit.valid_to),
            )
        )
    return known


def refuse_not_given(actor: Actor, role: Role, unit: Unit) -> None:
    """Nobody gives more than her own role may give; the machine's owner gives all."""
    if not actor.may(GIVE, unit):
        raise NotAllowed(Sentence("Tài khoản này không có quyền làm việc đó ở địa bàn này."))
    if isinstance(actor, PostActor) and role.key not in actor.roles_given(unit):
        raise Refused(
            Sentence(
                "Chức danh “{role}” ở {unit} không do tài khoản này giao. Hãy nhờ cấp trên hoặc "
                "người quản trị máy.",
                role=role.name_on(actor.today),
                unit=unit.name,
            )
        )


def refuse_not_settled(actor: Actor, holding: Holding) -> None:
    """What is hers she may hand on; of others' posts only those she gives."""
    if holding.user_id != actor.user_id:
        refuse_not_given(actor, roles()[holding.post.role], holding.post.unit)


def refuse_oneself(actor: Actor, user: User) -> None:
    """Nobody gives a post to herself, and a closed account holds none."""
    if user.pk == actor.user_id:
        raise Refused(
            Sentence("Không ai tự giao chức danh cho mình. Hãy nhờ người khác có quyền giao.")
        )
    if not user.is_active:
        raise Refused(Sentence("Tài khoản {name} đã đóng.", name=user.username))


def refuse_outside(post: Post, on: date) -> None:
    """A post is held only while it stands."""
    begun = post.valid_from is None or post.valid_from <= on
    if not begun or (post.valid_to is not None and post.valid_to < on):
        raise Refused(
            Sentence(
                "Chức danh “{title}” không có vào ngày {on}. Hãy chọn ngày trong thời gian của "
                "chức danh.",
                title=post.title,
                on=vi_date(on),
            )
        )


def refuse_not_kept(actor: Actor, user: User) -> None:
    """An account is kept by whoever gives all the posts it holds, never by its own holder."""
    if not isinstance(actor, PostActor):
        return
    if user.pk == actor.user_id:
        raise Refused(
            Sentence("Tài khoản của chính mình thì đổi ở trang Tài khoản, không đóng được ở đây.")
        )
    for holding in open_holdings(user, timezone.localdate()):
        refuse_not_given(actor, roles()[holding.post.role], holding.post.unit)


def refuse_weak(password: str, user: User) -> None:
    """Refused with every reason why a password is too weak."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Refused(Sentence("{reasons}", reasons=" ".join(error.messages))) from error
