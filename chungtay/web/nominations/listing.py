"""The nominations of a year, and one of them with what the data say for it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.reports.nominations.achievements import achievements_of
from chungtay.reports.nominations.forms import forms
from chungtay.reports.nominations.models import Nomination
from chungtay.reports.nominations.queries import (
    DECIDE,
    FIELDS,
    NOMINATE,
    name_of,
    nominations_of,
    nominations_seen_by,
)
from chungtay.reports.sheets.asked import Asked
from chungtay.web.here import Here
from chungtay.web.pages import page, show
from chungtay.web.sheets.asking import asked_at, asked_by, has_sheets
from chungtay.web.supervision.shapes import listed, show_record
from chungtay.web.templating import said

KINDS = {"thon": "village", "co-quan": "office", "nguoi": "person", "ho": "household"}
State = Nomination.State


@page(NOMINATE)
def nominations(request: HttpRequest, here: Here) -> HttpResponse:
    """The nominations of the viewing year, what waits for a decision first."""
    known = has_sheets(here)
    asked = asked_by(here) if known else None
    units = (asked.place, *asked.units) if asked is not None else ()
    found = nominations_of(here.actor, units, here.year)
    rows = listed(request, here, "nominations", found, lambda one: row_of(here, one))
    context = rows | {
        "kinds": kind_words(),
        "known": known,
        "may_write_paper": bool(here.actor.units_for("plans.change")),
    }
    return show(request, "nominations/list.html", context)


@page(NOMINATE)
def nominations_page(request: HttpRequest, here: Here, nomination_id: int) -> HttpResponse:
    """One nomination."""
    return show_nomination(request, here, seen_nomination(here, nomination_id))


def seen_nomination(here: Here, nomination_id: int) -> Nomination:
    """A nomination the actor may see; Http404 otherwise."""
    return get_object_or_404(nominations_seen_by(here.actor), pk=nomination_id)


def nomination_to_change(here: Here, nomination_id: int, right: str = NOMINATE) -> Nomination:
    """A nomination at whose place the actor has a right; Http404 otherwise."""
    nomination = seen_nomination(here, nomination_id)
    if not here.actor.may(right, nomination.unit):
        raise Http404
    return nomination


def asked_of(nomination: Nomination) -> Asked:
    """The sheets a nomination is drawn from: of its own commune and year."""
    return asked_at(nomination.unit, nomination.year)


def show_nomination(
    request: HttpRequest,
    here: Here,
    one: Nomination,
    wrong: dict[str, str] | None = None,
    status: int = 0,
) -> HttpResponse:
    """The page of a nomination; with everything typed where an act was refused."""
    wrong = wrong or {}
    draft = one.state == State.DRAFT and not one.withdrawn
    live = achievements_of(asked_of(one), one) if draft else []
    posted = request.POST if {"words", "form"} & wrong.keys() else None
    context = {
        "one": one,
        "row": row_of(here, one),
        "draft": draft,
        "live": [(row.key, said(row.sentence)) for row in live],
        "used": posted.getlist("used")
        if posted is not None
        else [row.key for row in live if row.key not in one.left_out],
        "forms": form_choices(),
        "typed": {
            **{
                name: getattr(one, name) if posted is None else posted.get(name, "")
                for name in ("form", "form_words", "words")
            },
            "reason": request.POST.get("reason", ""),
        },
        "sheet_href": _sheet_href(one),
        "may_decide": one.state == State.SUBMITTED
        and not one.withdrawn
        and here.actor.may(DECIDE, one.unit),
    }
    return show_record(request, "nominations/nomination.html", context, wrong, status)


def row_of(here: Here, one: Nomination) -> dict[str, Any]:
    """A nomination as a row; a household without its name for who may not see names."""
    hidden = one.kind == "household" and not here.actor.sees_fields(FIELDS, one.unit)
    form = forms()[one.form]
    return {
        "nomination": one,
        "name": _("một hộ gia đình") if hidden else name_of(one),
        "kind": kind_words()[next(k for k, kind in KINDS.items() if kind == one.kind)],
        "form": one.form_words or said(form.name),
        "verified": form.verified,
        "state": one.get_state_display(),
    }


def kind_words() -> dict[str, str]:
    """Whom one may nominate, in words."""
    return {
        "thon": _("Thôn, tổ"),
        "co-quan": _("Cơ quan, đoàn thể"),
        "nguoi": _("Cá nhân"),
        "ho": _("Hộ gia đình"),
    }


def form_choices() -> list[tuple[str, str]]:
    """The forms of commendation, the unverified ones marked."""
    return [
        (
            key,
            said(form.name)
            if form.verified
            else _("%(form)s (chưa đối chiếu văn bản)") % {"form": said(form.name)},
        )
        for key, form in forms().items()
    ]


def _sheet_href(one: Nomination) -> str:
    if one.kind == "household":
        return reverse("register_household", args=[one.household_id])
    kinds = {kind: slug for slug, kind in KINDS.items()}
    return reverse("sheets_one", args=[kinds[one.kind], one.sheet_subject])
