"""Questions about the ordinary papers: which an actor sees, and what of them."""

from __future__ import annotations

from datetime import date

import msgspec
from django.db.models import Q, QuerySet

from chungtay.acts import sealing
from chungtay.places.models import Unit
from chungtay.reports.letters.document import document_of
from chungtay.reports.letters.filling import values_of_paper
from chungtay.reports.letters.kinds import kinds
from chungtay.reports.letters.models import OfficePaper
from chungtay.reports.letters.printed import LetterDocument, without_households
from chungtay.staff.policy import PostActor

SEE, WRITE = "plans.see", "plans.write"
PURPOSE = "office_paper"
FIELDS = "basic"


def papers_seen_by(actor: PostActor) -> QuerySet[OfficePaper]:
    """The one gate: the papers of the places whose plans an actor may see."""
    condition = Q(pk__in=())
    for unit in actor.units_for(SEE):
        condition |= Q(unit__path__startswith=unit.path)
    return OfficePaper.objects.filter(condition).select_related("unit__parent", "plan__unit")


def papers_of(actor: PostActor, unit: Unit, year: int) -> QuerySet[OfficePaper]:
    """The papers of a place for a year: those still written first, then the newest."""
    found = papers_seen_by(actor).filter(unit=unit, year=year)
    return found.order_by("withdrawn", "state", "-issued_on", "-pk").defer("printed")


def may_read_names(actor: PostActor, paper: OfficePaper) -> bool:
    """Whether an actor may have the whole paper, the households it names included."""
    return not kinds()[paper.kind].names_people or actor.sees_fields(FIELDS, paper.unit)


def shown_to(actor: PostActor, paper: OfficePaper, on: date) -> LetterDocument:
    """A paper as an actor may read it; TokenError where its text asks for an unknown value."""
    document = whole(actor, paper, on)
    return document if may_read_names(actor, paper) else without_households(document)


def whole(actor: PostActor, paper: OfficePaper, on: date) -> LetterDocument:
    """A paper as it is printed: an issued one as it was on that day, a draft as of now."""
    if paper.printed is None:
        return document_of(paper, values_of_paper(actor, paper, on))
    plain = sealing.unseal(
        PURPOSE, bytes(paper.printed), bound_to=bound_to(paper.pk), salt=bytes(paper.salt)
    )
    return msgspec.json.decode(plain, type=LetterDocument)


def bound_to(paper_id: int) -> bytes:
    """What the sealed bytes of a paper and its scans are bound to."""
    return f"office_paper:{paper_id}".encode()
