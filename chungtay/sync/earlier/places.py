"""The communes and villages a list of an earlier year names, and what they are now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils import timezone

from chungtay.places.models import Unit
from chungtay.places.queries import all_as_on, villages_of
from chungtay.sync.earlier.terms import Terms, communes_then, plain_name, present_of
from chungtay.sync.proposals import Unmapped
from chungtay.sync.reading.drafts import HouseholdDraft
from chungtay.sync.villages import Villages, village_key


def villages_now(commune: Unit) -> list[Unit]:
    """The villages of a commune today, or on its last day."""
    today = timezone.localdate()
    return list(villages_of(commune, min(today, commune.valid_to or today)))


@dataclass(frozen=True)
class PlaceThen:
    """Where a household of the list lived then, and the village that is now; None: not known."""

    commune: Unit
    village: Unit | None = None
    present: Unit | None = None
    unmapped: str = ""

    @property
    def villages(self) -> frozenset[int]:
        """The villages that may stand at the household in the register."""
        return frozenset(one.pk for one in (self.village, self.present) if one is not None)


@dataclass
class PlacesThen:
    """The units of one commune on the first day of a list, found by what the rows write."""

    commune: Unit
    terms: Terms
    held: list[Unit] = field(init=False)
    now: Villages = field(init=False)
    _then: dict[int, Villages] = field(init=False)
    _found: dict[tuple[int, str], PlaceThen] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        first = self.terms.first
        self.held = communes_then(self.commune, first)
        self.now = Villages(self.commune, villages_now(self.commune))
        self._then = {
            one.pk: Villages(one, all_as_on(villages_of(one, first), first)) for one in self.held
        }

    def commune_of(self, draft: HouseholdDraft) -> Unit | None:
        """The commune of a row, by code or name on that day; the list's own where it says none."""
        if not draft.commune:
            return next((one for one in self.held if one.pk == self.terms.commune), None)
        said = plain_name(draft.commune)
        found = [one for one in self.held if said in {one.code, plain_name(one.name)}]
        return found[0] if len(found) == 1 else None

    def place_of(self, draft: HouseholdDraft, commune: Unit) -> PlaceThen:
        """Where a household of the list lived."""
        if not draft.village:
            return PlaceThen(commune)
        key = commune.pk, village_key(draft.village)
        if key not in self._found:
            self._found[key] = self._place(draft.village, commune)
        return self._found[key]

    def _place(self, name: str, commune: Unit) -> PlaceThen:
        village = self._then[commune.pk].find(name)
        heir = present_of(village) if village is not None else None
        # A village that nobody ended with its commune is no village of today for all that.
        present = heir if heir in self.now.standing else None
        chosen_key = f"{commune.pk}:{village_key(name)}"
        if chosen_key in self.terms.villages:
            wanted = self.terms.villages[chosen_key]
            present = next((one for one in self.now.standing if one.pk == wanted), present)
            return PlaceThen(commune, village, present)
        if village is None and len(self.held) == 1:
            # Of several communes each may have had its Thôn 1: then a person chooses.
            present = self.now.find(name)
        return PlaceThen(commune, village, present, "" if present else chosen_key)

    def unmapped(self, drafts: Iterable[HouseholdDraft]) -> tuple[Unmapped, ...]:
        """The villages that are still to be chosen, each once."""
        names: dict[str, tuple[str, str]] = {}
        count: Counter[str] = Counter()
        for draft in drafts:
            commune = self.commune_of(draft)
            if commune is None:
                continue
            key = self.place_of(draft, commune).unmapped
            if key:
                count[key] += 1
                names.setdefault(key, (draft.village or "", commune.name))
        return tuple(Unmapped(key, *said, count[key]) for key, said in names.items())
