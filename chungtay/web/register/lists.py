"""The list of the register, the search, and the file that leaves."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from chungtay.acts.refusing import Refused
from chungtay.files.writing import TableRefused
from chungtay.households.models import Household
from chungtay.households.queries.events import named_then
from chungtay.households.queries.lists import (
    member_counts,
)
from chungtay.households.queries.residences import lived_in, residences_of_many
from chungtay.households.queries.statuses import (
    statuses_of_many,
)
from chungtay.places.queries import origins_of
from chungtay.sync.exporting import RIGHT, export_households
from chungtay.web.here import Here
from chungtay.web.pages import page, show, warn
from chungtay.web.register.facets import (
    class_choices,
    facets_of,
    found_count,
    place_choices,
    standard_choices,
)
from chungtay.web.register.filters import (
    NEAR,
    NO_CLASS,
    ListFilter,
    chosen_households,
    keep_search,
    read_filter,
    typed_text,
)
from chungtay.web.register.searching import found_by
from chungtay.web.register.words import spell_word, village_word
from chungtay.web.templating import said
from chungtay.web.unchanged import show_unchanged

PAGE_ROWS = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@page("households.see")
def register(request: HttpRequest, here: Here) -> HttpResponse:
    """The households of the place on the viewing day, filtered, sorted, fifty a page."""
    chosen = read_filter(request, here, request.GET)
    template, page_number = "register/register.html", request.GET.get("page")
    if chosen.token:  # what is searched for lies in the session
        return show(request, template, _listed(here, chosen, page_number))
    return show_unchanged(request, here, template, lambda: _listed(here, chosen, page_number))


def _listed(here: Here, chosen: ListFilter, page_number: str | None) -> dict[str, Any]:
    """What the list says."""
    facets = facets_of(here, chosen)
    # The pages are counted out by numbers alone: the households are asked for where not remembered.
    pages = Paginator(range(found_count(here, chosen, facets)), PAGE_ROWS)
    shown = pages.get_page(page_number)
    may_export = here.actor.may(RIGHT, here.place)
    return {
        "chosen": chosen,
        "listed": len(shown.object_list),
        "rows": _page_rows(here, chosen, shown),
        "found": pages.count,
        "total": facets.total,
        "villages": place_choices(here, facets, chosen.village),
        "classes": class_choices(facets.counts),
        "standards": standard_choices(here),
        "pager": _pager(shown, chosen),
        "leaving": _leaving(here, chosen, pages.count) if may_export else 0,
        "near": here.place.level in NEAR,
        "may_change": bool(here.actor.units_for("households.change")),
        "may_import": bool(here.actor.units_for("households.import")),
    }


@page("households.see", "POST")
def register_search(request: HttpRequest, here: Here) -> HttpResponse:
    """The best lines under the box for htmx; else the text goes to the session, its token on."""
    text = typed_text(request)
    if request.headers.get("HX-Request"):
        return show(request, "register/found.html", found_by(here, text))
    if not text:
        return redirect("register")
    return redirect(ListFilter(token=keep_search(request, text)).href())


@page(RIGHT, "POST")
def register_export(request: HttpRequest, here: Here) -> HttpResponse:
    """The listed households as an Excel file: asked for a purpose, counted, journalled."""
    chosen = read_filter(request, here, request.POST)
    place = here.place
    name = f"ho-dan-{place.code or place.id}-{here.on:%Y-%m-%d}.xlsx"
    try:
        content = _exported(request, here, chosen, name)
    except (Refused, TableRefused) as refusal:
        warn(request, said(refusal.sentence))
        return redirect(chosen.href())
    response = HttpResponse(content, content_type=XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _leaving(here: Here, chosen: ListFilter, found: int) -> int:
    """How many of the listed households an export takes along: of a search the place's share."""
    if not chosen.token:
        return found
    place = lived_in([here.place, *origins_of([here.place])], here.lived_on)
    return chosen_households(here, chosen, RIGHT).filter(place).count()


def _exported(request: HttpRequest, here: Here, chosen: ListFilter, name: str) -> bytes:
    with tempfile.TemporaryDirectory(prefix="chungtay-") as folder:
        target = Path(folder) / name
        export_households(
            actor=here.actor,
            place=here.place,
            households=chosen_households(here, chosen, RIGHT),
            on=here.on,
            purpose=request.POST.get("purpose", ""),
            target=target,
        )
        return target.read_bytes()


def _page_rows(here: Here, chosen: ListFilter, shown: Page[int]) -> list[dict[str, Any]]:
    """The lines of a page."""
    first = max(shown.start_index() - 1, 0)
    listed = chosen_households(here, chosen)[first : shown.end_index()]
    return list_rows(list(listed), here, chosen.standard)


def list_rows(households: list[Household], here: Here, standard: str) -> list[dict[str, Any]]:
    """The lines of some households on the viewing day, as `register/rows.html` shows them."""
    on, ids = here.on, [household.id for household in households]
    spells, members = statuses_of_many(ids, on, standard), member_counts(ids, on)
    lived = residences_of_many(ids, on) if here.lived_on else {}
    then = named_then(lived)
    return [
        {
            "name": then[household.id][0] if household.id in then else household.head_name,
            "href": reverse("register_household", args=[household.id]),
            "code": then[household.id][1] if household.id in then else household.code,
            "village": village_word(lived.get(household.id, household), on),
            "members": members[household.id],
            "class": spell.household_class if (spell := spells.get(household.id)) else NO_CLASS,
            "word": spell_word(spell),
            "since": spell.valid_from if spell else None,
        }
        for household in households
    ]


def _pager(shown: Page[int], chosen: ListFilter) -> dict[str, Any]:
    number = shown.number
    return {
        "page": number,
        "pages": shown.paginator.num_pages,
        "previous": chosen.href(number - 1) if shown.has_previous() else None,
        "next": chosen.href(number + 1) if shown.has_next() else None,
    }
