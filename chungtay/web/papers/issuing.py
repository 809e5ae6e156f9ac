"""Issuing a paper under a number of the office's register; withdrawing, taking up again."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from chungtay.acts.refusing import Refused, Stale
from chungtay.reports.letters.kinds import kinds
from chungtay.reports.letters.models import OfficePaper
from chungtay.reports.letters.services import (
    Registered,
    issue_paper,
    restore_paper,
    withdraw_paper,
)
from chungtay.reports.tokens import TokenError
from chungtay.rulebook.folding import tidy
from chungtay.web.here import Here
from chungtay.web.pages import fresh_key, one_time_key, page, show, tell, warn
from chungtay.web.papers.forms import SYMBOL_LENGTH
from chungtay.web.papers.paper import show_paper, text_of
from chungtay.web.papers.reaching import own_paper, version_of
from chungtay.web.register.dates import TypedDate, boxes_of, read_date, whole_day
from chungtay.web.templating import said

CONFLICT, WRONG = 409, 422
NUMBER_LENGTH, REASON_LENGTH = 20, 300


@page("plans.see", "GET", "HEAD", "POST")
def papers_issue(request: HttpRequest, here: Here, paper_id: int) -> HttpResponse:
    """Number, symbol and day of the register; a POST with the box ticked freezes the paper."""
    paper = own_paper(here, paper_id)
    if request.method != "POST":
        return _form(request, here, paper, TypedDate(boxes_of(None)), {})
    day = read_date(request.POST, "on", _("Ngày ban hành"), whole=True)
    issued_on, wrong_day = whole_day(day, _("Ngày ban hành"))
    wrong = {"on_day": wrong_day} if wrong_day else {}
    if request.POST.get("sure") != "1":
        wrong["sure"] = _("Hãy đọc lại văn bản rồi đánh dấu ô xác nhận.")
    if wrong or issued_on is None:
        return _form(request, here, paper, day, wrong)
    symbol = tidy(request.POST.get("symbol", ""))[:SYMBOL_LENGTH]
    registered = Registered(request.POST.get("number", "")[:NUMBER_LENGTH], symbol, issued_on)
    try:
        issue_paper(
            actor=here.actor,
            paper=paper,
            registered=registered,
            expected_version=version_of(request),
            key=one_time_key(request),
        )
    except (Refused, TokenError) as refusal:
        status = CONFLICT if isinstance(refusal, Stale) else WRONG
        return _form(request, here, paper, day, {"number": said(refusal.sentence)}, status)
    tell(request, _("Đã ghi số, ngày ban hành. Hãy đính kèm bản quét đã ký khi có."))
    return redirect("papers_page", paper_id=paper.pk)


@page("plans.see", "POST")
def papers_withdraw(request: HttpRequest, here: Here, paper_id: int) -> HttpResponse:
    """Withdraw a paper, with the reason."""
    paper = own_paper(here, paper_id)
    try:
        withdraw_paper(
            actor=here.actor,
            paper=paper,
            reason=tidy(request.POST.get("reason", ""))[:REASON_LENGTH],
            expected_version=version_of(request),
            key=one_time_key(request),
        )
    except Refused as refusal:
        return show_paper(
            request, here, own_paper(here, paper_id), {"reason": said(refusal.sentence)}
        )
    tell(request, _("Đã rút văn bản. Lý do ghi ngay trên trang này; lấy lại được khi cần."))
    return redirect("papers_page", paper_id=paper.pk)


@page("plans.see", "POST")
def papers_restore(request: HttpRequest, here: Here, paper_id: int) -> HttpResponse:
    """Take a withdrawn paper up again."""
    paper = own_paper(here, paper_id)
    try:
        restore_paper(actor=here.actor, paper=paper, key=one_time_key(request))
    except Refused as refusal:
        warn(request, said(refusal.sentence))
    else:
        tell(request, _("Đã lấy lại văn bản."))
    return redirect("papers_page", paper_id=paper.pk)


def _form(
    request: HttpRequest,
    here: Here,
    paper: OfficePaper,
    day: TypedDate,
    wrong: dict[str, str],
    status: int = WRONG,
) -> HttpResponse:
    if paper.state != OfficePaper.State.DRAFT and not wrong:
        return redirect("papers_page", paper_id=paper.pk)
    context = {
        "paper": paper,
        "kind": kinds()[paper.kind],
        "number": request.POST.get("number", ""),
        "symbol": request.POST.get("symbol", paper.symbol),
        "day": day.boxes,
        "wrong": wrong,
        "errors": [{"field": name, "text": text} for name, text in wrong.items()],
        "key": fresh_key(),
        **text_of(here, paper),
    }
    return show(request, "papers/issue.html", context, status if wrong else 200)
