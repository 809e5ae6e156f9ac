"""The papers of a year, and one of them: its text, its state, its Word file."""

from __future__ import annotations

import logging
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from chungtay.files.evidence import MOST_BYTES
from chungtay.plans.queries import plans_seen_by
from chungtay.reports.letters.kinds import kinds
from chungtay.reports.letters.models import OfficePaper
from chungtay.reports.letters.printed import doubts_of
from chungtay.reports.letters.queries import WRITE, may_read_names, papers_of, shown_to
from chungtay.reports.letters.services import paper_file_name, write_paper_word
from chungtay.reports.plan_document import number_line, place_and_date_line
from chungtay.reports.rendering import RenderingError
from chungtay.reports.tokens import TokenError
from chungtay.web.here import Here
from chungtay.web.pages import fresh_key, page, show, warn
from chungtay.web.papers.reaching import may_write, office_of, seen_paper
from chungtay.web.templating import said

WRONG = 422
MEBIBYTE = 2**20
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

log = logging.getLogger(__name__)


@page("plans.see")
def papers(request: HttpRequest, here: Here) -> HttpResponse:
    """The papers of the place for the viewing year, and the kinds that may be begun."""
    unit = office_of(here)
    scans = Count("scans", filter=Q(scans__withdrawn=False))
    plans = plans_seen_by(here.actor).filter(unit=unit, year=here.year).order_by("-edition", "pk")
    context = {
        "unit": unit,
        "papers": [
            {"paper": one, "kind": kinds()[one.kind].name}
            for one in papers_of(here.actor, unit, here.year).annotate(scan_count=scans)
        ],
        "kinds": [(key, kind.name) for key, kind in kinds().items()],
        "plans": [
            *((str(one.pk), one.subject) for one in plans),
            ("khong", _("không theo kế hoạch nào")),
        ],
        "may_write": may_write(here, unit),
    }
    return show(request, "papers/list.html", context)


@page("plans.see")
def papers_page(request: HttpRequest, here: Here, paper_id: int) -> HttpResponse:
    """One paper as it reads, with what may be done with it."""
    return show_paper(request, here, seen_paper(here, paper_id))


@page(WRITE, "POST")
def papers_word(request: HttpRequest, here: Here, paper_id: int) -> HttpResponse:
    """The paper as a Word file."""
    paper = seen_paper(here, paper_id)
    try:
        content = write_paper_word(actor=here.actor, paper=paper)
    except TokenError as error:
        warn(request, said(error.sentence))
        return redirect("papers_page", paper_id=paper.pk)
    except RenderingError as error:
        log.error("office paper %s: %s", paper.pk, error.detail)
        warn(request, said(error.sentence))
        return redirect("papers_page", paper_id=paper.pk)
    response = HttpResponse(content, content_type=WORD)
    response.headers["Content-Disposition"] = f'attachment; filename="{paper_file_name(paper)}"'
    return response


def show_paper(
    request: HttpRequest, here: Here, paper: OfficePaper, wrong: dict[str, str] | None = None
) -> HttpResponse:
    """The page of a paper; with what is wrong and everything typed where an act was refused."""
    whole = may_read_names(here.actor, paper)
    context = {
        "paper": paper,
        "kind": kinds()[paper.kind],
        "whole": whole,
        "scans": list(paper.scans.defer("sealed").order_by("at", "pk")),
        "may_write": may_write(here, paper.unit),
        "may_load": whole and here.actor.may(WRITE, paper.unit),
        "most": MOST_BYTES // MEBIBYTE,
        "reason": request.POST.get("reason", ""),
        "wrong": wrong or {},
        "errors": [{"field": name, "text": text} for name, text in (wrong or {}).items()],
        "key": fresh_key(),
        **text_of(here, paper),
    }
    return show(request, "papers/paper.html", context, WRONG if wrong else 200)


def text_of(here: Here, paper: OfficePaper) -> dict[str, Any]:
    """The text of a paper as its reader may know it, or the sentence why there is none."""
    try:
        document = shown_to(here.actor, paper, here.actor.today)
    except TokenError as error:
        return {"document": None, "unfilled": said(error.sentence), "doubts": []}
    draft = paper.state == OfficePaper.State.DRAFT and may_read_names(here.actor, paper)
    return {
        "document": document,
        "number_line": number_line(document.paper),
        "date_line": place_and_date_line(document.paper),
        "unfilled": "",
        "doubts": doubts_of(document) if draft else [],
    }
