"""What a list says differently of a registered household; a blank never erases what is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from chungtay.households.citizen_ids import index_of, masked
from chungtay.households.models import HouseholdClass, Membership, Sex
from chungtay.households.models.people import HEAD
from chungtay.places.models import Unit
from chungtay.rulebook.folding import fold
from chungtay.rulebook.loading import law
from chungtay.sync.proposals import Change, MemberChange, message
from chungtay.sync.reading.drafts import HouseholdDraft, MemberDraft
from chungtay.sync.reading.messages import Message
from chungtay.sync.register_index import Known, births_agree, more_exact


@dataclass
class Differences:
    """The differences of one household, gathered while they are found."""

    fields: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, Any] = field(default_factory=dict)
    members: list[MemberChange] = field(default_factory=list)
    new_class: str | None = None
    changes: list[Change] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)

    def change(self, row: int, label: str, before: object, after: object) -> None:
        """Note one change in words."""
        self.changes.append(Change(row, label, str(before or ""), str(after)))


def differences(
    draft: HouseholdDraft, known: Known, village: Unit | None, on: date
) -> Differences:
    """Everything the draft would change of a registered household."""
    found = Differences()
    _household_fields(draft, known, village, found)
    _answers(draft.row, "", draft.answers, known.answers.household, found.answers, found)
    free = list(known.members)
    for member in draft.members:
        row = _same_member(member, free)
        if row is None:
            found.members.append(MemberChange(member, None, answers=dict(member.answers)))
            found.change(member.row, "Thêm thành viên", "", member.full_name)
            continue
        free.remove(row)
        _member(member, row, known, found)
    _head(draft, known, found)
    _class(draft, known, on, found)
    if free:
        found.messages.append(_not_listed(draft, free))
    return found


def _household_fields(
    draft: HouseholdDraft, known: Known, village: Unit | None, found: Differences
) -> None:
    kept = known.household
    if village is not None and village.id != kept.village_id:
        found.fields["village"] = village
        found.change(draft.row, "Thôn, tổ dân phố", kept.village or "", village.name)
    for name, label, given in (
        ("code", "Mã hộ", draft.household_code),
        ("address", "Địa chỉ", draft.address),
    ):
        if given and given != getattr(kept, name):
            found.fields[name] = given
            found.change(draft.row, label, getattr(kept, name), given)


def _answers(
    row: int,
    who: str,
    given: Mapping[str, Any],
    kept: Mapping[str, Any],
    into: dict[str, Any],
    found: Differences,
) -> None:
    for name, value in given.items():
        if value is None or kept.get(name) == value:
            continue
        into[name] = value
        fact = law().facts.get(name)
        label = fact.label if fact else name
        found.change(row, f"{who}{label}", said(name, kept.get(name)), said(name, value))


def said(name: str, value: Any) -> str:
    """An answer in words, by the labels of the vocabulary."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "có" if value else "không"
    fact = law().facts.get(name)
    labels = {option.code: option.label for option in fact.options} if fact else {}
    if fact and fact.code_list:
        labels |= {code: one.label for code, one in law().codes[fact.code_list].items()}
    values = value if isinstance(value, list) else [value]
    return ", ".join(str(labels.get(str(one), one)) for one in values) or "không có"


def _same_member(draft: MemberDraft, free: list[Membership]) -> Membership | None:
    index = index_of(draft.citizen_id) if draft.citizen_id else None
    for row in free:
        if index is not None and row.person.id_index is not None:
            if bytes(row.person.id_index) == index:
                return row
    folded = fold(draft.full_name)
    for row in free:
        if row.person.folded_name == folded and births_agree(draft.birth, row.person.birth):
            return row
    return None


def _member(draft: MemberDraft, row: Membership, known: Known, found: Differences) -> None:
    fields: dict[str, Any] = {}
    answers: dict[str, Any] = {}
    person = row.person
    who = f"{person.full_name} – "
    if draft.full_name != person.full_name:
        fields["full_name"] = draft.full_name
        found.change(draft.row, "Họ và tên", person.full_name, draft.full_name)
        if fold(draft.full_name) != person.folded_name:
            found.messages.append(_other_name(draft, person.full_name))
    if draft.sex and draft.sex != person.sex:
        fields["sex"] = draft.sex
        found.change(draft.row, f"{who}Giới tính", _sex(person.sex), _sex(draft.sex))
    if more_exact(draft.birth, person.birth):
        fields["birth"] = draft.birth
        found.change(draft.row, f"{who}Ngày sinh", person.birth, draft.birth)
    if draft.ethnicity and draft.ethnicity != person.ethnicity:
        fields["ethnicity"] = draft.ethnicity
        found.change(draft.row, f"{who}Dân tộc", person.ethnicity, draft.ethnicity)
    if draft.relation and draft.relation != row.relation:
        fields["relation"] = draft.relation
        labels = law().codes["relation_to_head_bhxh"]
        names = [
            labels[code].label if code in labels else "" for code in (row.relation, draft.relation)
        ]
        found.change(draft.row, f"{who}Quan hệ với chủ hộ", *names)
    _citizen_id(draft, row, who, fields, found)
    kept = known.answers.members.get(str(person.id), {})
    _answers(draft.row, who, draft.answers, kept, answers, found)
    if fields or answers:
        found.members.append(MemberChange(draft, person.id, row.pk, fields, answers))


