"""Multidimensional poverty measured: the additive cube and everything that follows from it.

These doors are light, for screens too. `samples` (standard errors), `changes` and `columns` (very
many cells) need NumPy and are imported by their own names, by what runs beside the web.
"""

from chungtay.rulebook.measuring.bounds import Bounds
from chungtay.rulebook.measuring.cells import Count, Cube, CubeBuilder, CubeError, Key
from chungtay.rulebook.measuring.figures import Figures, figures_at, figures_of
from chungtay.rulebook.measuring.measures import Measure, MeasureError, exactly
from chungtay.rulebook.measuring.movements import Move, Movements, movements_of
from chungtay.rulebook.measuring.ratios import Ratio, ratios_of
from chungtay.rulebook.measuring.rows import as_row
from chungtay.rulebook.measuring.standards import measure_of
from chungtay.rulebook.measuring.weighing import Weighing

__all__ = [
    "Bounds",
    "Count",
    "Cube",
    "CubeBuilder",
    "CubeError",
    "Figures",
    "Key",
    "Measure",
    "MeasureError",
    "Move",
    "Movements",
    "Ratio",
    "Weighing",
    "as_row",
    "exactly",
    "figures_at",
    "figures_of",
    "measure_of",
    "movements_of",
    "ratios_of",
]
