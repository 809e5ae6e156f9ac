"""Life events: one act each, taken back by one."""

from chungtay.households.services.life.arriving import join_household, marry_in, record_birth
from chungtay.households.services.life.leaving import (
    change_head,
    change_relation,
    leave_household,
    record_death,
)
from chungtay.households.services.life.moving import (
    accept_move,
    move_out,
    move_within,
    return_move,
    take_slip,
)
from chungtay.households.services.life.occasions import Occasion
from chungtay.households.services.life.regrouping import merge_household, split_household
from chungtay.households.services.life.undoing import undo_event

__all__ = [
    "Occasion",
    "accept_move",
    "change_head",
    "change_relation",
    "join_household",
    "leave_household",
    "marry_in",
    "merge_household",
    "move_out",
    "move_within",
    "record_birth",
    "record_death",
    "return_move",
    "split_household",
    "take_slip",
    "undo_event",
]
