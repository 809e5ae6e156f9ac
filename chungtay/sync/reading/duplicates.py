"""The same person or household written twice in one list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from chungtay.rulebook.folding import fold
from chungtay.sync.reading.drafts import HouseholdDraft, MemberDraft
from chungtay.sync.reading.messages import Message, masked, quoted, say

Columns = dict[str, str]


def mark_duplicates(
    households: Sequence[HouseholdDraft], columns: Columns
) -> tuple[HouseholdDraft, ...]:
    """Add a message to every household that shares an ID, or is written twice.

    ``columns`` gives the column letter of a meaning, for the place named in the message.
    """
    added: list[list[Message]] = [[] for _ in households]
    _same_ids(households, columns, added)
    _same_members(households, columns, added)
    _same_households(households, columns, added)
    return tuple(
        replace(household, messages=(*household.messages, *messages)) if messages else household
        for household, messages in zip(households, added, strict=True)
    )


def _same_ids(
    households: Sequence[HouseholdDraft], columns: Columns, added: list[list[Message]]
) -> None:
    holders: dict[str, list[tuple[int, MemberDraft]]] = defaultdict(list)
    for place, household in enumerate(households):
        for member in household.members:
            if member.citizen_id:
                holders[member.citizen_id].append((place, member))
    column = columns.get("citizen_id", "A")
    for number, held in holders.items():
        for place, member in held:
            inside = [one.row for where, one in held if where == place]
            others = [str(one.row) for where, one in held if where != place]
            value = masked(number)
            if member.row != inside[0]:
                said = {"first": inside[0], "value": value}
                added[place].append(say("id_twice_in_household", member.row, column, **said))
            elif others:
                said_others = {"others": ", ".join(others), "value": value}
                added[place].append(say("id_twice", member.row, column, **said_others))


def _same_members(
    households: Sequence[HouseholdDraft], columns: Columns, added: list[list[Message]]
) -> None:
    column = columns.get("full_name", columns.get("head_name", "A"))
    for place, household in enumerate(households):
        seen: dict[tuple[str, object], MemberDraft] = {}
        for member in household.members:
            first = seen.setdefault((fold(member.full_name), member.birth), member)
            if first is member or _ids_differ(first, member):
                continue
            said = {"first": first.row, "value": quoted(member.full_name)}
            added[place].append(say("member_twice", member.row, column, **said))


def _ids_differ(one: MemberDraft, other: MemberDraft) -> bool:
    return bool(one.citizen_id and other.citizen_id and one.citizen_id != other.citizen_id)


def _same_households(
    households: Sequence[HouseholdDraft], columns: Columns, added: list[list[Message]]
) -> None:
    column = columns.get("head_name", columns.get("full_name", "A"))
    alike: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, household in enumerate(households):
        if household.head is not None:
            key = (fold(household.head.full_name), fold(household.village or ""))
            alike[key].append(place)
    for places in alike.values():
        for place in places:
            twins = [
                other
                for other in places
                if other != place and _may_be_one(households[place], households[other])
            ]
            head = households[place].head
            if twins and head is not None:
                rows = ", ".join(str(households[twin].row) for twin in twins)
                said = {"others": rows, "value": quoted(head.full_name)}
                added[place].append(say("household_twice", head.row, column, **said))


def _may_be_one(one: HouseholdDraft, other: HouseholdDraft) -> bool:
    """Whether two households of one name and village can be the same: births and IDs agree."""
    first, second = one.head, other.head
    if first is None or second is None or _ids_differ(first, second):
        return False
    if first.birth is None or second.birth is None:
        return True
    return first.birth.earliest() <= second.birth.latest() and (
        second.birth.earliest() <= first.birth.latest()
    )
