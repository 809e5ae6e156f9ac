"""Getting at the two records of a pair: unless both may be changed, the page is a missing one."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from chungtay.households.models import Household, Membership, RecordMerge
from chungtay.households.queries.people import households_seen_by
from chungtay.web.here import Here
from chungtay.web.pages import tell
from chungtay.web.register.reaching import CHANGE, VERSION_DIGITS, seen_household

TwoHouseholds = tuple[Household, Household]


def two_households(here: Here, one: UUID, other: UUID) -> TwoHouseholds:
    """Two households the actor may change; Http404 otherwise."""
    if one == other:
        raise Http404
    return seen_household(here, one, CHANGE), seen_household(here, other, CHANGE)


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


def merged_already(request: HttpRequest, here: Here, *ids: UUID) -> HttpResponse | None:
    """Back to the list where these two are one already: a second click, an old tab."""
    seen = households_seen_by(here.actor, CHANGE).order_by()
    merges = RecordMerge.objects.filter(
        lost__in=ids, kept__in=ids, withdrawn=False, household__in=seen
    )
    if not merges.exists():
        return None
    tell(request, _("Hai bản ghi này đã được gộp thành một."))
    return redirect("register_duplicates")


def versions_of(request: HttpRequest, *ids: UUID) -> dict[UUID, int]:
    """The versions a form was opened on; Http404 for a form that carries none."""
    found = {}
    for one in ids:
        text = request.POST.get(f"version_{one}", "")
        if not (text.isascii() and text.isdecimal() and len(text) <= VERSION_DIGITS):
            raise Http404
        found[one] = int(text)
    return found
