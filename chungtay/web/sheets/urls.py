"""Addresses of the desk of year sheets."""

from __future__ import annotations

from django.urls import URLPattern, path

from chungtay.web.sheets import behind, views

ONE = "phieu-nam/<slug:sheet_kind>/<slug:sheet_id>"

urlpatterns: list[URLPattern] = [
    path("phieu-nam", views.sheets, name="sheets"),
    path("phieu-nam/y-kien", views.sheets_remark, name="sheets_remark"),
    path("phieu-nam/<slug:sheet_kind>/excel", views.sheets_excel, name="sheets_excel"),
    path(ONE, views.sheets_one, name="sheets_one"),
    path(f"{ONE}/<slug:figure>", behind.sheets_behind, name="sheets_behind"),
]
