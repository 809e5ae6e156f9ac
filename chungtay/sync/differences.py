"""What a list says differently of a registered household; a blank never erases what is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from rapidfuzz import fuzz

from chungtay.households.citizen_ids import index_of, masked
from chungtay.households.models import HouseholdClass, Membership, Sex
from chungtay.households.models.people import HEAD
from chungtay.places.models import Unit
from chungtay.rulebook.folding import fold
from chungtay.rulebook.loading import law
from chungtay.rulebook.wording import Sentence, catalogued, vi_number
from chungtay.sync.proposals import COLUMN_OF, Change, Letters, MemberChange, message, safe
from chungtay.sync.reading.drafts import HouseholdDraft, MemberDraft
from chungtay.sync.reading.messages import Message
from chungtay.sync.register_index import LIKENESS, Known, births_agree, ids_differ, more_exact

TYPED_BY_HAND = frozenset({"village", "code", "address", "full_name", "ethnicity"})


@dataclass
class Differences:
    """The differences of one household, gathered while they are found."""

    letters: Letters
    fields: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, Any] = field(default_factory=dict)
    members: list[MemberChange] = field(default_factory=list)
    paired: list[int] = field(default_factory=list)
    new_class: str | None = None
    new_subclass: str = ""
    changes: list[Change] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)

    def change(
        self, row: int, key: str, label: str | Sentence, before: object, after: object
    ) -> None:
        """Note one change in words, with the column of the list it comes from."""
        column = self.letters.get(COLUMN_OF.get(key, key), "")
        shown = [str(before or ""), str(after)]
        if key in TYPED_BY_HAND:
            shown = [safe(text) for text in shown]
        self.changes.append(Change(row, column, safe(label), *shown))


def differences(
    draft: HouseholdDraft, known: Known, village: Unit | None, on: date, letters: Letters
) -> Differences:
    """Everything the draft would change of a registered household."""
    found = Differences(letters)
    _household_fields(draft, known, village, found)
    _answers(draft.row, "", draft.answers, known.answers.household, found.answers, found)
    pairs, free = _pair_members(draft, known)
    for member, row in pairs:
        if row is None:
            _join(member, free, found)
        else:
            found.paired.append(row.pk)
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
        found.change(
            draft.row, "village", catalogued("Thôn, tổ dân phố"), kept.village or "", village.name
        )
    if draft.household_code and fold(draft.household_code) != fold(kept.code):
        found.fields["code"] = draft.household_code
        found.change(draft.row, "code", catalogued("Mã hộ"), kept.code, draft.household_code)
    if draft.address and draft.address != kept.address:
        found.fields["address"] = draft.address
        found.change(draft.row, "address", catalogued("Địa chỉ"), kept.address, draft.address)


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
        found.change(row, name, _of(who, label), said(name, kept.get(name)), said(name, value))


def _of(who: str, label: str) -> str | Sentence:
    return Sentence("{who} – {label}", who=who, label=label) if who else label


def said(name: str, value: Any) -> str:
    """An answer in words, by the labels of the vocabulary."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return catalogued("có") if value else catalogued("không")
    if isinstance(value, int | float):
        return vi_number(value)
    fact = law().facts.get(name)
    labels = {option.code: option.label for option in fact.options} if fact else {}
    if fact and fact.code_list:
        labels |= {code: one.label for code, one in law().codes[fact.code_list].items()}
    values = value if isinstance(value, list) else [value]
    return ", ".join(str(labels.get(str(one), one)) for one in values) or catalogued("không có")


def _pair_members(
    draft: HouseholdDraft, known: Known
) -> tuple[list[tuple[MemberDraft, Membership | None]], list[Membership]]:
    """Who of the list is who in the register, surest signs first; and who is not in the list."""
    free = list(known.members)
    found: dict[int, Membership] = {}
    for same in (_same_id, _same_name_and_birth, _same_name):
        for place, member in enumerate(draft.members):
            if place in found:
                continue
            row = next((row for row in free if same(member, row)), None)
            if row is not None:
                found[place] = row
                free.remove(row)
    return [(member, found.get(place)) for place, member in enumerate(draft.members)], free


