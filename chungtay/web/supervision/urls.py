"""Addresses of the desk."""

from __future__ import annotations

from django.urls import URLPattern, path

from chungtay.web.supervision import (
    activities,
    activity_form,
    comments,
    findings,
    inspections,
    petitions,
    recording,
    writing,
)

INSPECTION = "giam-sat/cuoc/<int:inspection_id>"
FINDING = "giam-sat/ket-luan/<int:finding_id>"
PETITION = "giam-sat/kien-nghi/<int:petition_id>"
ACTIVITY = "giam-sat/hoat-dong/<int:activity_id>"
COMMENT = "giam-sat/gop-y/y-kien/<int:comment_id>"

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
    path("giam-sat/hoat-dong", activities.supervision_activities, name="supervision_activities"),
    path("giam-sat/hoat-dong/ghi", activity_form.supervision_organise, name="supervision_organise"),
    path(ACTIVITY, activities.supervision_activity, name="supervision_activity"),
    path(f"{ACTIVITY}/sua", activity_form.supervision_amend, name="supervision_amend"),
    path(f"{ACTIVITY}/nguoi-du", activities.supervision_seats, name="supervision_seats"),
    path(f"{ACTIVITY}/rut", activities.supervision_cancel, name="supervision_cancel"),
    path("giam-sat/gop-y", comments.supervision_comments, name="supervision_comments"),
    path("giam-sat/gop-y/<int:plan_id>", comments.supervision_comment, name="supervision_comment"),
    path(f"{COMMENT}/ket-qua", comments.supervision_settle, name="supervision_settle"),
    path(f"{COMMENT}/rut", comments.supervision_uncomment, name="supervision_uncomment"),
]
