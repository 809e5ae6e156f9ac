"""Reading the official lists of units that the product carries (see data/README.md)."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db.models import CharField, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Concat

from chungtay.places.models import AreaType, Level, Succession, Unit
from chungtay.rulebook.folding import fold

DATA = Path(__file__).parent / "data"
LAST_DAY_OF_THREE_TIERS = date(2025, 6, 30)
FIRST_DAY_OF_TWO_TIERS = date(2025, 7, 1)
AREA_OF_KIND = {
    "Xã": AreaType.RURAL,
    "Phường": AreaType.URBAN,
    "Thị trấn": AreaType.URBAN,
}


@dataclass(frozen=True)
class Row:
    """One unit of an official list: its own code and name, and the code of the unit above."""

    level: str
    code: str
    name: str
    kind: str
    parent_code: str


def rows_of(file_name: str) -> Iterator[dict[str, str]]:
    """The rows of one list, as text."""
    with (DATA / file_name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def old_rows() -> list[Row]:
    """The three tiers as they stood on 30/6/2025, each unit once, upper ones first."""
    rows: dict[tuple[str, str], Row] = {}
    for line in rows_of("units_until_2025-06-30.csv"):
        province = _province(line)
        district = Row(
            Level.DISTRICT,
            line["district_code"],
            line["district"],
            line["district_type"],
            line["province_code"],
        )
        rows.setdefault((Level.PROVINCE, province.code), province)
        rows.setdefault((Level.DISTRICT, district.code), district)
        if line["commune_code"]:
            commune = Row(
                Level.COMMUNE,
                line["commune_code"],
                line["commune"],
                line["commune_type"],
                line["district_code"],
            )
            rows.setdefault((Level.COMMUNE, commune.code), commune)
    return _by_level(rows.values())


def new_rows() -> list[Row]:
    """The two tiers since 1/7/2025, each unit once, upper ones first."""
    rows: dict[tuple[str, str], Row] = {}
    for line in rows_of("units_from_2025-07-01.csv"):
        rows.setdefault((Level.PROVINCE, line["province_code"]), _province(line))
        rows[Level.COMMUNE, line["commune_code"]] = Row(
            Level.COMMUNE,
            line["commune_code"],
            line["commune"],
            line["commune_type"],
            line["province_code"],
        )
    return _by_level(rows.values())


def _province(line: dict[str, str]) -> Row:
    kind = "Thành phố" if line["province"].startswith("Thành phố") else "Tỉnh"
    return Row(Level.PROVINCE, line["province_code"], line["province"], kind, "")


def _by_level(rows: Iterable[Row]) -> list[Row]:
    order = [Level.PROVINCE, Level.DISTRICT, Level.COMMUNE]
    return sorted(rows, key=lambda row: (order.index(Level(row.level)), row.code))


def load_units() -> dict[str, int]:
    """Write the country, all units of both periods and their successions; counts by kind."""
    country = Unit.objects.create(
        level=Level.COUNTRY, kind="Nước", code="VN", name="Việt Nam", folded="viet nam"
    )
    country.path = f"/{country.id}/"
    country.save(update_fields=["path"])
    old = _write_units(old_rows(), country, None, LAST_DAY_OF_THREE_TIERS)
    new = _write_units(new_rows(), country, FIRST_DAY_OF_TWO_TIERS, None)
    successions = [
        Succession(
            old=old[Level.COMMUNE, line["old_commune_code"]],
            new=new[Level.COMMUNE, line["new_commune_code"]],
            kind=line["kind"],
            valid_from=FIRST_DAY_OF_TWO_TIERS,
        )
        for line in rows_of("unit_successors_2025-07-01.csv")
        if (Level.COMMUNE, line["old_commune_code"]) in old
    ]
    Succession.objects.bulk_create(successions, batch_size=2000)
    return {"old": len(old), "new": len(new), "successions": len(successions)}


def _write_units(
    rows: list[Row], country: Unit, begin: date | None, end: date | None
) -> dict[tuple[str, str], Unit]:
    written: dict[tuple[str, str], Unit] = {(Level.COUNTRY, ""): country}
    above = Level.COUNTRY
    for level in (Level.PROVINCE, Level.DISTRICT, Level.COMMUNE):
        batch = [
            _unit(row, written[above, row.parent_code], begin, end)
            for row in rows
            if row.level == level
        ]
        if not batch:
            continue
        Unit.objects.bulk_create(batch, batch_size=2000)
        written |= {(unit.level, unit.code): unit for unit in batch}
        above = level
    write_paths()
    return written


def write_paths() -> None:
    """Give every unit without a path its parent's path and its own number, level by level."""
    parents_path = Unit.objects.filter(id=OuterRef("parent_id")).values("path")[:1]
    own_step = Concat(Cast("id", CharField()), Value("/"))
    for level in (Level.PROVINCE, Level.DISTRICT, Level.COMMUNE):
        Unit.objects.filter(level=level, path="").update(
            path=Concat(Subquery(parents_path), own_step)
        )


def _unit(row: Row, parent: Unit, begin: date | None, end: date | None) -> Unit:
    return Unit(
        level=row.level,
        kind=row.kind,
        code=row.code,
        name=row.name,
        folded=fold(row.name),
        parent=parent,
        area_type=AREA_OF_KIND.get(row.kind, "") if row.level == Level.COMMUNE else "",
        valid_from=begin,
        valid_to=end,
    )
