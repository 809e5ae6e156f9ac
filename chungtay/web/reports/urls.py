"""Addresses of the desk of reports."""

from __future__ import annotations

from django.urls import URLPattern, path

from chungtay.web.reports import calendar, consolidated, owed, papers, views

urlpatterns: list[URLPattern] = [
    path("bao-cao", views.reports, name="reports"),
    path("bao-cao/lich", calendar.reports_calendar, name="reports_calendar"),
    path("bao-cao/lich/mo", calendar.reports_open, name="reports_open"),
    path("bao-cao/lich/dot-xuat", calendar.reports_ask, name="reports_ask"),
    path("bao-cao/tong-hop", consolidated.reports_consolidated, name="reports_consolidated"),
    path("bao-cao/phai-gui/<int:owed_id>", owed.reports_owed, name="reports_owed"),
    path("bao-cao/phai-gui/<int:owed_id>/gui", owed.reports_submit, name="reports_submit"),
    path("bao-cao/phai-gui/<int:owed_id>/xet", owed.reports_review, name="reports_review"),
    path("bao-cao/phai-gui/<int:owed_id>/han", owed.reports_due, name="reports_due"),
    path("bao-cao/phai-gui/<int:owed_id>/rut", owed.reports_withdraw, name="reports_withdraw"),
    path("bao-cao/phai-gui/<int:owed_id>/word", papers.reports_word, name="reports_word"),
    path("bao-cao/phai-gui/<int:owed_id>/excel", papers.reports_book, name="reports_book"),
    path(
        "bao-cao/tong-hop/excel",
        papers.reports_consolidated_book,
        name="reports_consolidated_book",
    ),
    path(
        "bao-cao/tong-hop/word",
        papers.reports_consolidated_word,
        name="reports_consolidated_word",
    ),
    path("bao-cao/<slug:table>/excel", views.reports_excel, name="reports_excel"),
]
