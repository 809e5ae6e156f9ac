"""Who reads which year sheet, and what a person says to hers."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from chungtay.places.models import Unit
from chungtay.reports.sheets.figures import Sheet
from chungtay.reports.sheets.models import SheetRemark
from chungtay.staff.models import Holding
from chungtay.staff.policy import PostActor

SEE_OWN, SEE_ALL = "tasks.see", "reports.rate"


def sheets_seen_by(actor: PostActor, place: Unit, sheets: list[Sheet]) -> list[Sheet]:
    """The one gate: all with the right to rate at the place; else one's own alone.

    Of a village whoever holds a post of it, of an office whoever holds one of its posts.
    """
    if actor.may(SEE_ALL, place):
        return sheets
    return [one for one in sheets if _own(actor, place, one)]


def _own(actor: PostActor, place: Unit, sheet: Sheet) -> bool:
    if sheet.kind == "person":
        return sheet.subject == str(actor.user_id)
    held = [one.post for one in actor.holdings]
    if sheet.kind == "village":
        return any(str(post.unit_id) == sheet.subject for post in held)
    near = [post for post in held if post.unit_id == place.pk]
    return any(post.role == sheet.subject for post in near)


def person_held(user_id: int, commune: Unit, year: int) -> bool:
    """Whether somebody held a post of a commune or of one of its villages during a year."""
    during = Q(valid_from__lte=date(year, 12, 31)) & (
        Q(valid_to=None) | Q(valid_to__gte=date(year, 1, 1))
    )
    held = Holding.objects.filter(during, user=user_id)
    return held.filter(post__unit__path__startswith=commune.path).exists()


def remark_of(user_id: int, commune: Unit, year: int) -> SheetRemark | None:
    """What a person says to her sheet of a commune and a year."""
    return SheetRemark.objects.filter(user=user_id, unit=commune, year=year).first()
