"""Addresses of the desk of reports."""

from __future__ import annotations

from django.urls import URLPattern, path

from chungtay.web.reports import views

urlpatterns: list[URLPattern] = [
    path("bao-cao", views.reports, name="reports"),
    path("bao-cao/<slug:table>/excel", views.reports_excel, name="reports_excel"),
]
