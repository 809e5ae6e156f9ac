"""Two households side by side: merged, or found not to be the same."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from chungtay.acts.refusing import Refused, Stale
from chungtay.households.models import Household, Membership, PairKind
from chungtay.households.queries.comparing import (
    FIRST,
    SECOND,
    differing_households,
    differing_people,
    newer_of,
    probable_pairs,
)
from chungtay.households.queries.people import members_on
from chungtay.households.services.merging import keep_apart, merge_households
from chungtay.households.services.uniting import KEPT, LOST
from chungtay.households.services.uniting_households import HouseholdUniting, clashes
from chungtay.web.duplicates.people import values_of
from chungtay.web.duplicates.reaching import (
    TwoHouseholds,
    merged_already,
    two_households,
    versions_of,
)
from chungtay.web.duplicates.showing import (
    SIDES,
    household_field_rows,
    household_side,
    spell_word,
)
from chungtay.web.here import Here
from chungtay.web.pages import fresh_key, one_time_key, page, show, tell
from chungtay.web.register.reaching import CHANGE
from chungtay.web.register.words import relation_word
from chungtay.web.templating import said

Members = dict[UUID, Membership]


@page(CHANGE, "GET", "HEAD", "POST")
def duplicates_households(
    request: HttpRequest, here: Here, household_id: UUID, other_household_id: UUID
) -> HttpResponse:
    """The two records of a household; a POST merges them."""
    if (settled := merged_already(request, here, household_id, other_household_id)) is not None:
        return settled
    both = two_households(here, household_id, other_household_id)
    if request.method != "POST":
        return _page(request, both, {})
    chosen = {name: request.POST.get(name, "") for name in request.POST}
    versions = versions_of(request, household_id, other_household_id)
    given = _read(both, chosen)
    try:
        merge_households(
            actor=here.actor, given=given, versions=versions, key=one_time_key(request)
        )
    except Refused as refusal:
        status = 409 if isinstance(refusal, Stale) else 422
        fresh = two_households(here, household_id, other_household_id)
        return _page(request, fresh, chosen, said(refusal.sentence), status)
    tell(request, _("Đã gộp hai bản ghi của hộ %(name)s.") % {"name": given.kept.head_name})
    return redirect("register_duplicates")


@page(CHANGE, "POST")
def duplicates_households_apart(
    request: HttpRequest, here: Here, household_id: UUID, other_household_id: UUID
) -> HttpResponse:
    """Remember that these two are not the same."""
    both = two_households(here, household_id, other_household_id)
    keep_apart(
        actor=here.actor,
        kind=PairKind.HOUSEHOLD.value,
        household=both[0],
        one=household_id,
        other=other_household_id,
        key=one_time_key(request),
    )
    tell(request, _("Đã ghi nhớ: đây là hai hộ khác nhau. Cặp này không hiện lại nữa."))
    return redirect("register_duplicates")


def _read(both: TwoHouseholds, chosen: dict[str, str]) -> HouseholdUniting:
    """What was decided on the form; of the members only those of the two households count."""
    keep = SECOND if chosen.get("keep") == SECOND else FIRST
    newer = newer_of(both[0], both[1])
    first, second = (_members(one) for one in both)
    pairs = _chosen_pairs(first, second, chosen)
    people = {}
    for own, other in pairs.items():
        found = differing_people(second[own].person, first[other].person, _turned(newer))
        values = values_of({}, found, SECOND if keep == FIRST else FIRST)
        people[own if keep == FIRST else other] = values
    kept, lost = both if keep == FIRST else both[::-1]
    return HouseholdUniting(
        kept,
        lost,
        values=values_of(chosen, differing_households(both[0], both[1], newer), keep),
        pairs=pairs if keep == FIRST else {other: own for own, other in pairs.items()},
        people=people,
        spells={
            name.removeprefix("spells_"): KEPT if side == keep else LOST
            for name, side in chosen.items()
            if name.startswith("spells_") and side in SIDES
        },
    )


def _turned(side: str) -> str:
    return FIRST if side == SECOND else SECOND


def _chosen_pairs(first: Members, second: Members, chosen: dict[str, str]) -> dict[UUID, UUID]:
    """Who of the second household is who of the first, each of them once."""
    by_text = {str(one): one for one in first}
    pairs: dict[UUID, UUID] = {}
    for own in second:
        other = by_text.get(chosen.get(f"pair_{own}", ""))
        if other is not None and other not in pairs.values():
            pairs[own] = other
    return pairs


def _members(household: Household) -> Members:
    """The people of a household, once each, by their ids."""
    return {row.person_id: row for row in members_on(household.pk, None)}


def _page(
    request: HttpRequest,
    both: TwoHouseholds,
    chosen: dict[str, str],
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    newer = newer_of(both[0], both[1])
    differing = differing_households(both[0], both[1], newer)
    first, second = (_members(one) for one in both)
    likely = probable_pairs(list(first.values()), second.values())
    context: dict[str, Any] = {
        "ids": [one.pk for one in both],
        "sides": [household_side(one) for one in both],
        "fields_rows": household_field_rows(both, differing, chosen),
        "members": [_member_row(row, first, likely, chosen) for row in second.values()],
        "clashes": _clashes(both, chosen),
        "keep": chosen.get("keep") or newer,
        "keeps": list(zip(SIDES, (_("Bản ghi 1"), _("Bản ghi 2")), strict=True)),
        "versions": {f"version_{one.pk}": one.version for one in both},
        "errors": [{"text": error}] if error else [],
        "key": fresh_key(),
        "apart_key": fresh_key(),
    }
    return show(request, "duplicates/households.html", context, status)


def _member_row(
    row: Membership, first: Members, likely: dict[UUID, UUID], chosen: dict[str, str]
) -> dict[str, Any]:
    name = f"pair_{row.person_id}"
    return {
        "name": name,
        "label": row.person.full_name,
        "about": _about(row),
        "value": chosen[name] if name in chosen else str(likely.get(row.person_id, "")),
        "options": [
            ("", _("người khác, chuyển sang cùng")),
            *((str(pk), _named(one)) for pk, one in first.items()),
        ],
    }


def _named(row: Membership) -> str:
    about = _about(row)
    return f"{row.person.full_name} ({about})" if about else row.person.full_name


def _about(row: Membership) -> str:
    parts = (relation_word(row.relation), str(row.person.birth or ""))
    return ", ".join(part for part in parts if part)


def _clashes(both: TwoHouseholds, chosen: dict[str, str]) -> list[dict[str, Any]]:
    """For each standard by which both have a class at one time: what each says."""
    return [
        {
            "name": f"spells_{standard}",
            "value": chosen.get(f"spells_{standard}", ""),
            "options": [
                (FIRST, "; ".join(sorted({spell_word(one) for one, _other in pairs}))),
                (SECOND, "; ".join(sorted({spell_word(other) for _one, other in pairs}))),
            ],
        }
        for standard, pairs in clashes(both[0], both[1]).items()
    ]
