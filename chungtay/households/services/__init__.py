"""Acts on the register, cut by subject."""

from chungtay.households.services.answers import record_answers
from chungtay.households.services.people import (
    add_household,
    correct_household,
    correct_person,
    read_citizen_id,
)
from chungtay.households.services.statuses import decide_status
from chungtay.households.services.taking_over import take_over_register
from chungtay.households.services.territory import end_village, merge_villages, split_village
from chungtay.households.services.territory_undo import undo_village_change

__all__ = [
    "add_household",
    "correct_household",
    "correct_person",
    "decide_status",
    "end_village",
    "merge_villages",
    "read_citizen_id",
    "record_answers",
    "split_village",
    "take_over_register",
    "undo_village_change",
]
