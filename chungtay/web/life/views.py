"""Writing an event down: the form, a last look where something ends, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.acts.refusing import Refused, Stale
from chungtay.households.models import Household, LifeEvent
from chungtay.households.queries.people import members_on
from chungtay.households.services.life import undo_event
from chungtay.rulebook.wording import vi_date
from chungtay.staff.policy import PostActor
from chungtay.web.here import Here
from chungtay.web.life.checking import rows_of
from chungtay.web.life.forms import FOUND, LOOK, NEW, EventForm
from chungtay.web.life.kinds import Happening
from chungtay.web.life.parts import villages
from chungtay.web.pages import fresh_key, one_time_key, page, show, tell, warn
from chungtay.web.register.person_form import (
    ethnicity_choices,
    relation_choices,
    sex_choices,
)
from chungtay.web.register.reaching import CHANGE, seen_household, version_of
from chungtay.web.register.words import relation_word
from chungtay.web.templating import said

CONFLICT = 409
NOT_KEPT = {"csrfmiddlewaretoken", "checked", "back", LOOK}


def view_of(happening: Happening) -> Callable[..., HttpResponse]:
    """The page of one kind of event."""

    @page(CHANGE, "GET", "HEAD", "POST")
    def life_event(request: HttpRequest, here: Here, household_id: UUID) -> HttpResponse:
        """A short form; a POST writes the event."""
        household = seen_household(here, household_id, CHANGE)
        if closed := _closed(household):
            warn(request, closed)
            return redirect("register_household", household_id=household.id)
        form = EventForm(
            household,
            members_on(household.id, None),
            request.POST,
            here.on,
            request.POST.getlist("people"),
        )
        if request.method != "POST":
            return _page(request, form, happening)
        return _posted(request, here, form, happening)

    return life_event


def _closed(household: Household) -> str:
    """Why nothing can happen to a household any more; empty if it can."""
    if household.valid_to is not None:
        text = _("Hộ này chỉ có trong sổ đến hết ngày %(day)s, nên không ghi thêm việc.")
        return text % {"day": vi_date(household.valid_to)}
    if household.away_from is not None:
        text = _("Hộ này đã chuyển đi từ ngày %(day)s, đang chờ nơi đến nhận.")
        return text % {"day": vi_date(household.away_from)}
    return ""


def _posted(
    request: HttpRequest, here: Here, form: EventForm, happening: Happening
) -> HttpResponse:
    form.read_occasion()
    for part in happening.parts:
        part(form)
    if LOOK in request.POST or "back" in request.POST:
        form.errors.clear()
        form.person.errors.clear()
        return _page(request, form, happening)
    if form.said():
        return _page(request, form, happening)
    arguments = {
        "actor": here.actor,
        "household": form.household,
        "expected_version": version_of(request),
        **form.given,
    }
    try:
        if happening.ends and not request.POST.get("checked"):
            _rehearse(happening, arguments)
            return _check(request, form, happening)
        done = happening.act(**arguments, key=one_time_key(request))
    except Stale as stale:
        form.household.refresh_from_db()
        form.fail("on_day", said(stale.sentence))
        return _page(request, form, happening, status=CONFLICT)
    except Refused as refusal:
        form.fail("on_day", said(refusal.sentence))
        return _page(request, form, happening)
    tell(request, str(happening.done), reverse("life_undo", args=[done["event"]]))
    return redirect("register_household", household_id=form.household.id)


def _rehearse(happening: Happening, arguments: dict[str, Any]) -> None:
    """Do the act and take it back, so that whatever it refuses is said before the last look."""
    with transaction.atomic():
        happening.act(**arguments)
        transaction.set_rollback(True)


def _check(request: HttpRequest, form: EventForm, happening: Happening) -> HttpResponse:
    kept = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in NOT_KEPT
        for value in values
    ]
    context = {
        "household": form.household,
        "happening": happening,
        "rows": rows_of(form, happening),
        "kept": kept,
    }
    return show(request, "life/check.html", context)


def _page(
    request: HttpRequest,
    form: EventForm,
    happening: Happening,
    status: int = 422,
) -> HttpResponse:
    errors = form.said()
    names = [(str(row.person_id), row.person.full_name) for row in form.members]
    others = [one for row, one in zip(form.members, names, strict=True) if row is not form.head]
    context = {
        "household": form.household,
        "happening": happening,
        "shows": happening.shows,
        "entry": form,
        "typed": request.POST,
        "errors": errors,
        "wrong": {**{one["field"]: one["text"] for one in errors}},
        "stale": status == CONFLICT,
        "members": form.members,
        "people": names,
        "others": others,
        "anyone": [("", _("— chọn —")), *names],
        "mothers": [("", _("không ghi")), *_women(form)],
        "relations": relation_choices(),
        "relation_words": {row.person_id: relation_word(row.relation) for row in form.members},
        "sexes": sex_choices(),
        "ethnicities": ethnicity_choices(),
        "villages": [
            ("", _("chưa rõ thôn")),
            *(
                (str(one.id), one.name)
                for one in villages(form.household.commune, form.on or form.viewed)
            ),
        ],
        "sources": [(NEW, _("Người chưa có trong sổ của xã")), (FOUND, _("Người đã có trong sổ"))],
        "gone": [
            ("", _("Một xã, phường trong nước")),
            *((value, str(label)) for value, label in LifeEvent.GoneTo.choices),
        ],
        "key": fresh_key(),
    }
    return show(request, "life/event.html", context, status if errors else 200)


def _women(form: EventForm) -> list[tuple[str, str]]:
    rows = [row for row in form.members if row.person.sex != "male"]
    return [(str(row.person_id), row.person.full_name) for row in rows]


@page(CHANGE, "POST")
def life_undo(request: HttpRequest, here: Here, event_id: int) -> HttpResponse:
    """Take an event back; the refusal says what was built upon it."""
    event = get_object_or_404(own_events(here.actor), pk=event_id)
    try:
        undo_event(actor=here.actor, event=event, key=one_time_key(request))
    except Refused as refusal:
        warn(request, said(refusal.sentence))
    else:
        what = str(LifeEvent.Kind(event.kind).label)
        tell(request, _("Đã hoàn tác “%(what)s” của hộ.") % {"what": what})
    if event.kind == LifeEvent.Kind.MOVE_IN:
        return redirect("life_waiting")
    return redirect("register_household", household_id=event.household_id)


def own_events(actor: PostActor, right: str = CHANGE) -> Any:
    """The events written in the communes where an actor has a right."""
    rows = LifeEvent.objects.filter(commune__in=actor.units_for(right))
    return rows.select_related("commune", "household", "to_commune__parent")
