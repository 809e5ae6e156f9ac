"""Which year sheets a request asks for, and the tabs of their desk."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.households.queries.statuses import standards_at
from chungtay.places.models import Level, Unit
from chungtay.places.queries import as_on
from chungtay.reports.sheets.asked import Asked
from chungtay.reports.sheets.figures import Sheet, SheetKind
from chungtay.reports.sheets.making import sheets_of
from chungtay.reports.sheets.queries import sheets_seen_by
from chungtay.web.here import Here, commune_of, made_up_of, viewing_day

KINDS: dict[str, SheetKind] = {"thon": "village", "co-quan": "office", "nguoi": "person"}


def has_sheets(here: Here) -> bool:
    """Whether a place has year sheets: a commune and its villages do."""
    return here.place.level in {Level.COMMUNE, Level.VILLAGE}


def asked_by(here: Here) -> Asked:
    """The commune and year of a request; Http404 at a place above the communes."""
    return asked_at(commune_of(here.place), here.year)


def asked_at(commune: Unit, year: int) -> Asked:
    """The sheets of a commune in a year; before it began those of the units it was made of."""
    on = viewing_day(commune, year)
    standing = as_on(commune, on)
    return Asked(standing, made_up_of(commune, on), year, on, standard_at(standing, on))


def standard_at(commune: Unit, on: date) -> str:
    """The standard sheets are counted by: a province's own before the national one."""
    return standards_at(commune, on)[-1]


def _commune(unit: Unit) -> Unit:
    return unit if unit.level != Level.VILLAGE or unit.parent is None else unit.parent


def seen_sheets(here: Here, kind: SheetKind) -> list[Sheet]:
    """The sheets of one kind the actor may read."""
    asked = asked_by(here)
    return sheets_seen_by(here.actor, asked.place, sheets_of(asked, kind))


def seen_sheet(here: Here, kind: str, subject: str) -> Sheet:
    """A sheet the actor may read; Http404 otherwise."""
    if kind not in KINDS:
        raise Http404
    found = (one for one in seen_sheets(here, KINDS[kind]) if one.subject == subject)
    sheet = next(found, None)
    if sheet is None:
        raise Http404
    return sheet


def slug_of(kind: SheetKind) -> str:
    """What a kind of sheet is called in an address."""
    return next(slug for slug, one in KINDS.items() if one == kind)


def kind_tabs(current: str) -> list[dict[str, Any]]:
    """The three lists."""
    labels = {"thon": _("Thôn, tổ"), "co-quan": _("Cơ quan, đoàn thể"), "nguoi": _("Cán bộ")}
    return [
        {"label": label, "href": f"{reverse('sheets')}?xem={slug}", "current": slug == current}
        for slug, label in labels.items()
    ]
