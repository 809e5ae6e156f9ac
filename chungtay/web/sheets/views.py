"""The lists of year sheets, one sheet with its remark, and the lists as Excel files."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.acts.refusing import Refused, Stale
from chungtay.files.writing import TableRefused
from chungtay.reports.sheets.figures import CRITERIA, HOW_READ, PARTS, Figure, Sheet
from chungtay.reports.sheets.files import sheets_file_name, write_sheets
from chungtay.reports.sheets.queries import SEE_ALL, SEE_OWN, remark_of
from chungtay.reports.sheets.services import write_remark
from chungtay.web.here import Here
from chungtay.web.pages import one_time_key, page, show, tell, warn
from chungtay.web.reports.views import XLSX
from chungtay.web.sheets.asking import (
    KINDS,
    asked_by,
    has_sheets,
    kind_tabs,
    seen_sheet,
    seen_sheets,
    slug_of,
)
from chungtay.web.supervision.shapes import show_record
from chungtay.web.supervision.shared import status_of, tabs, text_of, version_of
from chungtay.web.templating import said

SHOWN = {
    "village": (
        "poor_opening",
        "poor_promised",
        "poor_named",
        "poor_left",
        "poor_fallen_back",
        "poor_new",
        "tasks_in_time",
        "tasks_late",
        "tasks_overdue",
        "reports_in_time",
        "reports_late",
    ),
    "office": (
        "tasks_led",
        "tasks_cooperated",
        "tasks_in_time",
        "tasks_late",
        "late_days",
        "tasks_overdue",
        "tasks_asked",
        "tasks_asked_done",
        "help_planned",
    ),
    "person": (
        "tasks_led",
        "tasks_cooperated",
        "tasks_in_time",
        "tasks_late",
        "late_days",
        "tasks_overdue",
        "helped",
        "visits",
        "trained",
    ),
}


@page(SEE_OWN)
def sheets(request: HttpRequest, here: Here) -> HttpResponse:
    """The list of the sheets of one kind; who rates nobody finds her own in it."""
    slug = request.GET.get("xem", "")
    slug = slug if slug in KINDS else next(iter(KINDS)) if _rates(here) else "nguoi"
    kind = KINDS[slug]
    listed = seen_sheets(here, kind) if has_sheets(here) else []
    context = {
        "tabs": tabs(here, "sheets"),
        "kinds": kind_tabs(slug),
        "slug": slug,
        "columns": [CRITERIA[key] for key in SHOWN[kind]],
        "rows": [_row(sheet, SHOWN[kind]) for sheet in listed],
        "has_sheets": has_sheets(here),
        "rates": _rates(here),
        "how_read": HOW_READ,
    }
    return show(request, "sheets/list.html", context)


@page(SEE_OWN)
def sheets_one(request: HttpRequest, here: Here, sheet_kind: str, sheet_id: str) -> HttpResponse:
    """One sheet: every figure with what is counted in words."""
    return _show(request, here, seen_sheet(here, sheet_kind, sheet_id))


@page(SEE_OWN, "POST")
def sheets_remark(request: HttpRequest, here: Here) -> HttpResponse:
    """Write what the person says to her own sheet."""
    asked, text = asked_by(here), text_of(request, "text")
    own = seen_sheet(here, "nguoi", str(here.actor.user_id))
    try:
        write_remark(
            actor=here.actor,
            place=here.place,
            commune=asked.place,
            year=asked.year,
            text=text,
            today=here.actor.today,
            expected_version=version_of(request),
            key=one_time_key(request),
        )
    except Refused as refusal:
        field = "" if isinstance(refusal, Stale) else "text"
        wrong = {field: said(refusal.sentence)}
        return _show(request, here, own, typed=text, wrong=wrong, status=status_of(refusal))
    tell(request, _("Đã ghi ý kiến. Người xem phiếu này đọc được."))
    return redirect("sheets_one", sheet_kind="nguoi", sheet_id=own.subject)


@page(SEE_ALL, "POST")
def sheets_excel(request: HttpRequest, here: Here, sheet_kind: str) -> HttpResponse:
    """The list of one kind as an Excel file, every figure of it."""
    if sheet_kind not in KINDS or not has_sheets(here):
        raise Http404
    asked, kind = asked_by(here), KINDS[sheet_kind]
    name, listed = sheets_file_name(asked, kind), seen_sheets(here, kind)
    with TemporaryDirectory() as folder:
        target = Path(folder) / name
        try:
            write_sheets(actor=here.actor, asked=asked, kind=kind, sheets=listed, target=target)
        except TableRefused as refusal:
            warn(request, said(refusal.sentence))
            return redirect(f"{reverse('sheets')}?xem={sheet_kind}")
        content = target.read_bytes()
    answer = HttpResponse(content, content_type=XLSX)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _rates(here: Here) -> bool:
    return here.actor.may(SEE_ALL, here.place)


def _show(
    request: HttpRequest,
    here: Here,
    sheet: Sheet,
    typed: str | None = None,
    wrong: dict[str, str] | None = None,
    status: int = 0,
) -> HttpResponse:
    is_person = sheet.kind == "person"
    remark = remark_of(int(sheet.subject), asked_by(here).place, here.year) if is_person else None
    context = {
        "sheet": sheet,
        "slug": slug_of(sheet.kind),
        "parts": _parts(sheet),
        "how_read": HOW_READ,
        "remark": remark,
        "is_person": is_person,
        "rates": _rates(here),
        "is_own": is_person and sheet.subject == str(here.actor.user_id),
        "typed": typed if typed is not None else remark.text if remark is not None else "",
        "version": remark.version if remark is not None else 0,
    }
    return show_record(request, "sheets/sheet.html", context, wrong or {}, status)


def _parts(sheet: Sheet) -> list[dict[str, Any]]:
    """The figures under their headings, with what is counted."""
    made = [
        {
            "title": title,
            "figures": [_figure(sheet, one) for key in keys if (one := sheet.figure(key))],
        }
        for title, keys in PARTS
    ]
    return [part for part in made if part["figures"]]


def _row(sheet: Sheet, keys: tuple[str, ...]) -> dict[str, Any]:
    figures = [_figure(sheet, sheet.figure(key) or Figure(key, None)) for key in keys]
    href = reverse("sheets_one", args=[slug_of(sheet.kind), sheet.subject])
    return {"sheet": sheet, "href": href, "figures": figures}


def _figure(sheet: Sheet, figure: Figure) -> dict[str, Any]:
    href = ""
    if figure.opens:
        href = reverse("sheets_behind", args=[slug_of(sheet.kind), sheet.subject, figure.key])
    criterion = figure.criterion
    return {
        "label": criterion.label,
        "words": criterion.words,
        "value": figure.value,
        "href": href,
        "key": figure.key,
    }
