"""A report, or the sum of reports, as a Word file or an Excel workbook."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import override

from chungtay.places.models import Level, Unit
from chungtay.plans.queries import plan_of
from chungtay.reports.consolidating import consolidated, frozen_sum
from chungtay.reports.models import OwedReport
from chungtay.reports.queries import SUBMIT, stands_at
from chungtay.reports.rendering import RenderingError
from chungtay.reports.report_book import book_name, write_report_book
from chungtay.reports.report_content import ReportPaper
from chungtay.reports.report_paper import paper_name, write_report_paper
from chungtay.reports.result_files import RIGHT
from chungtay.reports.statements import Basis, Frozen, thaw
from chungtay.reports.submitting import figures_of
from chungtay.web.here import Here
from chungtay.web.pages import page, warn
from chungtay.web.reports.consolidated import chosen_period, periods_of
from chungtay.web.reports.owed import HEADED, read_basis, seen_owed
from chungtay.web.reports.words import period_words, receivers_of
from chungtay.web.templating import said

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@page(RIGHT, "POST")
def reports_word(request: HttpRequest, here: Here, owed_id: int) -> HttpResponse:
    """A report as it was sent last; before that as it would be sent now."""
    paper = _paper(request, here, owed_id)
    back = reverse("reports_owed", args=[owed_id])
    return _answer(request, here, paper, f"report:{owed_id}", back)


@page(RIGHT, "POST")
def reports_book(request: HttpRequest, here: Here, owed_id: int) -> HttpResponse:
    """The same as an Excel workbook."""
    return _book(here, _paper(request, here, owed_id), f"report:{owed_id}")


def _paper(request: HttpRequest, here: Here, owed_id: int) -> ReportPaper:
    owed = seen_owed(here, owed_id)
    if owed.unit is None or owed.unit.level not in HEADED:
        raise Http404
    statement = owed.statements.order_by("-number").first()
    frozen = thaw(statement.figures) if statement is not None else None
    if frozen is None:
        frozen = _draft(here, owed, owed.unit, read_basis(request.POST.get("basis", "")))
    return ReportPaper(
        place=owed.unit,
        above=owed.to,
        on=owed.last_day,
        period=_period(owed),
        frozen=frozen,
        plan=plan_of(owed.unit, owed.closing.year),
        remarks=statement.remarks if statement is not None else "",
        difficulties=statement.difficulties if statement is not None else "",
        receivers=tuple(receivers_of(owed)) if owed.receivers else (),
    )


def _draft(here: Here, owed: OwedReport, unit: Unit, basis: Basis) -> Frozen:
    if not stands_at(here.actor, SUBMIT, unit):
        raise Http404
    return figures_of(owed, unit, basis, here.actor.today)


def _period(owed: OwedReport) -> str:
    with override("vi"):
        return period_words(owed.kind, owed.closing, owed.subject)


@page(RIGHT, "POST")
def reports_consolidated_word(request: HttpRequest, here: Here) -> HttpResponse:
    """The sum of what the units below sent, as a report of the place."""
    paper, back = _sum_paper(request, here), reverse("reports_consolidated")
    return _answer(request, here, paper, f"reports:{here.place.pk}", back)


@page(RIGHT, "POST")
def reports_consolidated_book(request: HttpRequest, here: Here) -> HttpResponse:
    """The same as an Excel workbook."""
    return _book(here, _sum_paper(request, here), f"reports:{here.place.pk}")


def _sum_paper(request: HttpRequest, here: Here) -> ReportPaper:
    asked = chosen_period(request.POST, periods_of(here))
    below = consolidated(here.place, *asked) if asked is not None else None
    if asked is None or below is None or not below.sent or here.place.level == Level.VILLAGE:
        raise Http404
    with override("vi"):
        period = period_words(asked[0], asked[2])
    return ReportPaper(
        place=here.place,
        above=_above(here.place),
        on=asked[2],
        period=period,
        frozen=frozen_sum(below),
        plan=plan_of(here.place, here.year),
        difficulties="\n".join(
            f"{one.name}: {one.difficulties}" for one in below.sent if one.difficulties
        ),
    )


def _above(place: Unit) -> Unit | None:
    above = place.parent
    return above if above is not None and above.level != Level.COUNTRY else None


def _answer(
    request: HttpRequest, here: Here, paper: ReportPaper, subject: str, back: str
) -> HttpResponse:
    try:
        content = write_report_paper(actor=here.actor, paper=paper, subject=subject)
    except RenderingError as error:
        warn(request, said(error.sentence))
        return redirect(back)
    return _download(content, DOCX, paper_name(paper))


def _book(here: Here, paper: ReportPaper, subject: str) -> HttpResponse:
    content = write_report_book(actor=here.actor, paper=paper, subject=subject)
    return _download(content, XLSX, book_name(paper))


def _download(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
