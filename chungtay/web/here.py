"""Who looks, at which place, in which year: the two things every number depends on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Max
from django.http import Http404, HttpRequest
from django.utils import timezone

from chungtay.places.models import Unit
from chungtay.places.queries import as_on, territory_on
from chungtay.plans.models import Plan
from chungtay.rulebook.loading import law
from chungtay.staff.policy import PostActor, actor_of


@dataclass(frozen=True)
class Here:
    """The actor, the place and the viewing year of a request.

    ``place`` is called as it was on the viewing day; ``units`` are those that made it up then:
    itself, or before it began those it was made of.
    """

    actor: PostActor
    place: Unit
    year: int
    on: date
    units: tuple[Unit, ...]

    @property
    def first_day(self) -> date:
        """The first day of the viewing year."""
        return date(self.year, 1, 1)

    @property
    def lived_on(self) -> date | None:
        """The day whose residences count; None where that is today: the present places."""
        return self.on if self.on < self.actor.today else None


def here_of(request: HttpRequest, right: str) -> Here:
    """Where a request stands; Http404 if the person has the right nowhere."""
    actor = actor_of(request.user, today())  # type: ignore[arg-type]
    places = actor.units_for(right)
    if not places:
        raise Http404
    chosen = request.session.get("place")
    place = next((unit for unit in places if unit.id == chosen), places[0])
    year = _year(request, place)
    on = viewing_day(place, year)
    return Here(actor, as_on(place, on), year, on, _made_up_of(place, on))


def _made_up_of(place: Unit, on: date) -> tuple[Unit, ...]:
    return (place,) if place.stands_on(on) else territory_on(place, on).units or (place,)


def first_year() -> int:
    """The first year that a loaded standard can speak of."""
    return min(standard.valid_from.year for standard in law().standards.values())


def today() -> date:
    """Today in Vietnam: the date that decides rights."""
    return timezone.localdate()


def _year(request: HttpRequest, place: Unit) -> int:
    chosen = request.session.get("year")
    if isinstance(chosen, int):
        return chosen
    newest = Plan.objects.filter(unit__in=_self_and_above(place)).aggregate(year=Max("year"))[
        "year"
    ]
    return int(newest or today().year)


def _self_and_above(place: Unit) -> list[int]:
    return [int(step) for step in place.path.strip("/").split("/")]


def viewing_day(place: Unit, year: int) -> date:
    """The day a year is shown as of: its last, but not after today nor after the unit's end."""
    days = [date(year, 12, 31), today()]
    if place.valid_to is not None:
        days.append(place.valid_to)
    return min(days)


def commune_of(place: Unit) -> Unit:
    """The commune a place belongs to; Http404 where there is none (district, province)."""
    if place.level == "commune":
        return place
    if place.level == "village" and place.parent is not None:
        return place.parent
    raise Http404
