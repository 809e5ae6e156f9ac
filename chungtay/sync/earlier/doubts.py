"""What there is to say of a household of an earlier list."""

from __future__ import annotations

from datetime import date

from chungtay.households.models import StatusSpell
from chungtay.rulebook.wording import vi_date
from chungtay.sync.differences import class_words
from chungtay.sync.doubts import name_column
from chungtay.sync.persons import Likeness, birth_words, words_of
from chungtay.sync.proposals import Letters, head_of, message
from chungtay.sync.reading.drafts import HouseholdDraft, MemberDraft
from chungtay.sync.reading.messages import Message
from chungtay.sync.register_index import Known

MOST_NAMED = 3


def unknown_commune(draft: HouseholdDraft, names: list[str], letters: Letters) -> Message:
    """The row names no commune of that time, or another than those of this place."""
    if not draft.commune:
        text = (
            "Chưa biết hộ này ({place}) thuộc xã, phường nào lúc đó: {names}. "
            "Hãy thêm cột “Xã”, hoặc chọn xã của cả danh sách."
        )
    else:
        text = (
            "“{said}” ({place}) không phải xã, phường nào trước đây của nơi này. "
            "Lúc đó có: {names}. Hãy sửa tên hoặc mã."
        )
    column = letters.get("commune", "")
    said = {"said": draft.commune or "", "names": ", ".join(names)}
    return message("refused", draft.row, column, "unknown_commune", text, **said)


def class_missing(draft: HouseholdDraft, year: int, letters: Letters) -> Message:
    """Without a class there is nothing to write."""
    return message(
        "refused",
        draft.row,
        letters.get("household_class", ""),
        "class_missing",
        "Không biết diện năm {year} của hộ này ({place}). Hãy ghi ở cột “Diện”, hoặc ở tiêu đề như "
        "“Danh sách hộ nghèo năm {year}”.",
        year=str(year),
    )


def spell_words(household_class: str, subclass: str, first: date, last: date | None) -> str:
    """A class with its span, in words: "Hộ nghèo A, từ 01/01/2021 đến hết 31/12/2021"."""
    name = class_words(household_class, subclass)
    until = f" đến hết {vi_date(last)}" if last else ""
    return f"{name}, từ {vi_date(first)}{until}"


def status_overlaps(
    draft: HouseholdDraft, spell: StatusSpell, wanted: str, letters: Letters
) -> Message:
    """The register already knows another class for that day; the spell is named."""
    paper = f", quyết định {spell.decision.number}" if spell.decision else ""
    return message(
        "refused",
        draft.row,
        letters.get("household_class", ""),
        "status_overlaps",
        "Sổ đã có diện “{kept}” của hộ này, trùng ngày với “{wanted}” của danh sách ({place}). "
        "Hãy đối chiếu hai danh sách; nếu sổ sai thì hoàn tác đợt nhập đã ghi diện ấy.",
        kept=spell_words(spell.household_class, spell.subclass, spell.valid_from, spell.valid_to)
        + paper,
        wanted=wanted,
    )


def household_unknown(
    draft: HouseholdDraft, first: date, waits_for_village: bool, letters: Letters
) -> Message:
    """The register has no such household; it is made only if a person says so."""
    head = head_of(draft)
    if waits_for_village:
        text = (
            "Sổ chưa có hộ {name} ({place}), và chưa biết {village} nay là thôn nào. "
            "Hãy chọn thôn ở đầu trang này rồi xem lại."
        )
        said = {"name": head.full_name, "village": draft.village or ""}
        column = letters.get("village", "")
        return message("refused", draft.row, column, "village_unmapped", text, **said)
    text = (
        "Sổ chưa có hộ {name} ({place}). Nếu đánh dấu, hộ được thêm vào sổ từ ngày {first}, "
        "và chỉ với những gì danh sách này ghi."
    )
    values = {"name": head.full_name, "first": vi_date(first)}
    return message("doubtful", draft.row, name_column(letters), "household_unknown", text, **values)


def namesakes(draft: HouseholdDraft, held: list[Known], letters: Letters) -> Message:
    """Households of the register with a head of the same name, for a person to think of."""
    named = [one.household for one in held[:MOST_NAMED]]
    households = "; ".join(
        f"{one.head_name}, {one.village.name if one.village else 'chưa rõ thôn'}" for one in named
    )
    text = (
        "Trong sổ có {count} hộ cùng tên chủ hộ ({households}), nhưng không đủ dấu hiệu để coi là "
        "hộ này ({place}). Nếu là một hộ, ghi mã hộ, năm sinh hoặc số định danh rồi nhập lại."
    )
    said = {"count": len(held), "households": households}
    return message("note", draft.row, name_column(letters), "namesakes", text, **said)


def perhaps_one(draft: HouseholdDraft, like: Likeness, letters: Letters) -> Message:
    """The head may be somebody of the register: both are shown, a person decides."""
    text = (
        "Chủ hộ {name}, {birth} ({place}) có thể là {kept}, {kept_birth}, của hộ {household}, "
        "{village}: {why}. Đánh dấu nếu đúng là hộ ấy; nếu là hộ khác, ghi mã hộ hoặc số định danh "
        "vào danh sách rồi nhập lại."
    )
    return message(
        "doubtful",
        draft.row,
        name_column(letters),
        "perhaps_one",
        text,
        name=head_of(draft).full_name,
        birth=birth_words(head_of(draft)),
        **words_of(like),
    )


def other_code_holder(draft: HouseholdDraft, known: Known, letters: Letters) -> Message:
    """The code belongs to a household of which nobody is in the list."""
    return message(
        "doubtful",
        draft.row,
        letters.get("code", ""),
        "code_of_another",
        "Mã hộ {code} ({place}) trong sổ là của hộ {kept}; không ai của hộ ấy có trong danh sách. "
        "Đánh dấu nếu đúng là một hộ.",
        code=draft.household_code,
        kept=known.household.head_name,
    )


def lives_elsewhere(member: MemberDraft, like: Likeness, letters: Letters, last: date) -> Message:
    """A member is already in the register, in another household since some day."""
    text = (
        "{name} ({place}) đã có trong sổ, nay thuộc hộ {household}: {why}. Không tạo người mới; "
        "người này được ghi là thành viên của hộ đến hết ngày {last}."
    )
    said = {"name": member.full_name, "last": vi_date(last), **words_of(like)}
    return message(
        "note", member.row, letters.get("full_name", ""), "lives_elsewhere", text, **said
    )


def lived_elsewhere(member: MemberDraft, like: Likeness, letters: Letters) -> Message:
    """A member belonged to another household of the register on that very day."""
    text = (
        "{name} ({place}) theo sổ đã thuộc hộ {household} từ trước ngày đó: {why}. "
        "Một người chỉ ở một hộ, nên không ghi người này vào hộ của danh sách."
    )
    said = {"name": member.full_name, **words_of(like)}
    return message(
        "note", member.row, letters.get("full_name", ""), "lived_elsewhere", text, **said
    )


def not_there_now(draft: HouseholdDraft, names: list[str]) -> Message:
    """Members the list names and the register's household has not."""
    text = "Danh sách năm ấy còn ghi {names}, không có trong hộ này của sổ; không thêm người nào."
    return message("note", draft.row, "", "not_there_now", text, names=", ".join(names))
