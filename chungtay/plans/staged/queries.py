"""Questions about plans that were read: which there are, their text, their data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import msgspec
from django.db.models import Q, QuerySet

from chungtay.acts import sealing
from chungtay.acts.refusing import Refused
from chungtay.acts.services import Actor
from chungtay.places.models import Level, Unit
from chungtay.plans.models import Plan, PlanReading, ReadDatum
from chungtay.plans.reading.offers import Offered
from chungtay.plans.services import right_to_change
from chungtay.plans.staged.groups import GROUPS, Group
from chungtay.rulebook.wording import Sentence
from chungtay.staff.policy import PostActor

PURPOSE = "plan_reading"


@dataclass(frozen=True)
class Read:
    """A datum opened: what it says now, what was read, where it stands, who looked at it."""

    row: ReadDatum
    values: dict[str, Any]
    was: dict[str, Any] | None = field(default=None)

    @property
    def group(self) -> Group:
        """The group it belongs to."""
        return GROUPS[self.row.group]

    @property
    def added(self) -> bool:
        """Whether an officer wrote it, not the reader."""
        return self.was is None

    @property
    def corrected(self) -> bool:
        """Whether it says now something else than was read."""
        return self.was is not None and self.was != self.values


def readings_of(actor: PostActor) -> QuerySet[PlanReading]:
    """The readings an actor may see: of places whose plans she may change."""
    seen = Q(pk__in=())
    for right in ("plans.change", "plans.change_above", "plans.change_province"):
        levels = [level for level in Level if right_to_change(Unit(level=level)) == right]
        for unit in actor.units_for(right):
            seen |= Q(unit__path__startswith=unit.path, unit__level__in=levels)
    return PlanReading.objects.filter(seen).select_related("unit", "plan").defer("sealed")


def may_read(actor: Actor, unit: Unit) -> bool:
    """Whether an actor may read a plan's file for a place."""
    return actor.may(right_to_change(unit), unit)


def offered_of(reading: PlanReading) -> Offered:
    """The text of a reading and what is to be looked at; Refused where the key is gone."""
    return msgspec.json.decode(unseal(reading, bytes(reading.sealed)), type=Offered)


def data_of(reading: PlanReading) -> list[Read]:
    """The data of a reading in their order."""
    return [opened(reading, row) for row in reading.data.all()]


def opened(reading: PlanReading, row: ReadDatum) -> Read:
    """One datum with its values."""
    was = None if row.was is None else msgspec.json.decode(unseal(reading, bytes(row.was)))
    if row.became is None:
        return Read(row, was or {}, was)
    return Read(row, msgspec.json.decode(unseal(reading, bytes(row.became))), was)


def seal(reading: PlanReading, plain: Any) -> bytes:
    """Seal a value with a reading's own salt."""
    packed = msgspec.json.encode(plain)
    return sealing.seal(PURPOSE, packed, bound_to=reading.id.bytes, salt=bytes(reading.salt))


def unseal(reading: PlanReading, sealed: bytes) -> bytes:
    """Open a value of a reading; Refused where the key it was sealed with is gone."""
    try:
        return sealing.unseal(PURPOSE, sealed, bound_to=reading.id.bytes, salt=bytes(reading.salt))
    except sealing.Unreadable as error:
        raise Refused(
            Sentence(
                "Không mở được bản đọc “{name}”: dữ liệu đã được khôi phục mà không có khóa cũ. "
                "Hãy đọc lại tệp gốc.",
                name=reading.file_name,
            )
        ) from error


def standing_plan(unit: Unit, year: int, subject: str, edition: int) -> Plan | None:
    """The plan a place has already with a year, a subject and an edition."""
    plans = Plan.objects.filter(unit=unit, year=year, edition=edition, withdrawn=False)
    return plans.filter(subject=subject).first()