def _same_id(draft: MemberDraft, row: Membership) -> bool:
    kept = row.person.id_index
    return bool(draft.citizen_id) and kept is not None and not ids_differ(draft, row.person)


def _same_name_and_birth(draft: MemberDraft, row: Membership) -> bool:
    same = row.person.folded_name == fold(draft.full_name)
    return same and births_agree(draft.birth, row.person.birth)


def _same_name(draft: MemberDraft, row: Membership) -> bool:
    same = row.person.folded_name == fold(draft.full_name)
    return same and not ids_differ(draft, row.person)


def _join(draft: MemberDraft, free: list[Membership], found: Differences) -> None:
    found.members.append(MemberChange(draft, None, answers=dict(draft.answers)))
    found.change(draft.row, "full_name", catalogued("Thêm thành viên"), "—", draft.full_name)
    for row in free:
        likeness = fuzz.ratio(fold(draft.full_name), row.person.folded_name)
        if likeness >= LIKENESS and births_agree(draft.birth, row.person.birth):
            found.messages.append(_member_alike(draft, row, found.letters))


def _member(draft: MemberDraft, row: Membership, known: Known, found: Differences) -> None:
    fields: dict[str, Any] = {}
    answers: dict[str, Any] = {}
    person = row.person
    who = person.full_name
    if says_more(draft.full_name, person.full_name):
        fields["full_name"] = draft.full_name
        found.change(
            draft.row, "full_name", catalogued("Họ và tên"), person.full_name, draft.full_name
        )
        if fold(draft.full_name) != person.folded_name:
            found.messages.append(_other_name(draft, person.full_name, found.letters))
    if draft.sex and draft.sex != person.sex:
        fields["sex"] = draft.sex
        found.change(
            draft.row, "sex", _of(who, catalogued("Giới tính")), _sex(person.sex), _sex(draft.sex)
        )
    if more_exact(draft.birth, person.birth):
        fields["birth"] = draft.birth
        key = "birth" if "birth" in found.letters else draft.sex or "birth_year"
        found.change(draft.row, key, _of(who, catalogued("Ngày sinh")), person.birth, draft.birth)
    if draft.ethnicity and draft.ethnicity != person.ethnicity:
        fields["ethnicity"] = draft.ethnicity
        found.change(
            draft.row,
            "ethnicity",
            _of(who, catalogued("Dân tộc")),
            person.ethnicity,
            draft.ethnicity,
        )
    if draft.relation and draft.relation != row.relation:
        fields["relation"] = draft.relation
        names = [_relation(code) for code in (row.relation, draft.relation)]
        found.change(draft.row, "relation", _of(who, catalogued("Quan hệ với chủ hộ")), *names)
    _citizen_id(draft, row, who, fields, found)
    kept = known.answers.members.get(str(person.id), {})
    _answers(draft.row, who, draft.answers, kept, answers, found)
    if fields or answers:
        found.members.append(MemberChange(draft, person.id, row.pk, fields, answers))


def says_more(given: str, kept: str) -> bool:
    """Whether a name differs by more than capitals, or marks that only the register has."""
    if fold(given) != fold(kept):
        return True
    if given.casefold() == kept.casefold():
        return given != kept and kept.isupper()
    return given.casefold() != fold(given)


def _citizen_id(
    draft: MemberDraft, row: Membership, who: str, fields: dict[str, Any], found: Differences
) -> None:
    if not draft.citizen_id:
        return
    kept = row.person.id_index
    if kept is not None and bytes(kept) == index_of(draft.citizen_id):
        return
    fields["citizen_id"] = draft.citizen_id
    before = catalogued("số khác") if kept is not None else ""
    shown = masked(draft.citizen_id)
    found.change(draft.row, "citizen_id", _of(who, catalogued("Số định danh")), before, shown)
    if kept is not None:
        found.messages.append(
            message(
                "doubtful",
                draft.row,
                found.letters.get("citizen_id", ""),
                "other_id",
                "Số định danh của {name} ({place}) khác số đang có trong sổ. "
                "Hãy đối chiếu với thẻ trước khi ghi.",
                name=draft.full_name,
            )
        )


