"""Addresses of the desk where plans are read."""

from __future__ import annotations

from django.urls import URLPattern, path

from chungtay.web.reading import above, data, views

READING = "ke-hoach/doc/<uuid:reading_id>"

urlpatterns: list[URLPattern] = [
    path("ke-hoach/doc", views.plan_readings, name="plan_readings"),
    path(READING, views.plan_reading, name="plan_reading"),
    path(f"{READING}/cap-tren", above.plan_reading_above, name="plan_reading_above"),
    path(f"{READING}/dung", views.plan_reading_rest, name="plan_reading_rest"),
    path(f"{READING}/ghi", views.plan_reading_apply, name="plan_reading_apply"),
    path(f"{READING}/hoan-tac", views.plan_reading_undo, name="plan_reading_undo"),
    path(f"{READING}/dieu/<int:datum_id>", data.plan_datum, name="plan_datum"),
    path(f"{READING}/dieu/<int:datum_id>/xem", data.plan_datum_state, name="plan_datum_state"),
    path(f"{READING}/them/<str:group>", data.plan_datum_add, name="plan_datum_add"),
]
