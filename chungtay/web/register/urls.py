"""Addresses of the register desk; nothing personal stands in them."""

from __future__ import annotations

from django.urls import URLPattern, path

from chungtay.web.register import adding, answers, correcting, household, lists, people, scanning

HOUSEHOLD = "ho/<uuid:household_id>"
PERSON = f"{HOUSEHOLD}/nguoi/<uuid:person_id>"

urlpatterns: list[URLPattern] = [
    path("ho", lists.register, name="register"),
    path("ho/tim", lists.register_search, name="register_search"),
    path("ho/xuat", lists.register_export, name="register_export"),
    path("ho/kiem-so", scanning.register_check_number, name="register_check_number"),
    path("ho/them", adding.register_add, name="register_add"),
    path(HOUSEHOLD, household.register_household, name="register_household"),
    path(f"{HOUSEHOLD}/tra-loi", answers.register_answers, name="register_answers"),
    path(f"{HOUSEHOLD}/tra-loi/tinh", answers.register_answers_try, name="register_answers_try"),
    path(f"{HOUSEHOLD}/dinh-chinh", correcting.register_correct, name="register_correct"),
    path(PERSON, people.register_person, name="register_person"),
    path(f"{PERSON}/so-dinh-danh", people.register_read_id, name="register_read_id"),
]
