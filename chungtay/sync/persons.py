"""Who of a list is who in the register, across years and households, by signs that are counted.

Each sign has its points; the sum and the signs are shown, so that a person can judge them. A
number alone never decides against the name: numbers are mistyped, and old ones were replaced.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from rapidfuzz import fuzz

from chungtay.households.citizen_ids import index_of
from chungtay.households.models import Membership, Person, Sex
from chungtay.rulebook.citizen_numbers import LENGTH
from chungtay.rulebook.folding import fold
from chungtay.sync.proposals import Letters, Side, message
from chungtay.sync.reading.drafts import MemberDraft
from chungtay.sync.reading.messages import Message
from chungtay.sync.register_index import LIKENESS, Known, births_agree

Verdict = Literal["sure", "doubtful", "none"]
SURE, DOUBTFUL = 80, 55
UNKNOWN_VILLAGE = "chưa rõ thôn"
POINTS = {
    "same_number": 60,
    "other_number": -30,
    "same_name": 40,
    "like_name": 20,
    "same_birth": 40,
    "agreeing_birth": 25,
    "other_day": -20,
    "other_year": -40,
    "same_sex": 10,
    "other_sex": -30,
    "same_village": 15,
    "same_head": 10,
}
WORDS = {
    "same_number": "cùng số định danh",
    "other_number": "số định danh khác",
    "same_name": "cùng họ tên",
    "like_name": "họ tên gần giống",
    "same_birth": "cùng ngày sinh",
    "agreeing_birth": "năm sinh không trái nhau",
    "other_day": "ngày sinh khác",
    "other_year": "năm sinh khác",
    "same_sex": "cùng giới tính",
    "other_sex": "giới tính khác",
    "same_village": "cùng thôn",
    "same_head": "cùng chủ hộ",
}


@dataclass(frozen=True)
class Context:
    """Where the list puts a person: the villages that may be meant, and the folded head's name."""

    villages: Collection[int] = ()
    head: str = ""


@dataclass(frozen=True)
class Likeness:
    """One registered person held against one of the list, and by which signs."""

    known: Known
    row: Membership
    signs: tuple[str, ...]
    rivals: int = 0

    @property
    def points(self) -> int:
        """The sum of the signs."""
        return sum(POINTS[sign] for sign in self.signs)

    @property
    def verdict(self) -> Verdict:
        """Whether it is one person; where another is as like, none is sure."""
        if self.points < DOUBTFUL:
            return "none"
        return "sure" if self.points >= SURE and not self.rivals else "doubtful"

    def __str__(self) -> str:
        signs = (f"{WORDS[sign]} {POINTS[sign]:+d}" for sign in self.signs)
        return f"{', '.join(signs)}: {self.points} điểm"


