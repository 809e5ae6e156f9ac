"""Questions about units as they stood on a date, cut by subject."""

from chungtay.places.queries.population import counts_of, gap, population_on, populations_on
from chungtay.places.queries.provinces import provinces_of
from chungtay.places.queries.territory import (
    Heir,
    Territory,
    heirs_on,
    like_for_like,
    origins_of,
    successors_of,
    territories_on,
    territory_on,
)
from chungtay.places.queries.units import (
    all_as_on,
    area_type_on,
    as_on,
    find_units,
    named,
    standing,
    subtree,
    unit_by_code,
    units_on,
    villages_of,
)

__all__ = [
    "Heir",
    "Territory",
    "all_as_on",
    "area_type_on",
    "as_on",
    "counts_of",
    "find_units",
    "gap",
    "heirs_on",
    "like_for_like",
    "named",
    "origins_of",
    "population_on",
    "populations_on",
    "provinces_of",
    "standing",
    "subtree",
    "successors_of",
    "territories_on",
    "territory_on",
    "unit_by_code",
    "units_on",
    "villages_of",
]
