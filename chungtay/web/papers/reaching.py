"""The gates of the desk: whose papers, and who may write them."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from chungtay.places.models import Level, Unit
from chungtay.plans.services import right_to_change
from chungtay.reports.letters.models import OfficePaper, PaperScan
from chungtay.reports.letters.queries import may_read_names, papers_seen_by
from chungtay.web.here import Here

VERSION_DIGITS = 9


def office_of(here: Here) -> Unit:
    """The place whose papers are shown: a village looks at its commune's."""
    place = here.place
    return place.parent if place.level == Level.VILLAGE and place.parent else place


def seen_paper(here: Here, paper_id: int) -> OfficePaper:
    """A paper the actor may see; Http404 otherwise."""
    return get_object_or_404(papers_seen_by(here.actor), pk=paper_id)


def own_paper(here: Here, paper_id: int) -> OfficePaper:
    """A paper the actor may write; Http404 otherwise."""
    paper = seen_paper(here, paper_id)
    if not may_write(here, paper.unit):
        raise Http404
    return paper


def seen_scan(here: Here, paper_id: int, scan_id: int) -> PaperScan:
    """The scan of a paper the actor may read whole; Http404 otherwise."""
    paper = seen_paper(here, paper_id)
    if not may_read_names(here.actor, paper):
        raise Http404
    return get_object_or_404(
        PaperScan.objects.select_related("paper__unit"), pk=scan_id, paper=paper
    )


def may_write(here: Here, unit: Unit) -> bool:
    """Whether the actor writes the papers of a place."""
    return here.actor.may(right_to_change(unit), unit)


def version_of(request: HttpRequest) -> int:
    """The version a form was shown with; 0, which none has, where it says none."""
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) <= VERSION_DIGITS else 0
