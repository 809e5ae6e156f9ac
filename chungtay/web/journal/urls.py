"""Addresses of the desk."""

from __future__ import annotations

from django.urls import URLPattern, path

from chungtay.web.journal import views

urlpatterns: list[URLPattern] = [path("nhat-ky", views.journal, name="journal")]
