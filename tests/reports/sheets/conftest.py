"""The commune's posts, and the sheets of a kind by what they are called."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from chungtay.reports.sheets.asked import Asked
from chungtay.reports.sheets.figures import Sheet, SheetKind
from chungtay.reports.sheets.making import sheets_of
from chungtay.staff.models import Post
from chungtay.tasks.models import Task
from chungtay.tasks.services import TaskInput, open_task, set_progress
from tests.reports.reporting_world import Line

YEAR_END = date(2023, 12, 31)


def asked_of(line: Line, on: date = YEAR_END) -> Asked:
    """The sheets of the commune in 2023, seen from a day."""
    return Asked(line.commune, (line.commune,), 2023, on, "nd-07-2021")


@pytest.fixture
def sheet(line: Line) -> Callable[..., Sheet]:
    """One sheet of 2023 by its subject."""

    def made(kind: SheetKind, subject: object, on: date = YEAR_END) -> Sheet:
        listed = sheets_of(asked_of(line, on), kind)
        return next(one for one in listed if one.subject == str(subject))

    return made


@pytest.fixture
def head_post(line: Line) -> Post:
    return line.head.holdings[0].post


@pytest.fixture
def task_of(line: Line) -> Callable[..., Task]:
    """A task of the commune led by a post or an office; done on a day where one is given."""

    def opened(lead: Post | str, due_on: date, done_on: date | None = None, **given: object):
        asked = TaskInput("Rà soát danh sách", due_on, lead, **given)  # type: ignore[arg-type]
        pk = open_task(actor=line.officer, unit=line.commune, given=asked)[0]
        task = Task.objects.select_related("unit__parent").get(pk=pk)
        if done_on is not None:
            set_progress(
                actor=line.officer,
                task=task,
                progress="done",
                on=done_on,
                expected_version=task.version,
            )
        return task

    return opened
