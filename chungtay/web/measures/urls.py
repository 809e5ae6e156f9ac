"""Addresses of the desk."""

from __future__ import annotations

from django.urls import URLPattern, path

from chungtay.web.measures import foresight, paper, pictures, views

urlpatterns: list[URLPattern] = [
    path("do-luong", views.measures, name="measures"),
    path("do-luong/ho", views.measures_households, name="measures_households"),
    path("do-luong/cac-nam", views.measures_years, name="measures_years"),
    path("do-luong/bieu-do/<slug:chart>", pictures.measures_chart, name="measures_chart"),
    path("do-luong/hai-chuan", foresight.measures_foresight, name="measures_foresight"),
    path(
        "do-luong/hai-chuan/ho",
        foresight.measures_foresight_households,
        name="measures_foresight_households",
    ),
    path(
        "do-luong/hai-chuan/excel",
        foresight.measures_foresight_excel,
        name="measures_foresight_excel",
    ),
    path("do-luong/word", paper.measures_word, name="measures_word"),
]
