"""What the register keeps, cut by subject: people and households, answers, statuses."""

from chungtay.households.models.answers import AnswerSheet
from chungtay.households.models.events import LifeEvent
from chungtay.households.models.merging import KeptApart, PairKind, RecordMerge
from chungtay.households.models.people import Household, Membership, Person, Sex
from chungtay.households.models.residences import Residence
from chungtay.households.models.statuses import Decision, HouseholdClass, PoorSubclass, StatusSpell

__all__ = [
    "AnswerSheet",
    "Decision",
    "Household",
    "HouseholdClass",
    "KeptApart",
    "LifeEvent",
    "Membership",
    "PairKind",
    "Person",
    "PoorSubclass",
    "RecordMerge",
    "Residence",
    "Sex",
    "StatusSpell",
]
