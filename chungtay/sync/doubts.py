"""Reasons to doubt or refuse a household of a list, seen against the register."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from chungtay.households.citizen_ids import index_of, masked
from chungtay.households.models import Person
from chungtay.places.models import Unit
from chungtay.rulebook.folding import fold
from chungtay.rulebook.wording import Sentence, catalogued, vi_date
from chungtay.sync.proposals import Letters, head_of, message
from chungtay.sync.reading.drafts import HouseholdDraft, MemberDraft
from chungtay.sync.reading.messages import Message
from chungtay.sync.register_index import Known, RegisterIndex, births_agree, ids_differ
from chungtay.sync.villages import Villages

# How many characters the register keeps of each text; a test holds them equal to its columns.
# A village's name leaves room for the kind that a bare one is given.
ROOM = {"code": 40, "address": 200, "village": 109, "decision": 60, "name": 120, "ethnicity": 30}


def ids_taken(
    given: Iterable[tuple[MemberDraft, str | None]],
    own: Known | None,
    index: RegisterIndex,
    letters: Letters,
) -> Iterator[Message]:
    """Citizen IDs that someone else in this register has, or had until death."""
    for member, number in given:
        dead = index.dead.get(index_of(number or ""))
        if dead is not None:
            yield _id_of_the_dead(member, number, dead, letters)
        holders = index.by_id.get(index_of(number or ""), [])
        if holders:
            known = next((one for one in holders if one is not own), holders[0])
            yield _id_in_register(member, number, known, own, letters)


def _id_of_the_dead(
    member: MemberDraft, number: str | None, dead: Person, letters: Letters
) -> Message:
    return message(
        "refused",
        member.row,
        letters.get("citizen_id", ""),
        "id_of_the_dead",
        "Số định danh {number} của {name} ({place}) trong sổ là của {kept}, mất ngày {day}. "
        "Hãy đối chiếu với thẻ; nếu ghi mất là nhầm thì sửa ở trang của hộ trước.",
        number=masked(number),
        name=member.full_name,
        kept=dead.full_name,
        day=vi_date(dead.died_on) if dead.died_on else "",
    )


def _id_in_register(
    member: MemberDraft, number: str | None, known: Known, own: Known | None, letters: Letters
) -> Message:
    text = (
        "Số định danh {number} của {name} ({place}) đã ghi cho một người của hộ {kept} trong sổ. "
        "Hãy đối chiếu với thẻ; một người chỉ thuộc một hộ."
    )
    if known is own:
        text = (
            "Số định danh {number} của {name} ({place}) đã ghi cho một người khác của hộ này "
            "trong sổ. Hãy đối chiếu với thẻ; một người chỉ thuộc một hộ."
        )
    return message(
        "doubtful",
        member.row,
        letters.get("citizen_id", ""),
        "id_in_register",
        text,
        number=masked(number),
        name=member.full_name,
        kept=known.household.head_name,
    )


def alike(
    draft: HouseholdDraft, village: Unit | None, index: RegisterIndex, letters: Letters
) -> Iterator[Message]:
    """Households in the same village that a new one may be, by the head's name and birth."""
    head = head_of(draft)
    for known in index.like_head(head.full_name, village):
        if not _may_be_one(head, known):
            continue
        kept = known.household
        yield message(
            "doubtful",
            draft.row,
            name_column(letters),
            "alike",
            "Hộ {name} ({place}) có thể trùng với hộ {kept}, {village}, đã có trong sổ: "
            "{why}. Chỉ đánh dấu để ghi thêm nếu đúng là hai hộ khác nhau.",
            name=head.full_name,
            kept=kept.head_name,
            village=kept.village.name if kept.village else catalogued("chưa rõ thôn"),
            why=_why_alike(head, known),
        )


def _may_be_one(head: MemberDraft, known: Known) -> bool:
    agree = births_agree(head.birth, known.head.birth if known.head else None)
    differ = ids_differ(head, known.head)
    if fold(head.full_name) == fold(known.household.head_name):
        return agree or not differ
    return agree and not differ


