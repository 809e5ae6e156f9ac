"""Questions about what happened to households, and about those on their way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Case, Q, QuerySet, When

from chungtay.households.models import Household, LifeEvent, Membership, Residence
from chungtay.places.models import Level, Unit
from chungtay.places.queries import units_on
from chungtay.rulebook.folding import fold
from chungtay.staff.policy import PostActor, within

MOST_FOUND = 12
ONE_DAY = timedelta(days=1)


def events_of(household: Household) -> QuerySet[LifeEvent]:
    """All that happened to a household and was not taken back without a reason, newest first."""
    own = Q(household=household) | Q(other_household=household)
    rows = LifeEvent.objects.filter(own).filter(Q(withdrawn=False) | ~Q(returned_because=""))
    # To most households nothing happened: what an event points at is fetched only if there is one.
    return rows.prefetch_related(
        "person", "household", "other_household", "to_commune", "commune"
    ).order_by("-day", "-id")


def waiting_moves(actor: PostActor, right: str = "households.change") -> QuerySet[LifeEvent]:
    """The households on their way to the actor's communes that nobody took in yet."""
    return _on_their_way().filter(to_commune__in=actor.units_for(right))


def sent_moves(actor: PostActor, right: str = "households.change") -> QuerySet[LifeEvent]:
    """The households that left the actor's communes and wait elsewhere to be taken in."""
    return _on_their_way().filter(commune__in=actor.units_for(right))


def _on_their_way() -> QuerySet[LifeEvent]:
    rows = LifeEvent.objects.filter(
        kind=LifeEvent.Kind.MOVE_OUT,
        withdrawn=False,
        to_commune__isnull=False,
        household__away_from__isnull=False,
        household__withdrawn=False,
    ).exclude(acceptances__withdrawn=False)
    return rows.select_related("household", "commune__parent", "to_commune__parent").order_by(
        "day", "id"
    )


def last_residence_within(household: Household, units: Iterable[Unit]) -> Residence | None:
    """Where a household lived last within some units; None if it never did."""
    rows = household.residences.filter(within(units), withdrawn=False)
    return rows.select_related("commune", "village").order_by("-id").first()


def move_out_of(household: Household, lived: Residence) -> LifeEvent | None:
    """The move by which a household left a place, with the paper that was written then."""
    rows = household.events.filter(
        kind=LifeEvent.Kind.MOVE_OUT, withdrawn=False, commune=lived.commune_id
    )
    return rows.filter(day__gt=lived.valid_to).order_by("day").first() if lived.valid_to else None


def named_then(lived: Mapping[UUID, Residence]) -> dict[UUID, tuple[str, str]]:
    """Head and code, as their moving papers say, of those households that left where they lived."""
    left = {key: row for key, row in lived.items() if row.valid_to is not None}
    if not left:
        return {}
    moves = LifeEvent.objects.filter(
        kind=LifeEvent.Kind.MOVE_OUT, household__in=list(left), withdrawn=False
    )
    return {
        move.household_id: (move.slip["head"], move.slip["code"])
        for move in moves.order_by("-day")
        if move.day - ONE_DAY == left[move.household_id].valid_to
    }


def former_members(household: Household, on: date) -> list[Membership]:
    """The last row of everybody who belonged to a household before a day and does not on it."""
    known = Membership.objects.filter(household=household, withdrawn=False)
    if not known.filter(valid_to__lt=on).exists():
        return []
    rows = (
        known.filter(Q(valid_from=None) | Q(valid_from__lte=on))
        .select_related("person", "ended_by")
        .order_by("valid_from", "id")
    )
    last = {row.person_id: row for row in rows}
    return [row for row in last.values() if row.valid_to is not None and row.valid_to < on]


def people_named(commune: Unit, text: str, besides: Household) -> list[Membership]:
    """People of a commune's register whose name holds every word, who could come to a household."""
    rows = Membership.objects.filter(
        household__commune=commune,
        household__withdrawn=False,
        household__away_from=None,
        person__died_on=None,
        valid_to=None,
        withdrawn=False,
    ).exclude(household=besides)
    for word in fold(text).split():
        rows = rows.filter(person__folded_name__contains=word)
    found = rows.select_related("person", "household__village")
    return list(found.order_by("person__folded_name", "pk")[:MOST_FOUND])


def households_named(commune: Unit, text: str, besides: Household) -> list[Household]:
    """Standing households of a commune that a text finds, which another could be merged into."""
    rows = Household.objects.filter(
        commune=commune, valid_to=None, away_from=None, withdrawn=False
    ).exclude(pk=besides.pk)
    for word in fold(text).split():
        rows = rows.filter(search_text__contains=word)
    return list(rows.select_related("village").order_by("head_sort_key", "id")[:MOST_FOUND])


def communes_named(text: str, on: date, near: Unit) -> list[Unit]:
    """Communes standing on a day whose name or code a text finds; those nearby first."""
    rows = units_on(on, Level.COMMUNE).exclude(code="").select_related("parent__parent")
    code, folded = text.strip(), fold(text)
    if code.isascii() and code.isdecimal():
        rows = rows.filter(code=code)
    elif rows.filter(folded__contains=folded).exists():
        rows = rows.filter(folded__contains=folded)
    else:
        for word in folded.split():
            rows = rows.filter(folded__contains=word)
    far = Case(
        When(parent=near.parent_id, then=0),
        When(path__startswith=_province_path(near), then=1),
        default=2,
    )
    return list(rows.order_by(far, "folded", "id")[:MOST_FOUND])


def _province_path(unit: Unit) -> str:
    """The path of the country and the province above a unit."""
    return "/".join(unit.path.split("/")[:3]) + "/"
