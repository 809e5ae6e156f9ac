"""The choices of the list: what an address may say, and what only the session keeps."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from chungtay.acts import sealing
from chungtay.households.models import Household, HouseholdClass, PoorSubclass
from chungtay.households.queries.differences import differing
from chungtay.households.queries.lists import by_name, by_village
from chungtay.households.queries.people import (
    households_seen_by,
    matching,
    of_class,
    standing_on,
)
from chungtay.households.queries.residences import lived_in
from chungtay.households.queries.statuses import standard_id_on, standards_at
from chungtay.places.models import Unit
from chungtay.rulebook.folding import tidy
from chungtay.web.here import Here

SEARCHES_KEPT = 10
PURPOSE = "search"
NEAR = ("commune", "village")
TEXT_LENGTH = 100
ID_DIGITS = 9
NO_CLASS = "none"
# A class, then its kinds: "poor_A" asks for the poor of one kind.
KIND_JOINT = "_"
KINDS = {f"{HouseholdClass.POOR.value}{KIND_JOINT}{kind}": kind for kind in PoorSubclass.values}
CLASSES = (HouseholdClass.POOR.value, *KINDS, *HouseholdClass.values[1:], NO_CLASS)
SORTS = {"name": by_name, "village": by_village}


@dataclass(frozen=True)
class ListFilter:
    """Which households are listed, in which order; ``text`` is looked up by ``token``."""

    village: str = ""
    household_class: str = ""
    standard: str = ""
    differs: str = ""
    sort: str = "name"
    token: str = ""
    text: str = ""

    @property
    def narrows(self) -> bool:
        """Whether some households may be left out."""
        return bool(
            self.village or self.household_class or self.standard or self.differs or self.token
        )

    def parameters(self) -> dict[str, str]:
        """What an address says of the choices."""
        said = {
            "village": self.village,
            "class": self.household_class,
            "standard": self.standard,
            "differs": self.differs,
            "sort": "" if self.sort == "name" else self.sort,
            "t": self.token,
        }
        return {name: value for name, value in said.items() if value}

    def href(self, page: int = 1, **changes: str) -> str:
        """The address of the list with some choices changed."""
        parameters = replace(self, **changes).parameters()
        if page > 1:
            parameters["page"] = str(page)
        asked = f"?{urlencode(parameters)}" if parameters else ""
        return f"{reverse('register')}{asked}"


def read_filter(request: HttpRequest, here: Here, given: Mapping[str, Any]) -> ListFilter:
    """The choices of a request; what is not understood counts as not chosen.

    Above the commune the findings of all households are never computed at once.
    """
    village = str(given.get("village", ""))
    chosen = str(given.get("class", ""))
    standard = str(given.get("standard", ""))
    sort = str(given.get("sort", ""))
    token = str(given.get("t", ""))
    return ListFilter(
        village=village
        if village.isascii() and village.isdecimal() and len(village) <= ID_DIGITS
        else "",
        household_class=chosen if chosen in CLASSES else "",
        # The national standard is what a list follows where none is named.
        standard=standard if standard in standards_at(here.place, here.on)[1:] else "",
        differs="1" if given.get("differs") == "1" and here.place.level in NEAR else "",
        sort=sort if sort in SORTS else "name",
        token=token,
        text=searched_text(request, token) if token else "",
    )


def keep_search(request: HttpRequest, text: str) -> str:
    """Keep a searched text sealed in the session; the token that names it in an address."""
    token = secrets.token_urlsafe(9)
    kept = dict(request.session.get("searches", {}))
    sealed = sealing.seal(PURPOSE, text.encode(), bound_to=token.encode())
    kept[token] = base64.b64encode(sealed).decode()
    request.session["searches"] = dict(list(kept.items())[-SEARCHES_KEPT:])
    return token


def searched_text(request: HttpRequest, token: str) -> str:
    """The text of a token; empty if the session does not know it."""
    kept = request.session.get("searches", {}).get(token)
    if kept is None:
        return ""
    try:
        sealed = base64.b64decode(str(kept), validate=True)
        return sealing.unseal(PURPOSE, sealed, bound_to=token.encode()).decode()
    except ValueError:
        # Kept by an older version, or under another key: as if it were not kept.
        return ""


def typed_text(request: HttpRequest) -> str:
    """The text of a search box: composed, single spaces, of a sensible length."""
    return tidy(request.POST.get("text", ""))[:TEXT_LENGTH]


def standing_anywhere(here: Here, right: str = "households.see") -> QuerySet[Household]:
    """All households the actor may see that exist on the viewing day: where a search looks."""
    return standing_on(households_seen_by(here.actor, right, here.lived_on), here.on)


def standing_here(here: Here, right: str = "households.see") -> QuerySet[Household]:
    """Those of the chosen place: what a list counts."""
    return standing_anywhere(here, right).filter(lived_in(here.units, here.lived_on))


def numbers_seen(here: Here) -> list[Unit]:
    """The units in which the actor may look people up by their citizen ID."""
    units = here.actor.units_for("households.see")
    return [unit for unit in units if here.actor.sees_fields("id_tail", unit)]


def chosen_households(
    here: Here, chosen: ListFilter, right: str = "households.see"
) -> QuerySet[Household]:
    """The households of a filter, in its order."""
    if chosen.token:
        found = standing_anywhere(here, right)
        numbers_in = numbers_seen(here)
        households = (
            matching(found, chosen.text, numbers_in=numbers_in) if chosen.text else found.none()
        )
    else:
        households = standing_here(here, right)
    if chosen.village:
        village = Unit.objects.filter(pk=int(chosen.village))
        households = households.filter(lived_in(village, here.lived_on))
    if chosen.household_class:
        kind = KINDS.get(chosen.household_class, "")
        wanted = HouseholdClass.POOR.value if kind else chosen.household_class
        standard = chosen.standard or standard_id_on(here.on)
        households = of_class(households, wanted, standard, here.on, kind)
    if chosen.differs:
        households = households.filter(pk__in=differing(households, here.on, chosen.standard))
    return SORTS[chosen.sort](households)
