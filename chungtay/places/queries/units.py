"""Questions about units as they stood on a date."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from datetime import date

from django.db.models import Q, QuerySet

from chungtay.acts.refusing import Refused
from chungtay.places.models import Level, Unit
from chungtay.places.queries.territory import heirs_on, territory_on
from chungtay.rulebook.folding import fold
from chungtay.rulebook.wording import Joined, Sentence, vi_date


def standing(on: date) -> Q:
    """The condition that a unit exists on a day."""
    begun = Q(valid_from=None) | Q(valid_from__lte=on)
    return begun & (Q(valid_to=None) | Q(valid_to__gte=on)) & Q(withdrawn=False)


def units_on(on: date, level: str = "") -> QuerySet[Unit]:
    """The units that exist on a day, of one level or of all."""
    units = Unit.objects.filter(standing(on)).select_related("parent")
    return units.filter(level=level) if level else units


def unit_by_code(code: str, on: date, level: str = Level.COMMUNE) -> Unit:
    """The unit a code names on a day; Refused if unknown, not yet there, or ended.

    A code may name several units one after the other: the refusal speaks of the one nearest to
    the day, and names who holds its territory then.
    """
    bearers = list(Unit.objects.filter(level=level, code=code, withdrawn=False))
    if not bearers:
        raise Refused(
            Sentence(
                "Không có đơn vị nào mang mã {code}. Mã cấp xã gồm 5 chữ số, ví dụ 14824.",
                code=code,
            )
        )
    unit = next((one for one in bearers if one.stands_on(on)), None)
    if unit is None:
        raise Refused(_not_standing(bearers, on))
    return unit


def _not_standing(bearers: list[Unit], on: date) -> Sentence:
    ended = [one for one in bearers if one.ended_before(on)]
    if ended:
        return _has_ended(max(ended, key=lambda one: one.valid_to or on), on)
    unit = min(bearers, key=lambda one: one.valid_from or on)
    before = [named(one, on) for one in territory_on(unit, on).units]
    if not before:
        return Sentence(
            "{name} (mã {code}) chỉ có từ ngày {begin}; chưa rõ ngày {on} địa bàn này thuộc "
            "đơn vị nào. Hãy xem lại mã hoặc ngày.",
            name=unit.name_on(on),
            code=unit.code,
            begin=vi_date(unit.valid_from or on),
            on=vi_date(on),
        )
    return Sentence(
        "{name} (mã {code}) chỉ có từ ngày {begin}. Ngày {on} địa bàn này là {before}: "
        "hãy dùng mã của đơn vị đó.",
        name=unit.name_on(on),
        code=unit.code,
        begin=vi_date(unit.valid_from or on),
        on=vi_date(on),
        before=Joined(tuple(before)),
    )


def _has_ended(unit: Unit, on: date) -> Sentence:
    end = unit.valid_to or on
    heirs = [named(part.unit, on) for part in heirs_on(unit, on)]
    if not heirs:
        return Sentence(
            "{name} (mã {code}) đã kết thúc ngày {end}; chưa đối chiếu được nay thuộc đơn vị nào. "
            "Hãy ghi ngày khi đơn vị cũ còn hoạt động, hoặc tra mã của đơn vị mới.",
            name=unit.name_on(end),
            code=unit.code,
            end=vi_date(end),
        )
    return Sentence(
        "{name} (mã {code}) đã kết thúc ngày {end}; nay thuộc {heirs}. "
        "Hãy dùng mã của đơn vị mới, hoặc ghi ngày khi đơn vị cũ còn hoạt động.",
        name=unit.name_on(end),
        code=unit.code,
        end=vi_date(end),
        heirs=Joined(tuple(heirs)),
    )


def named(unit: Unit, on: date) -> Sentence:
    """A unit as it is called on a day, with its code where it has one."""
    name = unit.name_on(on)
    if not unit.code:
        return Sentence("{name}", name=name)
    return Sentence("{name} (mã {code})", name=name, code=unit.code)


def villages_of(commune: Unit, on: date) -> QuerySet[Unit]:
    """The villages of a commune on a day, by name."""
    return units_on(on, Level.VILLAGE).filter(parent=commune).order_by("folded")


def subtree(unit: Unit) -> Q:
    """The condition that a unit is this one or stands below it."""
    return Q(path__startswith=unit.path)


def area_type_on(unit: Unit, on: date) -> str:
    """Rural, urban or blank (not known) on a day: the unit's own, else that of the unit above."""
    own = unit.naming_on(on).area_type
    if own or unit.level != Level.VILLAGE or unit.parent is None:
        return own
    return area_type_on(unit.parent, on)


def as_on(unit: Unit, on: date) -> Unit:
    """A unit for showing, called as it was on a day; never to be saved."""
    naming = unit.naming_on(on)
    if naming.valid_to is None:
        return unit
    shown = copy(unit)
    shown.name, shown.folded = naming.name, fold(naming.name)
    shown.kind, shown.area_type = naming.kind, naming.area_type
    return shown


def all_as_on(units: Iterable[Unit], on: date) -> list[Unit]:
    """Some units for showing, called as they were on a day; never to be saved."""
    return [as_on(unit, on) for unit in units]


def find_units(text: str, on: date, limit: int = 20) -> list[Unit]:
    """Units whose name contains the text, diacritics aside."""
    return list(
        units_on(on).filter(folded__contains=fold(text)).order_by("level", "folded")[:limit]
    )
