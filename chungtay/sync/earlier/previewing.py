"""What a list of an earlier year would write: for each household the spell of that time."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from chungtay.households.models import HouseholdClass, Membership, Residence, StatusSpell
from chungtay.households.models.people import HEAD
from chungtay.places.models import Unit
from chungtay.rulebook.folding import fold
from chungtay.rulebook.wording import vi_date
from chungtay.sync.doubts import code_twice, too_long, twice
from chungtay.sync.earlier.doubts import (
    class_missing,
    household_unknown,
    lived_elsewhere,
    lives_elsewhere,
    namesakes,
    not_there_now,
    other_code_holder,
    perhaps_one,
    spell_words,
    status_overlaps,
    unknown_commune,
)
from chungtay.sync.earlier.places import PlacesThen, PlaceThen
from chungtay.sync.earlier.terms import Terms
from chungtay.sync.matching import examples, is_example, outcome_of
from chungtay.sync.persons import Context, Likeness, People, perhaps_person, side_of
from chungtay.sync.proposals import Change, Letters, Past, Preview, Proposal, Side, head_of
from chungtay.sync.reading.drafts import HouseholdDraft, ReadList
from chungtay.sync.reading.messages import Message
from chungtay.sync.register_index import Known, RegisterIndex, births_agree, index_past

TOGETHER = 2
Found = dict[int, Likeness]


@dataclass
class _Desk:
    """What the whole list is compared with, and what it has named so far."""

    terms: Terms
    places: PlacesThen
    index: RegisterIndex
    people: People
    letters: Letters
    title_class: str | None
    homes: dict[UUID, list[Residence]]
    by_code: dict[str, list[Known]] = field(default_factory=lambda: defaultdict(list))
    households: dict[UUID, int] = field(default_factory=dict)
    codes: dict[tuple[int, str], int] = field(default_factory=dict)


def preview_earlier(read: ReadList, commune: Unit, terms: Terms) -> Preview:
    """What a list of an earlier year would do to a commune's register; nothing is written."""
    drafts = [one for one in read.households if not is_example(one)]
    places = PlacesThen(commune, terms)
    index = index_past({commune, *places.held}, terms.standard, terms.first)
    desk = _Desk(
        terms,
        places,
        index,
        People.of(index.known.values()),
        {column.key: column.letter for column in read.columns if column.key},
        read.title.household_class,
        _homes(index),
    )
    for known in index.known.values():
        if known.household.code:
            desk.by_code[fold(known.household.code)].append(known)
    taken = [one for one in drafts if not one.refused]
    return Preview(
        proposals=tuple(_propose(draft, desk) for draft in drafts),
        notes=(*read.messages, *examples(read.households)),
        sheet=read.sheet,
        header_row=read.header_row,
        columns=read.columns,
        unmapped=places.unmapped(taken),
    )


def _homes(index: RegisterIndex) -> dict[UUID, list[Residence]]:
    """Where each household is known to have lived, earliest first, in one query."""
    homes: dict[UUID, list[Residence]] = defaultdict(list)
    communes = {known.household.commune_id for known in index.known.values()}
    rows = Residence.objects.filter(household__commune__in=communes, withdrawn=False)
    for row in rows.order_by("valid_from", "id"):
        homes[row.household_id].append(row)
    return homes


def _propose(draft: HouseholdDraft, desk: _Desk) -> Proposal:
    letters = desk.letters
    if draft.refused:
        return _refuse(draft)
    if long := too_long(draft, letters):
        return _refuse(draft, long)
    commune = desk.places.commune_of(draft)
    if commune is None:
        names = [one.name for one in desk.places.held]
        return _refuse(draft, unknown_commune(draft, names, letters))
    household_class, subclass = _class_of(draft, desk)
    if household_class not in HouseholdClass.values:
        return _refuse(draft, class_missing(draft, desk.terms.year, letters))
    if draft.household_code:
        key = commune.pk, fold(draft.household_code)
        if (first := desk.codes.setdefault(key, draft.row)) != draft.row:
            return _refuse(draft, code_twice(draft, first, letters))
    place = desk.places.place_of(draft, commune)
    found = _people(draft, place, desk)
    known, odd = _same_household(draft, commune, found, desk)
    if known is None:
        return _add(draft, place, household_class, subclass, found, desk)
    if (first := desk.households.setdefault(known.household.id, draft.row)) != draft.row:
        return _refuse(draft, twice(draft, first))
    return _update(draft, known, place, (household_class, subclass), (found, odd), desk)


