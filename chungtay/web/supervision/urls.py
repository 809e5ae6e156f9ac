"""Addresses of the desk."""

from __future__ import annotations

from django.urls import URLPattern, path

from chungtay.web.supervision import findings, inspections, petitions, recording, writing

INSPECTION = "giam-sat/cuoc/<int:inspection_id>"
FINDING = "giam-sat/ket-luan/<int:finding_id>"
PETITION = "giam-sat/kien-nghi/<int:petition_id>"

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
    path("giam-sat/kien-nghi", petitions.supervision_petitions, name="supervision_petitions"),
    path("giam-sat/kien-nghi/ghi", writing.supervision_write, name="supervision_write"),
    path(PETITION, petitions.supervision_petition, name="supervision_petition"),
    path(f"{PETITION}/sua", writing.supervision_rewrite, name="supervision_rewrite"),
    path(f"{PETITION}/gui-len", petitions.supervision_pass_up, name="supervision_pass_up"),
    path(f"{PETITION}/tra-loi", petitions.supervision_answer, name="supervision_answer"),
    path(f"{PETITION}/rut", petitions.supervision_unwrite, name="supervision_unwrite"),
]
