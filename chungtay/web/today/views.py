"""Hôm nay: where the place stands against its promise, and what needs a look."""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.households.models import Household, HouseholdClass
from chungtay.households.queries.findings import findings_of_many
from chungtay.households.queries.people import households_seen_by, of_class, standing_on
from chungtay.households.queries.statuses import count_by_class, count_by_village, standard_id_on
from chungtay.places.queries import units_on
from chungtay.plans.queries import Standing, findings_of, plan_of, standings
from chungtay.rulebook.findings import Contradiction, Finding
from chungtay.rulebook.loading import law
from chungtay.rulebook.wording import vi_percent
from chungtay.web.here import Here
from chungtay.web.pages import page, show
from chungtay.web.templating import said

Findings = dict[UUID, Finding | Contradiction]
POOR, NEAR_POOR = HouseholdClass.POOR, HouseholdClass.NEAR_POOR


@page("places.see")
def today(request: HttpRequest, here: Here) -> HttpResponse:
    """The first page: promises, households to look at, deprivations, villages."""
    seen = standing_on(households_seen_by(here.actor), here.on)
    counts = count_by_class(seen, here.on)
    poor = list(of_class(seen, POOR, standard_id_on(here.on), here.on))
    near = list(of_class(seen, NEAR_POOR, standard_id_on(here.on), here.on))
    findings = findings_of_many([*poor, *near], here.on)
    plan = plan_of(here.place, here.year) if here.actor.units_for("plans.see") else None
    may_promise = plan is not None and here.place.level == "commune"
    context = {
        "counts": counts,
        "total": seen.count(),
        "plan": plan,
        "tiles": [_tile(one) for one in standings(plan, here.on)] if plan and may_promise else [],
        "plan_findings": findings_of(plan) if plan and may_promise else [],
        "differing": _differing({POOR: poor, NEAR_POOR: near}, findings),
        "deprivations": _deprivations(here, poor, findings),
        "poor_count": len(poor),
        "villages": _villages(here, count_by_village(seen, here.on)),
        "may_import": bool(here.actor.units_for("households.import")),
    }
    return show(request, "today/today.html", context)


def _tile(standing: Standing) -> dict[str, Any]:
    """The arguments of one tile: a promise and where it stands."""
    derived, target = standing.derived, standing.derived.target
    population = derived.cell.population
    return {
        "label": HouseholdClass(population).label,
        "now": standing.now,
        "opening": derived.cell.opening,
        "promised": derived.closing,
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


def _differing(decided: dict[str, list[Household]], findings: Findings) -> list[dict[str, Any]]:
    """Households whose computed finding is not the decided class, or cannot be computed."""
    return [
        {
            "title": household.head_name,
            "about": text,
            "icon": "exclamation-circle",
            "late": True,
            "act": {"label": _("Mở"), "href": reverse("register_household", args=[household.id])},
        }
        for household_class, households in decided.items()
        for household in households
        if (text := _odd(household_class, findings[household.id]))
    ]


def _odd(decided: str, finding: Finding | Contradiction) -> str:
    if isinstance(finding, Contradiction):
        return said(finding.sentence)
    if finding.household_class == "unknown":
        return _("Còn thiếu câu trả lời nên chưa tính được diện.")
    if finding.household_class == decided:
        return ""
    return _("Diện đã quyết định là %(decided)s, số liệu hiện có cho kết luận %(found)s.") % {
        "decided": HouseholdClass(decided).label.lower(),
        "found": HouseholdClass(finding.household_class).label.lower(),
    }


def _deprivations(here: Here, poor: list[Household], findings: Findings) -> list[dict[str, Any]]:
    """How many poor households lack each indicator, in the order of the law."""
    found = [findings[household.id] for household in poor]
    counted = Counter(
        code for finding in found if isinstance(finding, Finding) for code in finding.deprived_codes
    )
    indicators = law().standard_on(here.on).indicators if found else ()
    return [{"label": one.name, "count": counted[one.code]} for one in indicators]


def _villages(here: Here, counts: dict[int | None, Counter[str]]) -> list[dict[str, Any]]:
    known = units_on(here.on, "village").filter(id__in=[key for key in counts if key])
    names = dict(known.values_list("id", "name"))
    rows = [
        {
            "id": village,
            "name": names.get(village or 0, _("Chưa rõ thôn")),
            "poor": classes[POOR],
            "near_poor": classes[NEAR_POOR],
        }
        for village, classes in counts.items()
        if classes[POOR] or classes[NEAR_POOR]
    ]
    return sorted(rows, key=lambda row: (row["id"] is None, str(row["name"])))