def _head(draft: HouseholdDraft, known: Known, found: Differences) -> None:
    """A new head needs the old one's new relation in the same list: a household has one head."""
    related = {
        one.membership: one.fields["relation"] for one in found.members if "relation" in one.fields
    }
    joined = any(one.person is None and one.draft.relation == HEAD for one in found.members)
    heads = [row for row in known.members if related.get(row.pk, row.relation) == HEAD]
    name = draft.head.full_name if draft.head else ""
    column, kept = found.letters.get("relation", ""), known.household.head_name
    if len(heads) + joined != 1:
        text = (
            "Danh sách ghi chủ hộ là {name} ({place}), trong sổ là {kept}. Nếu đổi chủ hộ, "
            "danh sách phải ghi cả hai người với quan hệ mới."
        )
        found.messages.append(
            message("refused", draft.row, column, "head_unclear", text, name=name, kept=kept)
        )
    elif joined or HEAD in related.values():
        text = "Đổi chủ hộ từ {kept} sang {name} ({place}). Hãy chắc chắn trước khi ghi."
        found.messages.append(
            message("doubtful", draft.row, column, "new_head", text, name=name, kept=kept)
        )


def _sex(code: str) -> str:
    return str(Sex(code).label) if code else ""


def _relation(code: str) -> str:
    labels = law().codes["relation_to_head_bhxh"]
    return labels[code].label if code in labels else ""


def _class(draft: HouseholdDraft, known: Known, on: date, found: Differences) -> None:
    day = class_day(draft, on)
    spell = known.spell_on(max(day, on))
    kept = spell.household_class if spell else None
    kind = draft.subclass or ""
    # A list that does not tell A from B says nothing against either.
    same = draft.household_class == kept and (not kind or (spell and spell.subclass == kind))
    if not draft.household_class or same:
        return
    found.new_class, found.new_subclass = draft.household_class, kind
    before = class_words(kept, spell.subclass) if kept and spell else catalogued("không thuộc diện")
    after = class_words(draft.household_class, kind)
    found.change(draft.row, "household_class", catalogued("Diện"), before, after)
    paper = known.paper_on(max(day, on))
    if paper is not None and not draft.decision_number:
        found.messages.append(_against_decision(draft, str(before), paper, found.letters))
    if known.last_begin is not None and known.last_begin >= day:
        found.messages.append(
            message(
                "refused",
                draft.row,
                found.letters.get("household_class", ""),
                "class_before_status",
                "Diện “{after}” ({place}) tính từ ngày không sau ngày của diện “{before}” đang có "
                "trong sổ. Hãy nhập với ngày muộn hơn, hoặc ghi đúng ngày quyết định.",
                after=str(after),
                before=str(before),
            )
        )


def class_words(household_class: str, subclass: str) -> str:
    """A class with its kind: "Hộ nghèo A"."""
    return f"{HouseholdClass(household_class).label} {subclass}".rstrip()


def _against_decision(draft: HouseholdDraft, kept: str, paper: str, letters: Letters) -> Message:
    return message(
        "doubtful",
        draft.row,
        letters.get("household_class", ""),
        "class_against_decision",
        "Sổ đang ghi “{kept}” theo quyết định {paper}; danh sách ghi diện khác ({place}) mà không "
        "nêu quyết định. Chỉ ghi nếu diện đã thật sự đổi từ ngày nhập.",
        kept=kept,
        paper=paper,
    )


def class_day(draft: HouseholdDraft, on: date) -> date:
    """The day a listed class counts from: its decision's, else the day of the import."""
    return draft.decision_date or on


def _other_name(draft: MemberDraft, kept: str, letters: Letters) -> Message:
    return message(
        "doubtful",
        draft.row,
        letters.get("full_name") or letters.get("head_name", ""),
        "other_name",
        "{name} ({place}) có cùng số định danh với {kept} trong sổ. "
        "Hãy kiểm tra có đúng một người không.",
        kept=kept,
        name=draft.full_name,
    )


def _member_alike(draft: MemberDraft, row: Membership, letters: Letters) -> Message:
    return message(
        "doubtful",
        draft.row,
        letters.get("full_name", ""),
        "member_alike",
        "{name} ({place}) có thể là {kept} đang có trong hộ này. "
        "Nếu là một người, hãy ghi tên như trong sổ hoặc ghi số định danh.",
        name=draft.full_name,
        kept=row.person.full_name,
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
