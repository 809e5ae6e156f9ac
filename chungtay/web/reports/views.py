"""The official tables on screen, and each as an Excel file."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.files.writing import TableRefused
from chungtay.households.queries.statuses import standards_at
from chungtay.reports.result_files import RIGHT, file_name, write_result_table
from chungtay.reports.result_tables import FilledTable, ResultRow, Results, results_of
from chungtay.reports.standings import period_of
from chungtay.rulebook.loading import law
from chungtay.web.here import Here
from chungtay.web.pages import page, show, warn
from chungtay.web.templating import said
from chungtay.web.today.standards import shown_standards

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PARTS = ("year", "h1", "h2")
LISTED = frozenset({"poor", "near_poor", "average_living"})


@page(RIGHT)
def reports(request: HttpRequest, here: Here) -> HttpResponse:
    """The tables of the place for the viewing year or one of its halves."""
    part, standard = _chosen(request.GET, here)
    results = _results(here, part, standard)
    standards = standards_at(here.place, here.on)
    context = {
        "results": results,
        "part": part,
        "standard": standard,
        "standard_name": law().standard(standard).name,
        "periods": [
            {"label": label, "href": _href(one, standard), "current": one == part}
            for one, label in zip(
                PARTS, (_("Cả năm"), _("Sáu tháng đầu năm"), _("Sáu tháng cuối năm")), strict=True
            )
        ],
        "standards": [
            {
                "label": law().standard(one).name,
                "href": _href(part, one),
                "current": one == standard,
            }
            for one in standards
        ],
        "tables_shown": [_shown(here, results, filled) for filled in results.tables],
    }
    return show(request, "reports/tables.html", context)


@page(RIGHT, "POST")
def reports_excel(request: HttpRequest, here: Here, table: str) -> HttpResponse:
    """One table as an Excel file."""
    part, standard = _chosen(request.POST, here)
    results = _results(here, part, standard)
    filled = next((one for one in results.tables if one.table.id == table), None)
    if filled is None:
        raise Http404
    name = file_name(results, filled)
    with TemporaryDirectory() as folder:
        target = Path(folder) / name
        try:
            write_result_table(actor=here.actor, results=results, filled=filled, target=target)
        except TableRefused as refusal:
            warn(request, said(refusal.sentence))
            return redirect(_href(part, standard))
        content = target.read_bytes()
    response = HttpResponse(content, content_type=XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _chosen(given: Any, here: Here) -> tuple[str, str]:
    """The part of the year and the standard; what is not understood counts as not chosen."""
    part, standard = str(given.get("part", "")), str(given.get("standard", ""))
    known = standards_at(here.place, here.on)
    return (
        part if part in PARTS else PARTS[0],
        standard if standard in known else shown_standards(here)[0],
    )


def _results(here: Here, part: str, standard: str) -> Results:
    return results_of(here.place, period_of(here.year, part, here.on), standard)


def _href(part: str, standard: str) -> str:
    return f"{reverse('reports')}?{urlencode({'part': part, 'standard': standard})}"


def _shown(here: Here, results: Results, filled: FilledTable) -> dict[str, Any]:
    rows = [
        {
            "name": row.name,
            "kind": row.kind,
            "cells": [
                (column, row.figures[column.figure], _behind(here, results, filled, row, column))
                for column in filled.columns
            ],
        }
        for row in (*filled.rows, filled.total)
    ]
    return {"table": filled.table, "columns": filled.columns, "rows": rows}


def _behind(
    here: Here, results: Results, filled: FilledTable, row: ResultRow, column: Any
) -> str | None:
    """The list of the households a figure counts; the register lists as of the viewing day."""
    counted = filled.table.household_class if column.figure == "closing" else column.figure
    if counted not in LISTED or results.period.closing != here.on:
        return None
    if row.kind not in {"", "total"} or not here.actor.may("households.see", here.place):
        return None
    asked = {"class": counted}
    if results.standard != standards_at(here.place, here.on)[0]:
        asked["standard"] = results.standard
    if row.unit is not None:
        asked["village"] = str(row.unit)
    return f"{reverse('register')}?{urlencode(asked)}"