def _refuse(draft: HouseholdDraft, *reasons: Message) -> Proposal:
    return Proposal(draft, "refused", messages=(*draft.messages, *reasons))


def _class_of(draft: HouseholdDraft, desk: _Desk) -> tuple[str, str]:
    """Class and subclass of the row, else those the title gives the whole list."""
    if draft.household_class:
        return draft.household_class, draft.subclass or ""
    said, _, kind = (desk.title_class or "").partition("/")
    return said, kind or (draft.subclass or "" if said == HouseholdClass.POOR else "")


def _people(draft: HouseholdDraft, place: PlaceThen, desk: _Desk) -> Found:
    """Who of the household is who in the register, by row."""
    context = Context(place.villages, fold(head_of(draft).full_name))
    first = desk.terms.first
    likely = ((one.row, desk.people.best(one, context, first)) for one in draft.members)
    return {row: like for row, like in likely if like is not None}


def _same_household(
    draft: HouseholdDraft, commune: Unit, found: Found, desk: _Desk
) -> tuple[Known | None, list[Message]]:
    """The registered household a draft means: by its code, its head, or most of its people."""
    sure = [like for like in found.values() if like.verdict == "sure"]
    together = Counter(like.known.household.id for like in sure)
    coded = _by_code(draft, commune, desk)
    if coded is not None:
        met = bool(_own(draft, coded, found))
        return coded, [] if met else [other_code_holder(draft, coded, desk.letters)]
    head = found.get(head_of(draft).row)
    if head is not None:
        known = head.known
        is_head = head.row.relation == HEAD or together[known.household.id] >= TOGETHER
        if head.verdict == "sure" and is_head:
            return known, []
        return known, [perhaps_one(draft, head, desk.letters)]
    if together and max(together.values()) >= TOGETHER:
        (key, _), *_rest = together.most_common(1)
        like = next(one for one in sure if one.known.household.id == key)
        return like.known, [perhaps_one(draft, like, desk.letters)]
    return None, []


def _by_code(draft: HouseholdDraft, commune: Unit, desk: _Desk) -> Known | None:
    held = desk.by_code.get(fold(draft.household_code or ""), [])
    own = [one for one in held if one.household.commune_id == commune.pk]
    best = own or held
    return best[0] if len(best) == 1 else None


def _span(draft: HouseholdDraft, terms: Terms) -> tuple[date, tuple[str, date, str] | None]:
    """The first day of what was decided, and the paper: the row's own before the list's."""
    day = draft.decision_date
    if day is None or not date(terms.year - 1, 1, 1) <= day <= terms.last:
        day = None
    if day is not None and draft.decision_number:
        return day, (draft.decision_number, day, terms.issuer)
    paper = None
    if terms.decision_number and terms.decision_date is not None:
        paper = terms.decision_number, terms.decision_date, terms.issuer
    return day or terms.first, paper


def _add(
    draft: HouseholdDraft,
    place: PlaceThen,
    household_class: str,
    subclass: str,
    found: Found,
    desk: _Desk,
) -> Proposal:
    first, paper = _span(draft, desk.terms)
    messages = list(draft.messages)
    elsewhere: dict[int, tuple[UUID, date]] = {}
    left_out, sides = set(), []
    for member in draft.members:
        like = found.get(member.row)
        if like is None:
            continue
        sides.append(side_of(member, draft.village, like))
        began = like.row.valid_from
        if like.verdict == "doubtful":
            messages.append(perhaps_person(member, like, desk.letters))
        elif began is not None and began > first and member.relation != HEAD:
            last = began - timedelta(days=1)
            elsewhere[member.row] = like.row.person_id, last
            messages.append(lives_elsewhere(member, like, desk.letters, last))
        else:
            left_out.add(member.row)
            messages.append(lived_elsewhere(member, like, desk.letters))
    unknown = household_unknown(draft, first, bool(place.unmapped), desk.letters)
    return Proposal(
        draft,
        "refused" if unknown.severity == "refused" else "doubtful",
        village=place.present,
        new_class=household_class,
        new_subclass=subclass,
        messages=(*messages, *_namesakes(draft, desk), unknown),
        past=Past(
            first,
            desk.terms.last,
            subclass,
            paper,
            place.commune,
            place.village,
            elsewhere=elsewhere,
            left_out=frozenset(left_out),
        ),
        sides=tuple(sides),
    )


