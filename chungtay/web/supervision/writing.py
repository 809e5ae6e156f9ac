"""The form of a difficulty or a petition: written, sent at once where wished, corrected."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.acts.refusing import Refused
from chungtay.supervision.models import Petition, PetitionKind, PetitionState
from chungtay.supervision.queries.petitions import PROPOSE, stands_at
from chungtay.supervision.services.petitions import (
    PetitionInput,
    correct_petition,
    pass_up,
    write_petition,
)
from chungtay.web.here import Here
from chungtay.web.pages import one_time_key, page
from chungtay.web.supervision.petitions import own_petition
from chungtay.web.supervision.shapes import saved, show_form
from chungtay.web.supervision.shared import (
    NAME_LENGTH,
    line_of,
    text_of,
    version_of,
)


@dataclass
class Typed:
    """The form as it was filled, and what is wrong with it."""

    kind: str = PetitionKind.DIFFICULTY
    about: str = ""
    text: str = ""
    version: int = 0
    wrong: dict[str, str] = field(default_factory=dict)


@page(PROPOSE, "GET", "HEAD", "POST")
def supervision_write(request: HttpRequest, here: Here) -> HttpResponse:
    """Write a difficulty or a petition of one's own unit, and send it if wished."""
    if not stands_at(here.actor, PROPOSE, here.place):
        raise Http404
    if request.method != "POST":
        return _form(request, Typed())
    typed, sends = _read(request), request.POST.get("send") == "1"
    return saved(
        request,
        _given(typed),
        lambda given: _written(request, here, given, sends=sends),
        lambda refusal: _form(request, typed, refusal),
        _("Đã ghi và gửi đi.") if sends else _("Đã ghi, chưa gửi."),
        lambda made: reverse("supervision_petition", args=[made]),
    )


def _written(request: HttpRequest, here: Here, given: PetitionInput, *, sends: bool) -> int:
    """Write and, where wished, send: both or neither, and only once."""
    key = one_time_key(request)
    with transaction.atomic():
        made = write_petition(
            actor=here.actor, unit=here.place, given=given, on=here.actor.today, key=key
        )
        petition = Petition.objects.select_related("unit__parent", "at__parent").get(pk=made)
        if sends and petition.state == PetitionState.WRITTEN:
            pass_up(actor=here.actor, petition=petition, expected_version=petition.version)
    return made


@page(PROPOSE, "GET", "HEAD", "POST")
def supervision_rewrite(request: HttpRequest, here: Here, petition_id: int) -> HttpResponse:
    """Correct a petition that was not sent yet."""
    petition = own_petition(here, petition_id)
    if request.method != "POST":
        typed = Typed(petition.kind, petition.about, petition.text, petition.version)
        return _form(request, typed, of=petition)
    typed = _read(request)
    act = partial(
        correct_petition,
        actor=here.actor,
        petition=petition,
        expected_version=typed.version,
        key=one_time_key(request),
    )
    return saved(
        request,
        _given(typed),
        lambda given: act(given=given),
        lambda refusal: _form(request, typed, refusal, petition),
        _("Đã sửa."),
        lambda _version: reverse("supervision_petition", args=[petition.pk]),
    )


def _read(request: HttpRequest) -> Typed:
    return Typed(
        kind=request.POST.get("kind", ""),
        about=line_of(request, "about", NAME_LENGTH),
        text=text_of(request, "text"),
        version=version_of(request),
    )


def _given(typed: Typed) -> PetitionInput | None:
    if typed.kind not in PetitionKind.values:
        typed.wrong["kind"] = _("Hãy chọn khó khăn hay kiến nghị.")
    if not typed.about:
        typed.wrong["about"] = _("Hãy ghi ngắn gọn là việc gì.")
    if not typed.text:
        typed.wrong["text"] = _("Hãy ghi nội dung.")
    return None if typed.wrong else PetitionInput(typed.kind, typed.about, typed.text)


def _form(
    request: HttpRequest,
    typed: Typed,
    refusal: Refused | None = None,
    of: Petition | None = None,
) -> HttpResponse:
    offered = {"kinds": [(one.value, one.label) for one in PetitionKind]}
    return show_form(request, "supervision/write.html", typed, offered, refusal, of, "text")
