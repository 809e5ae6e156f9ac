"""The reports of the units below added up, beside what the register says now."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.reports.consolidating import Beside, Consolidated, beside_register, consolidated
from chungtay.reports.models import OwedReport
from chungtay.reports.queries import calendar_rows
from chungtay.reports.result_files import RIGHT
from chungtay.reports.statements import FrozenRow
from chungtay.rulebook.loading import law
from chungtay.web.here import Here
from chungtay.web.pages import page, show
from chungtay.web.reports.words import kind_words, rows_of, shown_table

Asked = tuple[str, date, date]


@page(RIGHT)
def reports_consolidated(request: HttpRequest, here: Here) -> HttpResponse:
    """The sum of what the units below sent about one period, and who stays silent."""
    periods = periods_of(here)
    asked = chosen_period(request.GET, periods)
    below = consolidated(here.place, *asked) if asked is not None else None
    standard = _standard(request.GET.get("chuan", ""), below)
    context = {
        "below": below,
        "title": kind_words(asked[0], asked[2]) if asked is not None else "",
        "asked": period_key(asked) if asked is not None else "",
        "periods": [
            {
                "label": kind_words(one[0], one[2]),
                "href": _href(one, standard),
                "current": one == asked,
            }
            for one in periods
        ],
        "standards": [
            {
                "label": law().standard(one).name,
                "href": _href(asked, one),
                "current": one == standard,
            }
            for one in (below.standards if below is not None and asked is not None else ())
            if asked is not None
        ],
        "standard": standard,
        "silent": rows_of(below.silent, here.on) if below is not None else [],
        "waiting": {one.unit.pk for one in below.waiting} if below is not None else set(),
        "tables_shown": [_shown(one) for one in beside_register(below, standard, here.actor.today)]
        if below is not None and standard
        else [],
    }
    return show(request, "reports/consolidated.html", context)


def periods_of(here: Here) -> list[Asked]:
    """The kinds and periods the units below owe the place reports about."""
    rows = calendar_rows(here.actor, here.place, here.year)
    owed = rows.filter(to=here.place.pk, unit__isnull=False, withdrawn=False)
    found = owed.exclude(kind=OwedReport.Kind.ON_DEMAND)
    return list(dict.fromkeys((one.kind, one.opening, one.closing) for one in found))


def chosen_period(given: Any, periods: list[Asked]) -> Asked | None:
    """The period asked for; the first where none or none of these is."""
    asked = given.get("ky", "")
    return next(
        (one for one in periods if period_key(one) == asked), periods[0] if periods else None
    )


def period_key(asked: Asked) -> str:
    """A period as an address names it."""
    kind, opening, closing = asked
    return f"{kind}-{opening:%Y%m%d}-{closing:%Y%m%d}"


def _standard(given: str, below: Consolidated | None) -> str:
    known = below.standards if below is not None else []
    return given if given in known else (known[0] if known else "")


def _href(asked: Asked | None, standard: str) -> str:
    words = {"ky": period_key(asked) if asked is not None else "", "chuan": standard}
    return f"{reverse('reports_consolidated')}?{urlencode(words)}"


def _shown(one: Beside) -> dict[str, Any]:
    """A table of the sum, the register's whole under it, the differences in words."""
    register = FrozenRow(_("Sổ hộ hiện nay, cả địa bàn"), dict(one.register_total))
    return shown_table(one.sum, [register]) | {"differences": one.differences}
