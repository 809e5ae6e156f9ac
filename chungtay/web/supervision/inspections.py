"""The list of inspections, and one with what it found."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from chungtay.staff.models import Post
from chungtay.supervision.models import Inspection, InspectionFinding, Severity
from chungtay.supervision.queries.inspections import (
    INSPECT,
    SEE,
    findings_of,
    findings_seen_by,
    inspections_of,
    inspections_seen_by,
    tasks_of,
    with_counts,
)
from chungtay.tasks.models import Progress, Task
from chungtay.tasks.queries import posts_to_ask, tasks_seen_by
from chungtay.web.here import Here
from chungtay.web.pages import page, show
from chungtay.web.register.dates import TypedDate, boxes_of
from chungtay.web.supervision.shapes import listed, show_record
from chungtay.web.supervision.shared import options_of
from chungtay.web.tasks.words import post_words, state_words

STILL_OPEN = "con-lai"


def seen_inspection(here: Here, inspection_id: int) -> Inspection:
    """An inspection the actor may see; Http404 otherwise."""
    return get_object_or_404(inspections_seen_by(here.actor), pk=inspection_id)


def inspection_to_change(here: Here, inspection_id: int) -> Inspection:
    """An inspection the actor's own place recorded; Http404 otherwise."""
    inspection = seen_inspection(here, inspection_id)
    if not here.actor.may(INSPECT, inspection.unit):
        raise Http404
    return inspection


def finding_to_change(here: Here, finding_id: int) -> InspectionFinding:
    """Something found by an inspection of the actor's own place; Http404 otherwise."""
    finding = get_object_or_404(findings_seen_by(here.actor), pk=finding_id)
    if not here.actor.may(INSPECT, finding.inspection.unit):
        raise Http404
    return finding


@page(SEE)
def supervision(request: HttpRequest, here: Here) -> HttpResponse:
    """The inspections of the place in the viewing year, the latest first."""
    state = STILL_OPEN if request.GET.get("xem") == STILL_OPEN else ""
    found = inspections_of(here.actor, here.units, here.year, "open" if state else "")
    counted = with_counts(found, here.on)
    context = listed(request, here, "supervision", counted, _row, xem=state) | {
        "state": state,
        "states": [("", _("tất cả")), (STILL_OPEN, _("còn điều phải khắc phục"))],
        "may_record": here.actor.may(INSPECT, here.place),
    }
    return show(request, "supervision/list.html", context)


@page(SEE)
def supervision_page(request: HttpRequest, here: Here, inspection_id: int) -> HttpResponse:
    """One inspection."""
    return show_inspection(request, here, seen_inspection(here, inspection_id))


def show_inspection(
    request: HttpRequest,
    here: Here,
    inspection: Inspection,
    wrong: dict[str, str] | None = None,
    status: int = 0,
    due: TypedDate | None = None,
) -> HttpResponse:
    """The page of an inspection; with everything typed where an act was refused."""
    may_record = here.actor.may(INSPECT, inspection.unit)
    names = ("text", "severity", "post", "done", "reason", "finding")
    context = {
        "one": _row(inspection),
        "inspection": inspection,
        "findings": _findings(here, inspection),
        "may_record": may_record,
        "posts": options_of(posts_asked(here, inspection)) if may_record else [],
        "severities": [(one.value, one.label) for one in Severity],
        "typed": {name: request.POST.get(name, "") for name in names},
        "due": due.boxes if due else boxes_of(None),
    }
    return show_record(request, "supervision/inspection.html", context, wrong or {}, status)


def posts_asked(here: Here, inspection: Inspection) -> dict[str, Post]:
    """The posts that may be asked to mend something."""
    return {str(post.pk): post for post in posts_to_ask(inspection.unit, here.actor.today)}


def _row(one: Inspection) -> dict[str, Any]:
    return {
        "inspection": one,
        "place": one.place.name_on(one.on),
        "kind": one.get_kind_display(),
        "by": post_words(one.post) if one.post is not None else one.body,
        "unit": one.unit.name_on(one.on),
        "found": getattr(one, "found_count", 0),
        "open": getattr(one, "open_count", 0),
        "late": getattr(one, "late_count", 0),
    }


def _findings(here: Here, inspection: Inspection) -> list[dict[str, Any]]:
    findings = findings_of(inspection)
    tasks = tasks_of(inspection, findings)
    seen = set(
        tasks_seen_by(here.actor)
        .filter(pk__in=[task.pk for task in tasks.values()])
        .values_list("pk", flat=True)
    )
    return [_finding(here, one, tasks.get(one.pk), seen) for one in findings]


def _finding(
    here: Here, one: InspectionFinding, task: Task | None, seen: set[int]
) -> dict[str, Any]:
    closed = one.closed_on is not None
    return {
        "finding": one,
        "severity": one.get_severity_display(),
        "post": post_words(one.post),
        "late": not closed and not one.withdrawn and one.due_on < here.on,
        "claimed": not closed and task is not None and task.progress == Progress.DONE,
        "task": task if task is not None and task.pk in seen else None,
        "task_state": state_words(task, here.on) if task is not None else "",
    }
