"""Getting at the two records of a pair: unless both may be changed, the page is a missing one."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest

from chungtay.households.models import Household, Membership
from chungtay.households.queries.people import households_seen_by
from chungtay.web.here import Here
from chungtay.web.register.reaching import CHANGE, VERSION_DIGITS, seen_household


def two_households(here: Here, *ids: UUID) -> list[Household]:
    """Two households the actor may change; Http404 otherwise."""
    if len(set(ids)) != len(ids):
        raise Http404
    return [seen_household(here, one, CHANGE) for one in ids]


def two_people(here: Here, *ids: UUID) -> list[Membership]:
    """Two persons, each by the latest membership in a household the actor may change."""
    if len(set(ids)) != len(ids):
        raise Http404
    seen = households_seen_by(here.actor, CHANGE).order_by()
    rows = (
        Membership.objects.filter(
            person__in=ids, person__withdrawn=False, withdrawn=False, household__in=seen
        )
        .select_related("person", "household__commune", "household__village")
        .order_by("valid_from", "pk")
    )
    latest = {row.person_id: row for row in rows}
    latest |= {row.person_id: row for row in rows if row.valid_to is None}
    if len(latest) != len(ids):
        raise Http404
    return [latest[one] for one in ids]


def versions_of(request: HttpRequest, *ids: UUID) -> dict[UUID, int]:
    """The versions a form was opened on; Http404 for a form that carries none."""
    found = {}
    for one in ids:
        text = request.POST.get(f"version_{one}", "")
        if not (text.isascii() and text.isdecimal() and len(text) <= VERSION_DIGITS):
            raise Http404
        found[one] = int(text)
    return found
