"""The lists of tasks, the month, the calendar file, the sheets for those without the program."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from chungtay.places.models import Level
from chungtay.rulebook.loading import law
from chungtay.rulebook.wording import vi_date
from chungtay.rulebook.workdays import WEEKDAYS
from chungtay.tasks.models import Progress, Task
from chungtay.tasks.queries import OPEN, SEE, open_tasks
from chungtay.web.here import Here
from chungtay.web.pages import page, show
from chungtay.web.tasks.ics import Event, calendar_file
from chungtay.web.tasks.reaching import (
    ALL,
    MINE,
    OFFICE,
    ORPHANED,
    of_year,
    tasks_in,
    tasks_of_place,
    view_of,
    views_of,
)
from chungtay.web.tasks.words import due_words, recipient_of, row_of, rows_of, state_words
from chungtay.web.templating import said

A_PAGE = 50
MONTH = re.compile(r"(\d{4})-(\d{2})")
LATE = "qua-han"
STATES = (LATE, Progress.NOT_OPEN, Progress.DOING, Progress.DONE)


@page(SEE)
def tasks(request: HttpRequest, here: Here) -> HttpResponse:
    """The tasks of the viewing year, the overdue ones first."""
    view = view_of(request, here)
    state = request.GET.get("tien-do", "")
    found = _in_state(of_year(tasks_in(here, view).filter(withdrawn=False), here), state, here.on)
    shown = Paginator(_urgent_first(found), A_PAGE).get_page(request.GET.get("trang"))
    context = {
        "rows": rows_of(shown.object_list, here.on),
        "count": shown.paginator.count,
        "pager": _pager(shown, view, state),
        "tabs": _tabs(here, view),
        "view": view,
        "orphaned": view == ORPHANED,
        "state": state if state in STATES else "",
        "states": _states(),
        "may_open": _may_open(here),
    }
    return show(request, "tasks/list.html", context)


def _in_state(found: QuerySet[Task], state: str, on: date) -> QuerySet[Task]:
    if state == LATE:
        return found.exclude(progress=Progress.DONE).filter(last_day__lt=on)
    return found.filter(progress=state) if state in STATES else found


def _urgent_first(found: QuerySet[Task]) -> QuerySet[Task]:
    """What is open by its day, then what is done, the latest first."""
    done = Case(
        When(progress=Progress.DONE, then=Value(1)), default=Value(0), output_field=IntegerField()
    )
    return found.order_by(done, "last_day", "pk")


def _tabs(here: Here, view: str) -> list[dict[str, Any]]:
    labels = {
        MINE: _("Của tôi"),
        OFFICE: _("Của bộ phận tôi"),
        ALL: _("Tất cả"),
        ORPHANED: _("Chưa có người giữ"),
    }
    return [
        {"label": labels[one], "href": f"{reverse('tasks')}?xem={one}", "current": one == view}
        for one in views_of(here)
    ]


def _states() -> list[tuple[str, str]]:
    return [
        ("", _("mọi tiến độ")),
        (LATE, _("quá hạn")),
        *((one.value, str(one.label)) for one in Progress),
    ]


def _pager(shown: Any, view: str, state: str) -> dict[str, Any]:
    def to(number: int) -> str:
        return "?" + urlencode({"xem": view, "tien-do": state, "trang": number})

    return {
        "page": shown.number,
        "pages": shown.paginator.num_pages,
        "before": to(shown.previous_page_number()) if shown.has_previous() else None,
        "after": to(shown.next_page_number()) if shown.has_next() else None,
    }


def _may_open(here: Here) -> bool:
    return here.place.level != Level.VILLAGE and here.actor.may(OPEN, here.place)


@page(SEE)
def tasks_calendar(request: HttpRequest, here: Here) -> HttpResponse:
    """A month with what is due each day; on a phone the days that have something."""
    view = view_of(request, here)
    first = _month(request.GET.get("thang", ""), here.on)
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    due = tasks_in(here, view).filter(withdrawn=False, last_day__range=(first, last))
    by_day: dict[date, list[dict[str, Any]]] = {}
    for task in due.order_by("last_day", "pk"):
        by_day.setdefault(task.last_day, []).append(row_of(task, here.on))
    weeks = [
        [_cell(day, first, by_day) for day in week]
        for week in calendar.Calendar().monthdatescalendar(first.year, first.month)
    ]
    context = {
        "first": first,
        "weeks": weeks,
        "weekdays": [said(word) for word in WEEKDAYS],
        "agenda": [cell for week in weeks for cell in week if cell["inside"] and cell["rows"]],
        "view": view,
        "tabs": _tabs_of_month(here, view, first),
        "before": _month_href(view, first - timedelta(days=1)),
        "after": _month_href(view, last + timedelta(days=1)),
        "known": law().calendar.covers(first),
        "may_open": _may_open(here),
    }
    return show(request, "tasks/calendar.html", context)


def _month(asked: str, on: date) -> date:
    found = MONTH.fullmatch(asked)
    if found is not None:
        year, month = int(found[1]), int(found[2])
        if 1 <= month <= 12 and 2000 <= year <= 2100:
            return date(year, month, 1)
    return on.replace(day=1)


def _cell(day: date, first: date, by_day: dict[date, list[dict[str, Any]]]) -> dict[str, Any]:
    off = law().calendar.days_off.get(day)
    return {
        "day": day,
        "weekday": said(WEEKDAYS[day.weekday()]),
        "inside": day.month == first.month,
        "off": not law().calendar.is_working(day),
        "holiday": off.name if off is not None else "",
        "rows": by_day.get(day, []),
    }


def _month_href(view: str, day: date) -> str:
    return f"{reverse('tasks_calendar')}?" + urlencode({"xem": view, "thang": f"{day:%Y-%m}"})


def _tabs_of_month(here: Here, view: str, first: date) -> list[dict[str, Any]]:
    tabs = _tabs(here, view)
    for tab, one in zip(tabs, views_of(here), strict=True):
        tab["href"] = _month_href(one, first)
    return tabs


@page(SEE)
def tasks_ics(request: HttpRequest, here: Here) -> HttpResponse:
    """The open tasks of the list and year as a calendar file."""
    found = open_tasks(of_year(tasks_in(here, view_of(request, here)), here))
    events = [
        Event(
            uid=f"viec-{task.pk}@chungtay",
            day=task.last_day,
            title=task.title,
            text=f"{due_words(task)}. {state_words(task, here.on)}.",
            changed=task.version - 1,
        )
        for task in found
    ]
    name = _("Việc của %(place)s") % {"place": here.place.name}
    answer = HttpResponse(
        calendar_file(name, events, timezone.now()), content_type="text/calendar; charset=utf-8"
    )
    answer.headers["Content-Disposition"] = 'attachment; filename="viec.ics"'
    return answer


@page(OPEN)
def tasks_sheets(request: HttpRequest, here: Here) -> HttpResponse:
    """A sheet for each village and office with its open tasks, to print or to send as a message."""
    sheets: dict[str, list[dict[str, Any]]] = {}
    for task in open_tasks(of_year(tasks_of_place(here), here)):
        row = row_of(task, here.on)
        for part in task.parts.all():
            given = row | {"leads": part.leads, "ordered": part.ordered}
            sheets.setdefault(recipient_of(part), []).append(given)
    context = {
        "sheets": [
            {"name": name, "rows": rows, "message": _message(here, name, rows)}
            for name, rows in sorted(sheets.items())
        ],
    }
    return show(request, "tasks/sheets.html", context)


def _message(here: Here, name: str, rows: list[dict[str, Any]]) -> str:
    """The open tasks of one recipient as plain text, ordered and asked apart."""
    lines = [_("%(place)s gửi %(name)s:") % {"place": here.place.name, "name": name}]
    for row in rows:
        text = (
            _("- Giao: %(title)s, %(due)s.")
            if row["ordered"]
            else _("- Đề nghị: %(title)s, %(due)s.")
        )
        lines.append(text % {"title": row["title"], "due": row["due"]})
    lines.append(_("Danh sách tính đến ngày %(day)s.") % {"day": vi_date(here.on)})
    return "\n".join(lines)
