"""Acts on units, cut by subject."""

from chungtay.places.services.loading import load_official_units
from chungtay.places.services.population import count_population
from chungtay.places.services.villages import add_villages, create_village, village_kind

__all__ = [
    "add_villages",
    "count_population",
    "create_village",
    "load_official_units",
    "village_kind",
]
