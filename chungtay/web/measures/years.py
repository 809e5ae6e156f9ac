"""One territory year by year, and where it is not exactly the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chungtay.households.queries.measured import Asked, cube_of
from chungtay.places.queries.territory import Territory, like_for_like
from chungtay.rulebook.measuring import Figures
from chungtay.web.here import Here, first_year, today
from chungtay.web.measures.profile import measured_by, numbers, sentences, total_of
from chungtay.web.templating import said

YEARS_SHOWN = 6


def territories_of(here: Here) -> dict[int, Territory]:
    """The last years of the place on the territory it has in the viewing year, oldest first."""
    first = max(first_year(), here.year - YEARS_SHOWN + 1)
    years = like_for_like(here.place, range(first, here.year))
    return {**years, here.year: Territory(here.on, here.units)}


def asked_of(years: Mapping[int, Territory]) -> list[Asked]:
    """The cubes that some years ask for."""
    days = {year: min(one.on, today()) for year, one in years.items() if one.units}
    measured = {year: measured_by(on) for year, on in days.items()}
    return [
        Asked(years[year].units, days[year], by.standard.id)
        for year, by in measured.items()
        if by.standard is not None and by.measure is not None
    ]


def years_of(years: Mapping[int, Territory]) -> list[dict[str, Any]]:
    """What was measured in each year of a territory."""
    return [_year(year, territory) for year, territory in years.items()]


def _year(year: int, territory: Territory) -> dict[str, Any]:
    """One year of a territory, as at its last day."""
    on = min(territory.on, today())
    by = measured_by(on)
    row: dict[str, Any] = {
        "year": year,
        "on": on,
        "words": sentences(territory.words),
        "standard": said(by.standard.name) if by.standard else "",
        "why": by.why,
        "numbers": None,
    }
    if by.standard is not None and by.measure is not None and territory.units:
        figures = total_of(cube_of(territory.units, on, by.standard.id), by.measure)
        if figures.households:
            row |= {"numbers": numbers(figures), "headcount": figures.headcount or 0}
            row["highest"] = _highest(figures)
    return row


def _highest(figures: Figures) -> Any:
    """The greatest H that the answers not known allow."""
    ratio = next(one for one, _value in figures.ratios if one.kind == "H")
    ends = figures.bounds.of(ratio)
    return ends[1] if ends is not None else figures.headcount or 0
