"""What a year's sheets are asked for: the commune's units, the year, the day it is looked at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from chungtay.places.models import Level, Unit
from chungtay.places.queries import villages_of
from chungtay.staff.models import Post


@dataclass(frozen=True)
class Asked:
    """A commune, as the units that made it up, in a year seen from a day of it."""

    place: Unit
    units: tuple[Unit, ...]
    year: int
    on: date
    standard: str

    @property
    def first_day(self) -> date:
        """The day the year opens."""
        return date(self.year, 1, 1)

    def villages(self) -> list[Unit]:
        """The villages of the commune on the day, by name."""
        return [one for unit in self.units for one in villages_of(unit, self.on)]

    def posts(self, villages: Iterable[Unit] = ()) -> list[Post]:
        """The posts of the commune itself, or of some villages, that stood during the year."""
        units = list(villages) or [one for one in self.units if one.level == Level.COMMUNE]
        found = Post.objects.filter(unit__in=units).select_related("unit__parent")
        return [one for one in found.order_by("title", "pk") if self._stood(one)]

    def _stood(self, post: Post) -> bool:
        ends_before = post.valid_to is not None and post.valid_to < self.first_day
        begins_after = post.valid_from is not None and post.valid_from > self.on
        return not ends_before and not begins_after
