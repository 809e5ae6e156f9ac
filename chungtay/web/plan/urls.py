"""Addresses of the plan desk."""

from __future__ import annotations

from django.urls import URLPattern, path

from chungtay.web.plan import (
    amending,
    assigning,
    duties,
    following_up,
    life,
    names,
    reasons,
    scans,
    spending,
    starting,
    versions,
    views,
    wording,
)

urlpatterns: list[URLPattern] = [
    path("ke-hoach", views.plan, name="plan"),
    path("ke-hoach/bat-dau", starting.plan_start, name="plan_start"),
    path("ke-hoach/<int:plan_id>", views.plan_page, name="plan_page"),
    path("ke-hoach/<int:plan_id>/tinh", views.plan_compute, name="plan_compute"),
    path("ke-hoach/<int:plan_id>/word", views.plan_word, name="plan_word"),
    path("ke-hoach/<int:plan_id>/trinh", life.plan_submit, name="plan_submit"),
    path("ke-hoach/<int:plan_id>/rut", life.plan_recall, name="plan_recall"),
    path("ke-hoach/<int:plan_id>/duyet", life.plan_decide, name="plan_decide"),
    path("ke-hoach/<int:plan_id>/ban-hanh", life.plan_issue, name="plan_issue"),
    path("ke-hoach/<int:plan_id>/thay-doi", versions.plan_changes, name="plan_changes"),
    path("ke-hoach/<int:plan_id>/sua-doi", amending.plan_amend, name="plan_amend"),
    path("ke-hoach/<int:plan_id>/bo", amending.plan_discard, name="plan_discard"),
    path("ke-hoach/<int:plan_id>/ban-quet", scans.plan_scan_add, name="plan_scan_add"),
    path("ke-hoach/ban-quet/<int:plan_file_id>", scans.plan_scan, name="plan_scan"),
    path(
        "ke-hoach/ban-quet/<int:plan_file_id>/rut",
        scans.plan_scan_withdraw,
        name="plan_scan_withdraw",
    ),
    path("ke-hoach/<int:plan_id>/giao-viec", duties.plan_duties, name="plan_duties"),
    path("ke-hoach/<int:plan_id>/phan-cong", duties.plan_take_duties, name="plan_take_duties"),
    path("ke-hoach/<int:plan_id>/thieu-ten/<slug:code>", reasons.plan_reason, name="plan_reason"),
    path(
        "ke-hoach/<int:plan_id>/tien-do/<slug:code>",
        following_up.plan_progress,
        name="plan_progress",
    ),
    path(
        "ke-hoach/<int:plan_id>/tien-do/<int:entry_id>/rut",
        following_up.plan_progress_withdraw,
        name="plan_progress_withdraw",
    ),
    path("ke-hoach/<int:plan_id>/phan-cong/sua", assigning.plan_assigning, name="plan_assigning"),
    path(
        "ke-hoach/<int:plan_id>/phan-cong/<slug:sort>/them",
        assigning.plan_assign_add,
        name="plan_assign_add",
    ),
    path(
        "ke-hoach/<int:plan_id>/phan-cong/<slug:sort>/<int:assigned_id>",
        assigning.plan_assigned,
        name="plan_assigned",
    ),
    path(
        "ke-hoach/<int:plan_id>/phan-cong/<slug:sort>/<int:assigned_id>/chuyen",
        assigning.plan_assigned_move,
        name="plan_assigned_move",
    ),
    path("ke-hoach/<int:plan_id>/kinh-phi/them", spending.plan_line_add, name="plan_line_add"),
    path(
        "ke-hoach/<int:plan_id>/kinh-phi/bo",
        spending.plan_line_withdraw,
        name="plan_line_withdraw",
    ),
    path("ke-hoach/<int:plan_id>/noi-dung", wording.plan_wording, name="plan_wording"),
    path("ke-hoach/<int:plan_id>/noi-dung/dau-cuoi", wording.plan_frame, name="plan_frame"),
    path("ke-hoach/<int:plan_id>/noi-dung/so-go", wording.plan_typed, name="plan_typed"),
    path("ke-hoach/<int:plan_id>/noi-dung/<int:at>", wording.plan_section, name="plan_section"),
    path(
        "ke-hoach/<int:plan_id>/noi-dung/<int:at>/them",
        wording.plan_section_add,
        name="plan_section_add",
    ),
    path(
        "ke-hoach/<int:plan_id>/noi-dung/<int:at>/chuyen",
        wording.plan_section_move,
        name="plan_section_move",
    ),
    path("ke-hoach/<int:plan_id>/ho", names.plan_name, name="plan_name"),
    path("ke-hoach/<int:plan_id>/ho/<int:row_id>/bo", names.plan_drop, name="plan_drop"),
    path("ke-hoach/<int:plan_id>/ho/<int:row_id>/lay-lai", names.plan_restore, name="plan_restore"),
]
