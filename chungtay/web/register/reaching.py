"""Getting at a household or a member: those of others answer exactly like missing ones."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from chungtay.households.models import Household, Membership
from chungtay.households.queries.merged import standing_for, standing_person
from chungtay.households.queries.people import households_seen_by
from chungtay.web.here import Here
from chungtay.web.register.words import place_of

CHANGE = "households.change"
VERSION_DIGITS = 9


def seen_household(here: Here, household_id: UUID, right: str = "households.see") -> Household:
    """A household at which the actor has a right; Http404 otherwise."""
    return get_object_or_404(households_seen_by(here.actor, right), pk=household_id)


def merged_into(here: Here, household_id: UUID) -> UUID | None:
    """The household a merged one went into, if the actor may see it; None otherwise."""
    kept = standing_for([household_id]).get(household_id)
    if kept is None or not households_seen_by(here.actor).filter(pk=kept).exists():
        return None
    return kept


def member_of(household: Household, person_id: UUID) -> Membership:
    """The latest membership of a person in a household; Http404 if there is none.

    Of a merged person, that of the one she went into.
    """
    person = standing_person(person_id)
    rows = Membership.objects.filter(household=household, person=person, withdrawn=False)
    found = rows.select_related("person").order_by("-valid_from", "-id").first()
    if found is None:
        raise Http404
    return found


def day_shown(household: Household, here: Here) -> date:
    """The viewing day, or the nearest day on which the household is in the register."""
    day = here.on
    if household.valid_from is not None:
        day = max(day, household.valid_from)
    return min(day, household.valid_to) if household.valid_to is not None else day


def sees_whole(here: Here, household: Household) -> bool:
    """Whether the actor sees the sensitive fields of a household."""
    return here.actor.sees_fields("sensitive", place_of(household))


def version_of(request: HttpRequest) -> int:
    """The version a form was opened on; Http404 for a form that carries none."""
    text = request.POST.get("version", "")
    if not (text.isascii() and text.isdecimal() and len(text) <= VERSION_DIGITS):
        raise Http404
    return int(text)
