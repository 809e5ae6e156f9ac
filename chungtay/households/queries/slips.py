"""What a moving paper says of a household: who, how related, born in which year, which class."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from chungtay.households.models import Household, Membership
from chungtay.households.queries.statuses import history_of


def slip_of(household: Household, rows: Iterable[Membership], on: date) -> dict[str, Any]:
    """The moving paper as it is written on a household's last day at a place.

    It is kept with the move: the receiving officer reads it instead of the household, and the
    place left behind goes on seeing the people as they were written on that day.
    """
    return {
        "head": household.head_name,
        "code": household.code,
        "address": household.address,
        "village": household.village.name if household.village else "",
        "members": [
            {
                "person": str(row.person_id),
                "name": row.person.full_name,
                "relation": row.relation,
                "sex": row.person.sex,
                "birth": [row.person.birth_year, row.person.birth_month, row.person.birth_day],
            }
            for row in rows
        ],
        "statuses": [
            {
                "standard": spell.standard,
                "class": spell.household_class,
                "from": spell.valid_from.isoformat(),
                "decision": _decision(spell),
            }
            for spell in history_of(household)
            if spell.valid_from <= on and (spell.valid_to is None or spell.valid_to >= on)
        ],
    }


def _decision(spell: Any) -> dict[str, str] | None:
    if spell.decision is None:
        return None
    return {
        "number": spell.decision.number,
        "on": spell.decision.issued_on.isoformat(),
        "issuer": spell.decision.issuer,
    }