def _namesakes(draft: HouseholdDraft, desk: _Desk) -> list[Message]:
    """Households whose head is called alike, though too little agrees to be offered as the one."""
    held = desk.index.by_head.get(fold(head_of(draft).full_name), [])
    return [namesakes(draft, held, desk.letters)] if held else []


def _update(
    draft: HouseholdDraft,
    known: Known,
    place: PlaceThen,
    decided: tuple[str, str],
    matched: tuple[Found, list[Message]],
    desk: _Desk,
) -> Proposal:
    household_class, subclass = decided
    found, messages = matched[0], [*draft.messages, *matched[1]]
    first, paper = _span(draft, desk.terms)
    own = _own(draft, known, found)
    absent = [one.full_name for one in draft.members if one.row not in own]
    if absent and own:
        messages.append(not_there_now(draft, absent))
    last = _last_free(known, first, desk.terms.last)
    wanted = spell_words(household_class, subclass, first, last)
    changes: list[Change] = []
    holding = known.spell_on(first)
    if holding is not None and not _says(holding, household_class, subclass):
        messages.append(status_overlaps(draft, holding, wanted, desk.letters))
    elif holding is None:
        changes = _changes(draft, known, place, first, wanted, desk)
    return Proposal(
        draft,
        outcome_of(bool(changes), messages),
        village=known.household.village,
        household=known.household.id,
        new_class=household_class if changes else None,
        new_subclass=subclass if changes else "",
        changes=tuple(changes),
        messages=tuple(messages),
        past=Past(
            first,
            last,
            subclass,
            paper,
            place.commune,
            place.village,
            members=tuple(row.pk for row in own.values()),
        ),
        sides=_sides(draft, found, matched[1]),
    )


def _sides(draft: HouseholdDraft, found: Found, odd: Sequence[Message]) -> tuple[Side, ...]:
    """Where it is in doubt which household is meant: its people beside those of the register."""
    if not odd:
        return ()
    pairs = ((one, found.get(one.row)) for one in draft.members)
    return tuple(side_of(one, draft.village, like) for one, like in pairs if like is not None)


def _own(draft: HouseholdDraft, known: Known, found: Found) -> dict[int, Membership]:
    """Who of the list is who in one household: there a name suffices, if births agree."""
    own = {
        row: like.row
        for row, like in found.items()
        if like.known is known and like.verdict == "sure"
    }
    free = {row.person.folded_name: row for row in known.members if row not in own.values()}
    for one in draft.members:
        row = free.get(fold(one.full_name))
        if one.row not in own and row is not None and births_agree(one.birth, row.person.birth):
            own[one.row] = row
    return own


def _says(spell: StatusSpell, household_class: str, subclass: str) -> bool:
    """Whether a spell says the same; a list without A and B says nothing against them."""
    same = spell.household_class == household_class
    return same and (not subclass or spell.subclass == subclass)


def _last_free(known: Known, first: date, last: date) -> date:
    """The day before the next spell, or the last of the year."""
    begins = (spell.valid_from for spell in known.spells if spell.valid_from > first)
    return min([last, *(day - timedelta(days=1) for day in begins)])


def _changes(
    draft: HouseholdDraft, known: Known, place: PlaceThen, first: date, wanted: str, desk: _Desk
) -> list[Change]:
    """What writing the spell changes, in words."""
    column = desk.letters.get("household_class", "")
    year = desk.terms.year
    changes = [Change(draft.row, column, f"Diện năm {year}", "", wanted)]
    begun = known.household.valid_from
    if begun is not None and begun > first:
        label, words = "Có trong sổ từ", (vi_date(begun), vi_date(first))
        changes.append(Change(draft.row, "", label, *words))
    if _lived_unknown(desk.homes.get(known.household.id, ()), first):
        lived = ", ".join(one.name for one in (place.village, place.commune) if one is not None)
        column = desk.letters.get("village", "")
        changes.append(Change(draft.row, column, "Nơi ở lúc đó", "", lived))
    return changes


def _lived_unknown(homes: Sequence[Residence], first: date) -> bool:
    return not any(
        (home.valid_from is None or home.valid_from <= first)
        and (home.valid_to is None or home.valid_to >= first)
        for home in homes
    )
