"""The gates of the desk: a post, a holding or an account of elsewhere is not found."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from chungtay.staff.models import Holding, Post, User
from chungtay.staff.policy import GIVE, roles
from chungtay.staff.queries import accounts_seen_by, posts_seen_by
from chungtay.staff.services import unit_of
from chungtay.web.here import Here
from chungtay.web.register.dates import TypedDate, boxes_of, read_date
from chungtay.web.templating import said

SURE = "sure"


def seen_post(here: Here, post_id: int) -> Post:
    """A post the actor may look at; Http404 otherwise."""
    return get_object_or_404(posts_seen_by(here.actor), pk=post_id)


def kept_post(here: Here, post_id: int) -> Post:
    """A post at a place whose staff the actor may change; Http404 otherwise."""
    post = seen_post(here, post_id)
    if not here.actor.may(GIVE, post.unit):
        raise Http404
    return post


def kept_holding(here: Here, holding_id: int) -> Holding:
    """What somebody holds at a place whose staff the actor may change; Http404 otherwise."""
    posts = posts_seen_by(here.actor)
    held = Holding.objects.filter(post__in=posts).select_related("user", "post__unit__parent")
    holding = get_object_or_404(held, pk=holding_id)
    if not here.actor.may(GIVE, holding.post.unit):
        raise Http404
    return holding


def kept_account(here: Here, user_id: int) -> User:
    """An account of a place whose staff the actor may change; Http404 otherwise."""
    user = get_object_or_404(accounts_seen_by(here.actor), pk=user_id)
    unit = unit_of(user)
    if unit is None or not here.actor.may(GIVE, unit):
        raise Http404
    return user


def role_word(key: str, on: date) -> str:
    """What a role is called on a day, in the reader's language."""
    known = roles().get(key)
    return said(known.name_on(on)) if known else key


def sure(request: HttpRequest) -> bool:
    """Whether the answers were checked already."""
    return request.POST.get(SURE) == "1"


def typed_day(request: HttpRequest, name: str, label: str, default: date | None) -> TypedDate:
    """The day of three boxes; before anything is sent, the one proposed."""
    if request.method != "POST":
        return TypedDate(boxes_of(default))
    return read_date(request.POST, name, label, whole=True)


def day_error(typed: TypedDate, *, needed: bool = True) -> str:
    """Why a day cannot be taken; empty if it can."""
    if typed.error:
        return typed.error
    if typed.value is None:
        return _("Hãy ghi đủ ngày, tháng, năm.") if needed else ""
    return "" if typed.value.is_whole else _("Hãy ghi đủ ngày, tháng, năm.")


def day_of(typed: TypedDate) -> date | None:
    """The day of three boxes, if it is a whole one."""
    return typed.value.earliest() if typed.value is not None and typed.value.is_whole else None


def hidden_day(name: str, typed: TypedDate) -> list[tuple[str, Any]]:
    """The three boxes for a form that carries them along."""
    return [(f"{name}_{part}", value) for part, value in typed.boxes.items()]
