"""A scanned card fills a form: the line comes in a box, the form goes back filled, unsaved."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from chungtay.acts.refusing import Refused
from chungtay.sync.reading.cards import EXPECTED, LONGEST_LINE, Card, read_card
from chungtay.web.here import Here, today
from chungtay.web.pages import page, show
from chungtay.web.register.person_form import read_person, warnings_of
from chungtay.web.register.reaching import CHANGE
from chungtay.web.templating import said

LONGEST_PREFIX = 4


@dataclass
class Scan:
    """What came in the box: the line as long as it is wrong, and what to say of it."""

    line: str = ""
    card: Card | None = None
    error: str = ""
    said: str = ""

    @property
    def came(self) -> bool:
        """Whether something was scanned, or was to be: the form is then filled and not saved."""
        return bool(self.card or self.error)

    def wrong(self) -> list[dict[str, str]]:
        """The error for the summary on top."""
        return [{"field": "card", "text": self.error}] if self.error else []


def read_scan(request: HttpRequest) -> Scan:
    """The card that was scanned into a form; a line left in the box counts whatever was pressed."""
    line = request.POST.get("card", "").strip()[: LONGEST_LINE + 1]
    if not line:
        if "scan" in request.POST:
            return Scan(error=_("Chưa có dòng nào được quét. Bấm vào ô rồi quét mã QR trên thẻ."))
        return Scan()
    try:
        return Scan(card=read_card(line))
    except Refused as refusal:
        return Scan(line, error=f"{said(refusal.sentence)} {said(EXPECTED)}")


@page(CHANGE, "POST")
def register_check_number(request: HttpRequest, _here: Here) -> HttpResponse:
    """The warnings beside an ID number while it is typed; nothing is kept of what was sent."""
    prefix = request.POST.get("prefix", "")[:LONGEST_PREFIX]
    form = read_person(request.POST, prefix, today())
    return show(request, "register/number_warnings.html", {"warnings": warnings_of(form)})
