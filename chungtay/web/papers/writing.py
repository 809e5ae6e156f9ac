"""Writing a paper: begun from its kind with everything known put in, and changed until issued."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from chungtay.acts.refusing import Refused, Stale
from chungtay.places.models import Unit
from chungtay.plans.models import Plan
from chungtay.plans.queries import plan_of, plans_seen_by
from chungtay.reports.letters.content import offered, subject_of
from chungtay.reports.letters.filling import values_for
from chungtay.reports.letters.kinds import Kind, kinds
from chungtay.reports.letters.models import OfficePaper
from chungtay.reports.letters.queries import FIELDS
from chungtay.reports.letters.services import PaperInput, change_paper, open_paper
from chungtay.rulebook.wording import official_count
from chungtay.web.here import Here
from chungtay.web.pages import fresh_key, one_time_key, page, show, tell
from chungtay.web.papers.forms import (
    choices_of,
    differences,
    fits,
    input_of,
    labels_of,
    read_paper,
)
from chungtay.web.papers.reaching import may_write, office_of, own_paper, seen_paper, version_of
from chungtay.web.templating import said

CONFLICT, WRONG = 409, 422
NONE = "khong"


@page("plans.see", "GET", "HEAD", "POST")
def papers_new(request: HttpRequest, here: Here) -> HttpResponse:
    """Begin a paper of the kind asked for; a POST keeps it as a draft."""
    unit = office_of(here)
    kind_key = request.GET.get("loai", "")
    if kind_key not in kinds() or not may_write(here, unit):
        raise Http404
    kind, plan = kinds()[kind_key], _plan(request, here, unit)
    given = PaperInput(subject_of(kind, unit, here.year), kind.symbol, offered(kind, unit, plan))
    if request.method != "POST":
        return _form(request, here, kind, unit, plan, given)
    given = read_paper(request.POST, kind, given.content)
    try:
        made = open_paper(
            actor=here.actor,
            unit=unit,
            year=here.year,
            kind=kind_key,
            plan=plan,
            given=given,
            key=one_time_key(request),
        )
    except Refused as refusal:
        return _form(request, here, kind, unit, plan, given, wrong=said(refusal.sentence))
    tell(request, _("Đã lưu bản nháp. Hãy đọc lại rồi tải Word để trình ký."))
    return redirect("papers_page", paper_id=made)


@page("plans.see", "GET", "HEAD", "POST")
def papers_edit(request: HttpRequest, here: Here, paper_id: int) -> HttpResponse:
    """Change a draft; what was typed stays when it is refused."""
    paper = own_paper(here, paper_id)
    kind = kinds()[paper.kind]
    if request.method != "POST":
        return _form(request, here, kind, paper.unit, paper.plan, input_of(paper), paper=paper)
    given = read_paper(request.POST, kind, input_of(paper).content)
    try:
        change_paper(
            actor=here.actor,
            paper=paper,
            given=given,
            expected_version=version_of(request),
            key=one_time_key(request),
        )
    except Refused as refusal:
        fresh = seen_paper(here, paper_id)
        words, status = said(refusal.sentence), CONFLICT if isinstance(refusal, Stale) else WRONG
        return _form(
            request,
            here,
            kind,
            fresh.unit,
            fresh.plan,
            given,
            paper=fresh,
            wrong=words,
            status=status,
        )
    tell(request, _("Đã lưu bản nháp."))
    return redirect("papers_page", paper_id=paper.pk)


def _plan(request: HttpRequest, here: Here, unit: Unit) -> Plan | None:
    """The plan the paper goes with: the one chosen, else the place's own of the year."""
    chosen = request.GET.get("ke-hoach", "")
    if chosen == NONE:
        return None
    own = plans_seen_by(here.actor).filter(unit=unit, year=here.year)
    if fits(chosen):
        found: Plan | None = own.filter(pk=int(chosen)).first()
        return found
    return plan_of(unit, here.year)


def _form(
    request: HttpRequest,
    here: Here,
    kind: Kind,
    unit: Unit,
    plan: Plan | None,
    given: PaperInput,
    *,
    paper: OfficePaper | None = None,
    wrong: str = "",
    status: int = WRONG,
) -> HttpResponse:
    named = kind.names_households and here.actor.sees_fields(FIELDS, unit)
    year = paper.year if paper else here.year
    values = values_for(here.actor, unit, year, plan, here.actor.today)
    values["households_count"] = official_count(len(given.content.households))
    context: dict[str, Any] = {
        "kind": kind,
        "paper": paper,
        "plan": plan,
        "given": given,
        "content": given.content,
        "labels": labels_of(),
        "households": choices_of(plan) if named else [],
        "chosen": [str(one) for one in given.content.households],
        "values": sorted(values.items()),
        "errors": [{"field": "subject", "text": wrong}] if wrong else [],
        "others": differences(given, input_of(paper), kind) if paper and status == CONFLICT else [],
        "key": fresh_key(),
    }
    return show(request, "papers/write.html", context, status if wrong else 200)
