"""Households on their way: those that wait to be taken in here, those sent and not yet taken."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.acts.refusing import Refused
from chungtay.households.models import LifeEvent
from chungtay.households.queries.events import sent_moves, waiting_moves
from chungtay.households.services.life import Occasion, accept_move, return_move
from chungtay.places.models import Unit
from chungtay.places.queries import origins_of
from chungtay.rulebook.folding import tidy
from chungtay.web.here import Here
from chungtay.web.life.parts import ADDRESS_LENGTH, CODE_LENGTH, above, villages
from chungtay.web.life.slips import shown_slip
from chungtay.web.pages import fresh_key, one_time_key, page, show, tell, warn
from chungtay.web.register.dates import TypedDate, boxes_of, read_date, whole_day
from chungtay.web.register.reaching import CHANGE
from chungtay.web.templating import said

NOTE_LENGTH = 300


@page(CHANGE)
def life_waiting(request: HttpRequest, here: Here) -> HttpResponse:
    """Households that wait to be taken in, and those that left and wait elsewhere."""
    context = {
        "waiting": [_line(move) for move in waiting_moves(here.actor)],
        "sent": [_line(move) for move in sent_moves(here.actor)],
    }
    return show(request, "life/waiting.html", context)


def _line(move: LifeEvent) -> dict[str, Any]:
    return {
        "id": move.pk,
        "household": move.household_id,
        "head": move.slip["head"],
        "people": len(move.slip["members"]),
        "day": move.day,
        "came_from": f"{move.commune.name}, {above(move.commune)}",
        "goes_to": f"{move.to_commune.name}, {above(move.to_commune)}" if move.to_commune else "",
    }


@page(CHANGE, "GET", "HEAD", "POST")
def life_accept(request: HttpRequest, here: Here, move_id: int) -> HttpResponse:
    """The moving paper of a waiting household; a POST takes it in."""
    move = get_object_or_404(waiting_moves(here.actor), pk=move_id)
    commune = _receiver(here, move)
    if request.method != "POST":
        return _page(request, move, commune, TypedDate(boxes_of(move.day)), {})
    typed = read_date(request.POST, "on", _("Ngày nhận"), whole=True)
    day, error = whole_day(typed, _("Ngày nhận"))
    errors = {"on_day": error} if error else {}
    units = villages(commune, move.day)
    chosen = request.POST.get("village", "")
    village = next((one for one in units if str(one.pk) == chosen), None)
    if chosen and village is None:
        errors["village"] = _("Hãy chọn một thôn trong danh sách.")
    if errors or day is None:
        return _page(request, move, commune, typed, errors)
    try:
        accept_move(
            actor=here.actor,
            move=move,
            commune=commune,
            village=village,
            occasion=Occasion(day, note=_text(request, "note", NOTE_LENGTH)),
            code=_text(request, "code", CODE_LENGTH),
            address=_text(request, "address", ADDRESS_LENGTH),
            key=one_time_key(request),
        )
    except Refused as refusal:
        return _page(request, move, commune, typed, {"on_day": said(refusal.sentence)})
    tell(request, _("Đã nhận hộ. Câu trả lời, diện và quyết định đã theo hộ về đây."))
    return redirect("register_household", household_id=move.household_id)


def _receiver(here: Here, move: LifeEvent) -> Unit:
    """The commune that takes a household in: where it was sent, or who took that over since."""
    sent_to = move.to_commune
    if sent_to is None:
        raise Http404
    if sent_to.valid_to is None or move.day <= sent_to.valid_to:
        return sent_to
    own = here.actor.units_for(CHANGE)
    return next((unit for unit in own if sent_to in origins_of([unit])), sent_to)


def _text(request: HttpRequest, name: str, most: int) -> str:
    return tidy(request.POST.get(name, ""))[:most]


def _page(
    request: HttpRequest,
    move: LifeEvent,
    commune: Unit,
    day: TypedDate,
    errors: dict[str, str],
) -> HttpResponse:
    context = {
        "move": move,
        "line": _line(move),
        "slip": shown_slip(move),
        "day": day,
        "typed": request.POST,
        "wrong": errors,
        "errors": [{"field": name, "text": text} for name, text in errors.items()],
        "villages": [
            ("", _("chưa rõ thôn")),
            *((str(one.id), one.name) for one in villages(commune, move.day)),
        ],
        "key": fresh_key(),
    }
    return show(request, "life/accept.html", context, 422 if errors else 200)


@page(CHANGE, "POST")
def life_return(request: HttpRequest, here: Here, move_id: int) -> HttpResponse:
    """Send a waiting household back, with the reason."""
    move = get_object_or_404(waiting_moves(here.actor), pk=move_id)
    try:
        return_move(
            actor=here.actor,
            move=move,
            commune=_receiver(here, move),
            reason=_text(request, "reason", NOTE_LENGTH),
            key=one_time_key(request),
        )
    except Refused as refusal:
        warn(request, said(refusal.sentence))
        return redirect(reverse("life_accept", args=[move.pk]))
    tell(request, _("Đã trả lại hộ cho nơi gửi, kèm lý do."))
    return redirect("life_waiting")