def _why_alike(head: MemberDraft, known: Known) -> Sentence:
    kept = known.head.birth if known.head else None
    same = fold(head.full_name) == fold(known.household.head_name)
    name = catalogued("cùng tên chủ hộ") if same else catalogued("tên chủ hộ gần giống")
    if not births_agree(head.birth, kept):
        text = "{name}, nhưng ngày sinh ghi khác ({given} và {kept})"
        return Sentence(text, name=name, given=head.birth, kept=kept)
    if head.birth is None or kept is None:
        return Sentence("{name}, chưa rõ ngày sinh để phân biệt", name=name)
    return Sentence("{name} và ngày sinh không trái nhau", name=name)


def code_of_another(
    draft: HouseholdDraft, known: Known, severity: Literal["doubtful", "refused"], letters: Letters
) -> Message:
    """The code of the draft belongs to another household."""
    return message(
        severity,
        draft.row,
        letters.get("code", ""),
        "code_of_another",
        "Mã hộ {code} ({place}) trong sổ là của hộ {kept}, danh sách ghi {name}. "
        "Hãy kiểm tra lại mã hộ.",
        code=draft.household_code,
        kept=known.household.head_name,
        name=head_of(draft).full_name,
    )


def code_twice(draft: HouseholdDraft, first: int, letters: Letters) -> Message:
    """The code stands at another household of the same list."""
    return message(
        "refused",
        draft.row,
        letters.get("code", ""),
        "code_twice",
        "Mã hộ {code} ({place}) đã dùng cho một hộ khác ở dòng {first}. Mỗi hộ một mã; "
        "hãy sửa mã, hoặc ghi hai phần này liền nhau nếu là một hộ.",
        code=draft.household_code,
        first=first,
    )


def several_alike(draft: HouseholdDraft, count: int, letters: Letters) -> Message:
    """More than one registered household may be meant."""
    return message(
        "doubtful",
        draft.row,
        name_column(letters),
        "several_alike",
        "Trong sổ có {count} hộ cùng tên chủ hộ với {place}; chưa biết danh sách nói hộ nào. "
        "Hãy ghi mã hộ, ngày sinh hoặc số định danh của chủ hộ.",
        count=count,
    )


def twice(draft: HouseholdDraft, first: int) -> Message:
    """Two households of the list mean one of the register."""
    return message(
        "refused",
        draft.row,
        "",
        "same_household_twice",
        "Dòng {row} và dòng {first} cùng nói về một hộ trong sổ. Hãy giữ một, hoặc gộp thành viên.",
        first=first,
    )


def unknown_village(draft: HouseholdDraft, villages: Villages, letters: Letters) -> Message:
    """The commune has villages, but none of this name."""
    return message(
        "refused",
        draft.row,
        letters.get("village", ""),
        "unknown_village",
        "{commune} không có “{name}” ({place}). Gần nhất là: {nearest}. "
        "Hãy sửa tên, hoặc thêm thôn trước khi nhập.",
        commune=villages.commune.name,
        name=draft.village,
        nearest=", ".join(villages.nearest(draft.village or "")),
    )


def too_long(draft: HouseholdDraft, letters: Letters) -> Message | None:
    """The first text that does not fit its place in the register."""
    for row, key, label, text, most in _texts(draft):
        if text and len(text) > most:
            return message(
                "refused",
                row,
                letters.get(key, ""),
                "too_long",
                "{label} ({place}) dài {length} ký tự, nhiều nhất {most}. "
                "Hãy rút ngắn, hoặc tách thành nhiều ô.",
                label=label,
                length=len(text),
                most=most,
            )
    return None


def _texts(draft: HouseholdDraft) -> Iterator[tuple[int, str, str, str | None, int]]:
    yield draft.row, "code", catalogued("Mã hộ"), draft.household_code, ROOM["code"]
    yield draft.row, "address", catalogued("Địa chỉ"), draft.address, ROOM["address"]
    yield draft.row, "village", catalogued("Tên thôn"), draft.village, ROOM["village"]
    yield (
        draft.row,
        "decision_number",
        catalogued("Số quyết định"),
        draft.decision_number,
        ROOM["decision"],
    )
    for member in draft.members:
        yield member.row, "full_name", catalogued("Họ và tên"), member.full_name, ROOM["name"]
        yield member.row, "ethnicity", catalogued("Dân tộc"), member.ethnicity, ROOM["ethnicity"]


def name_column(letters: Letters) -> str:
    """The column letter of the head's name."""
    return letters.get("head_name") or letters.get("full_name", "")
