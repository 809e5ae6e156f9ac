"""The list of pairs that are probably one, and what was settled lately."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.households.models import Household, KeptApart, PairKind, Person, RecordMerge
from chungtay.households.queries.duplicates import Likely, likely_duplicates_in
from chungtay.households.queries.people import households_seen_by
from chungtay.places.queries import origins_of
from chungtay.staff.policy import within
from chungtay.web.here import Here
from chungtay.web.pages import fresh_key, page, show
from chungtay.web.register.reaching import CHANGE
from chungtay.web.register.words import village_word

PAGE_ROWS = 30
SETTLED_ROWS = 10
VERY_LIKE, LIKE = 100, 80


@page(CHANGE)
def duplicates(request: HttpRequest, here: Here) -> HttpResponse:
    """The pairs of the place that are probably one, the likeliest first."""
    seen = households_here(here)
    found = likely_duplicates_in(seen, None)
    shown = Paginator(found.pairs, PAGE_ROWS).get_page(request.GET.get("trang"))
    context = {
        "rows": _rows(list(shown.object_list)),
        "found": shown.paginator.count,
        "people": found.people,
        "too_common": found.too_common,
        "merges": _merges(seen),
        "apart": _apart(seen),
        "key": fresh_key(),
        "pager": {
            "page": shown.number,
            "pages": shown.paginator.num_pages,
            "before": f"?trang={shown.number - 1}" if shown.has_previous() else None,
            "after": f"?trang={shown.number + 1}" if shown.has_next() else None,
        },
    }
    return show(request, "duplicates/list.html", context)


def households_here(here: Here) -> QuerySet[Household]:
    """The households of the place, and of those it took over, that the actor may change."""
    places = within([here.place, *origins_of([here.place])])
    return households_seen_by(here.actor, CHANGE).filter(places, valid_to=None, away_from=None)


def _rows(pairs: list[Likely]) -> list[dict[str, Any]]:
    households = _households({one for pair in pairs for one in pair.households})
    people = _people(
        {one for pair in pairs if pair.kind == PairKind.PERSON for one in (pair.first, pair.second)}
    )
    return [_row(pair, households, people) for pair in pairs]


def _row(
    pair: Likely, households: dict[UUID, Household], people: dict[UUID, Person]
) -> dict[str, Any]:
    homes = [households[one] for one in pair.households]
    if pair.kind == PairKind.PERSON:
        named = [people[pair.first], people[pair.second]]
        sides = [
            {
                "name": one.full_name,
                "about": _about(str(one.birth or ""), _("hộ %(head)s") % {"head": home.head_name}),
                "place": village_word(home),
            }
            for one, home in zip(named, homes, strict=True)
        ]
        href = reverse("register_duplicates_people", args=[pair.first, pair.second])
    else:
        sides = [
            {
                "name": _("Hộ %(name)s") % {"name": home.head_name},
                "about": _about(home.code, home.address),
                "place": village_word(home),
            }
            for home in homes
        ]
        href = reverse("register_duplicates_households", args=[pair.first, pair.second])
    return {
        "kind": str(PairKind(pair.kind).label),
        "sides": sides,
        "href": href,
        "reasons": pair.likeness.reasons,
        "score": pair.score,
        "word": like_word(pair.score),
    }


def like_word(score: int) -> str:
    """How alike, in a word."""
    if score >= VERY_LIKE:
        return _("Rất giống")
    return _("Giống") if score >= LIKE else _("Có thể")


def _about(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _households(ids: Iterable[UUID]) -> dict[UUID, Household]:
    rows = Household.objects.filter(pk__in=list(ids)).select_related("village", "commune")
    return {row.pk: row for row in rows}


def _people(ids: Iterable[UUID]) -> dict[UUID, Person]:
    return Person.objects.in_bulk(list(ids))


def _merges(seen: QuerySet[Household]) -> list[dict[str, Any]]:
    rows = list(
        RecordMerge.objects.filter(household__in=seen.order_by(), withdrawn=False)
        .defer("undo")
        .select_related("household")
        .order_by("-merged_at")[:SETTLED_ROWS]
    )
    names = {one.pk: one.full_name for one in _people(row.kept for row in rows).values()}
    return [
        {
            "name": names.get(row.kept) or _("Hộ %(name)s") % {"name": row.household.head_name},
            "household": row.household_id,
            "by": row.merged_by,
            "at": row.merged_at,
            "undo": reverse("register_duplicates_undo", args=[row.pk]),
        }
        for row in rows
    ]


def _apart(seen: QuerySet[Household]) -> list[dict[str, Any]]:
    rows = list(
        KeptApart.objects.filter(household__in=seen.order_by(), withdrawn=False).order_by(
            "-said_at"
        )[:SETTLED_ROWS]
    )
    ids = [one for row in rows for one in (row.first, row.second)]
    names = {pk: person.full_name for pk, person in _people(ids).items()}
    names |= {
        pk: _("Hộ %(name)s") % {"name": one.head_name} for pk, one in _households(ids).items()
    }
    return [
        {
            "names": [names.get(row.first, ""), names.get(row.second, "")],
            "by": row.said_by,
            "at": row.said_at,
            "again": reverse("register_duplicates_again", args=[row.pk]),
        }
        for row in rows
    ]
