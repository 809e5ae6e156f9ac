"""Communication and training: the list with the share trained, one activity with its seats."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.staff.models import Holding
from chungtay.supervision.models import Activity, ActivityKind
from chungtay.supervision.queries.activities import (
    ORGANISE,
    activities_of,
    activities_seen_by,
    poverty_holdings,
    seats_of,
    trained_in,
)
from chungtay.supervision.queries.inspections import SEE
from chungtay.supervision.services.activities import (
    restore_activity,
    seat_people,
    withdraw_activity,
)
from chungtay.web.here import Here
from chungtay.web.pages import one_time_key, page, show
from chungtay.web.supervision.shapes import acted, listed, show_record, undone_words
from chungtay.web.supervision.shared import (
    version_of,
    withdraw_or_restore,
)
from chungtay.web.tasks.words import post_words


def seen_activity(here: Here, activity_id: int) -> Activity:
    """An activity the actor may see; Http404 otherwise."""
    return get_object_or_404(activities_seen_by(here.actor), pk=activity_id)


def activity_to_change(here: Here, activity_id: int) -> Activity:
    """An activity of the actor's own place; Http404 otherwise."""
    activity = seen_activity(here, activity_id)
    if not here.actor.may(ORGANISE, activity.unit):
        raise Http404
    return activity


@page(SEE)
def supervision_activities(request: HttpRequest, here: Here) -> HttpResponse:
    """The activities of the viewing year; who organises them reads the share trained as well."""
    kind = request.GET.get("loai", "")
    found = activities_of(here.actor, here.units, here.year, kind)
    may_organise = here.actor.may(ORGANISE, here.place)
    context = listed(request, here, "supervision_activities", found, _row, loai=kind) | {
        "kind": kind if kind in ActivityKind.values else "",
        "kinds": [("", _("tất cả")), *((one.value, one.label) for one in ActivityKind)],
        "trained": trained_in(here.units, here.year).words() if may_organise else None,
        "may_organise": may_organise,
    }
    return show(request, "supervision/activities.html", context)


@page(SEE)
def supervision_activity(request: HttpRequest, here: Here, activity_id: int) -> HttpResponse:
    """One activity."""
    return _show(request, here, seen_activity(here, activity_id))


@page(ORGANISE, "POST")
def supervision_seats(request: HttpRequest, here: Here, activity_id: int) -> HttpResponse:
    """Say who is nominated for a training, and who came."""
    activity = activity_to_change(here, activity_id)
    attended = set(request.POST.getlist("attended"))
    ticked = set(request.POST.getlist("nominated")) | attended
    candidates = _candidates(activity)
    act = partial(
        seat_people,
        actor=here.actor,
        activity=activity,
        nominated=[one for one in candidates if str(one.user_id) in ticked],
        attended=[one.user_id for one in candidates if str(one.user_id) in attended],
        today=here.actor.today,
        expected_version=version_of(request),
        key=one_time_key(request),
    )
    return _done(request, here, activity, act, "seats", _("Đã ghi danh sách đề cử và dự."))


@page(ORGANISE, "POST")
def supervision_cancel(request: HttpRequest, here: Here, activity_id: int) -> HttpResponse:
    """Withdraw an activity with the reason; one that is withdrawn is used again."""
    activity = activity_to_change(here, activity_id)

    def act() -> int:
        return withdraw_or_restore(
            request,
            activity,
            partial(withdraw_activity, actor=here.actor, activity=activity),
            partial(restore_activity, actor=here.actor, activity=activity),
        )

    return _done(request, here, activity, act, "reason", undone_words(activity))


def _done(
    request: HttpRequest,
    here: Here,
    activity: Activity,
    act: Callable[[], int],
    field: str,
    words: str,
) -> HttpResponse:
    def again(wrong: dict[str, str], status: int) -> HttpResponse:
        return _show(request, here, seen_activity(here, activity.pk), wrong, status)

    to = reverse("supervision_activity", args=[activity.pk])
    return acted(request, act, again, field, words, to)


def _show(
    request: HttpRequest,
    here: Here,
    activity: Activity,
    wrong: dict[str, str] | None = None,
    status: int = 0,
) -> HttpResponse:
    """The page of an activity; with everything ticked and typed where an act was refused."""
    wrong = wrong or {}
    may_organise = here.actor.may(ORGANISE, activity.unit)
    context = {
        "one": _row(activity),
        "activity": activity,
        "training": activity.kind == ActivityKind.TRAINING,
        "seats": _seats(request, activity, may_organise=may_organise, again="seats" in wrong),
        "begun": activity.on <= here.actor.today,
        "may_organise": may_organise,
        "typed": {"reason": request.POST.get("reason", "")},
    }
    return show_record(request, "supervision/activity.html", context, wrong, status)


def _seats(
    request: HttpRequest, activity: Activity, *, may_organise: bool, again: bool
) -> list[dict[str, Any]]:
    """Who may be nominated with who is; for who does not organise, only those who are."""
    seats = {seat.user_id: seat for seat in seats_of(activity)}
    named = set(request.POST.getlist("nominated")) if again else {str(one) for one in seats}
    came = {str(one) for one, seat in seats.items() if seat.attended}
    came = set(request.POST.getlist("attended")) if again else came
    people = {seat.user_id: (seat.user.full_name, seat.post) for seat in seats.values()}
    if may_organise:
        for one in _candidates(activity):
            people.setdefault(one.user_id, (one.user.full_name, one.post))
    return [
        {
            "id": str(user),
            "name": name,
            "post": post_words(post),
            "nominated": str(user) in named,
            "attended": str(user) in came,
        }
        for user, (name, post) in people.items()
    ]


def _candidates(activity: Activity) -> list[Holding]:
    """Who held a poverty post of the place in the year, and whoever is nominated already."""
    found = poverty_holdings([activity.unit], activity.on.year)
    known = {one.user_id for one in found}
    left = [seat for seat in seats_of(activity) if seat.user_id not in known]
    return found + [Holding(user=seat.user, post=seat.post) for seat in left]


def _row(one: Activity) -> dict[str, Any]:
    return {"activity": one, "kind": one.get_kind_display(), "unit": one.unit.name_on(one.on)}
