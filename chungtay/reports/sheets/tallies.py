"""Counting tasks and reports in time and late; a late day is a working day of the country."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from chungtay.reports.models import OwedReport, ReportStatement
from chungtay.reports.sheets.asked import Asked
from chungtay.reports.sheets.figures import Figure, counted
from chungtay.rulebook.loading import law
from chungtay.tasks.models import TaskPart


def parts_of_year(asked: Asked) -> list[TaskPart]:
    """What posts and offices have in the tasks due in a year, the day it is seen from at the most.

    Of posts of the commune and its villages, and of offices by name in the commune's own tasks.
    """
    paths = [unit.path for unit in asked.units]
    rows = TaskPart.objects.filter(
        passed_on=False, task__withdrawn=False, task__last_day__year=asked.year
    ).select_related("task", "post__unit")
    return [
        part
        for part in rows.order_by("task__last_day", "pk")
        if any(_of(part).startswith(path) for path in paths)
    ]


def _of(part: TaskPart) -> str:
    return part.post.unit.path if part.post is not None else part.task.unit.path


def task_figures(parts: Iterable[TaskPart], on: date) -> tuple[Figure, ...]:
    """The tasks led and cooperated in; of those led, how many were done in time and how late."""
    listed = list(parts)
    led = {part.task_id: part.task for part in listed if part.leads}
    helped = [part.task_id for part in listed if not part.leads and part.task_id not in led]
    late = {pk: t for pk, t in led.items() if t.done_on is not None and t.done_on > t.last_day}
    left = {pk: task for pk, task in led.items() if task.done_on is None}
    overdue = {pk: task for pk, task in left.items() if task.last_day < on}
    return (
        counted("tasks_led", led),
        counted("tasks_cooperated", helped),
        counted("tasks_in_time", (pk for pk in led if pk not in late and pk not in left)),
        counted("tasks_late", late),
        Figure("late_days", sum(late_days(t.last_day, t.done_on or on) for t in late.values())),
        counted("tasks_open", (pk for pk in left if pk not in overdue)),
        counted("tasks_overdue", overdue),
        Figure("overdue_days", sum(late_days(task.last_day, on) for task in overdue.values())),
    )


def asked_figures(parts: Iterable[TaskPart]) -> tuple[Figure, ...]:
    """The tasks somebody was asked for and not ordered to do, and which of them are done."""
    asked = {part.task_id: part.task for part in parts if not part.ordered}
    done = (pk for pk, task in asked.items() if task.done_on is not None)
    return counted("tasks_asked", asked), counted("tasks_asked_done", done)


def late_days(last_day: date, until: date) -> int:
    """How many working days lie behind the last day in time."""
    return law().calendar.working_days_between(last_day, until)


def reports_of_year(asked: Asked) -> list[OwedReport]:
    """The reports of periods that end in the year, owed by villages or by offices by name."""
    rows = OwedReport.objects.filter(
        to__in=asked.units, withdrawn=False, closing__year=asked.year
    ).order_by("last_day", "pk")
    return list(rows)


def first_sent(rows: Iterable[OwedReport]) -> dict[int, date]:
    """The day each report was sent for the first time."""
    first = ReportStatement.objects.filter(owed__in=[one.pk for one in rows], number=1)
    return dict(first.values_list("owed", "submitted_on"))


def report_figures(
    rows: Iterable[OwedReport], sent: Mapping[int, date], on: date
) -> tuple[Figure, ...]:
    """How many reports were sent in time, late, or not at all though their day is over."""
    listed = {one.pk: one.last_day for one in rows}
    late = {pk: last for pk, last in listed.items() if pk in sent and sent[pk] > last}
    return (
        counted("reports_in_time", (pk for pk in listed if pk in sent and pk not in late)),
        counted("reports_late", late),
        Figure("report_late_days", sum(late_days(last, sent[pk]) for pk, last in late.items())),
        counted("reports_silent", (p for p, last in listed.items() if p not in sent and last < on)),
    )
