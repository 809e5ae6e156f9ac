"""Difficulties and petitions: the list with its counts, one with the way it has come."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.supervision.models import Petition, PetitionState, PetitionStep
from chungtay.supervision.queries.inspections import SEE
from chungtay.supervision.queries.petitions import (
    ANSWER,
    PROPOSE,
    counts_of,
    goes_next,
    petitions_of,
    petitions_seen_by,
    stands_at,
    steps_of,
    waiting_at,
)
from chungtay.supervision.services.petitions import (
    answer_petition,
    pass_up,
    restore_petition,
    withdraw_petition,
)
from chungtay.web.here import Here
from chungtay.web.pages import one_time_key, page, show
from chungtay.web.supervision.shapes import acted, listed, show_record, undone_words
from chungtay.web.supervision.shared import (
    text_of,
    version_of,
    withdraw_or_restore,
)

WAITING = "cho-noi-nay"


def seen_petition(here: Here, petition_id: int) -> Petition:
    """A petition the actor may see; Http404 otherwise."""
    return get_object_or_404(petitions_seen_by(here.actor), pk=petition_id)


def own_petition(here: Here, petition_id: int) -> Petition:
    """A petition the actor's own unit wrote; Http404 otherwise."""
    petition = seen_petition(here, petition_id)
    if not stands_at(here.actor, PROPOSE, petition.unit):
        raise Http404
    return petition


@page(SEE)
def supervision_petitions(request: HttpRequest, here: Here) -> HttpResponse:
    """What was written here and below in the viewing year, and whatever is not answered yet."""
    found = petitions_of(here.actor, here.units, here.year)
    waiting = waiting_at(found, here.units)
    counts = counts_of(found)
    answers = stands_at(here.actor, ANSWER, here.place)
    state = request.GET.get("xem", "")
    chosen = waiting if state == WAITING else found
    if state in PetitionState.values:
        chosen = found.filter(state=state)
    states = [("", _("tất cả"), sum(counts.values()))]
    states += [(WAITING, _("chờ nơi này trả lời"), waiting.count())] if answers else []
    states += [(one.value, str(one.label), counts[one.value]) for one in PetitionState]
    context = listed(request, here, "supervision_petitions", chosen, _row, xem=state) | {
        "state": state if state in {key for key, _label, _count in states} else "",
        "states": states,
        "waiting": waiting.count() if answers else 0,
        "may_write": stands_at(here.actor, PROPOSE, here.place),
    }
    return show(request, "supervision/petitions.html", context)


@page(SEE)
def supervision_petition(request: HttpRequest, here: Here, petition_id: int) -> HttpResponse:
    """One petition with the way it has come."""
    return _show(request, here, seen_petition(here, petition_id))


@page(SEE, "POST")
def supervision_pass_up(request: HttpRequest, here: Here, petition_id: int) -> HttpResponse:
    """Send a petition on to who answers it."""
    petition = seen_petition(here, petition_id)
    goes_to = goes_next(here.actor, petition)
    act = partial(
        pass_up,
        actor=here.actor,
        petition=petition,
        text=text_of(request, "passing"),
        expected_version=version_of(request),
        key=one_time_key(request),
    )
    place = goes_to.name_on(here.on) if goes_to is not None else ""
    words = _("Đã gửi lên %(place)s.") % {"place": place}
    return _done(request, here, petition, act, "passing", words)


@page(ANSWER, "POST")
def supervision_answer(request: HttpRequest, here: Here, petition_id: int) -> HttpResponse:
    """Answer a petition that lies here."""
    petition = seen_petition(here, petition_id)
    act = partial(
        answer_petition,
        actor=here.actor,
        petition=petition,
        text=text_of(request, "answer"),
        expected_version=version_of(request),
        key=one_time_key(request),
    )
    words = _("Đã trả lời. Nơi đã viết và các cấp nó đi qua đọc được.")
    return _done(request, here, petition, act, "answer", words)


@page(PROPOSE, "POST")
def supervision_unwrite(request: HttpRequest, here: Here, petition_id: int) -> HttpResponse:
    """Withdraw what one's own unit wrote, or use it again."""
    petition = own_petition(here, petition_id)

    def act() -> int:
        return withdraw_or_restore(
            request,
            petition,
            partial(withdraw_petition, actor=here.actor, petition=petition),
            partial(restore_petition, actor=here.actor, petition=petition),
        )

    return _done(request, here, petition, act, "reason", undone_words(petition))


def _done(
    request: HttpRequest,
    here: Here,
    petition: Petition,
    act: Callable[[], int],
    field: str,
    words: str,
) -> HttpResponse:
    def again(wrong: dict[str, str], status: int) -> HttpResponse:
        return _show(request, here, seen_petition(here, petition.pk), wrong, status)

    to = reverse("supervision_petition", args=[petition.pk])
    return acted(request, act, again, field, words, to)


def _show(
    request: HttpRequest,
    here: Here,
    petition: Petition,
    wrong: dict[str, str] | None = None,
    status: int = 0,
) -> HttpResponse:
    """The page of a petition; with everything typed where an act was refused."""
    stands = not petition.withdrawn
    sent = petition.state != PetitionState.WRITTEN
    own = stands_at(here.actor, PROPOSE, petition.unit)
    goes_to = goes_next(here.actor, petition) if stands else None
    steps = steps_of(petition)
    answered = any(step.state == PetitionState.ANSWERED for step in steps)
    context = {
        "one": _row(petition),
        "petition": petition,
        "steps": [_step(step) for step in steps],
        "goes_to": goes_to.name_on(here.on) if goes_to is not None else "",
        "may_answer": stands and sent and stands_at(here.actor, ANSWER, petition.at),
        "may_correct": own and stands and not sent,
        "may_withdraw": own and not answered,
        "typed": {name: request.POST.get(name, "") for name in ("passing", "answer", "reason")},
    }
    return show_record(request, "supervision/petition.html", context, wrong or {}, status)


def _row(one: Petition) -> dict[str, Any]:
    return {
        "petition": one,
        "unit": one.unit.name_on(one.on),
        "at": one.at.name_on(one.on),
        "kind": one.get_kind_display(),
        "state": one.get_state_display(),
        "waits": one.state == PetitionState.PASSED_UP,
        "answered": one.state == PetitionState.ANSWERED,
    }


def _step(step: PetitionStep) -> dict[str, Any]:
    day = step.at.date()
    words = {"unit": step.unit.name_on(day), "to": step.to.name_on(day)}
    texts = {
        PetitionState.WRITTEN: _("%(unit)s ghi"),
        PetitionState.PASSED_UP: _("%(unit)s gửi lên %(to)s"),
        PetitionState.ANSWERED: _("%(unit)s trả lời %(to)s"),
    }
    if step.unit_id == step.to_id and step.state == PetitionState.PASSED_UP:
        return {"step": step, "words": _("Gửi Ủy ban nhân dân, %(unit)s") % words}
    return {"step": step, "words": texts[PetitionState(step.state)] % words}
