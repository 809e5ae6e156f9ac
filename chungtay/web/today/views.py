"""Hôm nay: where the place stands against its promise, and what needs a look."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.households.models import Household
from chungtay.households.queries.events import waiting_moves
from chungtay.households.queries.people import households_seen_by, standing_on
from chungtay.households.queries.residences import lived_in
from chungtay.households.queries.statuses import count_by_class
from chungtay.plans.cells import Cells
from chungtay.plans.progress import Standing, standings
from chungtay.plans.queries import findings_of, plan_of
from chungtay.rulebook.wording import vi_percent
from chungtay.web.here import Here
from chungtay.web.pages import page, show
from chungtay.web.templating import said
from chungtay.web.today.looking import Look, deprivations_of, look_at
from chungtay.web.today.places import rows_of

NEAR = ("commune", "village")


@page("places.see")
def today(request: HttpRequest, here: Here) -> HttpResponse:
    """The first page: promises, households to look at, deprivations, villages."""
    seen = standing_on(households_seen_by(here.actor, on=here.lived_on), here.on)
    seen = seen.filter(lived_in(here.units, here.lived_on))
    counts = count_by_class(seen, here.on)
    context = {
        "counts": counts,
        "total": seen.count(),
        "places": rows_of(here, seen),
        "waiting": waiting_moves(here.actor).count(),
        "may_import": bool(here.actor.units_for("households.import")),
        **_promises(here),
        **_to_look_at(here, seen),
    }
    return show(request, "today/today.html", context)


def _promises(here: Here) -> dict[str, Any]:
    """The plan of the year with where each promise stands; nothing without the right."""
    may_see = here.place.level == "commune" and here.actor.may("plans.see", here.place)
    plan = plan_of(here.place, here.year) if may_see else None
    if plan is None:
        return {"plan": None, "tiles": [], "plan_findings": []}
    cells = Cells.of(plan)
    return {
        "plan": plan,
        "tiles": [_tile(one) for one in standings(plan, here.on, cells)],
        "plan_findings": findings_of(plan, cells),
    }


def _to_look_at(here: Here, seen: QuerySet[Household]) -> dict[str, Any]:
    """The households whose class and answers disagree; above the commune only counts are shown."""
    if here.place.level not in NEAR:
        return {"near": False, "looks": [], "deprivations": [], "poor_count": 0, "undecided": 0}
    sensitive = here.actor.sees_fields("sensitive", here.place)
    looks, poor = look_at(seen.order_by("head_sort_key"), here.on, sensitive=sensitive)
    return {
        "near": True,
        "looks": [_task(look) for look in looks],
        "undecided": sum(look.undecided for look in looks),
        "deprivations": deprivations_of(poor, here.on) if sensitive else [],
        "poor_count": len(poor),
    }


def _task(look: Look) -> dict[str, Any]:
    href = reverse("register_household", args=[look.household_id])
    return {
        "title": look.head_name,
        "when": look.village,
        "about": look.why,
        "icon": "exclamation-circle",
        "act": {"label": _("Mở"), "href": href},
    }


def _tile(standing: Standing) -> dict[str, Any]:
    """The arguments of one tile: a promise and where it stands."""
    derived, target = standing.derived, standing.derived.target
    population = derived.cell.population
    return {
        "label": said(standing.label),
        "now": standing.now,
        "opening": standing.opening,
        "promised": standing.closing,
        "unit": _("hộ"),
        "opening_rate": vi_percent(target.opening_rate) if target else None,
        "promised_rate": vi_percent(target.closing_rate) if target else None,
        "href": f"{reverse('register')}?class={population}",
        "said": _still_to_go(standing),
    }


def _still_to_go(standing: Standing) -> str:
    if standing.still_to_go:
        return _("Còn %(count)d hộ nữa thì đạt chỉ tiêu.") % {"count": standing.still_to_go}
    return _("Đã đạt chỉ tiêu của năm.")
