"""One datum of a reading: said right, corrected, left out, or added."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.acts.refusing import Refused, Stale
from chungtay.plans.models import PlanReading
from chungtay.plans.staged.boxes import read_values
from chungtay.plans.staged.groups import GROUPS
from chungtay.plans.staged.queries import Read, offered_of, opened
from chungtay.plans.staged.services import add_datum, correct_datum, settle_datum
from chungtay.web.here import Here
from chungtay.web.pages import fresh_key, one_time_key, page, show, warn
from chungtay.web.reading.boxes import Entry, entry_of, typed_entry
from chungtay.web.reading.views import seen_reading
from chungtay.web.reading.words import whole_of
from chungtay.web.templating import said

CONFLICT = 409
POSITION_DIGITS = 8


@page("plans.see", "GET", "HEAD", "POST")
def plan_datum(request: HttpRequest, here: Here, reading_id: UUID, datum_id: int) -> HttpResponse:
    """The form of one datum; a POST keeps what was corrected."""
    reading = seen_reading(here, reading_id)
    one = _datum(reading, datum_id)
    if request.method != "POST":
        return _form_page(request, reading, one, entry_of(one.group, one.values))
    entry = typed_entry(request.POST, one.group)
    values, wrong = read_values(one.group, entry.typed)
    if wrong:
        entry.wrong = {name: said(text) for name, text in wrong.items()}
        return _form_page(request, reading, one, entry, 422)
    try:
        correct_datum(
            actor=here.actor,
            reading=reading,
            datum_id=datum_id,
            values=one.values | values,
            expected_version=_version(request),
            key=one_time_key(request),
        )
    except Stale as stale:
        entry.error = said(stale.sentence)
        return _form_page(request, reading, _datum(reading, datum_id), entry, CONFLICT)
    except Refused as refusal:
        entry.error = said(refusal.sentence)
        return _form_page(request, reading, one, entry, 422)
    return _back(reading, datum_id)


@page("plans.see", "POST")
def plan_datum_state(
    request: HttpRequest, here: Here, reading_id: UUID, datum_id: int
) -> HttpResponse:
    """Say that a datum is right, or left out, or open again."""
    reading = seen_reading(here, reading_id)
    _datum(reading, datum_id)
    try:
        settle_datum(
            actor=here.actor,
            reading=reading,
            datum_id=datum_id,
            state=request.POST.get("state", ""),
            expected_version=_version(request),
            key=one_time_key(request),
        )
    except Refused as refusal:
        warn(request, said(refusal.sentence))
    return _back(reading, datum_id)


@page("plans.see", "GET", "HEAD", "POST")
def plan_datum_add(request: HttpRequest, here: Here, reading_id: UUID, group: str) -> HttpResponse:
    """The form of a datum the reader did not find; a POST adds it."""
    reading = seen_reading(here, reading_id)
    if group not in GROUPS or GROUPS[group].single:
        raise Http404
    place = _place(request, reading)
    if request.method != "POST":
        entry = entry_of(GROUPS[group], {"comparator": "=", "unit": "household", "role": ""})
        return _form_page(request, reading, None, entry, place=place)
    entry = typed_entry(request.POST, GROUPS[group])
    values, wrong = read_values(GROUPS[group], entry.typed)
    if wrong:
        entry.wrong = {name: said(text) for name, text in wrong.items()}
        return _form_page(request, reading, None, entry, 422, place)
    try:
        datum_id = add_datum(
            actor=here.actor,
            reading=reading,
            group=group,
            values=values,
            place=place,
            key=one_time_key(request),
        )
    except Refused as refusal:
        entry.error = said(refusal.sentence)
        return _form_page(request, reading, None, entry, 422, place)
    return _back(reading, datum_id)


def _form_page(
    request: HttpRequest,
    reading: PlanReading,
    one: Read | None,
    entry: Entry,
    status: int = 200,
    place: tuple[int, int] | None = None,
) -> HttpResponse:
    row = one.row if one else None
    if row is not None and row.start is not None and row.end is not None:
        place = row.start, row.end
    context = {
        "reading": reading,
        "datum": row,
        "entry": entry,
        "errors": entry.errors,
        "sentence": offered_of(reading).text[slice(*place)] if place else "",
        "place": place,
        "was": whole_of(one.group, one.was) if one and one.was is not None else "",
        "kept": whole_of(one.group, one.values) if one and status == CONFLICT else "",
        "title": _("Sửa: %(what)s") if one else _("Thêm: %(what)s"),
        "label": said(entry.group.label),
        "key": fresh_key(),
    }
    return show(request, "reading/datum.html", context, status)


def _datum(reading: PlanReading, datum_id: int) -> Read:
    return opened(reading, get_object_or_404(reading.data, pk=datum_id))


def _version(request: HttpRequest) -> int:
    text = request.POST.get("version", "")
    if not (text.isascii() and text.isdecimal() and len(text) <= POSITION_DIGITS):
        raise Http404
    return int(text)


def _place(request: HttpRequest, reading: PlanReading) -> tuple[int, int] | None:
    """Where in the text a datum is added, as the link beside its sentence said."""
    said_place = (request.POST.get("place") or request.GET.get("cho") or "").split("-")
    if len(said_place) != 2 or not all(
        one.isascii() and one.isdecimal() and len(one) <= POSITION_DIGITS for one in said_place
    ):
        return None
    start, end = map(int, said_place)
    return (start, end) if start < end <= len(offered_of(reading).text) else None


def _back(reading: PlanReading, datum_id: int) -> HttpResponse:
    return redirect(reverse("plan_reading", args=[reading.pk]) + f"#dieu-{datum_id}")
