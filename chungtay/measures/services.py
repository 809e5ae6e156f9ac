"""Keeping cubes. This is no act: nothing of the register is changed, and anybody may look."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from chungtay.measures.models import StoredCube
from chungtay.measures.standings import Standing, as_stored, cells_of


def keep_cube(
    *,
    commune: int,
    standard: str,
    on: date,
    ground: str,
    standings: Mapping[str, Standing],
    checked_at: int,
) -> StoredCube:
    """Keep what was found of a commune's households on a day, in the place of what was before."""
    kept, _ = StoredCube.objects.update_or_create(
        commune_id=commune,
        standard=standard,
        year=on.year,
        defaults={
            "on": on,
            "ground": ground,
            "standings": as_stored(standings),
            "cells": cells_of(standings.values()),
            "checked_at": checked_at,
        },
    )
    return kept


def mark_checked(cubes: Iterable[StoredCube], at: int) -> None:
    """Note that some cubes still hold after so many acts."""
    ids = [one.pk for one in cubes if one.checked_at != at]
    if ids:
        StoredCube.objects.filter(pk__in=ids).update(checked_at=at)
