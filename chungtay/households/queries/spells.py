"""The condition that a dated span holds."""

from __future__ import annotations

from datetime import date

from django.db.models import Q


def spell_holds(on: date | None, prefix: str = "") -> Q:
    """The condition that a dated span holds on a day; None asks for the open ones."""
    if on is None:
        return Q(**{f"{prefix}valid_to": None})
    begun = Q(**{f"{prefix}valid_from": None}) | Q(**{f"{prefix}valid_from__lte": on})
    return begun & (Q(**{f"{prefix}valid_to": None}) | Q(**{f"{prefix}valid_to__gte": on}))
