"""Three pages: the profile of a place, the households behind a figure, the place over the years."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from chungtay.households.queries.measured import Asked, cube_of, households_in
from chungtay.rulebook.loading import law
from chungtay.rulebook.measuring import Measure
from chungtay.web.here import Here
from chungtay.web.measures.asking import (
    FIGURES,
    GROUPINGS,
    Grouping,
    Wanted,
    grouping_of,
    groupings_of,
    may_open,
)
from chungtay.web.measures.counting import still_counting
from chungtay.web.measures.listing import listed, page_of
from chungtay.web.measures.profile import (
    dimensions,
    groups,
    headlines,
    indicators,
    measured_by,
    numbers,
    total_of,
)
from chungtay.web.measures.years import asked_of, territories_of, years_of
from chungtay.web.pages import page, show
from chungtay.web.templating import said


@page("places.see")
def measures(request: HttpRequest, here: Here) -> HttpResponse:
    """What the households of the place lack, in figures, by the groups asked for."""
    by, asked = measured_by(here.on), request.GET.get("by", "")
    known = groupings_of(here)
    chosen = asked if asked in known else next(iter(known))
    context: dict[str, Any] = {"measured": by, "tabs": _tabs(known, chosen), "chosen": chosen}
    if by.standard is not None and by.measure is not None:
        if waits := still_counting(request, [Asked(here.units, here.on, by.standard.id)]):
            return waits
        cube = cube_of(here.units, here.on, by.standard.id)
        opens, figures = may_open(here), total_of(cube, by.measure)
        context |= {
            "households": int(figures.households),
            "certain": figures.certain,
            "headlines": headlines(figures, opens=opens),
            "indicators": indicators(figures, by.standard, opens=opens),
            "dimensions": dimensions(figures),
            "groups": groups(cube, by.measure, grouping_of(here, chosen, cube), opens=opens),
            "sum": numbers(figures),
            "opens": opens,
        }
    return show(request, "measures/profile.html", context)


def _tabs(known: Any, chosen: str) -> list[dict[str, Any]]:
    address = reverse("measures")
    return [
        {"label": str(word), "href": f"{address}?by={by}#nhom", "current": by == chosen}
        for by, word in known.items()
    ]


@page("households.see")
def measures_households(request: HttpRequest, here: Here) -> HttpResponse:
    """The households behind one figure, as far as the reader may see them."""
    by = measured_by(here.on)
    if by.standard is None or by.measure is None:
        raise Http404
    wanted = Wanted.read(here, by.measure, request.GET)
    if wanted is None:
        raise Http404
    if waits := still_counting(request, [Asked(here.units, here.on, by.standard.id)]):
        return waits
    cube = cube_of(here.units, here.on, by.standard.id)
    grouping = grouping_of(here, wanted.by, cube) if wanted.by else None
    opens = may_open(here)
    asked = wanted.of(by.measure, grouping)
    behind = households_in(here.units, here.on, by.standard.id, asked) if opens else set()
    ids = listed(here, behind)
    context = {
        "title": _title(wanted, by.measure, by.standard.id),
        "group": _group_word(wanted, grouping),
        "opens": opens,
        "found": len(ids),
        **page_of(request, here, wanted.href, ids, by.standard.id),
    }
    return show(request, "measures/households.html", context)


def _title(wanted: Wanted, measure: Measure, standard: str) -> str:
    title = str(FIGURES[wanted.figure])
    if not wanted.indicator:
        return title
    place = measure.indicators.index(wanted.indicator)
    return f"{title}: {said(law().standard(standard).indicators[place].name)}"


def _group_word(wanted: Wanted, grouping: Grouping | None) -> str:
    """The group of an address in words."""
    if grouping is None:
        return ""
    number = wanted.group.isascii() and wanted.group.isdecimal() and wanted.by == "place"
    group = int(wanted.group) if number else wanted.group
    return f"{GROUPINGS[wanted.by]}: {grouping.word(group)}"


@page("places.see")
def measures_years(request: HttpRequest, here: Here) -> HttpResponse:
    """The same territory year by year, and where it is not exactly the same."""
    years = territories_of(here)
    if waits := still_counting(request, asked_of(years)):
        return waits
    return show(request, "measures/years.html", {"rows": years_of(years)})
