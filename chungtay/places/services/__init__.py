"""Acts on units, cut by subject."""

from chungtay.places.services.loading import load_official_units
from chungtay.places.services.population import count_population
from chungtay.places.services.villages import (
    add_villages,
    correct_village,
    create_village,
    rename_village,
    village_kind,
)

__all__ = [
    "add_villages",
    "correct_village",
    "count_population",
    "create_village",
    "load_official_units",
    "rename_village",
    "village_kind",
]
