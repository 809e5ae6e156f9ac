"""People whom a list puts into another household of the commune: found, not made twice."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from chungtay.acts.services import OpenLine
from chungtay.households.models import Household, Membership
from chungtay.households.models.people import HEAD
from chungtay.households.writing import BATCH, describe, household_values
from chungtay.rulebook.folding import fold
from chungtay.rulebook.wording import vi_date
from chungtay.sync.building import Written
from chungtay.sync.persons import Context, Likeness, People, perhaps_person, side_of, words_of
from chungtay.sync.proposals import Letters, Move, Proposal, Side, head_of, message
from chungtay.sync.reading.drafts import HouseholdDraft, MemberDraft
from chungtay.sync.reading.messages import Message, Severity
from chungtay.sync.register_index import Known
from chungtay.sync.updating import HOUSEHOLD_FIELDS, chunks, locked_households, open_members


@dataclass
class Arrivals:
    """Of the people who are new to a household of the list, those the register knows elsewhere."""

    moves: dict[int, Move] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)
    sides: list[Side] = field(default_factory=list)


@dataclass(frozen=True)
class Looking:
    """With what and as of which day the newcomers of a list are compared."""

    people: People
    on: date
    letters: Letters


def arrivals(
    draft: HouseholdDraft,
    newcomers: Iterable[MemberDraft],
    own: Known | None,
    villages: Collection[int],
    looking: Looking,
) -> Arrivals:
    """Who of the newcomers is surely or perhaps somebody of another household."""
    found = Arrivals()
    context = Context(villages, fold(head_of(draft).full_name))
    for member in newcomers:
        likely = [one for one in looking.people.like(member, context) if one.known is not own]
        if not likely:
            continue
        best = replace(likely[0], rivals=sum(one.points == likely[0].points for one in likely) - 1)
        if best.verdict == "sure" or "same_number" not in best.signs:
            found.sides.append(side_of(member, draft.village, best))
        if best.verdict == "sure":
            _sure(member, best, looking, found)
        elif "same_number" not in best.signs:
            # A number under another name is told of by itself.
            found.messages.append(perhaps_person(member, best, looking.letters))
    return found


def _sure(member: MemberDraft, like: Likeness, looking: Looking, found: Arrivals) -> None:
    row, letters = like.row, looking.letters
    if row.relation == HEAD:
        found.messages.append(_heads_another(member, like, letters))
    elif row.valid_from is not None and row.valid_from >= looking.on:
        found.messages.append(_came_later(member, like, letters))
    else:
        found.moves[member.row] = Move(row.person_id, row.pk, row.household_id)
        found.messages.append(_moves_here(member, like, letters))


def _heads_another(member: MemberDraft, like: Likeness, letters: Letters) -> Message:
    """A head does not leave a household without one; of two heads a person judges."""
    if member.relation == HEAD:
        text = (
            "{name} ({place}) đã là chủ hộ của hộ {household}, {village}: {why}. Nếu là một hộ đã "
            "chuyển thôn, ghi cùng mã hộ rồi nhập lại. Chỉ đánh dấu nếu là hai hộ khác nhau."
        )
        return _said("doubtful", "heads_another", text, member, like, letters)
    text = (
        "{name} ({place}) trong sổ là chủ hộ của hộ {household}, {village}: {why}. "
        "Hãy đổi chủ hộ hoặc ghi việc nhập hộ ở trang của hộ ấy trước, rồi nhập lại."
    )
    return _said("refused", "heads_another", text, member, like, letters)


def _came_later(member: MemberDraft, like: Likeness, letters: Letters) -> Message:
    text = (
        "{name} ({place}) theo sổ vào hộ {household}, {village} từ ngày {since}, không trước ngày "
        "của danh sách: {why}. Một người chỉ ở một hộ; hãy xem lại ngày của danh sách."
    )
    return _said("refused", "came_later", text, member, like, letters)


def _moves_here(member: MemberDraft, like: Likeness, letters: Letters) -> Message:
    text = (
        "{name} ({place}) nay thuộc hộ {household}, {village} trong sổ: {why}. "
        "Nếu đánh dấu, người này được chuyển sang hộ của danh sách, không tạo người mới."
    )
    return _said("doubtful", "moves_here", text, member, like, letters)


def _said(
    severity: Severity,
    code: str,
    text: str,
    member: MemberDraft,
    like: Likeness,
    letters: Letters,
) -> Message:
    since = like.row.valid_from
    column = letters.get("full_name") or letters.get("head_name", "")
    values = {**words_of(like), "name": member.full_name}
    values["since"] = vi_date(since) if since else ""
    return message(severity, member.row, column, code, text, **values)


def without_clashes(
    proposals: Sequence[Proposal], staying: Collection[int]
) -> tuple[Proposal, ...]:
    """Refuse the households whose newcomers the list keeps in their old household too."""
    taken = set(staying)
    kept = []
    for one in proposals:
        wanted = {move.membership for move in one.moves.values()}
        if wanted & taken:
            text = (
                "Danh sách ghi một người ({place}) ở hai hộ: hộ này và hộ cũ trong sổ. "
                "Hãy bỏ người ấy ở một hộ rồi nhập lại."
            )
            said = message("refused", one.draft.row, "", "in_two_households", text)
            one = replace(one, outcome="refused", messages=(*one.messages, said))
        else:
            taken |= wanted
        kept.append(one)
    return tuple(kept)


def let_leave(proposals: Iterable[Proposal], on: date, written: Written, line: OpenLine) -> None:
    """End the old memberships of those who move, the day before, in few statements."""
    moves = [move for one in proposals for move in one.moves.values()]
    ids = list(dict.fromkeys(move.household for move in moves))
    if not ids:
        return
    households = locked_households(ids)
    for numbers in chunks([move.membership for move in moves]):
        Membership.objects.filter(pk__in=numbers).update(valid_to=on - timedelta(days=1))
    written.moved_out += [move.membership for move in moves]
    staying = open_members(ids)
    for key, household in households.items():
        name = str(key)
        before = written.households.setdefault(name, household_values(household))
        written.before.setdefault(name, household.version)
        describe(household, household.head_name, [row.person for row in staying[key]])
        household.version += 1
        written.versions[name] = household.version
        gone = {"left": [str(move.person) for move in moves if move.household == key]}
        line.trace(household.id, household.trace_salt, before=before, after=before | gone)
    Household.objects.bulk_update(households.values(), HOUSEHOLD_FIELDS, batch_size=BATCH)


def let_return(written: Written) -> None:
    """Take back what moved: the new memberships are withdrawn, the old ones go on."""
    for numbers in chunks(written.moved_in):
        Membership.objects.filter(pk__in=numbers).update(withdrawn=True)
    for numbers in chunks(written.moved_out):
        Membership.objects.filter(pk__in=numbers).update(valid_to=None)
