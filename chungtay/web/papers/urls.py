"""Addresses of the desk."""

from __future__ import annotations

from django.urls import URLPattern, path

from chungtay.web.papers import issuing, paper, scans, writing

ONE = "van-ban/<int:paper_id>"

urlpatterns: list[URLPattern] = [
    path("van-ban", paper.papers, name="papers"),
    path("van-ban/moi", writing.papers_new, name="papers_new"),
    path(ONE, paper.papers_page, name="papers_page"),
    path(f"{ONE}/sua", writing.papers_edit, name="papers_edit"),
    path(f"{ONE}/ban-hanh", issuing.papers_issue, name="papers_issue"),
    path(f"{ONE}/word", paper.papers_word, name="papers_word"),
    path(f"{ONE}/rut", issuing.papers_withdraw, name="papers_withdraw"),
    path(f"{ONE}/lay-lai", issuing.papers_restore, name="papers_restore"),
    path(f"{ONE}/ban-ky", scans.papers_attach, name="papers_attach"),
    path(f"{ONE}/ban-ky/<int:scan_id>", scans.papers_scan, name="papers_scan"),
    path(
        f"{ONE}/ban-ky/<int:scan_id>/rut", scans.papers_scan_withdraw, name="papers_scan_withdraw"
    ),
]