def _citizen_id(
    draft: MemberDraft, row: Membership, who: str, fields: dict[str, Any], found: Differences
) -> None:
    if not draft.citizen_id:
        return
    kept = row.person.id_index
    if kept is not None and bytes(kept) == index_of(draft.citizen_id):
        return
    fields["citizen_id"] = draft.citizen_id
    before = "số khác" if kept is not None else ""
    found.change(draft.row, f"{who}Số định danh", before, masked(draft.citizen_id))
    if kept is not None:
        found.messages.append(
            message(
                "doubtful",
                draft.row,
                "",
                "other_id",
                "Số định danh của {name} (dòng {row}) khác số đang có trong sổ. "
                "Hãy đối chiếu với thẻ trước khi ghi.",
                name=draft.full_name,
            )
        )


def _head(draft: HouseholdDraft, known: Known, found: Differences) -> None:
    """A new head needs the old one's new relation in the same list: a household has one head."""
    related = {one.membership: one.fields["relation"] for one in found.members if "relation" in one.fields}
    joined = any(one.person is None and one.draft.relation == HEAD for one in found.members)
    heads = [row for row in known.members if related.get(row.pk, row.relation) == HEAD]
    if len(heads) + joined == 1:
        if joined or HEAD in related.values():
            found.messages.append(_new_head(draft, known))
        return
    found.messages.append(
        message(
            "refused",
            draft.row,
            "",
            "head_unclear",
            "Dòng {row} ghi chủ hộ là {name}, trong sổ là {kept}. Nếu đổi chủ hộ, danh sách phải ghi cả "
            "hai người với quan hệ mới.",
            name=draft.head.full_name if draft.head else "",
            kept=known.household.head_name,
        )
    )


def _new_head(draft: HouseholdDraft, known: Known) -> Message:
    return message(
        "doubtful",
        draft.row,
        "",
        "new_head",
        "Dòng {row} đổi chủ hộ từ {kept} sang {name}. Hãy chắc chắn trước khi ghi.",
        kept=known.household.head_name,
        name=draft.head.full_name if draft.head else "",
    )


def _sex(code: str) -> str:
    return str(Sex(code).label) if code else ""


def _class(draft: HouseholdDraft, known: Known, on: date, found: Differences) -> None:
    kept = known.status.household_class if known.status else None
    if not draft.household_class or draft.household_class == kept:
        return
    found.new_class = draft.household_class
    before = HouseholdClass(kept).label if kept else "không thuộc diện"
    found.change(draft.row, "Diện", before, HouseholdClass(draft.household_class).label)
    if known.status is not None and known.status.valid_from >= class_day(draft, on):
        found.messages.append(
            message(
                "refused",
                draft.row,
                "",
                "class_before_status",
                "Diện ở dòng {row} tính từ ngày không sau ngày của diện đang có trong sổ. "
                "Hãy nhập với ngày muộn hơn, hoặc ghi đúng ngày quyết định.",
            )
        )


def class_day(draft: HouseholdDraft, on: date) -> date:
    """The day a listed class counts from: its decision's, else the day of the import."""
    return draft.decision_date or on


def _other_name(draft: MemberDraft, kept: str) -> Message:
    return message(
        "doubtful",
        draft.row,
        "",
        "other_name",
        "Dòng {row} có cùng số định danh với {kept} trong sổ nhưng ghi tên {name}. "
        "Hãy kiểm tra có đúng một người không.",
        kept=kept,
        name=draft.full_name,
    )


def _not_listed(draft: HouseholdDraft, free: list[Membership]) -> Message:
    return message(
        "note",
        draft.row,
        "",
        "not_listed",
        "Trong sổ, hộ này còn {names} không có trong danh sách; vẫn giữ nguyên.",
        names=", ".join(row.person.full_name for row in free),
    )
