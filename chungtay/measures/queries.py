"""What is stored, and how often households have changed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from chungtay.measures.models import Change, StoredCube


def stored_cubes(communes: Iterable[int], standard: str, on: date) -> QuerySet[StoredCube]:
    """The cubes kept of some communes for a day, whether they still hold or not.

    Their standings, which fill most of a row, are fetched when they are looked at.
    """
    rows = StoredCube.objects.filter(commune__in=list(communes), standard=standard, on=on)
    return rows.defer("standings")


def times_of(households: QuerySet[Any]) -> dict[UUID, int]:
    """How often each of some households (a query of ids) has changed; none that never has."""
    return dict(Change.objects.filter(household__in=households).values_list("household", "times"))
