"""One household: members, the why-card beside the decided class, and all that happened."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.acts.sealing import Unreadable
from chungtay.households.citizen_ids import masked_id_of
from chungtay.households.models import Household, Membership, Person
from chungtay.households.queries.answers import answers_on
from chungtay.households.queries.people import members_on
from chungtay.rulebook.findings import Missing
from chungtay.rulebook.loading import law
from chungtay.web.here import Here
from chungtay.web.pages import page, show
from chungtay.web.register.card import Link
from chungtay.web.register.reaching import CHANGE, day_shown, seen_household, sees_whole
from chungtay.web.register.sides import sides_of
from chungtay.web.register.timeline import timeline_of
from chungtay.web.register.words import (
    age_word,
    place_of,
    relation_word,
    sex_word,
    village_word,
)
from chungtay.web.templating import said as said_word

INSURANCE, NONE = "health_insurance", "none"
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
    """The page of one household on the viewing day."""
    household = seen_household(here, household_id)
    on = day_shown(household, here)
    whole = sees_whole(here, household)
    members = members_on(household.id, on)
    names = {str(row.person_id): row.person.full_name for row in members}
    context = {
        "household": household,
        "village": village_word(household),
        "on": on,
        "sides": sides_of(household, on, whole=whole, link=_link(here, household)),
        "members": _members(here, household, members, on),
        "whole": whole,
        "timeline": timeline_of(household, names, whole=whole),
        "may_change": here.actor.may(CHANGE, place_of(household)),
        "may_read_id": here.actor.may("households.read_id", place_of(household)),
        "sees_tail": here.actor.sees_fields("id_tail", place_of(household)),
    }
    return show(request, "register/household.html", context)


def _members(
    here: Here, household: Household, members: list[Membership], on: date
) -> list[dict[str, Any]]:
    place = place_of(household)
    whole = here.actor.sees_fields("sensitive", place)
    tail = here.actor.sees_fields("id_tail", place)
    answers = answers_on(household.id, on).members if whole else {}
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


def _tail(person: Person) -> str:
    try:
        return masked_id_of(person)
    except Unreadable:
        return _("không đọc được")


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
