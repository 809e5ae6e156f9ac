"""Nominations begun and written: whom, in which form, for what beside the data."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from chungtay.acts.refusing import Refused, Stale
from chungtay.households.models import Household
from chungtay.places.models import Unit
from chungtay.reports.nominations.achievements import achievements_of
from chungtay.reports.nominations.models import Nomination
from chungtay.reports.nominations.queries import NOMINATE, households_to_nominate
from chungtay.reports.nominations.services import (
    NominationInput,
    Nominee,
    change_nomination,
    open_nomination,
    submit_nomination,
)
from chungtay.reports.sheets.asked import Asked
from chungtay.staff.models import User
from chungtay.web.here import Here
from chungtay.web.nominations.listing import (
    KINDS,
    asked_of,
    form_choices,
    kind_words,
    nomination_to_change,
    seen_nomination,
    show_nomination,
)
from chungtay.web.pages import fresh_key, one_time_key, page, show, tell
from chungtay.web.sheets.asking import KINDS as SHEETS
from chungtay.web.sheets.asking import asked_by, has_sheets, seen_sheets
from chungtay.web.supervision.shared import WRONG, line_of, status_of, text_of, version_of
from chungtay.web.templating import said

WORDED_LENGTH = 120


@page(NOMINATE, "GET", "HEAD", "POST")
def nominations_new(request: HttpRequest, here: Here, nominee_kind: str) -> HttpResponse:
    """Begin a nomination of a village, an office, a person or a household."""
    if nominee_kind not in KINDS or not has_sheets(here):
        raise Http404
    asked = asked_by(here)
    offered = dict(_offered(here, asked, nominee_kind))
    if request.method != "POST":
        return _form(request, nominee_kind, offered, {})
    chosen = request.POST.get("nominee", "")
    if chosen not in offered:
        return _form(request, nominee_kind, offered, {"nominee": _("Hãy chọn đề nghị cho ai.")})
    try:
        made = open_nomination(
            actor=here.actor,
            asked=asked,
            nominee=_nominee(nominee_kind, chosen, offered[chosen]),
            given=_given(request),
            key=one_time_key(request),
        )
    except Refused as refusal:
        return _form(request, nominee_kind, offered, {"form": said(refusal.sentence)})
    tell(request, _("Đã lưu bản nháp. Hãy chọn thành tích rồi trình Chủ tịch."))
    return redirect("nominations_page", nomination_id=made)


@page(NOMINATE, "POST")
def nominations_change(request: HttpRequest, here: Here, nomination_id: int) -> HttpResponse:
    """Write a draft anew: its form, its words, the achievements it uses; submit it if wished."""
    one = nomination_to_change(here, nomination_id)
    submits = request.POST.get("submit") == "1"
    try:
        with transaction.atomic():
            version = _changed(request, here, one)
            if submits:
                _submitted(request, here, one, version)
    except Refused as refusal:
        field = "words" if isinstance(refusal, Stale) else "form"
        wrong = {field: said(refusal.sentence)}
        fresh = seen_nomination(here, one.pk)
        return show_nomination(request, here, fresh, wrong, status_of(refusal))
    submitted = _("Đã trình Chủ tịch. Số liệu được chốt như hôm nay.")
    tell(request, submitted if submits else _("Đã lưu bản nháp."))
    return redirect("nominations_page", nomination_id=one.pk)


def _changed(request: HttpRequest, here: Here, one: Nomination) -> int:
    used = set(request.POST.getlist("used"))
    known = [row.key for row in achievements_of(asked_of(one), one)]
    return change_nomination(
        actor=here.actor,
        nomination=one,
        given=_given(request, tuple(key for key in known if key not in used)),
        expected_version=version_of(request),
        key=one_time_key(request),
    )


def _submitted(request: HttpRequest, here: Here, one: Nomination, version: int) -> None:
    submit_nomination(
        actor=here.actor,
        asked=asked_of(one),
        nomination=one,
        today=here.actor.today,
        expected_version=version,
        key=f"{one_time_key(request)}-s",
    )


def _given(request: HttpRequest, left_out: tuple[str, ...] = ()) -> NominationInput:
    return NominationInput(
        form=request.POST.get("form", ""),
        form_words=line_of(request, "form_words", WORDED_LENGTH),
        words=text_of(request, "words"),
        left_out=left_out,
    )


def _offered(here: Here, asked: Asked, kind: str) -> list[tuple[str, str]]:
    """Who may be chosen, with what tells two of a name apart."""
    if kind == "ho":
        return [
            (str(one.pk), _household_words(one))
            for one in households_to_nominate(here.actor, asked)
        ]
    sheets = seen_sheets(here, SHEETS[kind])
    return [(one.subject, f"{one.name} ({one.about})" if one.about else one.name) for one in sheets]


def _household_words(one: Household) -> str:
    village = one.village.name if one.village is not None else _("chưa rõ thôn")
    return f"{one.head_name}, {village}"


def _nominee(kind: str, chosen: str, name: str) -> Nominee:
    if kind == "thon":
        return Nominee(village=Unit.objects.get(pk=int(chosen)))
    if kind == "nguoi":
        return Nominee(user=User.objects.get(pk=int(chosen)))
    if kind == "ho":
        return Nominee(household=Household.objects.get(pk=chosen))
    return Nominee(office=chosen, office_name=name)


def _form(
    request: HttpRequest, kind: str, offered: dict[str, str], wrong: dict[str, str]
) -> HttpResponse:
    names = ("nominee", "form", "form_words", "words")
    chosen = request.GET.get("phieu", "")
    typed: dict[str, Any] = {name: request.POST.get(name, "") for name in names}
    context = {
        "kind": kind,
        "kind_words": kind_words()[kind],
        "nominees": [("", _("— chọn —")), *offered.items()],
        "nobody": not offered,
        "forms": form_choices(),
        "typed": typed | {"nominee": typed["nominee"] or chosen},
        "wrong": wrong,
        "errors": [{"field": field, "text": text} for field, text in wrong.items()],
        "key": fresh_key(),
    }
    return show(request, "nominations/new.html", context, WRONG if wrong else 200)
