"""Addresses of the duplicates desk; nothing personal stands in them."""

from __future__ import annotations

from django.urls import URLPattern, path

from chungtay.web.duplicates import households, lists, people, settled

PEOPLE = "trung/nguoi/<uuid:person_id>/<uuid:other_person_id>"
HOUSEHOLDS = "trung/ho/<uuid:household_id>/<uuid:other_household_id>"

APART, AGAIN = "khac-nhau", "trung/khac-nhau/<int:apart_id>/bo"
UNDO = "trung/gop/<uuid:merge_id>/hoan-tac"

urlpatterns: list[URLPattern] = [
    path("trung", lists.duplicates, name="register_duplicates"),
    path(PEOPLE, people.duplicates_people, name="register_duplicates_people"),
    path(
        f"{PEOPLE}/{APART}",
        people.duplicates_people_apart,
        name="register_duplicates_people_apart",
    ),
    path(HOUSEHOLDS, households.duplicates_households, name="register_duplicates_households"),
    path(
        f"{HOUSEHOLDS}/{APART}",
        households.duplicates_households_apart,
        name="register_duplicates_households_apart",
    ),
    path(UNDO, settled.duplicates_undo, name="register_duplicates_undo"),
    path(AGAIN, settled.duplicates_again, name="register_duplicates_again"),
]
