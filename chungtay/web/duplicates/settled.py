"""Taking back what was settled: a merge, or that two records are not the same."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from chungtay.acts.refusing import Refused
from chungtay.households.models import KeptApart, RecordMerge
from chungtay.households.queries.people import households_seen_by
from chungtay.households.services.merging import look_again, undo_merge
from chungtay.web.here import Here
from chungtay.web.pages import one_time_key, page, tell, warn
from chungtay.web.register.reaching import CHANGE
from chungtay.web.templating import said


@page(CHANGE, "POST")
def duplicates_undo(request: HttpRequest, here: Here, merge_id: UUID) -> HttpResponse:
    """Undo a merge; where something was built on it, say so."""
    seen = households_seen_by(here.actor, CHANGE).order_by()
    rows = RecordMerge.objects.select_related("household__commune", "household__village").defer(
        "undo"
    )
    merge = get_object_or_404(rows, pk=merge_id, household__in=seen)
    try:
        undo_merge(actor=here.actor, merge=merge, key=one_time_key(request))
    except Refused as refusal:
        warn(request, said(refusal.sentence))
    else:
        tell(request, _("Đã hoàn tác lần gộp: hai bản ghi trở lại như trước."))
    return redirect("register_duplicates")


@page(CHANGE, "POST")
def duplicates_again(request: HttpRequest, here: Here, apart_id: int) -> HttpResponse:
    """Show a pair again that was found not to be the same."""
    seen = households_seen_by(here.actor, CHANGE).order_by()
    rows = KeptApart.objects.select_related("household__commune", "household__village")
    row = get_object_or_404(rows, pk=apart_id, household__in=seen)
    look_again(actor=here.actor, row=row, key=one_time_key(request))
    tell(request, _("Cặp này sẽ được đưa ra so sánh lại nếu còn giống nhau."))
    return redirect("register_duplicates")
