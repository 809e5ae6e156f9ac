"""The signed scan of an issued plan on screen: attach, download, take back."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from chungtay.acts.refusing import Refused
from chungtay.files.evidence import KINDS, MOST_BYTES
from chungtay.files.refusals import UnfriendlyFile
from chungtay.plans.life import content_of
from chungtay.plans.models import Plan, PlanFile
from chungtay.plans.queries import plans_seen_by
from chungtay.plans.scans import add_scan, withdraw_scan
from chungtay.plans.services import right_to_change
from chungtay.plans.states import State
from chungtay.web.here import Here
from chungtay.web.pages import one_time_key, page, tell, warn
from chungtay.web.plan.seen import seen_plan
from chungtay.web.templating import said


def scans_of(here: Here, plan: Plan) -> dict[str, Any]:
    """The scans of an issued plan, and whether this reader may attach one."""
    if plan.state != State.ISSUED:
        return {"files": [], "may_add": False}
    rows = plan.files.filter(role=PlanFile.Role.SCAN).defer("sealed").order_by("pk")
    return {"files": list(rows), "may_add": here.actor.may(right_to_change(plan.unit), plan.unit)}


@page("plans.see", "POST")
def plan_scan_add(request: HttpRequest, here: Here, plan_id: int) -> HttpResponse:
    """Attach a scan."""
    plan = seen_plan(here, plan_id)
    file = request.FILES.get("file")
    content = file.read(MOST_BYTES + 1) if file is not None else b""
    name = (file.name or "") if file is not None else ""
    try:
        add_scan(
            actor=here.actor, plan=plan, file_name=name, content=content, key=one_time_key(request)
        )
        tell(request, _("Đã giữ bản quét của kế hoạch."))
    except (Refused, UnfriendlyFile) as refusal:
        warn(request, said(refusal.sentence))
    return redirect("plan_page", plan_id=plan.pk)


@page("plans.see")
def plan_scan(request: HttpRequest, here: Here, plan_file_id: int) -> HttpResponse:
    """A scan as it came, always to be saved and never shown within the program."""
    file = _seen_scan(here, plan_file_id)
    kind = KINDS[file.kind]
    ending = f".{kind.ending}"
    name = file.name if file.name.lower().endswith(ending) else f"{file.name}{ending}"
    try:
        answer = HttpResponse(content_of(file), content_type=kind.media_type)
    except Refused as refusal:
        warn(request, said(refusal.sentence))
        return redirect("plan_page", plan_id=file.plan_id)
    header = content_disposition_header(as_attachment=True, filename=name)
    answer.headers["Content-Disposition"] = header or "attachment"
    return answer


@page("plans.see", "POST")
def plan_scan_withdraw(request: HttpRequest, here: Here, plan_file_id: int) -> HttpResponse:
    """Take a scan back, or put it back."""
    file = _seen_scan(here, plan_file_id)
    withdraw_scan(
        actor=here.actor, file=file, withdrawn=not file.withdrawn, key=one_time_key(request)
    )
    tell(request, _("Đã dùng lại bản quét.") if file.withdrawn else _("Đã rút bản quét."))
    return redirect("plan_page", plan_id=file.plan_id)


def _seen_scan(here: Here, file_id: int) -> PlanFile:
    rows = PlanFile.objects.filter(role=PlanFile.Role.SCAN).select_related("plan__unit")
    return get_object_or_404(rows, pk=file_id, plan__in=plans_seen_by(here.actor).values("pk"))
