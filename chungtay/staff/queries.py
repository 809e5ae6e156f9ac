"""Questions about posts and accounts: who holds what, who may look, who keeps the keys."""

from __future__ import annotations

from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from chungtay.places.models import Level, Unit
from chungtay.staff.models import Holding, Post, User
from chungtay.staff.policy import GIVE, PostActor, roles

SEE = "staff.see"


def holding_on(on: date) -> Q:
    """The condition that a post is held on a day, and itself stands on it."""
    held = Q(valid_from__lte=on) & (Q(valid_to=None) | Q(valid_to__gte=on))
    begun = Q(post__valid_from=None) | Q(post__valid_from__lte=on)
    return held & begun & (Q(post__valid_to=None) | Q(post__valid_to__gte=on))


def posts_seen_by(actor: PostActor) -> QuerySet[Post]:
    """The posts an actor may look at, with their units."""
    condition = Q(pk__in=())
    for unit in actor.units_for(SEE):
        condition |= Q(unit__path__startswith=unit.path)
    return Post.objects.filter(condition).select_related("unit__parent")


def posts_of(actor: PostActor, unit: Unit) -> list[Post]:
    """The posts at a unit, in its villages, and below it those whose role the actor gives there."""
    near = Q(unit=unit) | Q(unit__parent=unit, unit__level=Level.VILLAGE)
    given = Q(unit__path__startswith=unit.path, role__in=actor.roles_given(unit))
    holdings = Holding.objects.select_related("user").order_by("valid_from", "pk")
    found = posts_seen_by(actor).filter(near | given).distinct()
    listed = found.prefetch_related(Prefetch("holdings", holdings))
    order = list(roles())
    return sorted(
        listed,
        key=lambda post: (
            post.unit.level != unit.level,
            order.index(post.role) if post.role in order else len(order),
            post.unit.folded,
            post.title,
        ),
    )


def accounts_seen_by(actor: PostActor) -> QuerySet[User]:
    """The accounts that hold or held a post the actor may look at."""
    posts = posts_seen_by(actor)
    held = Holding.objects.filter(post__in=posts).values("user")
    return User.objects.filter(pk__in=held).order_by("full_name", "username")


def open_holdings(user: User, on: date) -> list[Holding]:
    """What a person holds on a day or will hold, with post and unit."""
    still = Holding.objects.filter(user=user).filter(Q(valid_to=None) | Q(valid_to__gte=on))
    return list(still.select_related("post__unit__parent").order_by("valid_from", "pk"))


def keepers_of(unit: Unit, on: date) -> set[int]:
    """Who may change the staff of a unit itself on a day, by accounts in use."""
    keys = [key for key, role in roles().items() if GIVE in role.rights]
    held = Holding.objects.filter(holding_on(on), post__unit=unit, post__role__in=keys)
    return set(held.filter(user__is_active=True).values_list("user_id", flat=True))


def leaves_nobody(unit: Unit, user: User, on: date) -> bool:
    """Whether without this person nobody at the unit could change its staff any more."""
    return keepers_of(unit, on) == {user.pk}
