"""Which two standards are chosen, what is seen of the place by them, what an address asks for."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.households.queries.statuses import standard_id_on, standards_at
from chungtay.households.queries.what_if import side_by_side_of
from chungtay.rulebook.doubting import gap_of, latest_national
from chungtay.rulebook.foresight import Foresight, Part
from chungtay.rulebook.lawbook import LookUpError, Standard
from chungtay.rulebook.loading import law
from chungtay.rulebook.side_by_side import FIRST, MOVES, SECOND, STANDS, Cell, Wanted
from chungtay.web.here import Here
from chungtay.web.measures.asking import as_text, places_of
from chungtay.web.measures.counting import a_second
from chungtay.web.templating import said
from chungtay.web.today.places import in_order

NO_VILLAGE = "none"


@dataclass(frozen=True)
class Chosen:
    """The two standards of a page."""

    first: Standard
    second: Standard

    @classmethod
    def read(cls, here: Here, given: Mapping[str, Any]) -> Chosen:
        """What an address says; what is not understood counts as not chosen."""
        known = law().standards
        latest = latest_national(law())
        first = known.get(str(given.get("standard", ""))) or _of_the_year(here) or latest
        second = known.get(str(given.get("against", ""))) or latest
        return cls(first, second)

    @property
    def ids(self) -> tuple[str, str]:
        """The ids of the two."""
        return self.first.id, self.second.id

    @property
    def parameters(self) -> dict[str, str]:
        """As an address says it."""
        return {"standard": self.first.id, "against": self.second.id}

    @property
    def href(self) -> str:
        """The address of the page."""
        return f"{reverse('measures_foresight')}?{urlencode(self.parameters)}"

    @property
    def turned_href(self) -> str:
        """The address of the page with the second standard first."""
        return Chosen(self.second, self.first).href

    def of(self, side: str) -> Standard:
        """The first or the second."""
        return self.first if side == FIRST else self.second

    def standing(self, here: Here) -> str:
        """The standard by which a list says the decided class: the first that counts at a place."""
        counting = standards_at(here.place, here.on)
        return next((one for one in self.ids if one in counting), (*counting, self.first.id)[0])


def _of_the_year(here: Here) -> Standard | None:
    try:
        return law().standard(standard_id_on(here.on))
    except LookUpError:
        return None


@dataclass(frozen=True)
class Asked:
    """The households behind one figure: what must hold of a cell, in words, and the address."""

    holds: Callable[[Cell], bool]
    words: list[str]
    href: str


@dataclass(frozen=True)
class Seen:
    """What is seen of the place by the chosen standards."""

    chosen: Chosen
    shown: Foresight
    group_of: Callable[[Any], Hashable]

    def href(self, wanted: Wanted, place: str = "") -> str:
        """The address of the households behind a figure, of one group of places or of all."""
        said_words = self.chosen.parameters | wanted.said() | ({"place": place} if place else {})
        return f"{reverse('measures_foresight_households')}?{urlencode(said_words)}"

    def asked(self, given: Mapping[str, Any]) -> Asked | None:
        """What an address asks for; None where it asks for what there is not."""
        names = ("first", "second", "move", "side", "lacking", "unknown", "missing")
        wanted = Wanted(*(str(given.get(name, "")) for name in names))
        place = str(given.get("place", ""))
        names_of = {place_key(part.place): part.name for part in self.shown.parts}
        if not self._known(wanted) or (place and place not in names_of):
            return None

        def holds(cell: Cell) -> bool:
            here = not place or place_key(self.group_of(cell.place)) == place
            return here and wanted.holds(cell.first, cell.second)

        words = self._words(wanted)
        return Asked(
            holds,
            [*words, names_of[place]] if place else words or [_("Mọi hộ được tính")],
            self.href(wanted, place),
        )

    def _known(self, wanted: Wanted) -> bool:
        codes: set[str] = set()
        gaps: set[str] = set()
        if wanted.side in (FIRST, SECOND):
            codes = {one.code for one in self.chosen.of(wanted.side).indicators}
            gaps = set(self.shown.found.missing(wanted.side))
        return (
            {wanted.first, wanted.second} <= {"", *STANDS}
            and wanted.move in ("", *MOVES)
            and wanted.side in ("", FIRST, SECOND)
            and {wanted.lacking, wanted.unknown} <= {"", *codes}
            and wanted.missing in ("", *gaps)
        )

    def _words(self, wanted: Wanted) -> list[str]:
        words = []
        if wanted.move:
            words.append(sentence_case(said(MOVES[wanted.move])))
        if wanted.first:
            words.append(_("Theo chuẩn 1: %(stand)s") % {"stand": said(STANDS[wanted.first])})
        if wanted.second:
            words.append(_("Theo chuẩn 2: %(stand)s") % {"stand": said(STANDS[wanted.second])})
        if not wanted.side:
            return words
        standard = self.chosen.of(wanted.side)
        number = 1 if wanted.side == FIRST else 2
        if wanted.lacking:
            name = said(standard.indicator(wanted.lacking).name)
            words.append(_("Thiếu hụt theo chuẩn %(n)s: %(name)s") % {"n": number, "name": name})
        if wanted.unknown:
            name = said(standard.indicator(wanted.unknown).name)
            text = _("Chưa rõ có thiếu hụt không theo chuẩn %(n)s: %(name)s")
            words.append(text % {"n": number, "name": name})
        if wanted.missing:
            gap = said(gap_of(law(), standard, wanted.missing).sentence)
            text = _("Chưa xếp loại được theo chuẩn %(n)s vì còn thiếu: %(gap)s")
            words.append(text % {"n": number, "gap": gap})
        return words


def seen_by(here: Here, chosen: Chosen) -> Seen:
    """The households of the place by two standards, told apart by place; or Unfinished."""
    found = side_by_side_of(here.units, here.on, *chosen.ids, a_second())
    places: set[Any] = {cell.place for cell in found.cells}
    group_of, word = places_of(here, places)
    groups = found.by_place(group_of)
    parts = [Part(place, word(place), part) for place, part in groups.items()]
    parts.sort(key=lambda part: (part.place is None, in_order(part.name)))
    shown = Foresight(law(), here.place.name, here.on, chosen.first, chosen.second, found, parts)
    return Seen(chosen, shown, group_of)


def place_key(place: Hashable) -> str:
    """A group of places as an address says it."""
    return as_text(place) or NO_VILLAGE


def sentence_case(words: str) -> str:
    """Words at the head of a line."""
    return words[:1].upper() + words[1:]
