"""One household: members, the why-card beside the decided class, and all that happened."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.households.citizen_ids import UNREADABLE, masked_id_of
from chungtay.households.models import Household, Membership, Person
from chungtay.households.queries.answers import Answers
from chungtay.households.queries.findings import known_of_many
from chungtay.households.queries.statuses import history_of
from chungtay.rulebook.findings import Missing
from chungtay.rulebook.loading import law
from chungtay.web.here import Here
from chungtay.web.life.kinds import HAPPENINGS
from chungtay.web.pages import page
from chungtay.web.register.card import Link
from chungtay.web.register.former import household_shown
from chungtay.web.register.happened import former_shown, happened, notes_of
from chungtay.web.register.reaching import CHANGE, merged_into, sees_whole
from chungtay.web.register.sides import sides_of
from chungtay.web.register.timeline import timeline_of
from chungtay.web.register.words import (
    age_word,
    place_of,
    relation_word,
    sex_word,
    village_word,
    warnings_of_stored,
)
from chungtay.web.templating import said as said_word
from chungtay.web.unchanged import show_unchanged

INSURANCE, NONE = "health_insurance", "none"
SHOWN_DIGITS = 3
# What of a member's answers a reader of the table wants to see at once.
NOTED = (
    "schooling",
    "education",
    "work",
    "disabled",
    "undernourished",
    "monthly_assistance",
    "merit",
    INSURANCE,
)


@page("households.see")
def register_household(request: HttpRequest, here: Here, household_id: UUID) -> HttpResponse:
    """The page of one household on the viewing day; of a merged one, the page it went into."""
    try:
        return show_unchanged(
            request, here, "register/household.html", lambda: _said(here, household_id)
        )
    except Http404:
        if (kept := merged_into(here, household_id)) is not None:
            return redirect("register_household", household_id=kept)
        raise


def _said(here: Here, household_id: UUID) -> dict[str, Any]:
    """What the page of a household says; Http404 if it is not seen."""
    shown = household_shown(here, household_id)
    household, on = shown.household, shown.day(here)
    place = place_of(household)
    whole = sees_whole(here, household)
    known = known_of_many([household], on)[household.id]
    members = shown.members(known.members)
    names = {str(row.person_id): row.person.full_name for row in members}
    own = {unit.pk for unit in here.actor.units_for(CHANGE)}
    events = happened(
        shown, own, whole=whole, prints=here.actor.may("households.export", household.commune)
    )
    history = history_of(household)
    sides = sides_of(shown, on, known, history, whole=whole, link=_link(here, household))
    reads = shown.last is None and here.actor.may("households.read_id", place)
    tail = shown.last is None and here.actor.sees_fields("id_tail", place)
    told = _members(here, household, members, known.answers, on)
    return {
        "household": household,
        "village": village_word(household),
        "on": on,
        "sides": sides,
        "members": told,
        "to_fix": _to_fix(here, household, members) if shown.last is None else [],
        "former": former_shown(shown, on),
        "notes": notes_of(shown, decided=any(one["decided"] for one in sides["statuses"])),
        "whole": whole,
        "timeline": timeline_of(shown, names, history, events, whole=whole),
        "happenings": HAPPENINGS if shown.lives_here else (),
        "may_change": shown.last is None and here.actor.may(CHANGE, place),
        "may_read_id": reads,
        "sees_tail": tail,
        "with_id": [one for one in told if one["has_id"]] if reads and tail else [],
    }


def _members(
    here: Here, household: Household, members: list[Membership], known: Answers, on: date
) -> list[dict[str, Any]]:
    place = place_of(household)
    whole = here.actor.sees_fields("sensitive", place)
    tail = here.actor.sees_fields("id_tail", place)
    answers = known.members if whole else {}
    return [
        {
            "id": str(row.person_id),
            "name": row.person.full_name,
            "relation": relation_word(row.relation),
            "sex": sex_word(row.person.sex),
            "birth": str(row.person.birth or ""),
            "age": age_word(row.person.birth, on),
            "has_id": row.person.id_sealed is not None,
            "tail": _tail(row.person) if tail else "",
            "ethnicity": row.person.ethnicity if whole else "",
            "noted": _noted(answers.get(str(row.person_id), {})),
        }
        for row in members
    ]


def _to_fix(here: Here, household: Household, members: list[Membership]) -> list[dict[str, str]]:
    """What is to be compared with the card, for those who see the last digits of the numbers."""
    if not here.actor.sees_fields("id_tail", place_of(household)):
        return []
    people = {row.person.id: row.person.full_name for row in members}
    return [
        {
            "name": people[key],
            "text": text,
            "href": reverse("register_person", args=[household.id, key]),
        }
        for key, texts in warnings_of_stored(row.person for row in members).items()
        for text in texts
    ]


def _tail(person: Person) -> str:
    shown = masked_id_of(person)
    return _("không đọc được") if shown == UNREADABLE else f"…{shown[-SHOWN_DIGITS:]}"


def _noted(answers: Mapping[str, Any]) -> str:
    """What is known of a member, in a few words."""
    said = []
    for name in NOTED:
        fact, value = law().facts.get(name), answers.get(name)
        if fact is None or value is None:
            continue
        labels = {option.code: said_word(option.label) for option in fact.options}
        if fact.type == "choice" and value != NONE:
            said.append(labels.get(value, ""))
        elif fact.type == "yes_no" and value == (name != INSURANCE):
            what = said_word(fact.label).lower()
            said.append(said_word(fact.label) if value else _("chưa có %(what)s") % {"what": what})
    return " · ".join(text for text in said if text)


def _link(here: Here, household: Household) -> Link:
    """Where a missing answer is written; nowhere for those who may not change it."""
    may = here.actor.may(CHANGE, place_of(household))

    def link(missing: Missing) -> str:
        fact = law().facts.get(missing.fact)
        if not may or fact is None:
            return ""
        if fact.held == "answer":
            answers = reverse("register_answers", args=[household.id])
            field = f"m_{missing.member}_{fact.name}" if missing.member else f"h_{fact.name}"
            return f"{answers}#{field}"
        if missing.member:
            return reverse("register_person", args=[household.id, missing.member])
        return ""

    return link
