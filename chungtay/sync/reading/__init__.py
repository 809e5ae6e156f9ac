"""Reading a household list as it really comes: workbook in, typed drafts with messages out."""

from chungtay.sync.reading.drafts import Column, HouseholdDraft, MemberDraft, ReadList, Title
from chungtay.sync.reading.lists import read_household_list
from chungtay.sync.reading.messages import Message, Severity
from chungtay.sync.reading.titles import read_title

__all__ = [
    "Column",
    "HouseholdDraft",
    "MemberDraft",
    "Message",
    "ReadList",
    "Severity",
    "Title",
    "read_household_list",
    "read_title",
]
