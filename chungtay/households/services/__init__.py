"""Acts on the register, cut by subject."""

from chungtay.households.services.answers import record_answers
from chungtay.households.services.people import (
    add_household,
    correct_household,
    correct_person,
    read_citizen_id,
)
from chungtay.households.services.statuses import decide_status

__all__ = [
    "add_household",
    "correct_household",
    "correct_person",
    "decide_status",
    "read_citizen_id",
    "record_answers",
]
