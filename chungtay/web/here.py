"""Who looks, at which place, in which year: the two things every number depends on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max
from django.http import Http404, HttpRequest
from django.utils import timezone

from chungtay.acts.remembering import remembered, version
from chungtay.places.models import Unit
from chungtay.places.queries import as_on, territory_on
from chungtay.plans.models import Plan
from chungtay.rulebook.loading import law
from chungtay.staff.policy import PostActor, actor_of


@dataclass(frozen=True)
class Here:
    """The actor, the place and the viewing year of a request.

    ``place`` is called as it was on the viewing day; ``units`` are those that made it up then:
    itself, or before it began those it was made of. ``version`` is how many acts had been done:
    what is remembered under it still holds.
    """

    actor: PostActor
    place: Unit
    year: int
    on: date
    units: tuple[Unit, ...]
    version: int

    @property
    def first_day(self) -> date:
        """The first day of the viewing year."""
        return date(self.year, 1, 1)

    @property
    def lived_on(self) -> date | None:
        """The day whose residences count; None where that is today: the present places."""
        return self.on if self.on < self.actor.today else None


def here_of(request: HttpRequest, right: str) -> Here:
    """Where a request stands; Http404 if the person has the right nowhere.

    Who holds which post and which unit made up which change by acts only, so both are remembered
    until the next one.
    """
    user, day, now = request.user, today(), version()
    chosen, year = request.session.get("place"), request.session.get("year")
    here = remembered(
        ("here", user.pk, day, right, chosen, year),
        now,
        lambda: _here(actor_of(user, day), right, chosen, year, now),  # type: ignore[arg-type]
    )
    if here is None:
        raise Http404
    return here


def _here(actor: PostActor, right: str, chosen: Any, chosen_year: Any, now: int) -> Here | None:
    places = actor.units_for(right)
    if not places:
        return None
    place = next((unit for unit in places if unit.id == chosen), places[0])
    year = chosen_year if isinstance(chosen_year, int) else _newest_year(place)
    on = viewing_day(place, year)
    return Here(actor, as_on(place, on), year, on, made_up_of(place, on), now)


def made_up_of(place: Unit, on: date) -> tuple[Unit, ...]:
    """The units that made up a place on a day: itself, or what it was made of before it began."""
    return (place,) if place.stands_on(on) else territory_on(place, on).units or (place,)


def first_year() -> int:
    """The first year that a loaded standard can speak of."""
    return min(standard.valid_from.year for standard in law().standards.values())


def today() -> date:
    """Today in Vietnam: the date that decides rights."""
    return timezone.localdate()


def _newest_year(place: Unit) -> int:
    """The year of the newest plan here or above; without any this year."""
    plans = Plan.objects.filter(unit__in=_self_and_above(place), withdrawn=False)
    return int(plans.aggregate(year=Max("year"))["year"] or today().year)


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
