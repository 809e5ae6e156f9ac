"""Addresses of the cascade."""

from __future__ import annotations

from django.urls import URLPattern, path

from chungtay.web.cascade import answering, board, handing

TARGET = "ke-hoach/<int:plan_id>/giao/<int:target_id>"

urlpatterns: list[URLPattern] = [
    path("ke-hoach/<int:plan_id>/giao", board.plan_board, name="plan_board"),
    path(TARGET, handing.plan_hand_down, name="plan_hand_down"),
    path(f"{TARGET}/tinh", handing.plan_split, name="plan_split"),
    path(f"{TARGET}/thu-hoi", handing.plan_take_back, name="plan_take_back"),
    path("duoc-giao", answering.asked, name="asked"),
    path("duoc-giao/<int:asked_id>", answering.asked_answer, name="asked_answer"),
    path("duoc-giao/<int:asked_id>/xet", board.plan_review, name="plan_review"),
]
