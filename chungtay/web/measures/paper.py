"""The profile of a place as a Word file: the same figures as the page, with its charts."""

from __future__ import annotations

import logging
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from chungtay.households.queries.measured import cube_of
from chungtay.measures.charts.drawing import ChartError, picture
from chungtay.reports.profile_paper import Profile, ProfileRow, ProfileTable, packed, write_profile
from chungtay.reports.rendering import RenderingError
from chungtay.rulebook.folding import fold
from chungtay.rulebook.measuring import Cube, Figures
from chungtay.rulebook.wording import vi_date
from chungtay.web.here import Here
from chungtay.web.measures.asking import grouping_of
from chungtay.web.measures.pictures import contribution_values, deprivation_values, words_of
from chungtay.web.measures.profile import (
    Measured,
    groups,
    headlines,
    indicators,
    measured_by,
    numbers,
    total_of,
)
from chungtay.web.pages import page, warn
from chungtay.web.templating import said

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
NUMBERS = ("households", "persons", "poor", "near_poor", "undecided", "H", "A", "M0")
log = logging.getLogger(__name__)


@page("places.see")
def measures_word(request: HttpRequest, here: Here) -> HttpResponse:
    """The profile by place as a Word file; only counts and rates, no household."""
    by = measured_by(here.on)
    if by.standard is None or by.measure is None:
        raise Http404
    cube = cube_of(here.units, here.on, by.standard.id)
    try:
        content = write_profile(_profile(here, by, cube, total_of(cube, by.measure)))
    except (ChartError, RenderingError) as error:
        log.error("profile of %s: %s", here.place.pk, error.detail)
        warn(request, said(error.sentence))
        return redirect("measures")
    name = f"do-luong-{here.year}-{fold(here.place.name).replace(' ', '-')}.docx"
    response = HttpResponse(content, content_type=WORD)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _profile(here: Here, by: Measured, cube: Cube, figures: Figures) -> Profile:
    standard: Any = by.standard
    drawn = (
        ("deprivations", deprivation_values(figures, standard)),
        ("contributions", contribution_values(figures)),
    )
    place = {"place": here.place.name, "year": here.year, "on": vi_date(here.on)}
    notes = [
        _("Chỉ tính các hộ có trong sổ, theo câu trả lời của hộ và %(standard)s.")
        % {"standard": said(standard.name)}
    ]
    if not figures.certain:
        notes.append(_("Có câu trả lời chưa rõ; số ghi ở đây là phần chắc chắn."))
    return Profile(
        title=_("Đo lường nghèo đa chiều"),
        about=_("%(place)s năm %(year)s, số liệu tại ngày %(on)s") % place,
        notes=notes,
        tables=_tables(here, by, cube, figures),
        charts=[packed(picture(name, some, words_of(name), "png")) for name, some in drawn if some],
        source=_("Nguồn: câu trả lời trong sổ hộ của %(place)s, tại ngày %(on)s.") % place,
    )


def _tables(here: Here, by: Measured, cube: Cube, figures: Figures) -> list[ProfileTable]:
    measure: Any = by.measure
    standard: Any = by.standard
    general = [
        ProfileRow(row["label"], [row["value"], row["between"]])
        for row in headlines(figures, opens=False)
    ]
    lacking = [
        ProfileRow(row["label"], [row["uncensored"], row["censored"], row["contribution"]])
        for row in indicators(figures, standard, opens=False)
    ]
    rows = groups(cube, measure, grouping_of(here, "place", cube), opens=False)
    places = [ProfileRow(row["name"], [row[one] for one in NUMBERS]) for row in rows]
    total = numbers(figures)
    places.append(ProfileRow(_("Cộng"), [total[one] for one in NUMBERS]))
    heads = [
        *(_("Hộ"), _("Người"), _("Nghèo"), _("Cận nghèo"), _("Chưa rõ")),
        *("H", "A", "M0"),
    ]
    return [
        ProfileTable(
            _("Các chỉ tiêu chung"), [_("Số đo"), _("Chắc chắn"), _("Nếu còn chưa rõ")], general
        ),
        ProfileTable(
            _("Thiếu hụt theo chỉ số, tính theo số người"),
            [_("Chỉ số"), _("Thiếu hụt"), _("Nghèo và thiếu hụt"), _("Phần trong M0")],
            lacking,
        ),
        ProfileTable(_("Theo nơi"), [_("Nơi"), *heads], places),
    ]
