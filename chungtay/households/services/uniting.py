"""Uniting the rows of two persons into one, so that nobody stands in two households on one day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from chungtay.acts.refusing import Refused
from chungtay.acts.sealing import Unreadable
from chungtay.households.citizen_ids import citizen_id_of, set_citizen_id
from chungtay.households.models import AnswerSheet, Membership, Person
from chungtay.households.models.people import HEAD
from chungtay.households.services.changes import Changes
from chungtay.households.services.followers import follow_all
from chungtay.rulebook.wording import Sentence

KEPT, LOST = "kept", "lost"
ONE_DAY = timedelta(days=1)


@dataclass
class Uniting:
    """Two records of one person: which values hold, and the household she stays in.

    ``same`` maps a household that is being merged to the one it goes into; ``takes_head`` says
    that the head of the lost record is the head from now on.
    """

    kept: Person
    lost: Person
    values: Mapping[str, str]
    home: UUID | None = None
    same: Mapping[UUID, UUID] = field(default_factory=dict)
    takes_head: bool = True

    def place(self, household_id: UUID) -> UUID:
        """The household an id stands for once the merge is done."""
        return self.same.get(household_id, household_id)


def unite(changes: Changes, given: Uniting) -> None:
    """Unite fields, memberships, answers and whatever else points at the lost person."""
    kept, lost = changes.touch(given.kept), changes.touch(given.lost)
    _take_values(kept, lost, given.values)
    rows = _unite_memberships(changes, given)
    _unite_answers(changes, given, rows)
    follow_all(changes, kept, lost)
    lost.withdrawn, lost.merged_into_id = True, kept.pk


def _take_values(kept: Person, lost: Person, values: Mapping[str, str]) -> None:
    for name in ("full_name", "folded_name", "sex", "ethnicity", "birth"):
        if values.get("full_name" if name == "folded_name" else name) == LOST:
            setattr(kept, name, getattr(lost, name))
    if kept.died_on is None or values.get("died_on") == LOST:
        # A death that either record knows of holds.
        kept.died_on = lost.died_on or kept.died_on
    if values.get("citizen_id") == LOST:
        try:
            set_citizen_id(kept, citizen_id_of(lost))
        except Unreadable as error:
            raise Refused(
                Sentence(
                    "Không đọc được số định danh của {name}: không có khóa đã dùng để ghi. "
                    "Hãy chọn giữ số kia.",
                    name=lost.full_name,
                )
            ) from error


def _unite_memberships(changes: Changes, given: Uniting) -> list[Membership]:
    """The memberships of the one person that is left; those of both are held against each other."""
    own, other = _rows_of(changes, given.kept), _rows_of(changes, given.lost)
    left = list(own)
    for row in other:
        twin = _twin(row, left, given)
        if twin is not None:
            _widen(twin, row, given.takes_head)
            row.withdrawn = True
            continue
        row.person_id, row.household_id = given.kept.pk, given.place(row.household_id)
        left.append(row)
    _part(left, given)
    if given.kept.died_on is not None:
        for row in left:
            _end_by(row, given.kept.died_on)
    left = [row for row in left if not row.withdrawn]
    _refuse_overlap(left, given.kept)
    return left


def _rows_of(changes: Changes, person: Person) -> list[Membership]:
    rows = Membership.objects.select_for_update(of=("self",)).filter(
        person=person.pk, withdrawn=False
    )
    return [changes.touch(row) for row in rows.select_related("household").order_by("pk")]


def _twin(row: Membership, left: Iterable[Membership], given: Uniting) -> Membership | None:
    """A membership of the kept person in the same household at the same time."""
    place = given.place(row.household_id)
    return next((one for one in left if one.household_id == place and overlap(one, row)), None)


def _widen(twin: Membership, row: Membership, takes_head: bool) -> None:
    """One membership as long as both; what began or ended it comes along with the day."""
    if first(row) < first(twin):
        twin.valid_from, twin.begun_by_id = row.valid_from, row.begun_by_id
    if last(row) > last(twin):
        twin.valid_to, twin.ended_by_id = row.valid_to, row.ended_by_id
    if row.relation == HEAD:
        twin.relation = HEAD if takes_head else twin.relation
    elif not twin.relation:
        twin.relation = row.relation


def _end_by(row: Membership, day: date) -> None:
    """Nobody belongs to a household after a death."""
    if first(row) > day:
        row.withdrawn = True
    elif last(row) > day:
        row.valid_to, row.ended_by_id = day, None


def _part(left: list[Membership], given: Uniting) -> None:
    """Where two households claim the same days, those of the chosen home hold."""
    pairs = [
        (one, other)
        for number, one in enumerate(left)
        for other in left[number + 1 :]
        if one.household_id != other.household_id and overlap(one, other)
    ]
    if pairs and given.home is None:
        names = sorted({row.household.head_name for pair in pairs for row in pair})
        raise Refused(
            Sentence(
                "Hai bản ghi đứng ở hai hộ trong cùng thời gian ({names}). "
                "Hãy chọn người này thuộc hộ nào.",
                names=", ".join(names),
            )
        )
    for one, other in pairs:
        stays, goes = (one, other) if one.household_id == given.home else (other, one)
        if not goes.withdrawn and not stays.withdrawn and overlap(stays, goes):
            _refuse_lone_household(goes)
            _cut(goes, stays)


def _cut(row: Membership, stays: Membership) -> None:
    """Take the days of ``stays`` out of a row; a row that lies within them is withdrawn."""
    if first(row) < first(stays) and last(row) > last(stays):
        raise Refused(
            Sentence(
                "{name} ở hộ {head} cả trước và sau thời gian ở hộ kia, nên không gộp được ngay. "
                "Hãy sửa ngày chuyển đi, chuyển đến trước.",
                name=row.person.full_name,
                head=row.household.head_name,
            )
        )
    if first(row) < first(stays):
        row.valid_to, row.ended_by_id = first(stays) - ONE_DAY, None
    elif last(row) > last(stays):
        row.valid_from, row.begun_by_id = last(stays) + ONE_DAY, None
    else:
        row.withdrawn = True


def _refuse_lone_household(row: Membership) -> None:
    """A household must not lose its head, or its only member, by the way."""
    others = Membership.objects.filter(household=row.household_id, withdrawn=False)
    if not any(overlap(row, other) for other in others.exclude(pk=row.pk)):
        raise Refused(
            Sentence(
                "Hộ {head} sẽ không còn ai. Nếu hai hộ là một, hãy gộp hai hộ; "
                "nếu không, hãy chọn người này thuộc hộ {head}.",
                head=row.household.head_name,
            )
        )
    if row.relation == HEAD:
        raise Refused(
            Sentence(
                "{name} là chủ hộ {head}. Hãy đổi chủ hộ trước, chọn người này ở lại hộ đó, "
                "hoặc gộp hai hộ.",
                name=row.person.full_name,
                head=row.household.head_name,
            )
        )


def refuse_two_heads(rows: Iterable[Membership]) -> None:
    """Refused if a household would have two heads on one day."""
    heads = [row for row in rows if row.relation == HEAD and not row.withdrawn]
    for number, one in enumerate(heads):
        for other in heads[number + 1 :]:
            if one.household_id == other.household_id and overlap(one, other):
                raise Refused(
                    Sentence(
                        "Hộ {head} sẽ có hai chủ hộ trong cùng một thời gian, nên chưa gộp. "
                        "Hãy giữ bản ghi kia, hoặc sửa quan hệ với chủ hộ trước.",
                        head=one.household.head_name,
                    )
                )


def _refuse_overlap(rows: list[Membership], person: Person) -> None:
    for number, one in enumerate(rows):
        if any(overlap(one, other) for other in rows[number + 1 :]):
            raise Refused(
                Sentence(
                    "{name} sẽ có tên hai lần trong cùng một thời gian, nên chưa gộp. "
                    "Hãy sửa ngày vào, ra hộ của hai bản ghi trước.",
                    name=person.full_name,
                )
            )


def _unite_answers(changes: Changes, given: Uniting, rows: list[Membership]) -> None:
    """Answers follow into the one name; what the home does not know of it yet is taken along."""
    own, other = str(given.kept.pk), str(given.lost.pk)
    places = {given.place(row.household_id) for row in rows} | set(given.same)
    held = Membership.objects.filter(person__in=(given.kept.pk, given.lost.pk))
    places |= set(held.values_list("household", flat=True))
    sheets = AnswerSheet.objects.select_for_update().filter(household__in=places, withdrawn=False)
    carried: list[AnswerSheet] = []
    known: set[str] = set()
    for sheet in map(changes.touch, sheets.order_by("on", "pk")):
        members = dict(sheet.answers.get("members", {}))
        at_home = given.home is None or given.place(sheet.household_id) == given.home
        if at_home:
            known |= set(members.get(own, {})) | set(members.get(other, {}))
        elif members.get(other) or members.get(own):
            carried.append(sheet)
        if other in members:
            answered = {n: v for n, v in members.get(own, {}).items() if v is not None}
            members[own] = {**members.pop(other), **answered}
            sheet.answers = {**sheet.answers, "members": members}
    if given.home is not None:
        _carry(changes, given.home, own, carried, known)


def _carry(
    changes: Changes, home: UUID, person: str, sheets: Iterable[AnswerSheet], known: set[str]
) -> None:
    for sheet in sheets:
        values = sheet.answers.get("members", {}).get(person, {})
        more = {name: value for name, value in values.items() if name not in known}
        if more:
            answers: dict[str, Any] = {"household": {}, "members": {person: more}}
            changes.make(
                AnswerSheet(household_id=home, on=sheet.on, answers=answers, source=sheet.source)
            )


def first(row: Any) -> date:
    """The first day of a span; the beginning of time where it is not known."""
    begun: date | None = row.valid_from
    return begun or date.min


def last(row: Any) -> date:
    """The last day of a span; the end of time where it is open."""
    ended: date | None = row.valid_to
    return ended or date.max


def overlap(one: Any, other: Any) -> bool:
    """Whether two spans share a day."""
    return first(one) <= last(other) and first(other) <= last(one)
