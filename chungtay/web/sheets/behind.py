"""What stands behind a number of a year sheet, as far as the reader may see it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from chungtay.households.queries.people import households_seen_by
from chungtay.households.queries.residences import placed_on
from chungtay.reports.queries import owed_seen_by
from chungtay.reports.sheets.figures import Behind
from chungtay.reports.sheets.queries import SEE_OWN
from chungtay.rulebook.wording import vi_date
from chungtay.supervision.queries.activities import activities_seen_by
from chungtay.supervision.queries.inspections import findings_seen_by, inspections_seen_by
from chungtay.supervision.queries.petitions import petitions_seen_by
from chungtay.tasks.queries import tasks_seen_by
from chungtay.web.here import Here
from chungtay.web.pages import page, show
from chungtay.web.sheets.asking import seen_sheet
from chungtay.web.tasks.words import due_words, state_words

Ids = tuple[Any, ...]
Row = dict[str, str]


@page(SEE_OWN)
def sheets_behind(
    request: HttpRequest, here: Here, sheet_kind: str, sheet_id: str, figure: str
) -> HttpResponse:
    """The rows a number counts; what the reader may not see is said to be missing."""
    sheet = seen_sheet(here, sheet_kind, sheet_id)
    found = sheet.figure(figure)
    if found is None or not found.criterion.behind:
        raise Http404
    rows = list(LISTS[found.criterion.behind](here, found.ids))
    context = {
        "sheet": sheet,
        "slug": sheet_kind,
        "figure": found,
        "criterion": found.criterion,
        "rows": rows,
        "hidden": len(found.ids) - len(rows),
    }
    return show(request, "sheets/behind.html", context)


def _households(here: Here, ids: Ids) -> Iterable[Row]:
    """Families by the name of the head, where they lived at one end of the year or live now."""
    seen: dict[Any, Any] = {}
    for day in (None, here.on, here.first_day):
        for one in placed_on(
            households_seen_by(here.actor, on=day).filter(pk__in=ids), day or here.on
        ):
            seen.setdefault(one.pk, one)
    for one in sorted(seen.values(), key=lambda one: one.head_sort_key):
        yield {
            "title": one.head_name,
            "about": one.village.name if one.village is not None else "",
            "href": reverse("register_household", args=[one.pk]),
        }


def _tasks(here: Here, ids: Ids) -> Iterable[Row]:
    for task in tasks_seen_by(here.actor).filter(pk__in=ids).order_by("last_day", "pk"):
        yield {
            "title": task.title,
            "about": f"{due_words(task)} · {state_words(task, here.on)}",
            "href": reverse("tasks_page", args=[task.pk]),
        }


def _reports(here: Here, ids: Ids) -> Iterable[Row]:
    for owed in owed_seen_by(here.actor).filter(pk__in=ids).order_by("last_day", "pk"):
        kind = str(owed.get_kind_display())
        yield {
            "title": owed.subject or kind,
            "about": f"{kind} · {vi_date(owed.last_day)} · {owed.get_state_display()}",
            "href": reverse("reports_owed", args=[owed.pk]),
        }


def _inspections(here: Here, ids: Ids) -> Iterable[Row]:
    for one in inspections_seen_by(here.actor).filter(pk__in=ids).order_by("on", "pk"):
        yield {
            "title": one.about,
            "about": f"{one.get_kind_display()} · {one.place.name_on(one.on)} · {vi_date(one.on)}",
            "href": reverse("supervision_page", args=[one.pk]),
        }


def _findings(here: Here, ids: Ids) -> Iterable[Row]:
    for one in findings_seen_by(here.actor).filter(pk__in=ids).order_by("due_on", "pk"):
        closed = vi_date(one.closed_on) if one.closed_on is not None else ""
        yield {
            "title": one.text,
            "about": " · ".join(filter(None, (str(one.get_severity_display()), closed))),
            "href": reverse("supervision_page", args=[one.inspection_id]),
        }


def _petitions(here: Here, ids: Ids) -> Iterable[Row]:
    for one in petitions_seen_by(here.actor).filter(pk__in=ids).order_by("on", "pk"):
        yield {
            "title": one.about,
            "about": f"{vi_date(one.on)} · {one.get_state_display()}",
            "href": reverse("supervision_petition", args=[one.pk]),
        }


def _trainings(here: Here, ids: Ids) -> Iterable[Row]:
    for one in activities_seen_by(here.actor).filter(pk__in=ids).order_by("on", "pk"):
        yield {
            "title": one.topic,
            "about": vi_date(one.on),
            "href": reverse("supervision_activity", args=[one.pk]),
        }


LISTS: dict[Behind, Callable[[Here, Ids], Iterable[Row]]] = {
    "households": _households,
    "tasks": _tasks,
    "reports": _reports,
    "inspections": _inspections,
    "findings": _findings,
    "petitions": _petitions,
    "trainings": _trainings,
}
