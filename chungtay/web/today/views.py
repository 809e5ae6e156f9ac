"""Hôm nay: where the place stands against its promise, and what needs a look."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.households.models import Household
from chungtay.households.queries.events import waiting_moves
from chungtay.households.queries.people import households_seen_by, standing_on
from chungtay.households.queries.residences import lived_in
from chungtay.plans.answering import OPEN, asked_of
from chungtay.plans.cells import Cells
from chungtay.plans.progress import Standing, progress_of, standings_of
from chungtay.plans.queries import findings_of, plan_of
from chungtay.rulebook.wording import vi_percent
from chungtay.web.here import Here
from chungtay.web.pages import page, show
from chungtay.web.plan.life import decisions_of
from chungtay.web.reports.soon import reports_soon
from chungtay.web.tasks.soon import soon_of
from chungtay.web.templating import said
from chungtay.web.today.looking import Look, deprivations_of, look_at
from chungtay.web.today.places import rows_of
from chungtay.web.today.standards import standing_by
from chungtay.web.today.units import board_of

NEAR = ("commune", "village")


@page("places.see")
def today(request: HttpRequest, here: Here) -> HttpResponse:
    """The first page: promises, households to look at, deprivations; the places below."""
    seen = standing_on(households_seen_by(here.actor, on=here.lived_on), here.on)
    seen = seen.filter(lived_in(here.units, here.lived_on))
    context = {"total": seen.count(), "not_yet": _not_yet(here), **_promises(here)}
    context |= soon_of(here) | reports_soon(here) | {"decisions": decisions_of(here)}
    if here.place.level not in NEAR:
        context["board"] = board_of(here, seen, context["progress"])
        return show(request, "today/above.html", context)
    standing = standing_by(here, seen)
    context |= {
        "standing": standing,
        "places": rows_of(here, seen, standing),
        "waiting": waiting_moves(here.actor).count(),
        **_asked(here),
        "may_import": bool(here.actor.units_for("households.import")),
        **_to_look_at(here, seen, standing.standard),
    }
    return show(request, "today/today.html", context)


def _not_yet(here: Here) -> date | None:
    """The first day of a place that did not stand yet on the viewing day; None where it did."""
    begin = here.place.valid_from
    return begin if begin is not None and begin > here.on else None


def _promises(here: Here) -> dict[str, Any]:
    """The plan of the year with where each promise stands; nothing without the right."""
    may_see = here.place.level != "village" and here.actor.may("plans.see", here.place)
    plan = plan_of(here.place, here.year) if may_see else None
    if plan is None:
        return {"plan": None, "tiles": [], "plan_findings": [], "progress": []}
    cells = Cells.of(plan)
    progress = progress_of(plan, here.on, cells)
    return {
        "plan": plan,
        "progress": progress,
        "tiles": [_tile(one, plan.standard) for one in standings_of(progress, cells)],
        "plan_findings": findings_of(plan, cells),
    }


def _asked(here: Here) -> dict[str, int]:
    """How many targets are asked of the place, and how many of them wait for its answer."""
    if not here.actor.units_for("plans.answer"):
        return {"asked": 0, "asked_open": 0}
    parts = asked_of(here.actor, here.place, here.year)
    return {"asked": len(parts), "asked_open": sum(part.state in OPEN for part in parts)}


def _to_look_at(here: Here, seen: QuerySet[Household], standard: str) -> dict[str, Any]:
    """The households whose class and answers disagree."""
    sensitive = here.actor.sees_fields("sensitive", here.place)
    listed = seen.order_by("head_sort_key")
    looks = look_at(listed, here.on, sensitive=sensitive, standard=standard)
    return {
        "looks": [_task(look) for look in looks.first],
        "to_look_at": looks.count,
        "differing": looks.differing,
        "undecided": looks.undecided,
        "deprivations": deprivations_of(looks) if sensitive else [],
        "poor_count": looks.poor,
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


def _tile(standing: Standing, standard: str) -> dict[str, Any]:
    """The arguments of one tile: a promise and where it stands, by the plan's standard."""
    target = standing.derived.target
    return {
        "label": said(standing.label),
        "now": standing.now,
        "opening": standing.opening,
        "promised": standing.closing,
        "unit": _("hộ"),
        "opening_rate": vi_percent(target.opening_rate) if target else None,
        "promised_rate": vi_percent(target.closing_rate) if target else None,
        "href": _behind(standing, standard),
        "said": _still_to_go(standing),
    }


def _behind(standing: Standing, standard: str) -> str | None:
    """The list of the households counted; None where the register's list cannot tell them apart."""
    population = standing.derived.cell.kind.population
    if len(population.classes) != 1 or population.group:
        return None
    asked = {"class": "_".join(filter(None, (*population.classes, population.subclass)))}
    if standard:
        asked["standard"] = standard
    return f"{reverse('register')}?{urlencode(asked)}"


def _still_to_go(standing: Standing) -> str:
    if standing.still_to_go:
        return _("Còn %(count)d hộ nữa thì đạt chỉ tiêu.") % {"count": standing.still_to_go}
    return _("Đã đạt chỉ tiêu của năm.")
