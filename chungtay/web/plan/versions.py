"""What changed between two versions of a plan, in words."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from chungtay.plans.changes import Change, Changes, changes_between
from chungtay.plans.models import Plan, PlanHousehold, PlanVersion
from chungtay.plans.queries import mentioned_households
from chungtay.plans.tokens import TOKEN
from chungtay.plans.values import UNKNOWN, values_of
from chungtay.plans.versions import Said, said_now, said_then
from chungtay.web.here import Here
from chungtay.web.pages import page, show
from chungtay.web.plan.seen import seen_plan
from chungtay.web.templating import moment, said

NOW = "nay"


@page("plans.see")
def plan_changes(request: HttpRequest, here: Here, plan_id: int) -> HttpResponse:
    """Two versions side by side: the last kept one and the plan as it stands, unless chosen."""
    plan = seen_plan(here, plan_id)
    kept = {str(one.number): one for one in plan.versions.order_by("number")}
    context: dict[str, Any] = {"plan": plan, "choices": _choices(kept)}
    if not kept:
        return show(request, "plan/changes.html", context)
    since = _chosen(request, "tu", kept, next(reversed(kept)))
    until = _chosen(request, "den", kept, NOW)
    before, after = (_said(plan, kept, one) for one in (since, until))
    context |= {"since": since, "until": until}
    return show(request, "plan/changes.html", context | shown(before, after))


def shown(before: Said, after: Said) -> dict[str, Any]:
    """The changes as a page shows them: live values filled, households by their names."""
    changes = changes_between(before, after)
    old, new = (values_of(one.plan, one.cells) for one in (before, after))
    return {
        "changes": changes,
        "wording": [
            (said(one.where), _fill(one.before, old), _fill(one.after, new))
            for one in changes.wording
        ],
        "assigned": _rows(changes.assigned),
        "numbers": _rows(changes.numbers),
        "money": _rows(changes.money),
        "named": _names(after.plan, changes.named),
        "dropped": _names(before.plan, changes.dropped),
        "count": _count(changes),
    }


def _count(changes: Changes) -> int:
    rows = len(changes.numbers) + len(changes.money) + len(changes.wording)
    return rows + len(changes.assigned) + len(changes.named) + len(changes.dropped)


def _rows(changes: tuple[Change, ...]) -> list[tuple[str, str, str]]:
    return [(said(one.where), one.before, one.after) for one in changes]


def _names(plan: Plan, positions: tuple[int, ...]) -> list[PlanHousehold]:
    wanted = set(positions)
    return [one for one in mentioned_households(plan) if one.position in wanted]


def _fill(text: str, values: dict[str, str]) -> str:
    return TOKEN.sub(lambda found: values.get(found[1], UNKNOWN), text)


def _choices(kept: dict[str, PlanVersion]) -> list[tuple[str, str]]:
    """Every kept version and the plan as it stands, as a reader chooses them."""
    named = [
        (number, _("{step}, {at}").format(step=_capital(one), at=moment(one.at)))
        for number, one in kept.items()
    ]
    return [*named, (NOW, _("Như đang lưu"))]


def _capital(version: PlanVersion) -> str:
    words = str(version.get_step_display())
    return words[:1].upper() + words[1:]


def _chosen(request: HttpRequest, name: str, kept: dict[str, PlanVersion], default: str) -> str:
    asked = request.GET.get(name, default)
    if asked not in kept and asked != NOW:
        raise Http404
    return asked


def _said(plan: Plan, kept: dict[str, PlanVersion], which: str) -> Said:
    return said_now(plan) if which == NOW else said_then(kept[which])
