"""Addresses of the desk."""

from __future__ import annotations

from django.urls import URLPattern, path

from chungtay.web.staff import accounts, ending, giving, own, views

urlpatterns: list[URLPattern] = [
    path("can-bo", views.staff, name="staff"),
    path("can-bo/mo", views.staff_open, name="staff_open"),
    path("can-bo/<int:post_id>", views.staff_post, name="staff_post"),
    path("can-bo/<int:post_id>/giao", giving.staff_give, name="staff_give"),
    path("can-bo/<int:post_id>/ket-thuc", ending.staff_end, name="staff_end"),
    path("can-bo/giu/<int:holding_id>/ban-giao", giving.staff_hand_over, name="staff_hand_over"),
    path("can-bo/giu/<int:holding_id>/thoi", ending.staff_release, name="staff_release"),
    path("can-bo/tai-khoan/<int:user_id>/mat-khau", accounts.staff_password, name="staff_password"),
    path("can-bo/tai-khoan/<int:user_id>/dong", accounts.staff_close, name="staff_close"),
    path("tai-khoan", own.account, name="account"),
]
