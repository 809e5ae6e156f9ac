"""Addresses of the desk of nominations."""

from __future__ import annotations

from django.urls import URLPattern, path

from chungtay.web.nominations import deciding, listing, writing

ONE = "khen-thuong/<int:nomination_id>"

urlpatterns: list[URLPattern] = [
    path("khen-thuong", listing.nominations, name="nominations"),
    path(
        "khen-thuong/de-nghi/<slug:nominee_kind>", writing.nominations_new, name="nominations_new"
    ),
    path(ONE, listing.nominations_page, name="nominations_page"),
    path(f"{ONE}/sua", writing.nominations_change, name="nominations_change"),
    path(f"{ONE}/lay-lai", deciding.nominations_recall, name="nominations_recall"),
    path(f"{ONE}/quyet-dinh", deciding.nominations_decide, name="nominations_decide"),
    path(f"{ONE}/rut", deciding.nominations_withdraw, name="nominations_withdraw"),
]
