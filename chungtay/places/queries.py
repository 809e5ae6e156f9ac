"""Questions about units as they stood on a date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from chungtay.acts.refusing import Refused
from chungtay.places.models import Level, PopulationCount, Succession, Unit
from chungtay.rulebook.folding import fold
from chungtay.rulebook.lawbook import ProvinceSpell
from chungtay.rulebook.wording import Joined, Sentence, catalogued, vi_date


def standing(on: date) -> Q:
    """The condition that a unit exists on a day."""
    begun = Q(valid_from=None) | Q(valid_from__lte=on)
    return begun & (Q(valid_to=None) | Q(valid_to__gte=on)) & Q(withdrawn=False)


def units_on(on: date, level: str = "") -> QuerySet[Unit]:
    """The units that exist on a day, of one level or of all."""
    units = Unit.objects.filter(standing(on)).select_related("parent")
    return units.filter(level=level) if level else units


def unit_by_code(code: str, on: date, level: str = Level.COMMUNE) -> Unit:
    """The unit a code names on a day; Refused if unknown, not yet there, or ended."""
    unit = units_on(on, level).filter(code=code).first()
    if unit is not None:
        return unit
    other = Unit.objects.filter(level=level, code=code).order_by("valid_to").first()
    if other is None:
        raise Refused(
            Sentence(
                "Không có đơn vị nào mang mã {code}. Mã cấp xã gồm 5 chữ số, ví dụ 14824.",
                code=code,
            )
        )
    raise Refused(_not_standing(other, on))


def _not_standing(unit: Unit, on: date) -> Sentence:
    if unit.valid_to is not None and unit.valid_to < on:
        heirs = successors_of(unit)
        return Sentence(
            "{name} (mã {code}) đã kết thúc ngày {end}; nay thuộc {heirs}. "
            "Hãy dùng mã của đơn vị mới, hoặc ghi ngày khi đơn vị cũ còn hoạt động.",
            name=unit.name,
            code=unit.code,
            end=vi_date(unit.valid_to),
            heirs=Joined(
                tuple(
                    Sentence("{name} (mã {code})", name=heir.name, code=heir.code) for heir in heirs
                )
            )
            or catalogued("đơn vị chưa rõ"),
        )
    begin = vi_date(unit.valid_from) if unit.valid_from else catalogued("ngày chưa rõ")
    return Sentence(
        "{name} (mã {code}) chỉ có từ ngày {begin}. Hãy dùng mã của đơn vị cũ cho ngày {on}.",
        name=unit.name,
        code=unit.code,
        begin=begin,
        on=vi_date(on),
    )


def successors_of(unit: Unit) -> list[Unit]:
    """The units that took over this one, the whole or largest part first."""
    order = {Succession.Kind.WHOLE: 0, Succession.Kind.PART_MAIN: 1, Succession.Kind.PART: 2}
    rows = unit.successions.select_related("new").all()
    return [row.new for row in sorted(rows, key=lambda row: order[Succession.Kind(row.kind)])]


def origins_of(units: list[Unit]) -> list[Unit]:
    """The units that these took over whole or in their largest part."""
    kinds = [Succession.Kind.WHOLE, Succession.Kind.PART_MAIN]
    rows = Succession.objects.filter(new__in=units, kind__in=kinds).select_related("old__parent")
    return [row.old for row in rows]


def villages_of(commune: Unit, on: date) -> QuerySet[Unit]:
    """The villages of a commune on a day, by name."""
    return units_on(on, Level.VILLAGE).filter(parent=commune).order_by("folded")


def subtree(unit: Unit) -> Q:
    """The condition that a unit is this one or stands below it."""
    return Q(path__startswith=unit.path)


def population_on(unit: Unit, on: date) -> PopulationCount | None:
    """The latest count of households and persons known for a day; None if there is none."""
    return unit.population_counts.filter(on__lte=on).order_by("-on").first()


def area_type_of(unit: Unit) -> str:
    """Rural, urban or blank (not known): the unit's own, else that of the unit above."""
    if unit.area_type or unit.level != Level.VILLAGE or unit.parent is None:
        return unit.area_type
    return area_type_of(unit.parent)


def find_units(text: str, on: date, limit: int = 20) -> list[Unit]:
    """Units whose name contains the text, diacritics aside."""
    return list(
        units_on(on).filter(folded__contains=fold(text)).order_by("level", "folded")[:limit]
    )


def provinces_of(units: Iterable[Unit]) -> dict[int, frozenset[ProvinceSpell]]:
    """The provinces that each of some units lies in or its territory came from, with their dates.

    A unit above the commune answers for every commune below it; the country for none.
    """
    owners = _rows_behind([unit for unit in units if unit.level != Level.COUNTRY])
    found: dict[int, set[ProvinceSpell]] = {
        unit: set() for each in owners.values() for unit in each
    }
    for row in Unit.objects.filter(pk__in=owners, level=Level.PROVINCE, withdrawn=False):
        for unit in owners[row.pk]:
            found[unit].add(ProvinceSpell(row.code, row.valid_from, row.valid_to))
    return {unit: frozenset(spells) for unit, spells in found.items()}


def _rows_behind(units: list[Unit]) -> dict[int, set[int]]:
    """Every unit above, below or before some units, with the ids of those it stands behind."""
    owners: dict[int, set[int]] = defaultdict(set)
    for unit in units:
        paths = [unit.path]
        if unit.level in (Level.PROVINCE, Level.DISTRICT):
            below = Unit.objects.filter(subtree(unit), level=Level.COMMUNE)
            paths += below.values_list("path", flat=True)
        for path in paths:
            for step in _steps(path):
                owners[step].add(unit.pk)
    fresh = set(owners)
    kinds = [Succession.Kind.WHOLE, Succession.Kind.PART_MAIN]
    while fresh:
        rows = Succession.objects.filter(new__in=fresh, kind__in=kinds)
        fresh = set()
        for new, old_path in rows.values_list("new", "old__path"):
            for step in _steps(old_path):
                if not owners[new] <= owners[step]:
                    owners[step] |= owners[new]
                    fresh.add(step)
    return owners


def _steps(path: str) -> list[int]:
    return [int(step) for step in path.strip("/").split("/")]
