"""Addresses of what happens to households; one for each kind of event."""

from __future__ import annotations

from django.urls import URLPattern, path

from chungtay.web.life import moves, slips, views
from chungtay.web.life.kinds import HAPPENINGS

urlpatterns: list[URLPattern] = [
    path("ho/cho-nhan", moves.life_waiting, name="life_waiting"),
    path("ho/cho-nhan/<int:move_id>", moves.life_accept, name="life_accept"),
    path("ho/cho-nhan/<int:move_id>/tra-lai", moves.life_return, name="life_return"),
    path("ho/bien-dong/<int:event_id>/hoan-tac", views.life_undo, name="life_undo"),
    path("ho/bien-dong/<int:slip_id>/phieu-chuyen", slips.life_slip, name="life_slip"),
    *(
        path(f"ho/<uuid:household_id>/{one.slug}", views.view_of(one), name=one.name)
        for one in HAPPENINGS
    ),
]
