"""Addresses of the desk."""

from __future__ import annotations

from django.urls import URLPattern, path

from chungtay.web.law import views

urlpatterns: list[URLPattern] = [
    path("luat", views.law_page, name="law"),
    path("luat/chuan/<slug:standard>", views.law_standard, name="law_standard"),
]
