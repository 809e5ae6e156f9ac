"""Two persons side by side: merged, or found not to be the same."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from chungtay.acts.refusing import Refused, Stale
from chungtay.households.models import Membership, PairKind
from chungtay.households.queries.comparing import (
    FIRST,
    SECOND,
    Difference,
    differing_people,
    known_of,
    newer_of,
)
from chungtay.households.queries.likeness import likeness
from chungtay.households.services.merging import keep_apart, merge_persons
from chungtay.households.services.uniting import KEPT, LOST, overlap
from chungtay.web.duplicates.reaching import merged_already, two_people, versions_of
from chungtay.web.duplicates.showing import SIDES, field_rows, household_side, person_side
from chungtay.web.here import Here
from chungtay.web.pages import fresh_key, one_time_key, page, show, tell
from chungtay.web.register.reaching import CHANGE
from chungtay.web.templating import said


@page(CHANGE, "GET", "HEAD", "POST")
def duplicates_people(
    request: HttpRequest, here: Here, person_id: UUID, other_person_id: UUID
) -> HttpResponse:
    """The two records of a person; a POST merges them."""
    if (settled := merged_already(request, here, person_id, other_person_id)) is not None:
        return settled
    rows = two_people(here, person_id, other_person_id)
    if request.method != "POST":
        return _page(request, here, rows, {})
    chosen = {name: request.POST.get(name, "") for name in request.POST}
    versions = versions_of(request, *{row.household_id for row in rows})
    keep = SECOND if chosen.get("keep") == SECOND else FIRST
    kept, lost = rows if keep == FIRST else rows[::-1]
    homes = {str(row.household_id): row.household_id for row in rows}
    try:
        merge_persons(
            actor=here.actor,
            kept=kept,
            lost=lost,
            values=values_of(chosen, _differences(rows), keep),
            home=homes.get(chosen.get("home", "")),
            versions=versions,
            key=one_time_key(request),
        )
    except Refused as refusal:
        status = 409 if isinstance(refusal, Stale) else 422
        fresh = two_people(here, person_id, other_person_id)
        return _page(request, here, fresh, chosen, said(refusal.sentence), status)
    tell(request, _("Đã gộp hai bản ghi của %(name)s.") % {"name": kept.person.full_name})
    return redirect("register_duplicates")


@page(CHANGE, "POST")
def duplicates_people_apart(
    request: HttpRequest, here: Here, person_id: UUID, other_person_id: UUID
) -> HttpResponse:
    """Remember that these two are not the same."""
    rows = two_people(here, person_id, other_person_id)
    keep_apart(
        actor=here.actor,
        kind=PairKind.PERSON.value,
        household=rows[0].household,
        one=person_id,
        other=other_person_id,
        key=one_time_key(request),
    )
    tell(request, _("Đã ghi nhớ: đây là hai người khác nhau. Cặp này không hiện lại nữa."))
    return redirect("register_duplicates")


def values_of(chosen: dict[str, str], found: list[Difference], keep: str) -> dict[str, str]:
    """For each differing field, whether the kept or the lost record gives the value."""
    sides = {one.name: chosen.get(f"field_{one.name}") or one.holds for one in found}
    return {name: KEPT if side == keep else LOST for name, side in sides.items()}


def _differences(rows: list[Membership]) -> list[Difference]:
    newer = newer_of(rows[0].household, rows[1].household)
    return differing_people(rows[0].person, rows[1].person, newer)


def _page(
    request: HttpRequest,
    here: Here,
    rows: list[Membership],
    chosen: dict[str, str],
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    first, second = rows
    apart = first.household_id != second.household_id
    households = {row.household_id: row.household for row in rows}
    newer = newer_of(first.household, second.household)
    context: dict[str, Any] = {
        "ids": [row.person_id for row in rows],
        "sides": [person_side(row) for row in rows],
        "households": [household_side(one) for one in households.values()],
        "fields_rows": field_rows(here, rows, _differences(rows), chosen),
        "likeness": likeness(known_of(first), known_of(second)),
        "homes": [(str(pk), one.head_name) for pk, one in households.items()],
        "asks_home": apart and overlap(first, second),
        "keep": chosen.get("keep") or newer,
        "keeps": list(zip(SIDES, (_("Bản ghi 1"), _("Bản ghi 2")), strict=True)),
        "chosen": chosen,
        "versions": {f"version_{pk}": one.version for pk, one in households.items()},
        "errors": [{"text": error}] if error else [],
        "key": fresh_key(),
        "apart_key": fresh_key(),
    }
    return show(request, "duplicates/people.html", context, status)
