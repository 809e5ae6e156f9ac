"""The moving paper (phiếu chuyển): read on the screen by the receiver, printed by the sender."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from chungtay.acts.refusing import Refused
from chungtay.households.models import LifeEvent
from chungtay.households.services.life import take_slip
from chungtay.rulebook.loading import law
from chungtay.rulebook.wording import vi_date
from chungtay.web.here import Here, today
from chungtay.web.life.parts import above
from chungtay.web.life.views import own_events
from chungtay.web.pages import page, show, warn
from chungtay.web.register.words import class_word, relation_word, sex_word
from chungtay.web.templating import said

EXPORT = "households.export"


def shown_slip(move: LifeEvent) -> dict[str, Any]:
    """What the paper says, in words; of births only the year."""
    slip = move.slip
    return {
        "head": slip["head"],
        "village": slip["village"],
        "members": [
            {
                "name": one["name"],
                "relation": relation_word(one["relation"]),
                "sex": sex_word(one["sex"]),
                "birth_year": one["birth"][0] or "",
            }
            for one in slip["members"]
        ],
        "statuses": [_status(one) for one in slip["statuses"]],
    }


def _status(one: dict[str, Any]) -> str:
    standard = law().standards.get(one["standard"])
    said = _("%(word)s từ ngày %(day)s") % {
        "word": class_word(one["class"]),
        "day": vi_date(date.fromisoformat(one["from"])),
    }
    decision = one["decision"]
    if decision:
        said += _(", theo Quyết định số %(number)s ngày %(day)s của %(issuer)s") % {
            "number": decision["number"],
            "day": vi_date(date.fromisoformat(decision["on"])),
            "issuer": decision["issuer"],
        }
    return f"{said}; {standard.name}" if standard is not None else said


@page(EXPORT, "POST")
def life_slip(request: HttpRequest, here: Here, slip_id: int) -> HttpResponse:
    """The moving paper of a household that left, to be printed: journalled as leaving."""
    moves = own_events(here.actor, EXPORT).filter(kind=LifeEvent.Kind.MOVE_OUT, withdrawn=False)
    move = get_object_or_404(moves, pk=slip_id)
    try:
        take_slip(actor=here.actor, move=move)
    except Refused as refusal:
        warn(request, said(refusal.sentence))
        return redirect("register_household", household_id=move.household_id)
    gone = LifeEvent.GoneTo(move.gone_to).label if move.gone_to else ""
    context = {
        "move": move,
        "slip": shown_slip(move),
        "came_from": ", ".join(filter(None, [move.commune.name, above(move.commune)])),
        "goes_to": f"{move.to_commune.name}, {above(move.to_commune)}"
        if move.to_commune
        else str(gone),
        "printed_on": today(),
    }
    return show(request, "life/slip.html", context)
