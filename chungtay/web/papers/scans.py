"""The signed scan of a paper: attached, given back as it came, withdrawn."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from chungtay.acts.refusing import Refused
from chungtay.files.evidence import KINDS, MOST_BYTES
from chungtay.files.refusals import UnfriendlyFile
from chungtay.reports.letters.scans import attach_scan, scan_content, withdraw_scan
from chungtay.web.here import Here
from chungtay.web.pages import one_time_key, page, tell
from chungtay.web.papers.paper import show_paper
from chungtay.web.papers.reaching import own_paper, seen_scan
from chungtay.web.templating import said


@page("plans.see", "POST")
def papers_attach(request: HttpRequest, here: Here, paper_id: int) -> HttpResponse:
    """Keep the signed scan of an issued paper."""
    paper = own_paper(here, paper_id)
    file = request.FILES.get("file")
    if file is None:
        return show_paper(request, here, paper, {"file": _("Hãy chọn tệp bản quét đã ký.")})
    try:
        attach_scan(
            actor=here.actor,
            paper=paper,
            file_name=file.name or "",
            content=file.read(MOST_BYTES + 1),
            key=one_time_key(request),
        )
    except (Refused, UnfriendlyFile) as refusal:
        return show_paper(request, here, paper, {"file": said(refusal.sentence)})
    tell(request, _("Đã giữ bản quét đã ký."))
    return redirect("papers_page", paper_id=paper.pk)


@page("plans.see")
def papers_scan(_request: HttpRequest, here: Here, paper_id: int, scan_id: int) -> HttpResponse:
    """A scan as it came, always to be saved and never shown within the program."""
    scan = seen_scan(here, paper_id, scan_id)
    kind = KINDS[scan.kind]
    ending = f".{kind.ending}"
    name = scan.name if scan.name.lower().endswith(ending) else f"{scan.name}{ending}"
    answer = HttpResponse(scan_content(scan), content_type=kind.media_type)
    header = content_disposition_header(as_attachment=True, filename=name)
    answer.headers["Content-Disposition"] = header or "attachment"
    return answer


@page("plans.see", "POST")
def papers_scan_withdraw(
    request: HttpRequest, here: Here, paper_id: int, scan_id: int
) -> HttpResponse:
    """Take a scan back, or put it back."""
    own_paper(here, paper_id)
    scan = seen_scan(here, paper_id, scan_id)
    withdraw_scan(
        actor=here.actor, scan=scan, withdrawn=not scan.withdrawn, key=one_time_key(request)
    )
    tell(request, _("Đã dùng lại bản quét.") if scan.withdrawn else _("Đã rút bản quét."))
    return redirect("papers_page", paper_id=paper_id)
