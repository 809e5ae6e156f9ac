"""Acts on units, cut by subject."""

from chungtay.places.services.loading import load_official_units
from chungtay.places.services.population import Counted, count_population, count_populations
from chungtay.places.services.villages import (
    add_villages,
    correct_village,
    create_village,
    rename_village,
    village_kind,
)

__all__ = [
    "Counted",
    "add_villages",
    "correct_village",
    "count_population",
    "count_populations",
    "create_village",
    "load_official_units",
    "rename_village",
    "village_kind",
]
