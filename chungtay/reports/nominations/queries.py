"""Questions about nominations: who sees them, who may be nominated, what each is called."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from chungtay.households.models import Household
from chungtay.households.queries.people import households_seen_by
from chungtay.places.models import Unit
from chungtay.reports.nominations.forms import forms
from chungtay.reports.nominations.models import Nomination
from chungtay.reports.sheets.asked import Asked
from chungtay.reports.sheets.making import sheets_of
from chungtay.reports.sheets.queries import SEE_ALL
from chungtay.staff.policy import PostActor

NOMINATE, DECIDE = SEE_ALL, "reports.commend"
FIELDS = "basic"
# The households offered: those the year and the plan speak well of.
OFFERED = ("poor_left", "near_left", "poor_named", "near_named")


def nominations_seen_by(actor: PostActor) -> QuerySet[Nomination]:
    """The one gate: the nominations of the places an actor rates."""
    condition = Q(pk__in=())
    for unit in actor.units_for(NOMINATE):
        condition |= Q(unit__path__startswith=unit.path)
    return Nomination.objects.filter(condition).select_related(
        "unit__parent", "village", "user", "household__village"
    )


def nominations_of(actor: PostActor, units: Iterable[Unit], year: int) -> QuerySet[Nomination]:
    """Those of a commune and a year: what is to be decided first, what was withdrawn last."""
    found = nominations_seen_by(actor).filter(unit__in=list(units), year=year)
    return found.order_by("withdrawn", "decided_on", "-frozen_on", "pk")


def accepted_of(unit: Unit, year: int) -> list[Nomination]:
    """The nominations of a commune and a year that were accepted and stand."""
    rows = Nomination.objects.filter(
        unit=unit, year=year, state=Nomination.State.ACCEPTED, withdrawn=False
    )
    listed = rows.select_related("unit", "village", "user", "household__village")
    return list(listed.order_by("pk"))


def name_of(nomination: Nomination) -> str:
    """Who is nominated; of a household the name of its head."""
    match nomination.kind:
        case "village":
            return nomination.village.name if nomination.village is not None else ""
        case "person":
            return nomination.user.full_name if nomination.user is not None else ""
        case "household":
            return nomination.household.head_name if nomination.household is not None else ""
    return nomination.office_name


def households_to_nominate(actor: PostActor, asked: Asked) -> list[Household]:
    """The households that left poverty in the year or are named by the plan, as far as seen."""
    ids = {
        pk
        for sheet in sheets_of(asked, "village")
        for key in OFFERED
        if (figure := sheet.figure(key)) is not None
        for pk in figure.ids
    }
    if not actor.sees_fields(FIELDS, asked.place):
        return []
    found = households_seen_by(actor).filter(pk__in=ids)
    return list(found.order_by("head_sort_key", "pk"))


def form_of(nomination: Nomination) -> str:
    """The form asked for, as it is called."""
    return nomination.form_words or forms()[nomination.form].name
