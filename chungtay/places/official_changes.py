"""What the official lists gained since 1/7/2025: found where a database lacks it, then written.

Each part asks what stands already, so that a database of an earlier version is brought forward and
a second call finds nothing.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from chungtay.places.models import Level, Naming, Succession, Unit
from chungtay.places.official import (
    AREA_OF_KIND,
    FIRST_DAY_OF_TWO_TIERS,
    LAST_DAY_OF_THREE_TIERS,
    rows_of,
    write_paths,
)
from chungtay.rulebook.folding import fold

SUPPLEMENT = "units_before_2025_supplement.csv"
CHANGES = "unit_changes_2026.csv"
CHANGED_LEVELS = (Level.PROVINCE, Level.COMMUNE)
NAME_FIELDS = ("name", "folded", "kind", "area_type", "earlier_names")
WHOLE = Succession.Kind.WHOLE
BATCH = 2000


@dataclass
class Missing:
    """What a database lacks of the official lists, found but not written."""

    supplement: list[Unit]
    provinces: list[Succession]
    changes: list[Unit]

    def counts(self) -> dict[str, int]:
        """How many rows each part lacks."""
        return {
            "supplement": len(self.supplement),
            "provinces": len(self.provinces),
            "changes": len(self.changes),
        }

    def write(self) -> None:
        """Write everything found."""
        Unit.objects.bulk_create(self.supplement, batch_size=BATCH)
        write_paths()
        Succession.objects.bulk_create(self.provinces, batch_size=BATCH)
        Unit.objects.bulk_update(self.changes, NAME_FIELDS, batch_size=BATCH)


def find_missing() -> Missing:
    """What a database in which the units stand still lacks."""
    return Missing(_missing_ended_units(), _missing_province_successions(), _missing_changes())


def _missing_ended_units() -> list[Unit]:
    """The units that ended before 30/6/2025; nobody knows yet who succeeded them."""
    rows = list(rows_of(SUPPLEMENT))
    known = Unit.objects.filter(valid_to__lt=LAST_DAY_OF_THREE_TIERS, level=Level.COMMUNE)
    standing = set(known.values_list("code", flat=True))
    missing = [row for row in rows if row["commune_code"] not in standing]
    codes = {row["district_code"] for row in missing}
    districts = Unit.objects.filter(level=Level.DISTRICT, code__in=codes)
    by_code = {unit.code: unit for unit in districts}
    return [_ended_unit(row, by_code[row["district_code"]]) for row in missing]


def _ended_unit(row: dict[str, str], district: Unit) -> Unit:
    return Unit(
        level=Level.COMMUNE,
        kind=row["commune_type"],
        code=row["commune_code"],
        name=row["commune"],
        folded=fold(row["commune"]),
        parent=district,
        area_type=AREA_OF_KIND.get(row["commune_type"], ""),
        valid_to=date.fromisoformat(row["existed_until"]),
        verified=False,
        source=f"{SUPPLEMENT}: {row['mark']}",
    )


def _missing_province_successions() -> list[Succession]:
    """Who succeeded a province, read from its communes: whole where all went to one province."""
    if Succession.objects.filter(old__level=Level.PROVINCE).exists():
        return []
    heirs: dict[int, set[int]] = defaultdict(set)
    official = Succession.objects.filter(
        old__level=Level.COMMUNE, valid_from=FIRST_DAY_OF_TWO_TIERS
    )
    for old, new in official.values_list("old__parent__parent", "new__parent").distinct():
        if old is not None and new is not None:
            heirs[old].add(new)
    return [
        Succession(old_id=old, new_id=new.pop(), kind=WHOLE, valid_from=FIRST_DAY_OF_TWO_TIERS)
        for old, new in heirs.items()
        if len(new) == 1
    ]


def _missing_changes() -> list[Unit]:
    """Units that bear another name, but stay the same; a row about a code alone is no change."""
    rows = [row for row in rows_of(CHANGES) if row["before"] != row["after"]]
    codes = [row["code"] for row in rows]
    standing = Unit.objects.filter(level__in=CHANGED_LEVELS, code__in=codes, valid_to=None)
    units = {(unit.level, unit.code): unit for unit in standing}
    found = ((units.get((row["level"], row["code"])), row) for row in rows)
    return [unit for unit, row in found if unit is not None and _rename(unit, row)]


def _rename(unit: Unit, row: dict[str, str]) -> bool:
    """Give a unit its new name from a day on; False if it does not bear the old one (any more)."""
    if unit.name != row["before"]:
        return False
    kind = next(one for one in (*AREA_OF_KIND, "Thành phố") if row["after"].startswith(one))
    area = AREA_OF_KIND.get(kind, "") if unit.level == Level.COMMUNE else ""
    last_day = date.fromisoformat(row["from"]) - timedelta(days=1)
    paper = row[next(name for name in row if name.startswith("legal_basis"))]
    unit.take_name(
        Naming(row["after"], kind, area), last_day, paper.replace(" of ", " ngày "), verified=False
    )
    return True
