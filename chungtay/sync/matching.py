"""Holding a list against the register: which household is meant, what would change, what is odd."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from chungtay.places.models import Unit
from chungtay.places.queries import all_as_on, villages_of
from chungtay.rulebook.folding import fold
from chungtay.sync.differences import differences
from chungtay.sync.doubts import (
    alike,
    code_of_another,
    code_twice,
    ids_taken,
    several_alike,
    too_long,
    twice,
    unknown_village,
)
from chungtay.sync.moving import Looking, arrivals, without_clashes
from chungtay.sync.persons import People
from chungtay.sync.proposals import Letters, Outcome, Preview, Proposal, head_of, message
from chungtay.sync.reading.drafts import HouseholdDraft, MemberDraft, ReadList
from chungtay.sync.reading.messages import Message
from chungtay.sync.register_index import (
    Known,
    RegisterIndex,
    births_agree,
    ids_differ,
    index_register,
)
from chungtay.sync.villages import Villages, new_villages, village_key

EXAMPLE = "Ví dụ"


@dataclass
class _Desk:
    """What a whole list is compared with, and which households and codes it has named so far."""

    on: date
    villages: Villages
    offered: dict[str, str]
    index: RegisterIndex
    letters: Letters
    looking: Looking
    staying: set[int] = field(default_factory=set)
    households: dict[object, int] = field(default_factory=dict)
    codes: dict[str, int] = field(default_factory=dict)


def preview_list(read: ReadList, commune: Unit, on: date) -> Preview:
    """What importing a list into a commune as of a day would do; nothing is written."""
    drafts = [one for one in read.households if not is_example(one)]
    taken = [one for one in drafts if not one.refused]
    villages = Villages(commune, all_as_on(villages_of(commune, on), on))
    offered = {} if villages.standing else new_villages(villages, (one.village for one in taken))
    letters = {column.key: column.letter for column in read.columns if column.key}
    index = index_register(commune, on)
    looking = Looking(People.of(index.known.values()), on, letters)
    desk = _Desk(on, villages, offered, index, letters, looking)
    proposals = [_propose(draft, desk) for draft in drafts]
    return Preview(
        proposals=without_clashes(proposals, desk.staying),
        new_villages=tuple(_offer(desk, taken)),
        notes=(*read.messages, *examples(read.households)),
        sheet=read.sheet,
        header_row=read.header_row,
        columns=read.columns,
    )


def is_example(draft: HouseholdDraft) -> bool:
    """Whether these rows are the example that the template shows, left in by its user."""
    return any(fold(one.notes or "").startswith(fold(EXAMPLE)) for one in draft.members)


def examples(drafts: Iterable[HouseholdDraft]) -> Iterable[Message]:
    """The note that names the rows of the example, where it was left in."""
    rows = [str(row) for one in drafts if is_example(one) for row in one.rows]
    if rows:
        text = "Bỏ qua dòng {rows}: là dòng ví dụ của tệp mẫu."
        yield message("note", int(rows[0]), "", "example", text, rows=", ".join(rows))


def _offer(desk: _Desk, drafts: Iterable[HouseholdDraft]) -> Iterable[Message]:
    """One doubtful line for each village a first list would make."""
    first_rows: dict[str, int] = {}
    for draft in drafts:
        if draft.village:
            first_rows.setdefault(village_key(draft.village), draft.row)
    for key, name in desk.offered.items():
        yield message(
            "doubtful",
            first_rows[key],
            desk.letters.get("village", ""),
            "new_village",
            "{commune} chưa có thôn, tổ nào trong sổ; sẽ tạo “{name}” ({place}) nếu được đồng ý.",
            commune=desk.villages.commune.name,
            name=name,
        )


def _propose(draft: HouseholdDraft, desk: _Desk) -> Proposal:
    if draft.refused:
        return _refuse(draft)
    if long := too_long(draft, desk.letters):
        return _refuse(draft, long)
    village = desk.villages.find(draft.village) if draft.village else None
    new_village = desk.offered.get(village_key(draft.village)) if draft.village else None
    if draft.village and village is None and new_village is None:
        return _refuse(draft, unknown_village(draft, desk.villages, desk.letters))
    if first := _code_used(draft, desk):
        return _refuse(draft, code_twice(draft, first, desk.letters))
    known, odd = _same_household(draft, village, desk)
    if known is None:
        return _add(draft, village, new_village, odd, desk)
    first = desk.households.setdefault(known.household.id, draft.row)
    if first != draft.row:
        return _refuse(draft, twice(draft, first))
    return _update(draft, known, village, odd, desk)


def _code_used(draft: HouseholdDraft, desk: _Desk) -> int | None:
    """The row of another household of the list that has the same code."""
    if not draft.household_code:
        return None
    first = desk.codes.setdefault(fold(draft.household_code), draft.row)
    return first if first != draft.row else None


def _refuse(draft: HouseholdDraft, *reasons: Message) -> Proposal:
    return Proposal(draft, "refused", messages=(*draft.messages, *reasons))


def _add(
    draft: HouseholdDraft,
    village: Unit | None,
    new_village: str | None,
    odd: Sequence[Message],
    desk: _Desk,
) -> Proposal:
    near = list(alike(draft, village, desk.index, desk.letters))
    # Whoever heads a household that is much alike has been told of.
    newcomers = draft.members[1:] if near else draft.members
    arrived = arrivals(draft, newcomers, None, _ids_of(village), desk.looking)
    ids = _numbers((one, one.citizen_id) for one in draft.members if one.row not in arrived.moves)
    messages = [
        *draft.messages,
        *odd,
        *ids_taken(ids, None, desk.index, desk.letters),
        *near,
        *arrived.messages,
    ]
    severities = {one.severity for one in messages}
    doubtful = new_village is not None or "doubtful" in severities
    return Proposal(
        draft,
        "refused" if "refused" in severities else "doubtful" if doubtful else "added",
        village=village,
        new_village=new_village,
        moves=arrived.moves,
        sides=tuple(arrived.sides),
        new_class=draft.household_class,
        new_subclass=draft.subclass or "",
        messages=tuple(messages),
    )


def _update(
    draft: HouseholdDraft, known: Known, village: Unit | None, odd: Sequence[Message], desk: _Desk
) -> Proposal:
    found = differences(draft, known, village, desk.on, desk.letters)
    desk.staying.update(found.paired)
    newcomers = [one.draft for one in found.members if one.person is None]
    villages = _ids_of(village or known.household.village)
    arrived = arrivals(draft, newcomers, known, villages, desk.looking)
    changes = (one for one in found.members if one.draft.row not in arrived.moves)
    ids = _numbers((one.draft, one.new_id) for one in changes)
    messages = [
        *draft.messages,
        *odd,
        *found.messages,
        *ids_taken(ids, known, desk.index, desk.letters),
        *arrived.messages,
    ]
    if "code" in found.fields and fold(found.fields["code"]) in desk.index.by_code:
        other = desk.index.by_code[fold(found.fields["code"])]
        messages.append(code_of_another(draft, other, "refused", desk.letters))
    return Proposal(
        draft,
        outcome_of(bool(found.changes), messages),
        village=village,
        household=known.household.id,
        fields=found.fields,
        answers=found.answers,
        members=tuple(found.members),
        moves=arrived.moves,
        sides=tuple(arrived.sides),
        new_class=found.new_class,
        new_subclass=found.new_subclass,
        changes=tuple(found.changes),
        messages=tuple(messages),
    )


def _ids_of(village: Unit | None) -> frozenset[int]:
    return frozenset() if village is None else frozenset([village.pk])


def _numbers(
    given: Iterable[tuple[MemberDraft, str | None]],
) -> list[tuple[MemberDraft, str | None]]:
    return [(member, number) for member, number in given if number]


def outcome_of(changes: bool, messages: Iterable[Message]) -> Outcome:
    """What is to be done with a known household, by what would change and what there is to say."""
    severities = {one.severity for one in messages}
    if "refused" in severities:
        return "refused"
    if not changes:
        return "unchanged"
    return "doubtful" if "doubtful" in severities else "changed"


def _same_household(
    draft: HouseholdDraft, village: Unit | None, desk: _Desk
) -> tuple[Known | None, list[Message]]:
    """The registered household a draft means: by its head's ID, its code, its head's name."""
    head = head_of(draft)
    index = desk.index
    known = index.of_head_id(head.citizen_id)
    if known is not None and not _founds_another(draft, head, known):
        return known, []
    if draft.household_code and (known := index.by_code.get(fold(draft.household_code))):
        return known, _other_head(draft, head, known, desk)
    same = [one for one in index.of_head(head.full_name, village) if _same_head(draft, head, one)]
    if len(same) == 1:
        return same[0], []
    return None, [several_alike(draft, len(same), desk.letters)] if same else []


def _founds_another(draft: HouseholdDraft, head: MemberDraft, known: Known) -> bool:
    """Whether a member of one household heads another one now: the codes tell them apart."""
    if known.head is not None and not ids_differ(head, known.head) and known.head.id_index:
        return False
    codes = {fold(code) for code in (draft.household_code, known.household.code) if code}
    return len(codes) > 1


def _same_head(draft: HouseholdDraft, head: MemberDraft, known: Known) -> bool:
    """Whether a household with a head of this name is the one meant; an exact birth outweighs."""
    kept = known.head.birth if known.head else None
    codes = {fold(code) for code in (draft.household_code, known.household.code) if code}
    if ids_differ(head, known.head) or len(codes) > 1:
        return kept is not None and kept.is_whole and kept == head.birth
    return births_agree(head.birth, kept)


def _other_head(
    draft: HouseholdDraft, head: MemberDraft, known: Known, desk: _Desk
) -> list[Message]:
    """A code that belongs to a household in which nobody is called like this head."""
    if fold(head.full_name) in {row.person.folded_name for row in known.members}:
        return []
    return [code_of_another(draft, known, "doubtful", desk.letters)]
