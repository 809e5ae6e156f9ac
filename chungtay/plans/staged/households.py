"""The households a plan names, looked for in the register: taken where surely the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from chungtay.households.models import Household
from chungtay.households.queries.people import households_seen_by, standing_on
from chungtay.households.queries.residences import lived_in, placed_on
from chungtay.places.models import Unit
from chungtay.plans.services import NamedHousehold
from chungtay.plans.staged.queries import Read
from chungtay.rulebook.folding import fold
from chungtay.staff.policy import PostActor

WOMAN = "bà"


def likely(
    actor: PostActor, unit: Unit, year: int, data: Iterable[Read]
) -> dict[int, list[Household]]:
    """For each named household those of the register whose head has its name, by datum."""
    first = date(year, 1, 1)
    seen = households_seen_by(actor, on=first).filter(lived_in([unit], first))
    by_name: dict[str, list[Household]] = {}
    wanted = {fold(str(one.values["head"])) for one in data}
    for household in placed_on(standing_on(seen, first), first):
        if fold(household.head_name) in wanted:
            by_name.setdefault(fold(household.head_name), []).append(household)
    return {one.row.pk: by_name.get(fold(str(one.values["head"])), []) for one in data}


def surely(one: Read, known: list[Household]) -> Household | None:
    """The one household of a name in the village the plan says; None where that is not sure."""
    place = fold(str(one.values["place"] or ""))
    fitting = [each for each in known if place and each.village and _same(place, each.village.name)]
    return fitting[0] if len(fitting) == 1 else None


def _same(place: str, village: str) -> bool:
    """ "tổ 04" is "Tổ dân phố 4": the last word of both, numbers without their zeros."""
    ends = [fold(name).split()[-1].lstrip("0") for name in (place, village)]
    return place == fold(village) or (ends[0] == ends[1] and ends[0].isdigit())


def matched(
    actor: PostActor, unit: Unit, year: int, data: list[Read], chosen: Mapping[int, UUID]
) -> dict[int, Household]:
    """The household of each datum: the one chosen among those of its name, else the sure one.

    A choice that is none of them means none.
    """
    found: dict[int, Household] = {}
    if not data:
        return found
    for pk, known in likely(actor, unit, year, data).items():
        one = next(each for each in data if each.row.pk == pk)
        picked = next((each for each in known if each.pk == chosen.get(pk)), None)
        household = picked if pk in chosen else surely(one, known)
        if household is not None:
            found[pk] = household
    return found


def named_of(one: Read, household: Household) -> NamedHousehold:
    """A datum as a household behind the promise."""
    return NamedHousehold(
        household=household,
        population=str(one.values["status"]),
        salutation=str(one.values.get("salutation") or WOMAN),
        helps=one.values["requests"] or [],
        helpers=one.values["asked_of"] or [],
    )
