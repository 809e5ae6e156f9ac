"""Who holds a unit's territory on another day: the question behind every comparison of years.

A territory is traced through chains of successions of any length: ``whole`` and ``part-main``
carry it on, a lesser ``part`` does not. Where that leaves a remainder, ``exact`` is false and
``words`` says what is in only in part, and what is in besides.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from chungtay.places.models import Level, Succession, Unit
from chungtay.places.queries.links import (
    HOLDING,
    MAIN,
    ORDER,
    PART,
    WHOLE,
    Links,
    links_around,
    links_before,
)
from chungtay.rulebook.wording import Sentence, vi_date


@dataclass(frozen=True)
class Heir:
    """A unit that holds another's territory: all of it, the largest part, or another part."""

    unit: Unit
    scope: Succession.Kind


@dataclass(frozen=True)
class Territory:
    """The units that make up about the same territory on a day, and how far they do."""

    on: date
    units: tuple[Unit, ...]
    words: tuple[Sentence, ...] = ()

    @property
    def exact(self) -> bool:
        """Whether these units are the same territory, nothing more and nothing less."""
        return bool(self.units) and not self.words


def successors_of(unit: Unit) -> list[Unit]:
    """The units that hold a unit's territory now, through every step, the largest part first."""
    return [heir.unit for heir in _heirs(unit, links_around([unit]), None)]


def heirs_on(unit: Unit, on: date) -> list[Heir]:
    """The units standing on a day that hold a unit's territory, the largest part first."""
    return _heirs(unit, links_around([unit]), on)


def origins_of(units: Iterable[Unit]) -> list[Unit]:
    """The units these took over whole or in their largest part, through every step."""
    links = links_before(listed := list(units))
    found: dict[int, Unit] = {}
    frontier = [unit.pk for unit in listed]
    while frontier:
        rows = [row for pk in frontier for row in links.into[pk] if row.kind in HOLDING]
        new = {row.old_id: row.old for row in rows if row.old_id not in found}
        found |= new
        frontier = list(new)
    own = {unit.pk for unit in listed}
    return [unit for pk, unit in found.items() if pk not in own]


def territory_on(unit: Unit, on: date) -> Territory:
    """The units that on a day made up what this unit is today, or was at its end."""
    return territories_on([unit], on)[unit.pk]


def territories_on(units: Sequence[Unit], on: date) -> dict[int, Territory]:
    """The territories of several units on a day, in a few queries whatever their number."""
    links, unclear = links_around(units), _ended_nobody_knows_where(units)
    return {unit.pk: _territory(unit, on, links, unclear) for unit in units}


def like_for_like(unit: Unit, years: Iterable[int]) -> dict[int, Territory]:
    """For each year the units to count over, as at its last day, to compare like with like."""
    links, unclear = links_around([unit]), _ended_nobody_knows_where([unit])
    return {year: _territory(unit, date(year, 12, 31), links, unclear) for year in years}


def _heirs(unit: Unit, links: Links, on: date | None) -> list[Heir]:
    scopes: dict[int, Heir] = {}
    frontier = [Heir(unit, WHOLE)]
    while frontier:
        heir = frontier.pop(0)
        known = scopes.get(heir.unit.pk)
        if known is not None and ORDER[known.scope] <= ORDER[heir.scope]:
            continue
        scopes[heir.unit.pk] = heir
        frontier += [
            Heir(row.new, max(heir.scope, Succession.Kind(row.kind), key=ORDER.__getitem__))
            for row in links.out_of[heir.unit.pk]
            if on is None or row.valid_from <= on
        ]
    standing = [heir for heir in scopes.values() if _holds(heir.unit, on)]
    return sorted(standing, key=lambda heir: ORDER[heir.scope])


def _holds(unit: Unit, on: date | None) -> bool:
    if on is None:
        return unit.valid_to is None and not unit.withdrawn
    return unit.stands_on(on)


def _territory(unit: Unit, on: date, links: Links, unclear: list[Unit]) -> Territory:
    if unit.valid_to is not None and on > unit.valid_to:
        return _forward(unit, on, links)
    return _backward(unit, on, links, unclear)


def _backward(unit: Unit, on: date, links: Links, unclear: list[Unit]) -> Territory:
    """What a unit was made of; whatever it took over after the day counts."""
    reached, words = {unit.pk: unit}, []
    frontier = [unit]
    while frontier:
        member = frontier.pop(0)
        for row in links.sorted_into(member.pk):
            if row.valid_from <= on or row.old_id in reached:
                continue
            if row.kind == PART:
                words.append(_left_out(row, on))
                continue
            if row.kind == MAIN:
                words.append(_in_part_only(row, on))
            reached[row.old_id] = row.old
            frontier.append(row.old)
    units = tuple(one for one in reached.values() if one.stands_on(on))
    if not units:
        words.append(_nothing_known(unit, on))
    words += [_perhaps(one) for one in unclear if _may_be_in(one, units, on)]
    return Territory(on, units, tuple(words))


