"""Addresses of the desk."""

from __future__ import annotations

from django.urls import URLPattern, path

from chungtay.web.imports import earlier, views

urlpatterns: list[URLPattern] = [
    path("nhap", views.imports, name="imports"),
    path("nhap/nam-truoc", earlier.imports_earlier, name="imports_earlier"),
    path("nhap/mau", views.imports_template, name="imports_template"),
    path("nhap/thu/<int:number>", views.imports_sample, name="imports_sample"),
    path("nhap/<uuid:batch_id>", views.imports_batch, name="imports_batch"),
    path("nhap/<uuid:batch_id>/thon", earlier.imports_villages, name="imports_villages"),
    path("nhap/<uuid:batch_id>/ghi", views.imports_apply, name="imports_apply"),
    path("nhap/<uuid:batch_id>/hoan-tac", views.imports_undo, name="imports_undo"),
    path("nhap/<uuid:batch_id>/danh-dau", views.imports_marked, name="imports_marked"),
]
