"""Holding a list against the register: which household is meant, what would change, what is odd."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from rapidfuzz import fuzz

from chungtay.households.citizen_ids import index_of, masked
from chungtay.places.models import Unit
from chungtay.places.queries import villages_of
from chungtay.rulebook.folding import fold
from chungtay.sync.differences import differences
from chungtay.sync.proposals import Outcome, Preview, Proposal, message
from chungtay.sync.reading.drafts import HouseholdDraft, ReadList
from chungtay.sync.reading.messages import Message
from chungtay.sync.register_index import Known, RegisterIndex, births_agree, index_register
from chungtay.sync.villages import Villages, new_villages, village_key

LIKENESS = 88


def preview_list(read: ReadList, commune: Unit, on: date) -> Preview:
    """What importing a list into a commune as of a day would do; nothing is written."""
    drafts = read.households
    villages = Villages(commune, list(villages_of(commune, on)))
    offered = {} if villages.standing else new_villages(villages, (one.village for one in drafts))
    index = index_register(commune, on, (member for one in drafts for member in one.members))
    taken: dict[object, int] = {}
    proposals = tuple(_propose(draft, villages, offered, index, on, taken) for draft in drafts)
    return Preview(proposals, tuple(_offer(offered, drafts, commune)), read.messages)


def _offer(
    offered: dict[str, str], drafts: Iterable[HouseholdDraft], commune: Unit
) -> Iterable[Message]:
    """One doubtful line for each village a first list would make."""
    first_rows: dict[str, int] = {}
    for draft in drafts:
        if draft.village:
            first_rows.setdefault(village_key(draft.village), draft.row)
    for key, name in offered.items():
        yield message(
            "doubtful",
            first_rows[key],
            "",
            "new_village",
            "{commune} chưa có thôn, tổ nào trong sổ; sẽ tạo “{name}” (dòng {row}) nếu được đồng ý.",
            commune=commune.name,
            name=name,
        )


def _propose(
    draft: HouseholdDraft,
    villages: Villages,
    offered: dict[str, str],
    index: RegisterIndex,
    on: date,
    taken: dict[object, int],
) -> Proposal:
    if draft.refused:
        return Proposal(draft, "refused", messages=draft.messages)
    village = villages.find(draft.village) if draft.village else None
    new_village = offered.get(village_key(draft.village)) if draft.village else None
    if draft.village and village is None and new_village is None:
        unknown = _unknown_village(draft, villages)
        return Proposal(draft, "refused", messages=(*draft.messages, unknown))
    known, odd = _same_household(draft, village, index)
    if known is not None:
        repeated = taken.setdefault(known.household.id, draft.row)
        if repeated != draft.row:
            return Proposal(draft, "refused", messages=(*draft.messages, _twice(draft, repeated)))
        return _update(draft, known, village, on, odd)
    messages = [*draft.messages, *odd, *_duplicates(draft, village, index)]
    doubtful = new_village is not None or any(one.severity == "doubtful" for one in messages)
    return Proposal(
        draft,
        "doubtful" if doubtful else "added",
        village=village,
        new_village=new_village,
        new_class=draft.household_class,
        messages=tuple(messages),
    )


def _update(
    draft: HouseholdDraft, known: Known, village: Unit | None, on: date, odd: list[Message]
) -> Proposal:
    found = differences(draft, known, village, on)
    messages = (*draft.messages, *odd, *found.messages)
    return Proposal(
        draft,
        _outcome(bool(found.changes), messages),
        village=village,
        household=known.household.id,
        fields=found.fields,
        answers=found.answers,
        members=tuple(found.members),
        new_class=found.new_class,
        changes=tuple(found.changes),
        messages=messages,
    )


def _outcome(changes: bool, messages: Iterable[Message]) -> Outcome:
    severities = {one.severity for one in messages}
    if "refused" in severities:
        return "refused"
    if not changes:
        return "unchanged"
    return "doubtful" if "doubtful" in severities else "changed"


def _same_household(
    draft: HouseholdDraft, village: Unit | None, index: RegisterIndex
) -> tuple[Known | None, list[Message]]:
    """The registered household a draft means: by its head's ID, its code, its head's name."""
    head = draft.head
    assert head is not None  # a draft without a head is refused before
    if head.citizen_id and (known := index.by_id.get(index_of(head.citizen_id))) is not None:
        return known, []
    if draft.household_code and (known := index.by_code.get(draft.household_code)) is not None:
        return known, _code_of_another(draft, known)
    alike = [
        one
        for one in index.by_head.get(fold(head.full_name), [])
        if _village_agrees(one, village)
        and births_agree(head.birth, one.head.birth if one.head else None)
    ]
    if len(alike) == 1:
        return alike[0], []
    if alike:
        return None, [_several(draft, len(alike))]
    return None, []


def _village_agrees(known: Known, village: Unit | None) -> bool:
    kept = known.household.village_id
    return village is None or kept is None or kept == village.id


def _code_of_another(draft: HouseholdDraft, known: Known) -> list[Message]:
    name = draft.head.full_name if draft.head else ""
    if fold(name) == fold(known.household.head_name):
        return []
    return [
        message(
            "doubtful",
            draft.row,
            "",
            "code_of_another",
            "Mã hộ {code} (dòng {row}) trong sổ là của hộ {kept}, danh sách ghi {name}. "
            "Hãy kiểm tra lại mã hộ.",
            code=draft.household_code,
            kept=known.household.head_name,
            name=name,
        )
    ]


def _duplicates(
    draft: HouseholdDraft, village: Unit | None, index: RegisterIndex
) -> Iterable[Message]:
    """Reasons to think that a new household, or someone in it, stands in the register already."""
    for member in draft.members:
        if not member.citizen_id:
            continue
        key = index_of(member.citizen_id)
        if (known := index.by_id.get(key)) is not None:
            yield message(
                "doubtful",
                member.row,
                "",
                "id_in_register",
                "Số định danh {number} của {name} (dòng {row}) đã ghi cho một người của hộ {kept} "
                "trong sổ. Hãy đối chiếu với thẻ; một người chỉ thuộc một hộ.",
                number=masked(member.citizen_id),
                name=member.full_name,
                kept=known.household.head_name,
            )
        elif key in index.elsewhere:
            yield message(
                "doubtful",
                member.row,
                "",
                "id_elsewhere",
                "Số định danh {number} của {name} (dòng {row}) đã có trong sổ của một xã khác. "
                "Hãy hỏi lại hộ có mới chuyển đến không.",
                number=masked(member.citizen_id),
                name=member.full_name,
            )
    yield from _alike(draft, village, index)


def _alike(draft: HouseholdDraft, village: Unit | None, index: RegisterIndex) -> Iterable[Message]:
    head = draft.head
    assert head is not None
    folded = fold(head.full_name)
    for name, households in index.by_head.items():
        likeness = fuzz.ratio(folded, name)
        for known in households if likeness >= LIKENESS else ():
            kept_birth = known.head.birth if known.head else None
            if not _village_agrees(known, village) or not births_agree(head.birth, kept_birth):
                continue
            yield message(
                "doubtful",
                draft.row,
                "",
                "alike",
                "Hộ {name} (dòng {row}) có thể trùng với hộ {kept}, {village} trong sổ: "
                "tên gần giống, cùng thôn và ngày sinh không trái nhau. Chỉ ghi thêm nếu là hai hộ.",
                name=head.full_name,
                kept=known.household.head_name,
                village=known.household.village or "chưa rõ thôn",
            )


def _several(draft: HouseholdDraft, count: int) -> Message:
    return message(
        "doubtful",
        draft.row,
        "",
        "several_alike",
        "Trong sổ có {count} hộ cùng tên chủ hộ với dòng {row}; chưa biết danh sách nói hộ nào. "
        "Hãy ghi mã hộ, ngày sinh hoặc số định danh của chủ hộ.",
        count=count,
    )


def _twice(draft: HouseholdDraft, first: int) -> Message:
    return message(
        "refused",
        draft.row,
        "",
        "same_household_twice",
        "Dòng {row} và dòng {first} cùng nói về một hộ trong sổ. Hãy giữ một, hoặc gộp thành viên.",
        first=first,
    )


def _unknown_village(draft: HouseholdDraft, villages: Villages) -> Message:
    return message(
        "refused",
        draft.row,
        "",
        "unknown_village",
        "{commune} không có “{name}” (dòng {row}). Gần nhất là: {nearest}. "
        "Hãy sửa tên, hoặc thêm thôn trước khi nhập.",
        commune=villages.commune.name,
        name=draft.village,
        nearest=", ".join(villages.nearest(draft.village or "")),
    )