def _forward(unit: Unit, on: date, links: Links) -> Territory:
    """Who holds an ended unit; whatever else these units took over is said."""
    reached, words = {unit.pk: unit}, []
    frontier = [unit]
    while frontier:
        member = frontier.pop(0)
        for row in links.sorted_out_of(member.pk):
            if row.valid_from > on or row.new_id in reached:
                continue
            if row.kind == PART:
                words.append(_gone_elsewhere(row, on))
                continue
            if row.kind == MAIN:
                words.append(_main_part(row, on))
            reached[row.new_id] = row.new
            frontier.append(row.new)
    units = tuple(one for one in reached.values() if one.stands_on(on))
    if not units:
        words.append(_nothing_known(unit, on))
    words += _besides(unit, on, reached, links)
    return Territory(on, units, tuple(words))


def _besides(unit: Unit, on: date, reached: dict[int, Unit], links: Links) -> Iterable[Sentence]:
    """What the heirs of an ended unit hold that was never its own."""
    end = unit.valid_to or on
    for heir in reached.values():
        if heir.pk != unit.pk and (heir.valid_from is None or heir.valid_from <= end):
            yield Sentence(
                "{heir} vốn có địa bàn riêng, nay thêm địa bàn của {old}.",
                heir=heir.name_on(on),
                old=unit.name,
            )
        for row in links.sorted_into(heir.pk):
            if end < row.valid_from <= on and row.old_id not in reached:
                yield _has_more(row, on)


def _ended_nobody_knows_where(units: Sequence[Unit]) -> list[Unit]:
    """Units that ended without a known successor, beside these or the units they came from."""
    districts = {unit.parent_id for unit in units if unit.level == Level.COMMUNE}
    if not districts:
        return []
    origins = Succession.objects.filter(new__in=[unit.pk for unit in units], withdrawn=False)
    beside = Q(parent__in=districts) | Q(parent__in=origins.values("old__parent"))
    ended = Unit.objects.filter(beside, verified=False, successions=None, level=Level.COMMUNE)
    return list(ended.exclude(valid_to=None))


def _may_be_in(ended: Unit, units: Sequence[Unit], on: date) -> bool:
    """Whether a unit that ended may have gone into one of these, which stood beside it."""
    beside = any(one.parent_id == ended.parent_id and one.pk != ended.pk for one in units)
    return beside and ended.valid_to is not None and ended.valid_to >= on


def _left_out(row: Succession, on: date) -> Sentence:
    return Sentence(
        "Một phần của {old} cũng vào {new} từ ngày {day}, nhưng không tính ở đây.",
        old=row.old.name_on(on),
        new=row.new.name,
        day=vi_date(row.valid_from),
    )


def _in_part_only(row: Succession, on: date) -> Sentence:
    return Sentence(
        "Chỉ phần chính của {old} vào {new} từ ngày {day}; số liệu tính cả {old}.",
        old=row.old.name_on(on),
        new=row.new.name,
        day=vi_date(row.valid_from),
    )


def _main_part(row: Succession, on: date) -> Sentence:
    return Sentence(
        "{new} chỉ nhận phần chính của {old}.", new=row.new.name_on(on), old=row.old.name
    )


def _gone_elsewhere(row: Succession, on: date) -> Sentence:
    return Sentence(
        "Một phần của {old} nay thuộc {new}, không tính ở đây.",
        old=row.old.name,
        new=row.new.name_on(on),
    )


def _has_more(row: Succession, on: date) -> Sentence:
    if row.kind == WHOLE:
        return Sentence("{new} còn gồm cả {old}.", new=row.new.name_on(on), old=row.old.name)
    return Sentence("{new} còn gồm một phần của {old}.", new=row.new.name_on(on), old=row.old.name)


def _nothing_known(unit: Unit, on: date) -> Sentence:
    return Sentence(
        "Chưa biết ngày {day} địa bàn của {unit} thuộc đơn vị nào.",
        day=vi_date(on),
        unit=unit.name_on(on),
    )


def _perhaps(ended: Unit) -> Sentence:
    return Sentence(
        "{ended} kết thúc ngày {day}, chưa đối chiếu được nhập vào đơn vị nào; "
        "có thể có phần ở đây.",
        ended=ended.name,
        day=vi_date(ended.valid_to) if ended.valid_to else "chưa rõ",
    )
