"""Two standards side by side: the page, the households behind a figure, the Excel file."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation

from chungtay.files.writing import TableRefused
from chungtay.households.queries.what_if import Unfinished, households_where
from chungtay.reports.foresight_files import RIGHT, write_foresight
from chungtay.reports.foresight_table import file_name
from chungtay.web.here import Here
from chungtay.web.measures.asking import may_open
from chungtay.web.measures.counting import a_second, counting
from chungtay.web.measures.foreseen import Asked, Chosen, Seen, seen_by
from chungtay.web.measures.foresight_rows import context_of
from chungtay.web.measures.listing import listed, page_of
from chungtay.web.pages import page, show, warn
from chungtay.web.templating import said
from chungtay.web.unchanged import show_unchanged

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@page("places.see")
def measures_foresight(request: HttpRequest, here: Here) -> HttpResponse:
    """Who enters and who leaves if the second standard counted instead of the first."""
    chosen = Chosen.read(here, request.GET)

    def make() -> dict[str, Any]:
        writes = here.actor.may(RIGHT, here.place)
        return context_of(seen_by(here, chosen), opens=may_open(here)) | {"writes": writes}

    try:
        return show_unchanged(request, here, "measures/foresight.html", make)
    except Unfinished as far:
        return counting(request, far.left)


@page("households.see")
def measures_foresight_households(request: HttpRequest, here: Here) -> HttpResponse:
    """The households behind one figure, as far as the reader may see them."""
    try:
        seen = seen_by(here, Chosen.read(here, request.GET))
        asked = seen.asked(request.GET)
        if asked is None:
            raise Http404
        return show(
            request, "measures/foresight_households.html", _list(request, here, seen, asked)
        )
    except Unfinished as far:
        return counting(request, far.left)


def _list(request: HttpRequest, here: Here, seen: Seen, asked: Asked) -> dict[str, Any]:
    opens, chosen = may_open(here), seen.chosen
    behind = (
        households_where(here.units, here.on, chosen.ids, asked.holds, a_second())
        if opens
        else set()
    )
    ids = listed(here, behind)
    return {
        "chosen": chosen,
        "words": asked.words,
        "opens": opens,
        "found": len(ids),
        **page_of(request, here, asked.href, ids, chosen.standing(here)),
    }


@page(RIGHT, "POST")
def measures_foresight_excel(request: HttpRequest, here: Here) -> HttpResponse:
    """The counts as an Excel file."""
    chosen = Chosen.read(here, request.POST)
    try:
        with translation.override("vi"):
            seen = seen_by(here, chosen)
    except Unfinished:
        return redirect(chosen.href)
    name = file_name(seen.shown)
    with TemporaryDirectory() as folder:
        target = Path(folder) / name
        try:
            write_foresight(actor=here.actor, place=here.place, shown=seen.shown, target=target)
        except TableRefused as refusal:
            warn(request, said(refusal.sentence))
            return redirect(chosen.href)
        content = target.read_bytes()
    response = HttpResponse(content, content_type=XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