@dataclass
class People:
    """The people of some households, found by number and by folded name."""

    by_number: dict[bytes, list[tuple[Known, Membership]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    by_name: dict[tuple[str, int | None], list[tuple[Known, Membership]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    years: dict[str, set[int | None]] = field(default_factory=lambda: defaultdict(set))

    @classmethod
    def of(cls, households: Iterable[Known]) -> People:
        """Index the members of some households."""
        people = cls()
        for known in households:
            for row in known.members:
                name, year = row.person.folded_name, row.person.birth_year
                people.by_name[name, year].append((known, row))
                people.years[name].add(year)
                if row.person.id_index is not None:
                    people.by_number[bytes(row.person.id_index)].append((known, row))
        return people

    def like(self, draft: MemberDraft, context: Context, on: date | None = None) -> list[Likeness]:
        """Those who may be this person, best first; on a day, whoever had left by then is not."""
        key = index_of(draft.citizen_id) if draft.citizen_id else None
        pairs = {
            row.pk: (known, row)
            for known, row in [
                *(self.by_number.get(key, ()) if key else ()),
                *self._called(draft),
            ]
        }
        found = [
            Likeness(known, row, tuple(_signs(draft, key, known, row, context)))
            for known, row in _at(on, pairs.values())
        ]
        found = [one for one in found if one.verdict != "none"]
        return sorted(found, key=lambda one: -one.points)

    def _called(self, draft: MemberDraft) -> Iterator[tuple[Known, Membership]]:
        """Those of the name; another year of birth speaks against a name, whatever else agrees."""
        name = fold(draft.full_name)
        years = self.years.get(name, set())
        if draft.birth is not None:
            years = years & {draft.birth.year, None}
        for year in years:
            yield from self.by_name[name, year]

    def best(self, draft: MemberDraft, context: Context, on: date | None = None) -> Likeness | None:
        """The one who is surely or perhaps this person."""
        found = self.like(draft, context, on)
        if not found:
            return None
        rivals = sum(one.points == found[0].points for one in found) - 1
        return replace(found[0], rivals=rivals)


def _at(
    on: date | None, pairs: Iterable[tuple[Known, Membership]]
) -> Iterator[tuple[Known, Membership]]:
    """Where a person has been in several households, the one of that day."""
    if on is None:
        yield from pairs
        return
    of_person: dict[object, list[tuple[Known, Membership]]] = defaultdict(list)
    for known, row in pairs:
        if row.valid_to is None or row.valid_to >= on:
            of_person[row.person_id].append((known, row))
    for held in of_person.values():
        yield min(held, key=lambda pair: (pair[1].valid_from or date.min, pair[1].pk))


def _signs(
    draft: MemberDraft, key: bytes | None, known: Known, row: Membership, context: Context
) -> Iterator[str]:
    person = row.person
    name = fold(draft.full_name)
    if key is not None and person.id_index is not None:
        if bytes(person.id_index) == key:
            yield "same_number"
        elif len(draft.citizen_id or "") == LENGTH:
            yield "other_number"
    if name == person.folded_name:
        yield "same_name"
    elif fuzz.ratio(name, person.folded_name) >= LIKENESS:
        yield "like_name"
    yield from _birth_signs(draft, row)
    if draft.sex and person.sex:
        yield "same_sex" if draft.sex == person.sex else "other_sex"
    if known.household.village_id is not None and known.household.village_id in context.villages:
        yield "same_village"
    if context.head and context.head == fold(known.household.head_name):
        yield "same_head"


def _birth_signs(draft: MemberDraft, row: Membership) -> Iterator[str]:
    given, kept = draft.birth, row.person.birth
    if given is None or kept is None:
        return
    if given == kept and given.is_whole:
        yield "same_birth"
    elif births_agree(given, kept):
        yield "agreeing_birth"
    else:
        yield "other_day" if given.year == kept.year else "other_year"


def perhaps_person(member: MemberDraft, like: Likeness, letters: Letters) -> Message:
    """A member of a household to be added may be somebody of the register."""
    text = (
        "{name}, {birth} ({place}) có thể là {kept}, {kept_birth}, của hộ {household}, {village}: "
        "{why}. Chỉ đánh dấu nếu là hai người khác nhau."
    )
    said = {"name": member.full_name, "birth": birth_words(member), **words_of(like)}
    column = letters.get("full_name", "")
    return message("doubtful", member.row, column, "perhaps_person", text, **said)


def side_of(member: MemberDraft, village: str | None, like: Likeness) -> Side:
    """Both persons in the same order of signs, to be shown beside each other."""
    kept, person = like.known.household, like.row.person
    return Side(
        member.row,
        (member.full_name, birth_words(member), _sex(member.sex), village or UNKNOWN_VILLAGE),
        (
            person.full_name,
            birth_words(person),
            _sex(person.sex),
            kept.village.name if kept.village else UNKNOWN_VILLAGE,
            f"hộ {kept.head_name}",
        ),
        str(like),
    )


def _sex(code: str | None) -> str:
    return str(Sex(code).label) if code else "chưa rõ giới tính"


def words_of(like: Likeness) -> dict[str, object]:
    """What a sentence says of a registered person who may be meant, and why."""
    kept = like.known.household
    return {
        "kept": like.row.person.full_name,
        "kept_birth": f"sinh {like.row.person.birth}"
        if like.row.person.birth
        else "chưa rõ năm sinh",
        "household": kept.head_name,
        "village": kept.village.name if kept.village else UNKNOWN_VILLAGE,
        "why": str(like),
    }


def birth_words(member: MemberDraft | Person) -> str:
    """A birth as a sentence says it."""
    return f"sinh {member.birth}" if member.birth else "chưa rõ năm sinh"
