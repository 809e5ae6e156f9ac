"""Addresses of the desk."""

from __future__ import annotations

from django.urls import URLPattern, path

from chungtay.web.supervision import findings, inspections, recording

INSPECTION = "giam-sat/cuoc/<int:inspection_id>"
FINDING = "giam-sat/ket-luan/<int:finding_id>"

urlpatterns: list[URLPattern] = [
    path("giam-sat", inspections.supervision, name="supervision"),
    path("giam-sat/ghi", recording.supervision_record, name="supervision_record"),
    path(INSPECTION, inspections.supervision_page, name="supervision_page"),
    path(f"{INSPECTION}/sua", recording.supervision_correct, name="supervision_correct"),
    path(f"{INSPECTION}/rut", recording.supervision_withdraw, name="supervision_withdraw"),
    path(f"{INSPECTION}/ket-luan", findings.supervision_find, name="supervision_find"),
    path(f"{FINDING}/khep", findings.supervision_close, name="supervision_close"),
    path(f"{FINDING}/mo-lai", findings.supervision_reopen, name="supervision_reopen"),
    path(f"{FINDING}/rut", findings.supervision_unfind, name="supervision_unfind"),
]
