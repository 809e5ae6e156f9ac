"""The list of the register, the search, and the file that leaves."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.acts.refusing import Refused
from chungtay.files.writing import TableRefused
from chungtay.households.models import Household, HouseholdClass
from chungtay.households.queries.events import named_then
from chungtay.households.queries.lists import (
    communes_in,
    member_counts,
    members_named,
    villages_in,
)
from chungtay.households.queries.people import matching
from chungtay.households.queries.residences import lived_in, residences_of_many
from chungtay.households.queries.statuses import (
    count_by_class,
    count_poor_by_subclass,
    standards_at,
    statuses_of_many,
)
from chungtay.places.models import Unit
from chungtay.places.queries import all_as_on, origins_of
from chungtay.rulebook.folding import fold
from chungtay.rulebook.loading import law
from chungtay.rulebook.wording import vi_int
from chungtay.sync.exporting import RIGHT, export_households
from chungtay.web.here import Here
from chungtay.web.pages import page, show, warn
from chungtay.web.register.filters import (
    CLASSES,
    KINDS,
    NEAR,
    NO_CLASS,
    ListFilter,
    chosen_households,
    keep_search,
    numbers_seen,
    read_filter,
    standing_anywhere,
    standing_here,
    typed_text,
)
from chungtay.web.register.words import class_word, spell_word, village_word
from chungtay.web.templating import said

PAGE_ROWS = 50
FOUND_ROWS = 8
RANKED_ROWS = 60
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@page("households.see")
def register(request: HttpRequest, here: Here) -> HttpResponse:
    """The households of the place on the viewing day, filtered, sorted, fifty a page."""
    chosen = read_filter(request, here, request.GET)
    listed = chosen_households(here, chosen)
    shown = Paginator(listed, PAGE_ROWS).get_page(request.GET.get("page"))
    may_export = here.actor.may(RIGHT, here.place)
    seen = standing_anywhere(here) if chosen.token else standing_here(here)
    total = seen.count()
    context = {
        "chosen": chosen,
        "rows": _rows(list(shown.object_list), here.on, chosen.standard),
        "found": shown.paginator.count,
        "total": total,
        "villages": _place_choices(here, seen, chosen.village),
        "classes": _class_choices(here, seen, chosen.standard, total),
        "standards": _standard_choices(here),
        "pager": _pager(shown, chosen),
        "leaving": _leaving(here, chosen, shown.paginator.count) if may_export else 0,
        "near": here.place.level in NEAR,
        "may_change": bool(here.actor.units_for("households.change")),
        "may_import": bool(here.actor.units_for("households.import")),
    }
    return show(request, "register/register.html", context)


@page("households.see", "POST")
def register_search(request: HttpRequest, here: Here) -> HttpResponse:
    """The best lines under the box for htmx; else the text goes to the session, its token on."""
    text = typed_text(request)
    if request.headers.get("HX-Request"):
        return show(request, "register/found.html", _found(here, text))
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


def _rows(households: list[Household], on: date, standard: str) -> list[dict[str, Any]]:
    ids = [household.id for household in households]
    spells, members = statuses_of_many(ids, on, standard), member_counts(ids, on)
    lived = residences_of_many(ids, on)
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


def _place_choices(here: Here, seen: QuerySet[Household], chosen: str) -> list[tuple[str, str]]:
    """The villages to choose from; above the commune the communes, and the unit now chosen."""
    if here.place.level in NEAR:
        return _village_choices(all_as_on(villages_in(seen, here.lived_on), here.on))
    communes = communes_in(seen, here.lived_on)
    choices = [(str(one.pk), one.name_on(here.on)) for one in communes]
    if chosen and chosen not in dict(choices):
        unit = Unit.objects.filter(pk=int(chosen)).first()
        if unit is not None and any(unit.path.startswith(one.path) for one in here.units):
            choices.insert(0, (chosen, unit.name_on(here.on)))
    return choices


def _village_choices(villages: list[Unit]) -> list[tuple[str, str]]:
    several = len({village.parent_id for village in villages}) > 1
    return [
        (str(one.id), f"{one.name}, {one.parent.name}" if several and one.parent else one.name)
        for one in villages
    ]


def _class_choices(
    here: Here, seen: QuerySet[Household], standard: str, total: int
) -> list[tuple[str, str]]:
    """Every class with how many households are in it; together they are all.

    The poor of kind A or B follow the poor they are part of.
    """
    counts = count_by_class(seen, here.on, standard)
    counts[NO_CLASS] = total - counts.total()
    if counts[HouseholdClass.POOR]:
        by_kind = count_poor_by_subclass(seen, here.on, standard)
        counts.update({name: by_kind[kind] for name, kind in KINDS.items()})
    return [
        (one, f"{_class_choice(one)} ({vi_int(counts[one])})")
        for one in CLASSES
        if counts[one] or one == NO_CLASS
    ]


def _class_choice(name: str) -> str:
    return f"– {class_word(None, KINDS[name])}" if name in KINDS else class_word(name)


def _standard_choices(here: Here) -> list[tuple[str, str]]:
    """The standards to choose from where a place has one of its own; else none."""
    national, *own = standards_at(here.place, here.on)
    if not own:
        return []
    named = [("", national), *((one, one) for one in own)]
    return [(key, said(law().standard(one).name)) for key, one in named]


def _pager(shown: Page[Household], chosen: ListFilter) -> dict[str, Any]:
    number = shown.number
    return {
        "page": number,
        "pages": shown.paginator.num_pages,
        "previous": chosen.href(number - 1) if shown.has_previous() else None,
        "next": chosen.href(number + 1) if shown.has_next() else None,
    }


def _found(here: Here, text: str) -> dict[str, Any]:
    if not text:
        return {"items": [], "total": 0, "text": ""}
    households = matching(standing_anywhere(here), text, numbers_in=numbers_seen(here))
    words = fold(text).split()
    ranked = sorted(
        households.order_by("head_sort_key")[:RANKED_ROWS], key=lambda one: _rank(one, words)
    )[:FOUND_ROWS]
    ids = [household.id for household in ranked]
    spells, named = statuses_of_many(ids, here.on), members_named(ids, text, here.on)
    lived = residences_of_many(ids, here.on)
    items = []
    for one in ranked:
        spell = spells.get(one.id)
        village = village_word(lived.get(one.id, one), here.on)
        word = spell_word(spell)
        about = [village, word[:1].lower() + word[1:]]
        if named.get(one.id, one.head_name) != one.head_name:
            about.append(_("có %(name)s") % {"name": named[one.id]})
        href = reverse("register_household", args=[one.id])
        items.append({"name": one.head_name, "about": " · ".join(about), "href": href})
    return {"items": items, "total": households.count(), "text": text}


def _rank(household: Household, words: list[str]) -> int:
    """A head named by whole words comes first, then by parts of words, then anything else."""
    name = fold(household.head_name)
    if all(word in name.split() for word in words):
        return 0
    return 1 if all(word in name for word in words) else 2
