"""The charts of the desk, as pictures for its pages and papers."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from chungtay.households.queries.measured import cube_of
from chungtay.measures.charts.drawing import ChartError, picture
from chungtay.rulebook.lawbook import Standard
from chungtay.rulebook.measuring import Figures
from chungtay.web.here import Here
from chungtay.web.measures.profile import measured_by, rate, total_of
from chungtay.web.measures.years import territories_of, years_of
from chungtay.web.pages import page
from chungtay.web.templating import said

SVG = "image/svg+xml"
Values = Sequence[Mapping[str, Any]]
log = logging.getLogger(__name__)


@page("places.see")
def measures_chart(_request: HttpRequest, here: Here, chart: str) -> HttpResponse:
    """One chart of the place as SVG; the table beside it says the same."""
    values = _values(here, chart)
    try:
        return HttpResponse(picture(chart, values, words_of(chart), "svg"), content_type=SVG)
    except ChartError as error:
        log.error("chart %s: %s", chart, error.detail)
        return HttpResponse(said(error.sentence), status=503, content_type="text/plain")


def _values(here: Here, name: str) -> Values:
    if name == "trend":
        return trend_values(years_of(territories_of(here)))
    if name != "contributions":
        raise Http404
    by = measured_by(here.on)
    if by.standard is None or by.measure is None:
        return ()
    return contribution_values(total_of(cube_of(here.units, here.on, by.standard.id), by.measure))


def words_of(name: str) -> dict[str, str]:
    """The words on the axes of a chart."""
    words = {
        "contributions": _("Phần của mỗi chiều trong M0"),
        "deprivations": _("Tỷ lệ người thiếu hụt"),
        "trend": _("H: tỷ lệ người sống trong hộ nghèo"),
    }
    return {"share": words[name]}


def contribution_values(figures: Figures) -> list[dict[str, Any]]:
    """Each dimension with its part of M0; none without poor."""
    return [
        {"dimension": said(name), "share": float(value), "said": rate(value)}
        for name, value in figures.dimension_contribution.items()
        if value is not None
    ]


def deprivation_values(figures: Figures, standard: Standard) -> list[dict[str, Any]]:
    """Each indicator with the persons lacking it, and how many more may."""
    bounds = {
        ratio.name: figures.bounds.of(ratio)
        for ratio, _value in figures.ratios
        if ratio.kind == "uncensored"
    }
    rows = []
    for one in standard.indicators:
        value, ends = figures.uncensored[one.code], bounds[one.code]
        share = float(value or 0)
        high = float(ends[1]) if ends is not None else share
        rows.append(
            {
                "indicator": said(one.name),
                "share": share,
                "high": high,
                "end": max(share, high),
                "said": rate(value),
            }
        )
    return rows


def trend_values(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """H of each year that could be measured, and how much higher it may be."""
    return [
        {
            "year": row["year"],
            "share": float(row["headcount"]),
            "high": float(row["highest"]),
            "said": row["numbers"]["H"],
        }
        for row in rows
        if row["numbers"] is not None
    ]
