"""Addresses of the desk of places."""

from __future__ import annotations

from django.urls import URLPattern, path

from chungtay.web.places import counting, merging, naming, splitting, taking_over, unit

VILLAGE = "dia-ban/thon/<int:village_id>"
COMMUNE = "dia-ban/xa/<int:commune_id>"

urlpatterns: list[URLPattern] = [
    path("dia-ban", unit.places, name="places"),
    path("dia-ban/<int:unit_id>", unit.places_unit, name="places_unit"),
    path(f"{COMMUNE}/them-thon", naming.places_add, name="places_add"),
    path(f"{COMMUNE}/sap-nhap", merging.places_merge, name="places_merge"),
    path(f"{COMMUNE}/so-ho", counting.places_count, name="places_count"),
    path(f"{VILLAGE}/doi-ten", naming.places_rename, name="places_rename"),
    path(f"{VILLAGE}/dinh-chinh", naming.places_correct, name="places_correct"),
    path(f"{VILLAGE}/chia", splitting.places_split, name="places_split"),
    path(f"{VILLAGE}/thoi-dung", merging.places_end, name="places_end"),
    path("dia-ban/viec/<int:change_id>/hoan-tac", unit.places_undo, name="places_undo"),
    path(
        "dia-ban/ke-thua/<int:succession_id>/nhan-so",
        taking_over.places_take_over,
        name="places_take_over",
    ),
]
