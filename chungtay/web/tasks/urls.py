"""Addresses of the desk."""

from __future__ import annotations

from django.urls import URLPattern, path

from chungtay.web.tasks import changing, lists, opening, task

ONE = "viec/<int:task_id>"

urlpatterns: list[URLPattern] = [
    path("viec", lists.tasks, name="tasks"),
    path("viec/lich", lists.tasks_calendar, name="tasks_calendar"),
    path("viec/lich.ics", lists.tasks_ics, name="tasks_ics"),
    path("viec/phieu", lists.tasks_sheets, name="tasks_sheets"),
    path("viec/mo", opening.tasks_open, name="tasks_open"),
    path(ONE, task.tasks_page, name="tasks_page"),
    path(f"{ONE}/tien-do", task.tasks_progress, name="tasks_progress"),
    path(f"{ONE}/trao-doi", task.tasks_comment, name="tasks_comment"),
    path(f"{ONE}/minh-chung", task.tasks_evidence, name="tasks_evidence"),
    path(f"{ONE}/minh-chung/<int:file_id>", task.tasks_file, name="tasks_file"),
    path(
        f"{ONE}/minh-chung/<int:file_id>/rut", task.tasks_file_withdraw, name="tasks_file_withdraw"
    ),
    path(f"{ONE}/sua", changing.tasks_change, name="tasks_change"),
    path(f"{ONE}/rut", task.tasks_withdraw, name="tasks_withdraw"),
    path(f"{ONE}/mo-lai", task.tasks_restore, name="tasks_restore"),
    path(f"{ONE}/chuyen/<int:part_id>", task.tasks_give, name="tasks_give"),
]
