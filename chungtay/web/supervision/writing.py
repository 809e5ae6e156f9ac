"""The form of a difficulty or a petition: written, sent at once where wished, corrected."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from chungtay.acts.refusing import Refused, Stale
from chungtay.supervision.models import Petition, PetitionKind, PetitionState
from chungtay.supervision.queries.petitions import PROPOSE, stands_at
from chungtay.supervision.services.petitions import (
    PetitionInput,
    correct_petition,
    pass_up,
    write_petition,
)
from chungtay.web.here import Here
from chungtay.web.pages import fresh_key, one_time_key, page, show, tell
from chungtay.web.supervision.petitions import own_petition
from chungtay.web.supervision.shared import (
    NAME_LENGTH,
    WRONG,
    line_of,
    status_of,
    text_of,
    version_of,
)
from chungtay.web.templating import said


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
    typed = _read(request)
    given = _given(typed)
    if given is None:
        return _form(request, typed)
    sends = request.POST.get("send") == "1"
    try:
        made = _written(request, here, given, sends=sends)
    except Refused as refusal:
        return _form(request, typed, refusal)
    tell(request, _("Đã ghi và gửi đi.") if sends else _("Đã ghi, chưa gửi."))
    return redirect("supervision_petition", petition_id=made)


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
    given = _given(typed)
    if given is None:
        return _form(request, typed, of=petition)
    try:
        correct_petition(
            actor=here.actor,
            petition=petition,
            given=given,
            expected_version=typed.version,
            key=one_time_key(request),
        )
    except Refused as refusal:
        return _form(request, typed, refusal, of=petition)
    tell(request, _("Đã sửa."))
    return redirect("supervision_petition", petition_id=petition.pk)


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
    if refusal is not None:
        typed.wrong["" if isinstance(refusal, Stale) else "text"] = said(refusal.sentence)
    if of is not None:
        typed.version = Petition.objects.get(pk=of.pk).version
    context = {
        "typed": typed,
        "of": of,
        "kinds": [(one.value, one.label) for one in PetitionKind],
        "errors": [{"field": name, "text": text} for name, text in typed.wrong.items()],
        "key": fresh_key(),
    }
    status = status_of(refusal) if refusal is not None else WRONG if typed.wrong else 200
    return show(request, "supervision/write.html", context, status)
